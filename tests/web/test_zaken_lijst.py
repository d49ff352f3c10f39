"""Mijn Zaken: tiles, tabs, search and pages."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from eloket.identity.testing import onderneming
from eloket.kernel.klok import nu, op_moment, vandaag
from eloket.zaken import service as zaken
from eloket.zaken.testing import FakeZaakBron
from eloket.zaken.types import Zaak
from tests.huis import inwoner, medewerker, met_nepbronnen
from tests.web.portaal import ANDER, bron_van, client_van, tekst_van, zaak_van, zoek_zaken

pytestmark = pytest.mark.django_db
ZAKEN = "/mijn/zaken/"
GEEN = "U heeft geen lopende zaken"


@pytest.fixture
def bron():
    with met_nepbronnen() as bron:
        yield bron


def sluit(zaak: Zaak) -> Zaak:
    return zaken.set_status(
        medewerker(), zaak.ref, volgnummer=4, toelichting="", resultaat="Verleend", versie=zaak.versie
    )


def test_a_tile_tells_name_number_date_badge_and_step(bron):
    zaak = zaak_van(inwoner())
    tekst = tekst_van(client_van().get(ZAKEN))
    assert "Lopende zaken (1) Afgeronde zaken (0)" in tekst
    assert "Ontvangen Parkeervergunning voor bewoners" in tekst
    assert f"Zaaknummer {zaak.identificatie}" in tekst
    assert "Aangevraagd op" in tekst
    assert "Stap 1 van 4" in tekst
    assert "Uw actie is nodig" not in tekst


def test_a_zaak_with_an_open_taak_waits_for_the_reader(bron):
    zaak = zaak_van(inwoner())
    morgen = vandaag() + timedelta(days=1)
    zaken.ask_document(medewerker(), zaak.ref, titel="Kentekenbewijs", toelichting="", deadline=morgen)
    tekst = tekst_van(client_van().get(ZAKEN))
    assert "Wacht op u Parkeervergunning" in tekst
    assert "Uw actie is nodig" in tekst
    assert "Stap 1 van 4" not in tekst


def test_closed_zaken_stand_on_their_own_tab(bron):
    sluit(zaak_van(inwoner(), "Oude zaak"))
    zaak_van(inwoner(), "Nieuwe zaak")
    lopend, afgerond = (tekst_van(client_van().get(ZAKEN, {"status": s})) for s in ("lopend", "afgerond"))
    assert "Nieuwe zaak" in lopend
    assert "Oude zaak" not in lopend
    assert "Oude zaak" in afgerond
    assert "Afgerond op" in afgerond
    assert "Nieuwe zaak" not in afgerond
    assert "Lopende zaken (1) Afgeronde zaken (1)" in afgerond


def test_search_finds_subject_and_zaaknummer(bron):
    boom, licht = zaak_van(inwoner(), "Boom kappen"), zaak_van(inwoner(), "Straatverlichting")
    for zoek in ("boom", boom.identificatie):
        tekst = tekst_van(zoek_zaken(client_van(), zoek))
        assert boom.identificatie in tekst
        assert licht.identificatie not in tekst


def test_a_search_without_a_hit_is_not_the_same_as_having_none(bron):
    zaak_van(inwoner())
    tekst = tekst_van(zoek_zaken(client_van(), "<b>olifant"))
    assert "Wij vinden geen lopende zaken met ‘<b>olifant’" in tekst
    assert GEEN not in tekst


def test_who_has_none_reads_both_explanations(bron):
    zaak_van(inwoner(ANDER))
    antwoord = client_van().get(ZAKEN)
    tekst = tekst_van(antwoord)
    assert antwoord.status_code == 200
    assert f"{GEEN}." in tekst
    assert (
        "nog niet over de juiste gegevens om uw persoonlijke gegevens op te halen (binnen of buiten de gemeente)"
        in tekst
    )
    assert "U heeft geen afgeronde zaken." in tekst_van(client_van().get(ZAKEN, {"status": "afgerond"}))


def test_a_source_that_fails_never_reads_as_none(bron):
    bron.faalt = True
    antwoord = client_van().get(ZAKEN)
    tekst = tekst_van(antwoord)
    assert antwoord.status_code == 503
    assert "Wij kunnen uw zaken nu niet ophalen. Dat ligt aan ons." in tekst
    assert GEEN not in tekst
    assert "(0)" not in tekst


@pytest.mark.parametrize("heeft_zaak", [True, False])
def test_a_part_that_fails_is_named(heeft_zaak):
    ander = FakeZaakBron(naam="ander", titel="het archief van de regio")
    with met_nepbronnen(ander):
        if heeft_zaak:
            zaak_van(inwoner(), "Wel bereikbaar")
        ander.faalt = True
        antwoord = client_van().get(ZAKEN)
    tekst = tekst_van(antwoord)
    assert antwoord.status_code == 200
    assert "het archief van de regio" in tekst
    assert GEEN not in tekst
    assert ("Wel bereikbaar" in tekst) is heeft_zaak
    assert not re.search(r"zaken \(\d+\)", tekst)


def test_pages_of_twelve_and_never_an_empty_one(bron):
    for nummer in range(25):
        zaak_van(inwoner(), f"Zaak {nummer}", sleutel=str(nummer))
    client = client_van()
    eerste = client.get(ZAKEN)
    assert bron_van(eerste).count("pip-case-card__link") == 12
    assert "pagina 1 van 3" in bron_van(eerste)
    assert bron_van(client.get(ZAKEN, {"p": "3"})).count("pip-case-card__link") == 1
    gezocht = client.post(f"{ZAKEN}zoeken/", {"q": "zaak"})["Location"]
    voorbij = client.get(f"{gezocht}&p=9")
    assert (voorbij.status_code, voorbij["Location"]) == (302, f"{gezocht}&p=3")
    assert bron_van(client.get(ZAKEN, {"p": "x²"})).count("pip-case-card__link") == 12


def test_the_newest_stands_first(bron):
    with op_moment(nu() - timedelta(days=3)):
        zaak_van(inwoner(), "Ouder")
    zaak_van(inwoner(), "Nieuwer")
    tekst = tekst_van(client_van().get(ZAKEN))
    assert tekst.index("Nieuwer") < tekst.index("Ouder")


def test_a_name_is_text_and_never_html(bron):
    zaak_van(inwoner(), "<script>alert(1)</script>")
    html = bron_van(client_van(replace(inwoner(), naam='"><img src=x>')).get(ZAKEN))
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert "<img src=x>" not in html


def test_a_branch_sees_only_its_own_zaken(bron):
    markt, heel = onderneming(vestigingsnummer="000038509504"), onderneming()
    zaak_van(markt, "Van de markt")
    zaak_van(heel, "Van het bedrijf")
    van_markt, van_heel = tekst_van(client_van(markt).get(ZAKEN)), tekst_van(client_van(heel).get(ZAKEN))
    assert "Van de markt" in van_markt
    assert "Van het bedrijf" not in van_markt
    assert "Van de markt" in van_heel
    assert "Van het bedrijf" in van_heel
