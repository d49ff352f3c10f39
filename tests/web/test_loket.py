"""The form as a resident walks through it: refusals, other windows, ended sessions, and what others cannot see."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from eloket.documenten import queries as documenten
from eloket.documenten import voorbeelden
from eloket.identity.sessie import INACTIEF
from eloket.identity.testing import hidden_field, log_in
from eloket.kernel import klok
from eloket.loket.access import get_concept_for
from eloket.loket.models import Concept
from eloket.loket.types import ConceptInzage
from eloket.loket.versies import load_meegeleverd
from eloket.portal.loket import paden
from eloket.sources.register.bron import RegisterBron
from tests.huis import inwoner, medewerker, onderneming
from tests.unit.loket.melding import MELDING, begin, fill, publish, send
from tests.web.portaal import ANDER, bron_van, client_van, tekst_van, titel_van

pytestmark = pytest.mark.django_db
START = f"/loket/aanvragen/{MELDING}/"
GOED = {
    "soort": "lamp",
    "plaats": "Lindelaan 12",
    "omschrijving": "De lamp doet\r\nhet niet.",
    "knop": "verder",
}
XSS = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def _inrichting() -> None:
    RegisterBron().import_zaaktypen()
    load_meegeleverd()


@pytest.fixture
def concept() -> ConceptInzage:
    """Everything is filled in; it waits at the review."""
    return fill(inwoner())


def basis(concept: ConceptInzage) -> str:
    return paden.concept(MELDING, concept.id, is_anoniem=False)


def stap(concept: ConceptInzage) -> str:
    return paden.stap(basis(concept), "melding")


def controle(concept: ConceptInzage) -> str:
    return paden.controleren(basis(concept))


def hidden(client: Client, pad: str) -> dict[str, Any]:
    """What a page sends along by itself."""
    return dict(
        re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', bron_van(client.get(pad)))
    )


def test_the_paths_are_those_of_the_url_table(concept: ConceptInzage):
    for naam, is_anoniem in (("loket", False), ("loket-zonder", True)):
        formulier = {"formulier": MELDING}
        een = formulier | {"concept_id": concept.id}
        van = paden.concept(MELDING, concept.id, is_anoniem=is_anoniem)
        assert paden.start(MELDING, is_anoniem=is_anoniem) == reverse(f"{naam}-start", kwargs=formulier)
        assert van == reverse(f"{naam}-verder", kwargs=een)
        assert paden.stap(van, "melding") == reverse(f"{naam}-stap", kwargs=een | {"stap_id": "melding"})
        for deel in ("controleren", "verstuurd", "pdf", "stoppen"):
            assert getattr(paden, deel)(van) == reverse(f"{naam}-{deel}", kwargs=een)
    assert reverse("loket-volgen") == paden.VOLGEN
    assert paden.product(MELDING) == reverse("loket-product", kwargs={"slug": MELDING})


@pytest.mark.parametrize(
    "pad", ["/loket/paspoort/", "/loket/aanvragen/paspoort/", "/loket/zonder-inloggen/x/"]
)
def test_what_is_not_there_is_404(pad: str):
    assert client_van().get(pad).status_code == 404


def test_a_civil_servant_gets_no_button_that_does_not_work():
    tekst = tekst_van(client_van(medewerker()).get(f"/loket/{MELDING}/"))
    assert "Inloggen en beginnen" not in tekst
    assert "Begin zonder inloggen" in tekst


def test_the_deep_link_survives_logging_in(client: Client):
    assert client.get(START)["Location"] == f"/inloggen/?terug={START.replace('/', '%2F')}"
    assert log_in(client, bsn="999990019", terug=START) == START
    assert client.get(START).status_code == 200


def test_a_crawler_makes_no_concept(client: Client):
    for pad in (f"/loket/zonder-inloggen/{MELDING}/", START):
        client.get(pad)
        client.head(pad)
    assert not Concept.objects.exists()


def test_from_form_to_zaak_in_mijn_zaken_and_on_the_werkplek(concept: ConceptInzage):
    client = client_van()
    foto = SimpleUploadedFile("lamp.jpg", voorbeelden.jpg())
    brief = SimpleUploadedFile("brief.pdf", voorbeelden.pdf())
    laden = client.post(stap(concept), hidden(client, stap(concept)) | GOED | {"foto": [foto, brief]})
    assert laden.status_code == 422
    assert "‘brief.pdf’ is niet toegevoegd. Kies hier een bestand in jpg, png of heic." in tekst_van(laden)
    assert "Foto’s lamp" in tekst_van(client.get(controle(concept)))
    klaar = client.get(client.post(controle(concept), hidden(client, controle(concept)))["Location"])
    rij = Concept.objects.get()
    assert titel_van(klaar).startswith("Wij hebben uw formulier ontvangen")
    assert f"Uw zaaknummer is {rij.zaaknummer}" in tekst_van(klaar)
    assert "Wat gaat er nu gebeuren?" in tekst_van(klaar)
    assert "De lamp doet<br>het niet." in bron_van(klaar)
    assert [d.bestandsnaam for d in documenten.list_documenten(rij.zaak_ref)] == ["lamp.jpg"]
    assert f'href="/mijn/zaken/{rij.zaak_ref}/"' in bron_van(klaar)
    document = documenten.list_documenten(rij.zaak_ref)[0]
    assert document.id in bron_van(client.get(f"/mijn/zaken/{rij.zaak_ref}/"))
    assert rij.zaaknummer in tekst_van(client.get("/mijn/zaken/"))
    werkplek = client_van(medewerker("beheer-openbare-ruimte"))
    assert "Een lamp is kapot Lindelaan 12" in tekst_van(
        werkplek.get("/werkplek/", {"lijst": "niet-toegewezen"})
    )


def test_mistakes_stand_beside_the_field_and_what_was_typed_stays():
    concept, client = begin(inwoner()), client_van()
    invoer = {"soort": "weg", "plaats": "", "omschrijving": XSS, "knop": "verder"}
    antwoord = client.post(stap(concept), hidden(client, stap(concept)) | invoer)
    html = bron_van(antwoord)
    assert antwoord.status_code == 422
    assert titel_van(antwoord).startswith("Fout: Stap 1 van 2")
    assert "Er is 1 fout." in tekst_van(antwoord)
    assert '<a href="#plaats">Vul in waar het is</a>' in html
    assert re.search(r'aria-describedby="plaats-d plaats-f" aria-invalid="true"', html)
    assert re.search(r'value="weg"[^>]* checked', html)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;</textarea>" in html
    assert XSS not in html


def test_nothing_that_was_typed_is_executed(concept: ConceptInzage):
    vies = {"soort": "anders", "plaats": XSS, "omschrijving": f"{XSS}\n'\"><img src=x onerror=alert(1)>"}
    client = client_van()
    client.post(stap(concept), hidden(client, stap(concept)) | vies | {"knop": "verder"})
    paginas = [client.get(controle(concept)), client.get(stap(concept))]
    client.post(controle(concept), hidden(client, controle(concept)))
    paginas += [client.get(paden.verstuurd(basis(concept)))]
    paginas += [client.get(f"/mijn/zaken/{Concept.objects.get().zaak_ref}/"), client.get("/mijn/zaken/")]
    for antwoord in paginas:
        assert antwoord.status_code == 200
        assert "&lt;script&gt;" in bron_van(antwoord)
        assert XSS not in bron_van(antwoord)
        assert "<img src=x" not in bron_van(antwoord)


def test_change_goes_back_to_the_review(concept: ConceptInzage):
    client = client_van()
    post = hidden(client, stap(concept)) | GOED | {"plaats": "Plein 1"}
    assert client.post(stap(concept), post)["Location"] == controle(concept)
    assert "Plein 1" in tekst_van(client.get(controle(concept)))
    assert client.post(stap(concept), post | {"plaats": ""}).status_code == 422


def test_a_window_that_is_behind_keeps_its_text_and_can_save_it_then(concept: ConceptInzage):
    een, twee = client_van(), client_van()
    laat = hidden(twee, stap(concept))
    een.post(stap(concept), hidden(een, stap(concept)) | GOED | {"plaats": "Plein 1"})
    antwoord = twee.post(stap(concept), laat | GOED | {"plaats": "Park 2"})
    html = bron_van(antwoord)
    assert antwoord.status_code == 409
    assert 'value="Park 2"' in html
    assert "in een ander venster gewijzigd" in html
    opnieuw = {naam: hidden_field(html, naam) for naam in ("venster", "gezien")} | GOED | {"plaats": "Park 2"}
    assert twee.post(stap(concept), opnieuw).status_code == 303
    assert get_concept_for(inwoner(), concept.id).invoer["plaats"] == ["Park 2"]
    assert een.post(stap(concept), laat | GOED | {"plaats": "Plein 3"}).status_code == 409


def test_back_and_a_double_click_in_one_window_are_never_behind(concept: ConceptInzage):
    client = client_van()
    post = hidden(client, stap(concept)) | GOED
    for plaats in ("Plein 1", "Plein 1", "Plein 2"):  # a double click, and Back
        assert client.post(stap(concept), post | {"plaats": plaats}).status_code == 303


@pytest.mark.parametrize("revisie", ["1", "", "x", "²", "9" * 50])
def test_sending_what_was_not_on_the_screen_is_refused(concept: ConceptInzage, revisie: str):
    client = client_van()
    client.post(stap(concept), hidden(client, stap(concept)) | GOED | {"plaats": "Plein 1"})
    antwoord = client.post(controle(concept), {"revisie": revisie})
    assert antwoord.status_code == 409
    assert "Plein 1" in tekst_van(antwoord)
    assert "Controleer uw gegevens nog een keer" in tekst_van(antwoord)
    assert not get_concept_for(inwoner(), concept.id).is_verstuurd


def test_after_sending_every_page_leads_to_the_receipt(concept: ConceptInzage):
    client, bon = client_van(), paden.verstuurd(basis(concept))
    assert client.get(bon)["Location"] == basis(concept)
    oud = hidden(client, stap(concept))
    post = hidden(client, controle(concept))
    for _ in range(2):  # and a double click
        klaar = client.post(controle(concept), post)
        assert (klaar.status_code, klaar["Location"]) == (303, bon)
    for pad in (controle(concept), stap(concept), basis(concept), paden.stoppen(basis(concept))):
        assert client.get(pad)["Location"] == bon
    assert client.post(stap(concept), oud | GOED)["Location"] == bon
    assert client.post(paden.stoppen(basis(concept)))["Location"] == bon
    assert "U heeft dit formulier al verstuurd" in tekst_van(client.get(bon))


def test_a_concept_is_of_nobody_else(concept: ConceptInzage):
    for client in (client_van(inwoner(ANDER)), client_van(onderneming()), client_van(medewerker())):
        for pad in (
            stap(concept),
            controle(concept),
            paden.pdf(basis(concept)),
            paden.stoppen(basis(concept)),
        ):
            assert client.get(pad).status_code == 404
        assert client.post(stap(concept), GOED).status_code == 404
        assert client.post(controle(concept), {"revisie": str(concept.revisie)}).status_code == 404
        assert client.post(paden.stoppen(basis(concept))).status_code == 404
    assert get_concept_for(inwoner(), concept.id) == concept


def test_a_concept_of_one_form_does_not_stand_under_another(concept: ConceptInzage):
    pad = f"/loket/aanvragen/anders/{concept.id}/"
    client = client_van()
    for deel in ("", "stap/melding/", "controleren/", "stoppen/", "pdf/", "verstuurd/"):
        assert client.get(f"{pad}{deel}").status_code == 404
    assert client.post(f"{pad}stap/melding/", GOED).status_code == 404
    assert client.post(f"{pad}controleren/", {"revisie": "2"}).status_code == 404


def test_who_was_busy_with_one_can_go_on_with_it(concept: ConceptInzage):
    client = client_van()
    assert f'href="{basis(concept)}"' in bron_van(client.get(START))
    send(inwoner(), concept)
    html = bron_van(client.get(START))
    assert f'href="{basis(concept)}"' not in html
    assert f'<option value="{concept.id}">' in html, "it can be the start of the next one"


@pytest.mark.parametrize("is_eerste_keer", [True, False])
def test_what_was_typed_survives_an_ended_session(is_eerste_keer: bool):
    concept = begin(inwoner()) if is_eerste_keer else fill(inwoner())
    client = Client()
    log_in(client, bsn="999990019", naam=inwoner().naam)
    pad = stap(concept)
    post = hidden(client, pad) | GOED | {"plaats": "Plein 1", "terug": pad}
    with klok.op_moment(klok.nu() + INACTIEF + INACTIEF):
        assert client.post(pad, post)["Location"] == "/inloggen/"
        assert log_in(client, bsn="999990019", naam=inwoner().naam) == pad
        html = bron_van(client.get(pad))
        assert 'value="Plein 1"' in html
        assert "U bent weer ingelogd" in html
        opnieuw = {naam: hidden_field(html, naam) for naam in ("venster", "gezien")}
        assert client.post(pad, opnieuw | GOED | {"plaats": "Plein 1"})["Location"] == controle(concept)
    assert get_concept_for(inwoner(), concept.id).invoer["plaats"] == ["Plein 1"]


def test_every_post_wants_its_token(concept: ConceptInzage):
    streng = Client(enforce_csrf_checks=True)
    streng.cookies = client_van().cookies
    for pad in (START, stap(concept), controle(concept), paden.stoppen(basis(concept))):
        assert streng.post(pad, GOED).status_code == 403


def test_stopping_asks_first_and_throws_it_all_away(concept: ConceptInzage):
    client = client_van()
    vraag = tekst_van(client.get(paden.stoppen(basis(concept))))
    assert "Wilt u stoppen?" in vraag
    assert client.post(paden.stoppen(basis(concept)))["Location"] == "/mijn/zaken/"
    assert not Concept.objects.exists()
    assert client.get(stap(concept)).status_code == 404


def test_a_step_that_another_window_made_superfluous_gives_the_text_back():
    publish(
        "gas",
        """
