"""The pages of the E-loket, as anybody sees them, and the form as a resident walks through it."""

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve, reverse

from eloket.documenten import queries as documenten
from eloket.documenten import voorbeelden
from eloket.identity.sessie import INACTIEF
from eloket.identity.testing import log_in
from eloket.kernel import klok
from eloket.loket import service
from eloket.loket.access import get_concept_for
from eloket.loket.melding import Melding
from eloket.loket.models import Concept
from eloket.loket.queries import list_producten
from eloket.loket.types import ConceptInzage
from eloket.portal.loket import paden
from eloket.portal.loket.weergave import schrijf_bedrag
from eloket.sources.register.bron import RegisterBron
from tests.huis import inwoner, medewerker, onderneming
from tests.web.portaal import ANDER, bron_van, client_van, tekst_van, titel_van

pytestmark = pytest.mark.django_db
PRODUCT = "melding-openbare-ruimte"
FORMULIER = f"/loket/{PRODUCT}/melden/"
GOED = {"soort": "lamp", "plaats": "Lindelaan 12", "omschrijving": "De lamp doet\r\nhet niet."}
XSS = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def _zaaktypen() -> None:
    RegisterBron().import_zaaktypen()


@pytest.fixture
def concept() -> ConceptInzage:
    melding = Melding("lamp", "Lindelaan 12", "De lamp doet het niet.")
    return service.save_concept(inwoner(), product=PRODUCT, melding=melding, sleutel=uuid4().hex)


def verborgen(html: str, naam: str) -> str:
    gevonden = re.search(rf'name="{naam}" value="([^"]*)"', html)
    assert gevonden, naam
    return gevonden.group(1)


# --- the public pages ---


def test_de_lijst_noemt_elk_product_onder_zijn_thema(client: Client):
    html = bron_van(client.get("/loket/"))
    for product in list_producten():
        assert f'href="/loket/{product.slug}/"' in html
        assert product.inhoud.thema.tekst in html


def test_zoeken_laat_zien_wat_er_is_en_zegt_het_als_er_niets_is(client: Client):
    gevonden = client.get("/loket/", {"q": "Boom  kappen"})
    assert re.search("1 resultaat voor ‘ ?Boom kappen ?’", tekst_van(gevonden))
    assert "/loket/kapvergunning/" in bron_van(gevonden)
    assert "/loket/parkeervergunning/" not in bron_van(gevonden)
    niets = client.get("/loket/", {"q": XSS})
    assert "Wij vinden niets voor" in tekst_van(niets)
    assert XSS not in bron_van(niets)


@pytest.mark.parametrize("slug", [p.slug for p in list_producten()])
def test_een_productpagina_zegt_wat_u_nodig_heeft_de_termijn_en_de_kosten(client: Client, slug: str):
    product = next(p for p in list_producten() if p.slug == slug)
    antwoord = client.get(f"/loket/{slug}/")
    tekst = tekst_van(antwoord)
    assert titel_van(antwoord).startswith(product.inhoud.titel)
    for deel in (
        *product.inhoud.nodig,
        product.inhoud.termijn,
        product.inhoud.kosten,
        *product.inhoud.daarna,
    ):
        assert " ".join(deel.split()) in tekst
    for tarief in product.inhoud.tarieven:
        assert schrijf_bedrag(tarief.cent) in tekst
    assert ("Melding doen" in tekst) == product.is_online
    assert ("U kunt dit nog niet online regelen. Bel" in tekst) != product.is_online


def test_een_medewerker_krijgt_geen_knop_die_niet_werkt():
    tekst = tekst_van(client_van(medewerker()).get(f"/loket/{PRODUCT}/"))
    assert "Melding doen" not in tekst
    assert "U bent ingelogd als medewerker" in tekst


@pytest.mark.parametrize(
    "pad", ["/loket/paspoort/", "/loket/kapvergunning/melden/", "/loket/paspoort/melden/"]
)
def test_wat_er_niet_is_geeft_404(pad: str):
    assert client_van().get(pad).status_code == 404


@pytest.mark.parametrize(
    ("cent", "tekst"), [(0, "gratis"), (5, "€ 0,05"), (4200, "€ 42,00"), (123456, "€ 1.234,56")]
)
def test_bedragen(cent: int, tekst: str):
    assert schrijf_bedrag(cent) == tekst


def test_de_paden_zijn_die_van_de_url_tabel(concept: ConceptInzage):
    args = {"slug": PRODUCT, "concept_id": concept.id}
    assert paden.product(PRODUCT) == reverse("loket-product", kwargs={"slug": PRODUCT})
    assert paden.melden(PRODUCT) == reverse("loket-melden", kwargs={"slug": PRODUCT})
    assert paden.aanpassen(concept) == reverse("loket-aanpassen", kwargs=args)
    assert paden.controleren(concept) == reverse("loket-controleren", kwargs=args)
    assert paden.verstuurd(concept) == reverse("loket-verstuurd", kwargs=args)
    assert resolve(FORMULIER).url_name == "loket-melden"


# --- the form ---


