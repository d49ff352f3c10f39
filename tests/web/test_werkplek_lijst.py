"""The work list over HTTP: whose zaken, in which order, and what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from eloket.berichten import service as berichten
from eloket.identity.testing import force_actor, medewerker
from eloket.kernel.klok import nu, op_moment, schrijf_datum
from eloket.zaken import service as zaken
from tests.web.werkplek import Stadhuis, build_stadhuis, client_of, text_of, title_of, zaak_pad, zoek_werk

pytestmark = pytest.mark.django_db


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


def test_elke_lijst_toont_de_eigen_zaken(huis: Stadhuis):
    vrij, van_mila, van_omar = huis.start("Vrij"), huis.start("Van Mila"), huis.start("Van Omar")
    elders = huis.start("Elders", zaaktype="MOR")
    zaken.take_zaak(huis.mila, van_mila.ref, versie=van_mila.versie)
    zaken.take_zaak(huis.omar, van_omar.ref, versie=van_omar.versie)
    alle = {vrij, van_mila, van_omar, elders}
    client = client_of(huis.mila)
    verwacht = {
        "": {van_mila},
        "?lijst=afdeling": {vrij, van_mila, van_omar},
        "?lijst=niet-toegewezen": {vrij},
        "?lijst=onzin": {van_mila},
    }
    for vraag, getoond in verwacht.items():
        html = text_of(client.get(f"/werkplek/{vraag}"))
        assert {een for een in alle if een.identificatie in html} == getoond, vraag


def test_wat_nieuw_is_staat_bovenaan_met_een_woord_erbij(huis: Stadhuis):
    eerste, met_bericht, met_document = huis.start("A"), huis.start("B"), huis.start("C")
    berichten.send_bericht(huis.jeroen, met_bericht.ref, tekst="Hoe lang nog?", sleutel="s1")
    huis.deliver(met_document.ref)
    html = text_of(client_of(huis.mila).get("/werkplek/?lijst=niet-toegewezen"))
    plekken = [html.index(een.identificatie) for een in (met_bericht, met_document, eerste)]
    assert plekken == sorted(plekken)
    assert html.count("Nieuw bericht") == 1
    assert html.count("Nieuw document") == 1


def test_de_termijn_staat_er_in_woorden(huis: Stadhuis):
    zaak = huis.start()
    assert zaak.uiterlijke_einddatum is not None
    dagen = (zaak.uiterlijke_einddatum - zaak.startdatum).days
    for verschil, tekst in (
        (-5, "Nog 5 dagen"),
        (0, "Vandaag"),
        (1, "1 dag te laat"),
        (9, "9 dagen te laat"),
    ):
        with op_moment(nu() + timedelta(days=dagen + verschil)):
            assert tekst in text_of(client_of(huis.mila).get("/werkplek/?lijst=niet-toegewezen"))


def test_zoeken_op_onderwerp_en_nummer(huis: Stadhuis):
    boom, kuil = huis.start("Boom in de weg"), huis.start("Kuil in de stoep")
    client = client_of(huis.mila)
    for zoek in ("boom", boom.identificatie):
        html = text_of(zoek_werk(client, zoek, lijst="afdeling"))
        assert boom.omschrijving in html
        assert kuil.omschrijving not in html
    html = text_of(zoek_werk(client, "zeppelin", lijst="afdeling"))
    assert "Wij vinden in deze lijst geen lopende zaken bij uw zoekwoord." in html
    assert "Toon weer alle zaken" in html


def test_bladeren_gaat_met_volgende_en_vorige(huis: Stadhuis):
    nummers = [huis.start("Vergunning").identificatie for _ in range(27)]
    client = client_of(huis.mila)
    gezocht = client.post("/werkplek/zoeken/", {"lijst": "afdeling", "zoek": "vergunning"})["Location"]
    een = text_of(client.get(gezocht))
    twee = text_of(client.get(f"{gezocht}&pagina=2"))
    assert f"{gezocht}&pagina=2".replace("&", "&amp;") in een
    assert "Vorige" not in een
    assert "Vorige" in twee
    assert "Volgende" not in twee
    assert [nummer in een for nummer in nummers].count(True) == 25
    assert sorted(nummer for nummer in nummers if nummer in een or nummer in twee) == nummers
    for onzin in ("0", "-1", "twee", "9" * 40, "٣"):
        assert title_of(client.get("/werkplek/", {"pagina": onzin})).startswith(("Mijn werk", "Pagina"))


def test_de_lijst_kost_hoogstens_twaalf_vragen_hoeveel_zaken_er_ook_zijn(huis: Stadhuis):
    client = client_of(huis.mila)
    aantallen = []
    for _ in range(2):
        for _ in range(6):
            huis.start()
        with CaptureQueriesContext(
            connection,
        ) as vragen:
            assert client.get("/werkplek/?lijst=afdeling").status_code == 200
        aantallen.append(len(vragen))
    assert aantallen[0] == aantallen[1] <= 12  # three of them are the lines in the audit trail


@pytest.mark.parametrize("lijst", ["", "?lijst=afdeling", "?lijst=niet-toegewezen", "?pagina=3"])
def test_een_lege_lijst_zegt_waarom(huis: Stadhuis, lijst: str):
    html = text_of(client_of(huis.mila).get(f"/werkplek/{lijst}"))
    assert "<table" not in html
    assert any(
        tekst in html
        for tekst in ("geen zaken in behandeling", "geen lopende zaken", "een behandelaar", "geen zaken meer")
    )


def test_wie_bij_geen_afdeling_hoort_leest_dat(huis: Stadhuis, client: Client):
    huis.start()
    force_actor(client, medewerker(99, ()))
    html = text_of(client.get("/werkplek/?lijst=afdeling"))
    assert "U hoort nog bij geen afdeling" in html
    assert "<table" not in html


def test_wat_iemand_typt_wordt_nooit_opmaak(huis: Stadhuis):
    huis.start("<script>alert(1)</script>")
    html = text_of(zoek_werk(client_of(huis.mila), '"><script>alert(1)</script>', lijst="afdeling"))
    assert "<script>alert" not in html
    html = text_of(client_of(huis.mila).get("/werkplek/?lijst=afdeling"))
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_een_inwoner_vindt_de_werkplek_niet(huis: Stadhuis):
    ref = huis.start().ref
    inwoner = client_of(huis.jeroen)
    nergens = inwoner.get("/werkplek/bestaat-niet/")
    assert nergens.status_code == 404
    for pad in ("/werkplek/", zaak_pad(ref)):
        antwoord = inwoner.get(pad)
        assert antwoord.status_code == 404
        assert text_of(antwoord) == text_of(nergens)


def test_wie_niet_is_ingelogd_gaat_naar_het_inloggen_van_medewerkers(huis: Stadhuis, client: Client):
    antwoord = client.get(zaak_pad(huis.start().ref))
    assert antwoord.status_code == 302
    assert antwoord["Location"].startswith("/werkplek/inloggen/?terug=")


def test_een_afgeronde_zaak_staat_onder_afgerond_en_wordt_heropend(huis: Stadhuis):
    open_, dicht = huis.start("Loopt nog"), huis.close(huis.start("Is klaar").ref)
    client = client_of(huis.mila)
    html = text_of(client.get("/werkplek/?lijst=afdeling"))
    assert open_.identificatie in html
    assert dicht.identificatie not in html
    assert '<option value="afgerond">Afgerond</option>' in html
    html = text_of(client.get("/werkplek/?lijst=afdeling&stand=afgerond"))
    assert open_.identificatie not in html
    assert dicht.identificatie in html
    assert "Afgerond op" in html
    assert "Wijs toe" not in html
    assert "heropenen" in text_of(client.get(zaak_pad(dicht.ref)))


def test_een_heel_zaaknummer_vindt_de_zaak_in_elke_lijst_en_met_elk_filter(huis: Stadhuis):
    dicht, anders = huis.close(huis.start("Is klaar").ref), huis.start("Elders", zaaktype="MOR")
    client = client_of(huis.mila)
    alles = {"lijst": "afdeling", "status": "besluit", "termijn": "rood", "zaaktype": "X"}
    for vraag in ({}, {"lijst": "niet-toegewezen"}, alles):
        html = text_of(zoek_werk(client, dicht.identificatie.lower(), **vraag))
        assert zaak_pad(dicht.ref) in html, vraag
    html = text_of(zoek_werk(client, anders.identificatie))
    assert "Wij vinden geen zaak met dit nummer die u mag zien." in html
    zaken.set_toegang(huis.omar, dicht.ref, medewerkers=frozenset(), versie=dicht.versie)
    html = text_of(zoek_werk(client, dicht.identificatie))
    assert "Wij vinden geen zaak met dit nummer die u mag zien." in html


def test_wat_stilstaat_heeft_geen_dagen_over_en_staat_onderaan(huis: Stadhuis):
    stil, ander = huis.start("Eerste"), huis.start("Tweede")
    zaken.suspend_zaak(huis.mila, stil.ref, reden="Wij wachten op u.", versie=stil.versie)
    assert stil.uiterlijke_einddatum is not None
    dagen = (stil.uiterlijke_einddatum - stil.startdatum).days
    with op_moment(nu() + timedelta(days=dagen + 9)):
        client = client_of(huis.mila)
        html = text_of(client.get("/werkplek/?lijst=afdeling"))
        assert html.index(ander.identificatie) < html.index(stil.identificatie)
        assert html.count("9 dagen te laat") == 1
        assert f"Staat stil sinds {schrijf_datum(stil.startdatum)}" in html
        assert stil.identificatie not in text_of(client.get("/werkplek/?lijst=afdeling&termijn=rood"))
        assert stil.identificatie in text_of(client.get("/werkplek/?lijst=afdeling&termijn=groen"))


def test_wie_op_een_naam_zoekt_leest_dat_en_kan_in_het_onderwerp_zoeken(huis: Stadhuis):
    zaak, ander = huis.start("Boom"), huis.start("Straat van Drouwen")
    client = client_of(huis.mila)
    gezocht = client.post("/werkplek/zoeken/", {"lijst": "afdeling", "zoek": "van Drouwen"})["Location"]
    html = text_of(client.get(gezocht))
    assert zaak.identificatie in html
    assert "Dit zijn zaken van mensen of bedrijven met deze naam." in html
    assert f"{gezocht}&in=onderwerp".replace("&", "&amp;") in html
    html = text_of(client.get(f"{gezocht}&in=onderwerp"))
    assert ander.identificatie in html
    assert zaak.identificatie not in html


def test_meer_dan_99_zaken_worden_niet_geteld(huis: Stadhuis):
    for _ in range(101):
        huis.start()
    html = text_of(client_of(huis.mila).get("/werkplek/"))
    assert "99+" in html
    assert "Meer dan 99 lopende zaken" in html
    assert "101" not in html
