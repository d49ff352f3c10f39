"""Mail servers that refuse, hang, break off or think long: the change stands, nothing is lost, the order stays.

Parties with a confirmed address; a round of the worker is what `eloket worker` does every second. Time passes on the
clock of the tests, and for the pause after failures on that of the postman.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection

from eloket.berichten.service import send_bericht
from eloket.identity.types import Partij
from eloket.kernel import klok
from eloket.notifications.bezorgen import bezorging, samenstellen
from eloket.notifications.bezorgen.postbode import LANGSTE_RUST
from eloket.notifications.bezorgen.ronde import Bezorger
from eloket.notifications.models import Notificatie, Zending
from eloket.notifications.service import enqueue
from eloket.notifications.types import Bezorging, NotificatieSoort
from eloket.sources.register.seed.bevolking import seed_bsn
from tests.faults import boek
from tests.faults.boek import Dubbel
from tests.faults.installatie import wait_until
from tests.faults.loop import sql
from tests.unit.notifications import mailservers as ms
from tests.unit.notifications.zaken import profiel
from tests.web.werkplek import Stadhuis, build_stadhuis

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
BEGIN = datetime(2026, 11, 3, 10, 0, tzinfo=klok.AMSTERDAM)
JEROEN, FATIMA = Partij.inwoner("999990019"), Partij.inwoner("999993653")
S = NotificatieSoort


@dataclass
class Post:
    """The clock and the worker of one test."""

    settings: object
    moment: datetime = BEGIN
    uur: list[float] = field(default_factory=lambda: [0.0])
    bezorger: Bezorger = field(default_factory=lambda: Bezorger("w", lambda: False))

    @contextmanager
    def to(self, server: ms.Mailserver) -> Iterator[None]:
        with ms.draaiend(server) as port:
            self.settings.EMAIL_PORT = port  # type: ignore[attr-defined]
            yield

    def tell(self, partij: Partij, soort: NotificatieSoort = S.ONTVANGST) -> int:
        """A receipt travels alone."""
        velden = {"ontvangen_op": self.moment, "kenmerk": "OB-2026-AAAA-BBBB"} if soort is S.ONTVANGST else {}
        with klok.op_moment(self.moment):
            return enqueue(soort, betrokkene_key=partij.profiel_key, zaak_ref="register-a1b2", **velden)  # type: ignore[arg-type]

    def run(self, **later: float) -> None:
        """So much later: rounds until nothing is left to do."""
        self.moment += timedelta(**later)
        self.uur[0] += timedelta(**later).total_seconds()
        with klok.op_moment(self.moment):
            while self.bezorger.run_round(self.moment):
                pass


@pytest.fixture
def post(settings, monkeypatch) -> Post:
    settings.EMAIL_BACKEND = "eloket.notifications.bezorgen.smtp.SmtpBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 0.4
    een = Post(settings)
    echt = time.monotonic
    monkeypatch.setattr("eloket.notifications.bezorgen.postbode.time.monotonic", lambda: een.uur[0] + echt())
    profiel(JEROEN, "jeroen@voorbeeld.nl")
    profiel(FATIMA, "fatima@voorbeeld.nl")
    return een


def fill(post: Post) -> None:
    """Two receipts for each, and something that may be bundled."""
    for soort in (S.ONTVANGST, S.STATUS_GEWIJZIGD, S.ONTVANGST):
        for partij in (JEROEN, FATIMA):
            post.tell(partij, soort)


def assert_all_arrived(*servers: ms.Mailserver) -> Dubbel:
    gelezen = boek.read(sql)
    dubbel = boek.assert_accounted_for(gelezen, *servers)
    boek.assert_in_order(gelezen, servers)
    assert all(een.is_verzonden for een in gelezen.zendingen.values())
    assert sum(bool(een.zending) for een in gelezen.notificaties) == len(gelezen.notificaties)
    return dubbel


MOEILIJK: dict[str, Callable[[], ms.Mailserver]] = {
    "refuses the recipient for now": lambda: ms.Weigert("RCPT", "450 nu niet"),
    "has no room for the mail": lambda: ms.Weigert("DATA", "452 vol"),
    "refuses the sender, which is our own fault": lambda: ms.Weigert("MAIL", "550 u niet"),
    "closes at the greeting": ms.Gesloten,
    "closes at the recipient (RFC 5321, 3.8)": lambda: ms.Weigert("RCPT", "421 sluit"),
    "takes the text and is silent": ms.Hangt,
    "breaks off before the text": ms.Valt,
    "breaks off in the text": lambda: ms.ValtInData(neemt_aan=False, keer=1000),
}


@pytest.mark.parametrize("soort", MOEILIJK)
def test_a_server_that_cannot_now_costs_nothing_but_time(post: Post, soort: str):
    fill(post)
    moeilijk, goed = MOEILIJK[soort](), ms.Mailserver()
    with post.to(moeilijk):
        post.run(minutes=1)
        post.run(minutes=1)
    assert moeilijk.ontvangen == []
    boek.assert_whole(boek.read(sql))
    assert Zending.objects.exclude(mislukt_op=None).count() == 0, "nothing was given up"
    with post.to(goed):
        for _ in range(6):
            post.run(seconds=LANGSTE_RUST)
    assert assert_all_arrived(goed) == Dubbel()


def test_breaking_off_after_taking_a_mail_doubles_that_mail_only_and_the_proof_says_why(post: Post):
    fill(post)
    server = ms.ValtInData(neemt_aan=True, keer=1)
    with post.to(server):
        for _ in range(4):
            post.run(minutes=2)
    assert assert_all_arrived(server) == Dubbel(onzeker=1)


def test_a_greylist_is_come_back_to(post: Post):
    fill(post)
    server = ms.Grijslijst()
    with post.to(server):
        post.run()
        assert server.ontvangen == []
        post.run(seconds=61)
    assert assert_all_arrived(server) == Dubbel()
    assert {een.pogingen for een in boek.read(sql).zendingen.values()} == {1, 2}


def test_a_server_that_closes_after_every_third_mail_gets_them_all(post: Post):
    for nummer in range(10):
        partij = Partij.inwoner(seed_bsn(nummer))
        profiel(partij, f"{nummer}@voorbeeld.nl")
        post.tell(partij)
        post.tell(partij)
    server = ms.SluitNa(3)
    with post.to(server):
        for _ in range(8):
            post.run(minutes=16)
    assert server.gesloten
    assert assert_all_arrived(server) == Dubbel()
    assert len(server.ontvangen) == 20


def test_one_address_that_is_refused_for_good_holds_nobody_up(post: Post):
    fill(post)
    server = ms.WeigertEen("fatima@voorbeeld.nl", "550 onbekend")
    with post.to(server):
        post.run()
    assert {aan for aan, _ in server.ontvangen} == {"jeroen@voorbeeld.nl"}
    gelezen = boek.read(sql)
    boek.assert_in_order(gelezen, [server])
    van_fatima = [een for een in gelezen.zendingen.values() if een.partij == FATIMA.profiel_key]
    assert van_fatima
    assert not any(een.is_verzonden for een in van_fatima)
    assert any(een.is_mislukt for een in van_fatima)
    assert "geweigerd" in gelezen.per_zending[van_fatima[0].id]


def test_one_address_that_is_full_waits_in_its_order_and_the_others_do_not(post: Post):
    fill(post)
    server = ms.WeigertEen("fatima@voorbeeld.nl", "452 vol")
    with post.to(server):
        post.run()
        post.run(minutes=11)  # the end of the burst
        assert [aan for aan, _ in server.ontvangen] == ["jeroen@voorbeeld.nl"] * 3
        server.is_dicht = False
        for _ in range(4):
            post.run(minutes=11)
    assert assert_all_arrived(server) == Dubbel()
    assert post.bezorger._postbode.mislukt_op_rij == 0, "one address says nothing of the server"


def test_a_server_that_closes_at_the_recipient_is_a_server_that_is_away(post: Post):
    """Not three mails in a row for each receiver, and nobody's mail waits for hours when it is back."""
    for nummer in range(5):
        partij = Partij.inwoner(seed_bsn(nummer))
        profiel(partij, f"{nummer}@voorbeeld.nl")
        post.tell(partij)
    with post.to(ms.Weigert("RCPT", "421 sluit")):
        post.run()
    assert post.bezorger._postbode.is_weg
    assert sorted(Zending.objects.values_list("pogingen", flat=True)) == [0, 0, 1, 1, 1]