def test_de_diepe_link_overleeft_het_inloggen(client: Client):
    assert client.get(FORMULIER)["Location"] == f"/inloggen/?terug={FORMULIER.replace('/', '%2F')}"
    assert log_in(client, bsn="999990019", terug=FORMULIER) == FORMULIER
    assert client.get(FORMULIER).status_code == 200


def test_van_formulier_tot_zaak_in_mijn_zaken_en_in_de_werkplek():
    client = client_van()
    formulier = client.get(FORMULIER)
    assert titel_van(formulier).startswith("Stap 1 van 2: wat ziet u, en waar? - Melding openbare ruimte")
    stap1 = client.post(FORMULIER, {**GOED, "sleutel": verborgen(bron_van(formulier), "sleutel")})
    assert stap1.status_code == 303
    controle = client.get(stap1["Location"])
    assert "Controleer uw gegevens" in tekst_van(controle)
    assert "De lamp doet<br>het niet." in bron_van(controle)

    foto = SimpleUploadedFile("lamp.jpg", voorbeelden.jpg())
    brief = SimpleUploadedFile("brief.pdf", voorbeelden.pdf())
    post = {"revisie": verborgen(bron_van(controle), "revisie"), "bestanden": [foto, brief]}
    stap2 = client.post(stap1["Location"], post)
    assert stap2.status_code == 303
    klaar = client.get(stap2["Location"])
    tekst = tekst_van(klaar)
    rij = Concept.objects.get()
    assert titel_van(klaar).startswith("Wij hebben uw melding ontvangen")
    assert f"Uw zaaknummer is {rij.zaaknummer}" in tekst
    assert "Wat gaat er nu gebeuren?" in tekst
    assert "Wij hebben 1 foto van u ontvangen." in tekst
    assert "‘brief.pdf’ is niet meegestuurd" in tekst
    assert [d.bestandsnaam for d in documenten.list_documenten(rij.zaak_ref)] == ["lamp.jpg"]

    assert f'href="/mijn/zaken/{rij.zaak_ref}/"' in bron_van(klaar)
    assert client.get(f"/mijn/zaken/{rij.zaak_ref}/").status_code == 200
    assert rij.zaaknummer in tekst_van(client.get("/mijn/zaken/"))
    werkplek = client_van(medewerker("beheer-openbare-ruimte"))
    lijst = tekst_van(werkplek.get("/werkplek/", {"lijst": "niet-toegewezen"}))
    assert "kapotte straatverlichting Lindelaan 12" in lijst


def test_fouten_staan_bij_het_veld_en_wat_is_getypt_blijft_staan():
    client = client_van()
    antwoord = client.post(
        FORMULIER, {"soort": "weg", "plaats": "", "omschrijving": XSS, "sleutel": "s" * 32}
    )
    html = bron_van(antwoord)
    assert antwoord.status_code == 422
    assert titel_van(antwoord).startswith("Fout: Stap 1 van 2")
    assert "Er is 1 fout." in tekst_van(antwoord)
    assert '<a href="#plaats">Vul in waar het is</a>' in html
    assert 'aria-describedby="plaats-d plaats-f" aria-invalid="true"' in html
    assert re.search(r'value="weg" checked', html)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;</textarea>" in html
    assert XSS not in html
    assert verborgen(html, "sleutel") == "s" * 32
    assert not Concept.objects.exists()


def test_drie_fouten_in_een_leeg_formulier():
    antwoord = client_van().post(FORMULIER, {})
    assert antwoord.status_code == 422
    assert "Er zijn 3 fouten." in tekst_van(antwoord)


def test_niets_van_wat_is_getypt_wordt_uitgevoerd(concept: ConceptInzage):
    vies = {"soort": "anders", "plaats": XSS, "omschrijving": f"{XSS}\n'\"><img src=x onerror=alert(1)>"}
    client = client_van()
    client.post(paden.aanpassen(concept), {**vies, "revisie": "1"})
    pagina = [client.get(paden.controleren(concept)), client.get(paden.aanpassen(concept))]
    client.post(paden.controleren(concept), {"revisie": "2"})
    pagina.append(client.get(paden.verstuurd(concept)))
    pagina.append(client.get(f"/mijn/zaken/{Concept.objects.get().zaak_ref}/"))
    for antwoord in pagina:
        assert antwoord.status_code == 200
        assert "&lt;script&gt;" in bron_van(antwoord)
        assert XSS not in bron_van(antwoord)
        assert "<img src=x" not in bron_van(antwoord)


def test_aanpassen_gaat_terug_naar_de_controle(concept: ConceptInzage):
    client = client_van()
    assert "De lamp doet het niet.</textarea>" in bron_van(client.get(paden.aanpassen(concept)))
    post = {**GOED, "plaats": "Plein 1", "revisie": "1"}
    assert client.post(paden.aanpassen(concept), post)["Location"] == paden.controleren(concept)
    assert "Plein 1" in tekst_van(client.get(paden.controleren(concept)))
    fout = client.post(paden.aanpassen(concept), {**post, "plaats": ""})
    assert fout.status_code == 422


