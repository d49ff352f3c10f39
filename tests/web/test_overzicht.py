"""Mijn overzicht: what to do first, then zaken, then messages."""

from datetime import timedelta

import pytest

from eloket.berichten.service import send_bericht
from eloket.kernel.klok import vandaag
from eloket.zaken import service as zaken
from eloket.zaken.testing import FakeZaakBron
from tests.huis import inwoner, medewerker, met_nepbronnen
from tests.web.portaal import bron_van, client_van, tekst_van, zaak_van

pytestmark = pytest.mark.django_db


@pytest.fixture
def bron():
    with met_nepbronnen() as bron:
        yield bron


def test_first_what_to_do_then_the_newest_zaken_and_messages(bron):
    for nummer in range(6):
        zaak = zaak_van(inwoner(), f"Zaak {nummer}", sleutel=str(nummer))
        if nummer < 4:
            morgen = vandaag() + timedelta(days=nummer + 1)
            zaken.ask_document(
                medewerker(), zaak.ref, titel=f"Taak {nummer}", toelichting="", deadline=morgen
            )
        send_bericht(medewerker(), zaak.ref, tekst="Hallo", sleutel=f"m{nummer}")
    antwoord = client_van().get("/mijn/")
    tekst, html = tekst_van(antwoord), bron_van(antwoord)
    assert "Welkom, J. van Drouwen" in tekst
    plekken = [
        tekst.index(deel) for deel in ("Taak 0", "Taak 1", "Taak 2", "Zaak 5 Zaaknummer", "Zaak 3 Zaaknummer")
    ]
    assert plekken == sorted(plekken)
    assert "Taak 3" not in tekst
    assert "Bekijk alle 4 taken" in tekst
    assert html.count("pip-case-card__link") == 3
    assert "Bekijk alle 6 lopende zaken" in tekst
    assert html.count("pip-conversation__link") == 3
    assert "Uw actie is nodig" in tekst


def test_who_has_nothing_reads_so_three_times(bron):
    tekst = tekst_van(client_van().get("/mijn/"))
    for zin in ("U hoeft nu niets te doen.", "U heeft geen lopende zaken.", "U heeft geen berichten."):
        assert zin in tekst


def test_each_part_that_fails_says_so_and_none_reads_as_empty(bron):
    zaak = zaak_van(inwoner())
    zaken.ask_document(
        medewerker(), zaak.ref, titel="Taak", toelichting="", deadline=vandaag() + timedelta(days=1)
    )
    send_bericht(medewerker(), zaak.ref, tekst="Hallo", sleutel="m")
    bron.faalt = True
    antwoord = client_van().get("/mijn/")
    tekst = tekst_van(antwoord)
    assert antwoord.status_code == 200
    for wat in ("taken", "zaken", "berichten"):
        assert f"Wij kunnen uw {wat} nu niet ophalen." in tekst
    assert "U heeft geen" not in tekst
    assert "U hoeft nu niets" not in tekst


def test_one_of_two_sources_fails():
    ander = FakeZaakBron(naam="ander", titel="het archief van de regio")
    with met_nepbronnen(ander):
        ander.faalt = True
        tekst = tekst_van(client_van().get("/mijn/"))
    assert "het archief van de regio" in tekst
    assert "U heeft geen lopende zaken" not in tekst
