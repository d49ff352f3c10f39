"""A bad week: mail down for a day, workers that die, wrong addresses, mail that comes back, an outage, a clock that
goes back, a burst, and people who choose otherwise. At the end every event is accounted for, by two that do not know
each other: the books of this test (raw tables, received mails) and `eloket verantwoording`.

The whole worker runs on a clock that the test sets, and mails to real servers. What people do in an hour is drawn with
`SEED`; what goes wrong on which day stands below.
"""

import os
import random
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from eloket.berichten.models import Bericht
from eloket.berichten.service import send_bericht
from eloket.beschikbaarheid import service as beschikbaarheid
from eloket.beschikbaarheid.types import Wat
from eloket.identity.testing import inwoner
from eloket.identity.types import Actor
from eloket.kernel import klok
from eloket.kernel.errors import NietToegestaan
from eloket.notifications.brieven.bundels import NIETS, make_bundel, mark_posted
from eloket.notifications.brieven.queries import get_wachtrij
from eloket.notifications.models import BewijsRegel, Notificatie, Zending
from eloket.notifications.openen import mark_zaak_opened
from eloket.notifications.retour.types import Klasse
from eloket.notifications.retour.verwerken import Verwerking, verwerk
from eloket.profile import afmelden, voorkeuren
from eloket.profile.models import Profiel
from eloket.profile.types import Rubriek, VoorkeurenWens
from eloket.sources.register.seed.bevolking import seed_bsn
from eloket.zaken import service as zaken
from eloket.zaken.models import Taak
from eloket.zaken.testing import nieuwe_zaak
from eloket.zaken.types import Zaak, ZaakRef
from tests.faults import boek
from tests.faults.loop import Loop, running, sql
from tests.uitwijken import bounce, give_address, key_of, works
from tests.unit.notifications.mailservers import Grijslijst, Mailserver, ValtInData, WeigertEen
from tests.web.werkplek import Stadhuis, build_stadhuis

