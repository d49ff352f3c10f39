"""What who was authorised reads of the giver on their own pages: no more than it opens, and not unseen."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from eloket.identity.niveaus import Zekerheid
from eloket.identity.types import Actor
from eloket.kernel.klok import nu, op_moment, vandaag
from eloket.machtigingen import service
from eloket.zaken.testing import FakeZaakBron
from eloket.zaken.types import Zaak
from tests.huis import inwoner, met_nepbronnen
from tests.machtigen import leg_voor, machtig, wens
from tests.web.portaal import bron_van, client_van, tekst_van, zaak_van

pytestmark = pytest.mark.django_db
JEROEN = inwoner("999990019", "Jeroen van Drouwen")
FATIMA = inwoner("999990020", "Fatima el Idrissi")
LIJST, ZAKEN = "/mijn/machtigingen/", "/mijn/zaken/"
TITEL = "Bijstand voor de huur"


@pytest.fixture
def bron() -> Iterator[FakeZaakBron]:
    with met_nepbronnen() as bron:
        yield bron


@pytest.fixture
def zaak(bron: FakeZaakBron) -> Zaak:
    return zaak_van(JEROEN, TITEL)


def shown_to(client: Client, machtiging_id: str) -> str:
    """All that the pages of authorisations and Mijn Zaken say, with what only a screen reader says."""
    return " ".join(bron_van(client.get(pad)) for pad in (LIJST, f"{LIJST}{machtiging_id}/", ZAKEN))


def knows(wie: Actor, machtiging_id: str, zaak: Zaak) -> set[bool]:
    html = shown_to(client_van(wie), machtiging_id)
    return {TITEL in html, zaak.identificatie in html}


def test_before_it_is_accepted_nobody_reads_of_which_zaak_it_is(zaak):
    """Whoever has the code may be the wrong person, and the giver reads their name only after this."""
    machtiging_id = leg_voor(JEROEN, FATIMA, wens(zaak.ref))
    assert knows(FATIMA, machtiging_id, zaak) == {False}
    assert "u ziet welke als u de machtiging aanneemt" in tekst_van(
        client_van(FATIMA).get(f"{LIJST}{machtiging_id}/")
    )
    assert TITEL in shown_to(client_van(JEROEN), machtiging_id)
    service.accept(FATIMA, machtiging_id)
    assert knows(FATIMA, machtiging_id, zaak) == {True}


def test_before_it_begins_the_page_says_from_when(zaak):
    morgen = vandaag() + timedelta(days=1)
    machtiging_id = leg_voor(JEROEN, FATIMA, wens(zaak.ref, van=morgen))
    service.accept(FATIMA, machtiging_id)
    assert knows(FATIMA, machtiging_id, zaak) == {False}
    assert "u ziet welke vanaf" in tekst_van(client_van(FATIMA).get(LIJST))
    with op_moment(nu() + timedelta(days=1)):
        assert knows(FATIMA, machtiging_id, zaak) == {True}


@pytest.mark.parametrize("einde", ["intrekken", "stoppen", "weigeren", "verlopen"])
def test_what_is_over_tells_nothing_of_the_zaak_any_more(zaak, einde: str):
    if einde == "weigeren":
        machtiging_id = leg_voor(JEROEN, FATIMA, wens(zaak.ref))
        service.refuse(FATIMA, machtiging_id)
    else:
        machtiging_id = machtig(JEROEN, FATIMA, zaak.ref)
    if einde == "intrekken":
        service.withdraw(JEROEN, machtiging_id)
    if einde == "stoppen":
        service.stop(FATIMA, machtiging_id)
    with op_moment(nu() + timedelta(days=30 if einde == "verlopen" else 0)):
        assert knows(FATIMA, machtiging_id, zaak) == {False}
        assert "Eén zaak" in tekst_van(client_van(FATIMA).get(LIJST))
        assert TITEL in shown_to(client_van(JEROEN), machtiging_id)


@pytest.mark.parametrize(
    ("van_gever", "van_ontvanger", "mag"),
    [
        (Zekerheid.SUBSTANTIEEL, Zekerheid.HOOG, True),
        (Zekerheid.SUBSTANTIEEL, Zekerheid.LAAG, False),
        (Zekerheid.LAAG, Zekerheid.HOOG, False),
    ],
)
def test_the_title_is_for_the_level_of_the_zaak(bron, zaak, van_gever, van_ontvanger, mag: bool):
    """Also when that was asked only later: who gives a zaak comes through its door."""
    machtiging_id = machtig(replace(JEROEN, zekerheid=van_gever), FATIMA, zaak.ref)
    bron._zaken[zaak.ref.id] = replace(zaak, zekerheid=Zekerheid.SUBSTANTIEEL)
    ontvanger = replace(FATIMA, zekerheid=van_ontvanger)
    assert knows(ontvanger, machtiging_id, zaak) == {mag}
    if not mag:
        assert "met een hoger niveau van inloggen" in tekst_van(client_van(ontvanger).get(ZAKEN))


def test_a_source_that_is_away_does_not_make_one_zaak_all_of_them(bron, zaak):
    machtig(JEROEN, FATIMA, zaak.ref)
    bron.faalt = True
    tekst = tekst_van(client_van(FATIMA).get(ZAKEN))
    assert "de titel is nu niet op te halen" in tekst
    assert "Alle zaken" not in tekst
    assert "Bekijk de zaken" not in tekst_van(client_van(FATIMA).get(LIJST))