def test_een_venster_dat_achterloopt_houdt_zijn_tekst_en_kan_daarna_bewaren(concept: ConceptInzage):
    client = client_van()
    client.post(paden.aanpassen(concept), {**GOED, "plaats": "Plein 1", "revisie": "1"})
    laat = client.post(paden.aanpassen(concept), {**GOED, "plaats": "Park 2", "revisie": "1"})
    html = bron_van(laat)
    assert laat.status_code == 409
    assert 'value="Park 2"' in html
    assert "in een ander venster gewijzigd" in html
    opnieuw = {**GOED, "plaats": "Park 2", "revisie": verborgen(html, "revisie")}
    assert client.post(paden.aanpassen(concept), opnieuw).status_code == 303
    assert get_concept_for(inwoner(), concept.id).melding.plaats == "Park 2"


@pytest.mark.parametrize("revisie", ["1", "", "x", "²", "9" * 50])
def test_versturen_wat_niet_op_het_scherm_stond_wordt_geweigerd(concept: ConceptInzage, revisie: str):
    client = client_van()
    client.post(paden.aanpassen(concept), {**GOED, "plaats": "Plein 1", "revisie": "1"})
    antwoord = client.post(paden.controleren(concept), {"revisie": revisie})
    assert antwoord.status_code == 409
    assert "Plein 1" in tekst_van(antwoord)
    assert "Controleer uw gegevens nog een keer" in tekst_van(antwoord)
    assert not get_concept_for(inwoner(), concept.id).is_verstuurd


def test_na_het_versturen_wijst_elke_stap_naar_het_bewijs(concept: ConceptInzage):
    client = client_van()
    nog_niet = client.get(paden.verstuurd(concept))
    assert (nog_niet.status_code, nog_niet["Location"]) == (302, paden.controleren(concept))
    for _ in range(2):  # and a double click
        klaar = client.post(paden.controleren(concept), {"revisie": "1"})
        assert (klaar.status_code, klaar["Location"]) == (303, paden.verstuurd(concept))
    for pad in (paden.controleren(concept), paden.aanpassen(concept)):
        assert client.get(pad)["Location"] == paden.verstuurd(concept)
    assert client.post(paden.aanpassen(concept), {**GOED, "revisie": "1"})["Location"] == paden.verstuurd(
        concept
    )
    assert "U heeft deze melding al verstuurd" in tekst_van(client.get(paden.verstuurd(concept)))


def test_een_concept_is_van_niemand_anders(concept: ConceptInzage):
    anderen = [client_van(inwoner(ANDER)), client_van(onderneming()), client_van(medewerker())]
    echt = (paden.aanpassen(concept), paden.controleren(concept), paden.verstuurd(concept))
    for client in anderen:
        for pad in echt:
            assert client.get(pad).status_code == 404
        assert client.post(echt[0], {**GOED, "revisie": "1"}).status_code == 404
        assert client.post(echt[1], {"revisie": "1"}).status_code == 404
    assert get_concept_for(inwoner(), concept.id) == concept


def test_een_concept_van_dit_product_hoort_niet_onder_een_ander(concept: ConceptInzage):
    assert client_van().get(f"/loket/kapvergunning/melden/{concept.id}/").status_code == 404


def test_wie_nog_een_melding_heeft_kan_daarmee_verder(concept: ConceptInzage):
    client = client_van()
    assert f'href="{paden.controleren(concept)}"' in bron_van(client.get(FORMULIER))
    client.post(paden.controleren(concept), {"revisie": "1"})
    assert "Ga verder met die melding" not in bron_van(client.get(FORMULIER))


@pytest.mark.parametrize("stap", ["nieuw", "aanpassen"])
def test_wat_is_getypt_overleeft_een_verlopen_sessie(concept: ConceptInzage, stap: str):
    client = Client()
    log_in(client, bsn="999990019", naam=inwoner().naam)
    pad = FORMULIER if stap == "nieuw" else paden.aanpassen(concept)
    html = bron_van(client.get(pad))
    naam = "sleutel" if stap == "nieuw" else "revisie"
    with klok.op_moment(klok.nu() + INACTIEF + INACTIEF):
        post = {**GOED, "plaats": "Plein 1", "terug": pad, naam: verborgen(html, naam)}
        assert client.post(pad, post)["Location"] == "/inloggen/"
        assert log_in(client, bsn="999990019", naam=inwoner().naam) == pad
        terug = client.get(pad)
    assert 'value="Plein 1"' in bron_van(terug)
    assert "U bent weer ingelogd" in tekst_van(terug)
    if stap == "nieuw":
        assert verborgen(bron_van(terug), "sleutel") == verborgen(html, "sleutel")
    else:
        assert verborgen(bron_van(terug), "revisie") == "1"
    assert get_concept_for(inwoner(), concept.id) == concept


def test_terug_komt_veilig_in_de_pagina_en_de_post_eist_een_token():
    streng = Client(enforce_csrf_checks=True)
    streng.cookies = client_van().cookies
    assert streng.post(FORMULIER, GOED).status_code == 403
    assert verborgen(bron_van(client_van().get(FORMULIER)), "terug") == FORMULIER