def test_a_server_that_is_asked_for_encryption_and_has_none_gets_nothing(post: Post, settings):
    settings.EMAIL_USE_TLS = True
    fill(post)
    kaal, goed = ms.Mailserver(), ms.Mailserver()
    with post.to(kaal):
        post.run()
    assert kaal.ontvangen == []
    settings.EMAIL_USE_TLS = False
    with post.to(goed):
        for _ in range(4):
            post.run(minutes=16)
    assert assert_all_arrived(goed) == Dubbel()


def test_a_server_that_thinks_longer_than_the_lease_gets_each_mail_once(post: Post, settings, monkeypatch):
    """A second worker asks for work when the lease of the first would have ended."""
    monkeypatch.setattr(bezorging, "LEASE", timedelta(seconds=3))
    settings.EMAIL_TIMEOUT = 20
    server = ms.Bedenkt()
    post.tell(JEROEN)
    zending_id = _claimed("een")
    with post.to(server):
        uitkomst: list[Bezorging] = []
        draad = threading.Thread(target=lambda: uitkomst.append(_deliver(zending_id)))
        draad.start()
        try:
            wait_until(lambda: server.is_begonnen)
            eerste = Zending.objects.get(pk=zending_id).lease_tot
            assert eerste is not None
            wait_until(lambda: klok.nu() > eerste)  # it would have ended, had nobody renewed it
            assert bezorging.claim(klok.nu(), "twee", 10) == []
        finally:
            server.mag.set()
            draad.join(20)
    assert uitkomst == [Bezorging.VERZONDEN]
    assert assert_all_arrived(server) == Dubbel()


def _claimed(worker: str) -> UUID:
    samenstellen.compose(klok.nu(), 10)
    [zending_id] = bezorging.claim(klok.nu(), worker, 10)
    return zending_id


def _deliver(zending_id: UUID) -> Bezorging:
    try:
        return bezorging.deliver(zending_id, "een")
    finally:
        connection.close()


@pytest.mark.parametrize("soort", ["550 onbekend", "451 later", "weg"])
def test_a_change_never_fails_because_of_its_mail(post: Post, soort: str):
    """The change is committed and visible, whatever becomes of what is told about it."""
    stad: Stadhuis = build_stadhuis()
    with klok.op_moment(post.moment):
        zaak = stad.start()
        bericht = send_bericht(stad.mila, zaak.ref, tekst="Uw vergunning is bijna klaar.", sleutel="a" * 32)
    server = ms.Weigert("RCPT", soort) if soort != "weg" else ms.Valt()
    with post.to(server):
        post.run()
    assert Notificatie.objects.filter(onderwerp_id=bericht).count() == 1
    assert server.ontvangen == []
    boek.assert_whole(boek.read(sql))