SEED = int(os.environ.get("ELOKET_PROEF_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
MAANDAG = datetime(2026, 11, 2, 8, 0, tzinfo=klok.AMSTERDAM)
UUR = timedelta(hours=1)
PARTIJEN = 14
FOUT, VOL, KAPOT = 1, 2, (0, 3)  # refused for good; full; taken and sent back. Number 0 is in the register.
pytestmark = [
    pytest.mark.faults,
    pytest.mark.slow,
    pytest.mark.timeout(400),
    pytest.mark.django_db(transaction=True),
]


@dataclass
class Week:
    """The town, its residents with a zaak each, the mail servers so far, and what was done."""

    loop: Loop
    kans: random.Random
    stad: Stadhuis
    mensen: list[Actor] = field(default_factory=list)
    zaken: list[ZaakRef] = field(default_factory=list)
    servers: list[Mailserver] = field(default_factory=list)
    berichten: list[str] = field(default_factory=list)
    vragen: list[str] = field(default_factory=list)
    statussen: int = 0

    def settle(self) -> None:
        """Everybody has a zaak and, but for one, an address."""
        with self.loop.now():
            for nummer in range(PARTIJEN):
                wie = inwoner() if nummer == 0 else inwoner(seed_bsn(nummer))
                if nummer != PARTIJEN - 1:
                    give_address(wie, adres(nummer))
                assert wie.partij is not None
                zaak = zaken.start_zaak(wie, nieuwe_zaak(wie.partij, zaaktype="PARKEERVERGUNNING"))[0]
                self.mensen.append(wie)
                self.zaken.append(zaak.ref)

    def happen(self, nummer: int | None = None) -> None:
        """Something in one zaak."""
        nummer = self.kans.randrange(PARTIJEN) if nummer is None else nummer
        wie, ref = self.mensen[nummer], self.zaken[nummer]
        with self.loop.now():
            match self.kans.choice(["antwoord", "antwoord", "vraag", "status", "schrijft", "kijkt"]):
                case "antwoord":
                    self.berichten.append(self._write(self.stad.mila, ref))
                case "vraag":
                    self.ask(ref, self.kans.randint(5, 20))
                case "status":
                    self._next_status(ref)
                case "schrijft":
                    self._write(wie, ref)
                case "kijkt":
                    assert wie.partij is not None
                    mark_zaak_opened(wie.partij, ref)

    def _write(self, wie: Actor, ref: ZaakRef) -> str:
        return send_bericht(wie, ref, tekst="Hierbij.", sleutel=f"{self.kans.getrandbits(128):032x}")

    def ask(self, ref: ZaakRef, dagen: int) -> None:
        self.vragen.append(
            zaken.ask_document(
                self.stad.mila,
                ref,
                titel=f"Document {len(self.vragen)}",
                toelichting="",
                deadline=klok.vandaag() + timedelta(days=dagen),
            )
        )

    def _next_status(self, ref: ZaakRef) -> None:
        zaak: Zaak = self.stad.now(ref)
        if zaak.stap + 1 >= len(zaak.statustypen):
            return
        zaken.set_status(
            self.stad.mila, ref, volgnummer=zaak.stap + 1, toelichting="", resultaat="", versie=zaak.versie
        )
        self.statussen += 1

    @contextmanager
    def mail(self, server: Mailserver) -> Iterator[Mailserver]:
        self.servers.append(server)
        with self.loop.to(server):
            yield server

    def work(self, uren: int, per_uur: int = 4) -> None:
        """A part of the day: people do things, the worker goes on."""
        for _ in range(uren):
            for _ in range(per_uur):
                self.happen()
            self.loop.run(UUR, timedelta(minutes=20))

    def night(self, *, tot: int = 8) -> None:
        """Until eight in the morning."""
        lokaal = self.loop.moment.astimezone(klok.AMSTERDAM)
        morgen = (lokaal + timedelta(days=1) if lokaal.hour >= tot else lokaal).replace(hour=tot, minute=0)
        while self.loop.moment < morgen:
            self.loop.run(timedelta(minutes=119), timedelta(minutes=60))


def adres(nummer: int) -> str:
    return f"p{nummer}@voorbeeld.nl"


@pytest.fixture
def week(settings) -> Iterator[Week]:
    sys.stderr.write(f"seed {SEED}\n")  # before anything can fail
    with running(settings, MAANDAG) as loop:
        with loop.now():
            stad = build_stadhuis()
        een = Week(loop, random.Random(SEED), stad)
        een.settle()
        yield een


def test_after_a_bad_week_every_event_is_accounted_for(week: Week):
    monday_as_usual(week)
    tuesday_without_mail(week)
    wednesday_workers_die(week)
    thursday_wrong_addresses(week)
    friday_an_outage_and_a_clock_that_goes_back(week)
    saturday_a_burst_and_other_choices(week)
    sunday_everything_comes_in(week)
    assert_accounted_for(week)


def monday_as_usual(week: Week) -> None:
    with week.loop.now():
        choose(week.mensen[5], dagelijks=True)
        choose(week.mensen[6], stil=("18:00", "08:00"))
    with week.mail(Mailserver()) as server:
        week.work(9)
        assert server.ontvangen
        week.night()


def choose(wie: Actor, *, dagelijks: bool = False, stil: tuple[str, str] = ("", "")) -> None:
    keuze = {str(rubriek): "dagelijks" if dagelijks else "direct" for rubriek in Rubriek}
    rij = Profiel.objects.get(profiel_key=key_of(wie))
    voorkeuren.save_voorkeuren(
        wie,
        VoorkeurenWens(wanneer=keuze, stil_van=stil[0], stil_tot=stil[1], taal="nl"),
        versie=rij.voorkeuren_versie,
    )


def tuesday_without_mail(week: Week) -> None:
    """Nobody listens until midnight."""
    week.work(9)
    week.loop.run(7 * UUR, timedelta(minutes=30))
    assert Zending.objects.filter(verzonden_op=None, mislukt_op=None).exists()
    with week.mail(Grijslijst()):
        week.night()


def wednesday_workers_die(week: Week) -> None:
    """Each time after the server took a mail and before that was noted."""
    with week.mail(ValtInData(neemt_aan=True, keer=1)):
        for _ in range(9):
            for _ in range(3):
                week.happen()
            week.loop.die_after_sending()
            week.loop.run(UUR, timedelta(minutes=10))
        week.night()
    assert week.loop.gedood >= 3


def thursday_wrong_addresses(week: Week) -> None:
    with ExitStack() as stapel:
        server = stapel.enter_context(week.mail(WeigertEen(adres(FOUT), "550 onbekend")))
        for nummer in (FOUT, *KAPOT):
            week.happen(nummer)
        week.work(3)
        with week.loop.now():
            week.ask(week.zaken[FOUT], 12)
            for nummer in KAPOT:
                week.ask(week.zaken[nummer], 12)
        week.loop.run(UUR, timedelta(minutes=5))
        with week.loop.now():
            for nummer in KAPOT:
                assert come_back(week, nummer), "there was a mail to come back"
            assert not any(works(week.mensen[nummer]) for nummer in (FOUT, *KAPOT))
        assert server.ontvangen
    with week.mail(WeigertEen(adres(VOL), "452 vol")):
        with week.loop.now():
            week.ask(week.zaken[VOL], 12)
        week.loop.run(UUR, timedelta(minutes=5))
        assert is_postponed(week, VOL)
        for nummer in (VOL, FOUT, *KAPOT):
            week.happen(nummer)
        week.work(3)
        week.night()


def is_postponed(week: Week, nummer: int) -> bool:
    """There is a mail to this party that the server sent away for now; it waits, and its address is not blamed."""
    wachtend = Zending.objects.filter(
        betrokkene_key=key_of(week.mensen[nummer]), kanaal="email", verzonden_op=None, mislukt_op=None
    )
    uitgesteld = BewijsRegel.objects.filter(soort="uitgesteld", zending_id__in=wachtend.values("pk"))
    return uitgesteld.exists() and works(week.mensen[nummer])


def come_back(week: Week, nummer: int) -> bool:
    """The last mail of this party comes back for good, and what the server says of it comes twice."""
    zending = (
        Zending.objects.filter(betrokkene_key=key_of(week.mensen[nummer]), kanaal="email")
        .exclude(verzonden_op=None)
        .order_by("-volgorde")
        .first()
    )
    if zending is None:
        return False
    assert verwerk(bounce(zending.pk, Klasse.PERMANENT, "5.1.1")) is Verwerking.VERWERKT
    assert verwerk(bounce(zending.pk, Klasse.PERMANENT, "5.1.1")) is Verwerking.AL_BEKEND
    return True


def friday_an_outage_and_a_clock_that_goes_back(week: Week) -> None:
    with week.mail(Mailserver()) as server:
        with week.loop.now() as moment:
            for ref in week.zaken[4:9]:
                week.ask(ref, 1)  # to be sent before tomorrow: today is the last day
            week.ask(week.zaken[VOL], 12)  # the mailbox is no longer full
            begin = moment
        week.loop.run(4 * UUR, timedelta(minutes=30))
        assert adres(VOL) in {aan for aan, _ in server.ontvangen}
        with week.loop.now() as moment:
            beschikbaarheid.record_gemeten(Wat.PORTAAL, begin + UUR, moment)
        week.loop.run(UUR, timedelta(minutes=5))
        week.work(1)
        week.loop.moment -= 5 * UUR  # somebody sets the clock
        week.work(2)
        week.loop.moment += 5 * UUR  # and somebody sets it right
        week.work(1)
        week.night()
    assert Notificatie.objects.filter(soort="storing_verlengd").count() >= 5


def saturday_a_burst_and_other_choices(week: Week) -> None:
    with week.mail(Mailserver()):
        for _ in range(30):
            week.happen(7)
        week.loop.run(UUR, timedelta(minutes=5))
        with week.loop.now():
            afmelden.stop_rubrieken(key_of(week.mensen[8]), [Rubriek.BERICHTEN], link="l1")
            afmelden.stop_alles(key_of(week.mensen[9]), link="l2")
            choose(week.mensen[5])
            choose(week.mensen[10], dagelijks=True)
        for nummer in (5, 8, 9, 10) * 3:
            week.happen(nummer)
        week.work(4)
        week.night()


def sunday_everything_comes_in(week: Week) -> None:
    """Nothing new; the worker has until Monday noon, and on Monday the letters are printed."""
    with week.mail(Mailserver()):
        week.loop.run(8 * UUR, timedelta(minutes=30))
        week.night()
        with week.loop.now():
            post_letters(week)
        week.loop.run(4 * UUR, timedelta(minutes=30))


def post_letters(week: Week) -> None:
    """All that are ready. What was opened meanwhile needs no letter, so there may be none: that is said, and then
    nothing waits."""
    brieven = Zending.objects.filter(kanaal="brief", betrokkene_key=key_of(week.mensen[KAPOT[0]]))
    assert brieven.exists(), "a mail came back, so there was a letter to print"
    try:
        bundel = make_bundel(week.stad.mila)
    except NietToegestaan as fout:
        if fout.tekst != NIETS:
            raise
    else:
        mark_posted(week.stad.mila, bundel, klok.vandaag())
        assert brieven.exclude(verzonden_op=None).exists()
    assert get_wachtrij().aantal == 0
    assert not brieven.filter(verzonden_op=None, mislukt_op=None).exists()


def assert_accounted_for(week: Week) -> None:
    assert_everything_was_told(week)
    gelezen = boek.read(sql)
    dubbel = boek.assert_accounted_for(gelezen, *week.servers)
    assert dubbel.zonder_eind == week.loop.gedood
    assert dubbel.onzeker <= 1, "the one that broke off after taking the mail"
    assert dubbel.tegelijk == 0
    boek.assert_in_order(gelezen, week.servers)
    wacht = [een for een in gelezen.notificaties if not een.zending and not een.uitkomst]
    assert wacht == []
    with week.loop.now():
        verslag, bewijs = StringIO(), StringIO()
        call_command("verantwoording", vanaf=date(2026, 11, 1), tot_en_met=date(2026, 11, 9), stdout=verslag)
        call_command("controleer-bewijs", stdout=bewijs)
    assert "Alles is verklaard." in verslag.getvalue()
    assert f"notificaties                 {len(gelezen.notificaties)}" in verslag.getvalue()
    assert f"mogelijk dubbel verstuurd  {week.loop.gedood} " in verslag.getvalue()
    assert "Het bewijs klopt" in bewijs.getvalue()


def assert_everything_was_told(week: Week) -> None:
    """From what people did, and not from what the outbox says: each has its notification, and the proof of it."""
    assert set(week.berichten) == {
        str(pk) for pk in Bericht.objects.filter(is_van_gemeente=True).values_list("pk", flat=True)
    }
    assert set(week.vragen) == {str(pk) for pk in Taak.objects.values_list("pk", flat=True)}
    for ids, soort in ((week.berichten, "bericht_beantwoord"), (week.vragen, "document_gevraagd")):
        rijen = Notificatie.objects.filter(onderwerp_id__in=ids, soort=soort)
        assert sorted(rijen.values_list("onderwerp_id", flat=True)) == sorted(ids)
        assert BewijsRegel.objects.filter(
            soort="gemaakt", notificatie_id__in=rijen.values("pk")
        ).count() == len(ids)
    assert Notificatie.objects.filter(soort="status_gewijzigd").count() == week.statussen
    assert Notificatie.objects.filter(soort="zaak_ontvangen").count() == PARTIJEN
