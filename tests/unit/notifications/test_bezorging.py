"""Delivering over real SMTP: what is taken, tried again, or given up."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from eloket.kernel import klok
from eloket.notifications.bezorgen import bezorging, samenstellen
from eloket.notifications.bezorgen.postbode import Postbode
from eloket.notifications.models import Notificatie, Zending
from eloket.notifications.service import enqueue
from eloket.notifications.types import Bezorging, NotificatieSoort
from tests.unit.notifications.mailservers import Hangt, Mailserver, Valt, ValtNaAannemen, Weigert, draaiend

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def smtp(settings):
    """Send to this server."""
    settings.EMAIL_BACKEND = "eloket.notifications.bezorgen.smtp.SmtpBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 1

    def use(port: int) -> None:
        settings.EMAIL_PORT = port

    return use


def put(aan: str = "j@voorbeeld.nl", token: str = "") -> UUID:
    """A mail that is ready to go; its party is the address."""
    soort = NotificatieSoort.ADRES_BEVESTIGEN if token else NotificatieSoort.STATUS_GEWIJZIGD
    nummer = enqueue(soort, aan=aan, betrokkene_key=f"k-{aan}", zaak_ref="register-a1b2", token=token)
    samenstellen.compose(klok.nu(), 100)
    zending_id = Notificatie.objects.values_list("zending_id", flat=True).get(pk=nummer)
    assert zending_id is not None
    return zending_id


def attempt(worker: str = "w") -> Bezorging:
    [zending_id] = bezorging.claim(klok.nu(), worker, 10)
    return bezorging.deliver(zending_id, worker)


def test_a_mail_arrives_once_with_text_and_html_and_is_kept_as_proof(smtp):
    zending_id = put()
    server = Mailserver()
    with draaiend(server) as port:
        smtp(port)
        assert attempt() is Bezorging.VERZONDEN
        assert bezorging.claim(klok.nu() + timedelta(days=1), "w", 10) == []
    [(aan, mail)] = server.ontvangen
    assert (aan, mail["To"]) == ("j@voorbeeld.nl", "j@voorbeeld.nl")
    assert mail["Message-ID"] == f"<{zending_id}@testserver>"
    assert [deel.get_content_type() for deel in mail.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    rij = Zending.objects.get()
    assert rij.verzonden_op is not None
    assert (rij.pogingen, rij.laatste_fout, rij.mislukt_op) == (1, "", None)


def test_a_token_is_forgotten_when_its_mail_is_gone(smtp):
    put(token="geheim")
    server = Mailserver()
    with draaiend(server) as port:
        smtp(port)
        attempt()
    assert "/bevestigen/geheim/" in str(server.ontvangen[0][1].get_body(("plain",)))
    assert Notificatie.objects.get().payload == ""


@pytest.mark.parametrize(
    ("server", "fout"),
    [
        (Weigert("RCPT", "451 later"), "SMTPRecipientsRefused 451"),
        (Weigert("DATA", "452 vol"), "SMTPDataError 452"),
        (Weigert("MAIL", "550 u mag niet"), "SMTPSenderRefused 550"),
        (Hangt(), "SMTPServerDisconnected"),
        (Valt(), "SMTPServerDisconnected"),
    ],
)
def test_a_server_that_cannot_now_is_tried_again_later(smtp, server, fout):
    put()
    voor = klok.nu()
    with draaiend(server) as port:
        smtp(port)
        assert attempt() is Bezorging.UITGESTELD
    rij = Zending.objects.get()
    assert rij.laatste_fout == fout
    assert timedelta(seconds=60) <= rij.volgende_poging_op - voor <= timedelta(seconds=70)
    assert bezorging.claim(klok.nu(), "w", 10) == []
    goed = Mailserver()
    Zending.objects.update(volgende_poging_op=klok.nu())
    with draaiend(goed) as port:
        smtp(port)
        assert attempt("ander") is Bezorging.VERZONDEN
    assert len(goed.ontvangen) == 1


def test_no_server_at_all_is_tried_again_later(smtp):
    put()
    with draaiend(Mailserver()) as port:
        smtp(port)  # and now it is gone
    assert attempt() is Bezorging.UITGESTELD
    assert Zending.objects.get().laatste_fout == "ConnectionRefusedError"


@pytest.mark.parametrize(
    ("server", "fout"),
    [
        (Weigert("RCPT", "550 j@voorbeeld.nl onbekend"), "SMTPRecipientsRefused 550"),
        (Weigert("DATA", "554 nee"), "SMTPDataError 554"),
    ],
)
def test_a_refusal_for_good_is_given_up_and_visible(smtp, server, fout):
    put(token="geheim")
    with draaiend(server) as port:
        smtp(port)
        assert attempt() is Bezorging.MISLUKT
    rij = Zending.objects.get()
    assert rij.mislukt_op is not None
    assert (rij.laatste_fout, Notificatie.objects.get().payload) == (fout, "")
    assert bezorging.claim(klok.nu() + timedelta(days=1), "w", 10) == []


def test_breaking_off_after_taking_the_mail_is_not_a_failure(smtp):
    put()
    server = ValtNaAannemen()
    with draaiend(server) as port:
        smtp(port)
        assert attempt() is Bezorging.VERZONDEN
    assert len(server.ontvangen) == 1


def test_a_week_of_trying_is_not_given_up_a_moment_too_soon(smtp):
    put()
    with draaiend(Weigert("RCPT", "451 later")) as port:
        smtp(port)
        Zending.objects.update(gemaakt_op=klok.nu() - timedelta(days=6, hours=23), pogingen=40)
        assert attempt() is Bezorging.UITGESTELD
        nu = klok.nu()
        Zending.objects.update(gemaakt_op=nu - timedelta(days=7), volgende_poging_op=nu)
        assert attempt() is Bezorging.MISLUKT


@given(st.integers(min_value=0, max_value=10_000))
def test_the_wait_doubles_from_a_minute_to_four_hours(pogingen):
    uitstel = bezorging.delay(pogingen)
    assert timedelta(minutes=1) <= uitstel <= timedelta(hours=4)
    assert uitstel == min(timedelta(minutes=1) * 2 ** min(max(pogingen - 1, 0), 30), timedelta(hours=4))


def test_two_workers_never_have_the_same_and_a_dead_one_is_replaced():
    ids = {put(f"{n}@voorbeeld.nl") for n in range(5)}
    nu = klok.nu()
    een = bezorging.claim(nu, "een", 3)
    twee = bezorging.claim(nu, "twee", 10)
    assert len(een) == 3
    assert set(een) | set(twee) == ids
    assert not set(een) & set(twee)
    assert bezorging.claim(nu + timedelta(seconds=59), "drie", 10) == []
    assert set(bezorging.claim(nu + timedelta(seconds=60), "drie", 10)) == ids


def test_who_lost_the_lease_does_not_send(smtp):
    put()
    nu = klok.nu()
    [zending_id] = bezorging.claim(nu, "traag", 1)
    bezorging.claim(nu + timedelta(seconds=61), "vlug", 1)
    server = Mailserver()
    with draaiend(server) as port:
        smtp(port)
        assert bezorging.deliver(zending_id, "traag") is Bezorging.OVERGESLAGEN
        assert bezorging.deliver(zending_id, "vlug") is Bezorging.VERZONDEN
        assert bezorging.deliver(zending_id, "vlug") is Bezorging.OVERGESLAGEN
    assert len(server.ontvangen) == 1


def test_what_was_claimed_together_with_an_earlier_one_that_failed_waits_for_it(smtp):
    """The earlier one had waited for the end of quiet hours, and nothing waits for such a mail."""
    ids = [put(), put()]
    Zending.objects.filter(pk=ids[1]).update(betrokkene_key="k", houdt_op=True)
    Zending.objects.filter(pk=ids[0]).update(betrokkene_key="k", houdt_op=False)
    assert bezorging.claim(klok.nu(), "w", 10) == ids
    Zending.objects.filter(pk=ids[0]).update(houdt_op=True)  # as its failure notes
    server = Mailserver()
    with draaiend(server) as port:
        smtp(port)
        assert bezorging.deliver(ids[1], "w") is Bezorging.OVERGESLAGEN
    assert server.ontvangen == []


def test_what_was_claimed_and_not_tried_can_be_given_back():
    ids = [put(), put("ander@voorbeeld.nl")]
    nu = klok.nu()
    bezorging.claim(nu, "een", 10)
    bezorging.release(ids, "ander")
    assert bezorging.claim(nu, "twee", 10) == []
    bezorging.release(ids, "een")
    assert set(bezorging.claim(nu, "twee", 10)) == set(ids)


def test_a_row_that_cannot_be_read_does_not_stop_the_others(smtp, caplog):
    kapot, goed = put("kapot@voorbeeld.nl"), put("goed@voorbeeld.nl")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE notifications_zending SET aan = 'geen-versleutelde-tekst' WHERE "
                       "volgorde = (SELECT min(volgorde) FROM notifications_zending)")  # fmt: skip
    server = Mailserver()
    with draaiend(server) as port:
        smtp(port)
        uitkomsten = {pk: bezorging.deliver(pk, "w") for pk in bezorging.claim(klok.nu(), "w", 10)}
    assert uitkomsten == {kapot: Bezorging.UITGESTELD, goed: Bezorging.VERZONDEN}
    assert "OntsleutelenMislukt" in caplog.text


def test_nothing_is_sent_inside_a_transaction(smtp, monkeypatch):
    put()
    in_transactie: list[bool] = []
    echt = Postbode.send

    def watch(postbode: Postbode, mail: EmailMultiAlternatives) -> None:
        in_transactie.append(connection.in_atomic_block)
        echt(postbode, mail)

    monkeypatch.setattr(Postbode, "send", watch)
    with draaiend(Mailserver()) as port:
        smtp(port)
        assert attempt() is Bezorging.VERZONDEN
    assert in_transactie == [False]


def test_the_log_holds_ids_and_codes_only(smtp, caplog):
    caplog.set_level("INFO")
    put("j@voorbeeld.nl", token="geheim")
    with draaiend(Weigert("RCPT", "451 j@voorbeeld.nl later")) as port:
        smtp(port)
        attempt()
    assert "SMTPRecipientsRefused 451" in caplog.text
    eigen = " ".join(regel.getMessage() for regel in caplog.records if regel.name.startswith("eloket"))
    assert "voorbeeld.nl" not in eigen
    assert "geheim" not in eigen


@pytest.mark.postgres
def test_workers_on_postgresql_do_not_wait_for_each_other():
    """SKIP LOCKED: with one worker inside its transaction, another takes the rest at once."""
    ids = {put(f"{n}@voorbeeld.nl") for n in range(6)}
    gepakt: list[UUID] = []

    def other_worker() -> None:
        gepakt.extend(bezorging.claim(klok.nu(), "twee", 10))
        connection.close()

    with transaction.atomic():
        een = bezorging.claim(klok.nu(), "een", 3)
        thread = threading.Thread(target=other_worker)
        thread.start()
        thread.join(timeout=10)
        assert not thread.is_alive()
    assert set(een) | set(gepakt) == ids
    assert not set(een) & set(gepakt)


def test_a_slow_worker_does_not_undo_what_the_next_one_did(smtp):
    """Its lease ended while the server kept it waiting; another worker took the mail over in the meantime."""
    zending_id = put()
    eerste, tweede = Hangt(), Mailserver()
    with draaiend(eerste) as port, draaiend(tweede) as ander:
        smtp(port)
        bezorging.claim(klok.nu(), "traag", 10)
        uitkomst: list[Bezorging] = []
        traag = threading.Thread(target=lambda: uitkomst.append(_deliver(zending_id, "traag")))
        traag.start()
        wacht_op(lambda: eerste.is_begonnen)
        Zending.objects.update(lease_tot=klok.nu() - timedelta(seconds=1))
        smtp(ander)
        assert bezorging.claim(klok.nu(), "vlot", 10) == [zending_id]
        traag.join(20)
        rij = Zending.objects.get()
        assert uitkomst == [Bezorging.OVERGESLAGEN]
        assert (rij.lease_door, rij.laatste_fout) == ("vlot", "")
        assert bezorging.deliver(zending_id, "vlot") is Bezorging.VERZONDEN
    assert len(tweede.ontvangen) == 1
    assert Zending.objects.get().mislukt_op is None


def _deliver(zending_id: UUID, worker: str) -> Bezorging:
    try:
        return bezorging.deliver(zending_id, worker)
    finally:
        connection.close()


def wacht_op(klaar: Callable[[], bool]) -> None:
    einde = time.monotonic() + 10
    while not klaar():
        assert time.monotonic() < einde
        time.sleep(0.02)