titel: Gas
inloggen: [digid, anoniem]
zaak: {zaaktype: MOR, onderwerp: "Gas"}
stappen:
  - {id: vraag, titel: Uw vraag, velden: [{id: gas, soort: ja_nee, label: "Gebruikt u gas?"}]}
  - {id: plan, titel: Uw plan, als: {gas: ja}, velden: [{id: wat, soort: lange_tekst, label: Uw plan}]}
  - {id: naam, titel: Uw naam, velden: [{id: naam, soort: tekst, label: Naam}]}
""",
    )
    client, concept = client_van(), begin(inwoner(), "gas")
    vraag, plan = (
        paden.stap(paden.concept("gas", concept.id, is_anoniem=False), een) for een in ("vraag", "plan")
    )
    client.post(vraag, hidden(client, vraag) | {"gas": "ja"})
    laat = hidden(client, plan) | {"wat": "Drie flessen, achter de wagen."}
    client.post(vraag, hidden(client, vraag) | {"gas": "nee"})
    antwoord = client.post(plan, laat)
    assert antwoord.status_code == 404
    assert "Drie flessen, achter de wagen." in tekst_van(antwoord)
    assert "Deze stap hoort niet meer bij uw formulier" in tekst_van(antwoord)
    verder = re.search(r'href="([^"]+)"[^>]*>\s*<span[^>]*>Ga verder met uw formulier', bron_van(antwoord))
    assert verder
    assert client.get(verder[1])["Location"].endswith("/stap/naam/")


def test_what_another_window_threw_away_gives_the_text_back(concept: ConceptInzage):
    client = client_van()
    laat = hidden(client, stap(concept)) | GOED
    client.post(paden.stoppen(basis(concept)))
    antwoord = client.post(stap(concept), laat)
    assert antwoord.status_code == 404
    assert "De lamp doet het niet." in tekst_van(antwoord)
    assert "of het hoort niet bij wie nu is ingelogd" in tekst_van(antwoord)
    assert "Er is niets verstuurd" not in tekst_van(antwoord)


def test_an_hour_without_a_login_and_it_is_gone_with_clear_words():
    client = Client()
    pad = f"/loket/zonder-inloggen/{MELDING}/"
    eerste = client.post(pad, {"sleutel": "a" * 32})["Location"]
    assert client.get(eerste).status_code == 302
    with klok.op_moment(klok.nu() + 5 * INACTIEF):
        for antwoord in (client.get(f"{eerste}stap/melding/"), client.post(f"{eerste}stap/melding/", GOED)):
            assert antwoord.status_code == 404
            assert "Dit formulier is er niet meer" in tekst_van(antwoord)
            assert "Er is niets verstuurd" not in tekst_van(antwoord), "it may have been sent in that hour"
        assert "De lamp doet het niet." in tekst_van(antwoord), "what was typed can be copied"
