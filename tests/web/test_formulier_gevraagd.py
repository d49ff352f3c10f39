"""A request of the werkplek that points to a form: from asking it to judging the answers, and what comes between."""

import re
from datetime import timedelta

import pytest

from eloket.documenten import voorbeelden
from eloket.documenten.queries import list_documenten
from eloket.documenten.upload import bied_aan
from eloket.kernel.klok import vandaag
from eloket.loket import service as loket
from eloket.loket.concepten import inzage
from eloket.loket.errors import FormulierNietGevonden
from eloket.loket.models import Concept, FormulierVersie
from eloket.loket.types import ConceptInzage
from eloket.loket.versies import load_meegeleverd
from eloket.loket.versturen import submit
from eloket.portal.loket import paden
from eloket.sources.register.models import Zaak as ZaakRij
from eloket.zaken import service as zaken
from eloket.zaken.errors import TaakAlVervuld, TaakNietGevonden, ZaakNietGevonden
from eloket.zaken.models import Taak
from eloket.zaken.types import Zaak
from tests.huis import inwoner
from tests.unit.loket.melding import GOED, MELDING, save
from tests.web.portaal import bron_van, tekst_van
from tests.web.werkplek import Stadhuis, build_stadhuis, client_of, zaak_pad

pytestmark = pytest.mark.django_db
STRAKS = vandaag() + timedelta(days=10)


@pytest.fixture
def huis() -> Stadhuis:
    huis = build_stadhuis()
    load_meegeleverd()
    return huis


@pytest.fixture
def zaak(huis: Stadhuis) -> Zaak:
    return huis.start("Parkeervergunning")


def ask(huis: Stadhuis, zaak: Zaak, titel: str = "Waar staat de lamp?") -> str:
    return zaken.ask_form(
        huis.mila, zaak.ref, titel=titel, toelichting="Vul alles in.", deadline=STRAKS, formulier=MELDING
    )


def begin(huis: Stadhuis, zaak: Zaak, taak: str) -> ConceptInzage:
    return loket.start_concept(huis.jeroen, MELDING, sleutel="", aanvulling=(zaak.ref, taak))


def fill(huis: Stadhuis, zaak: Zaak, taak: str) -> ConceptInzage:
    foto = (bied_aan("lamp.jpg", [voorbeelden.jpg()]),)
    concept = begin(huis, zaak, taak)
    return save(huis.jeroen, concept, GOED, bestanden={"foto": foto}).formulier.concept


def test_a_civil_servant_chooses_a_published_form_that_the_applicant_can_fill_in(huis: Stadhuis, zaak: Zaak):
    client = client_of(huis.mila)
    html = bron_van(client.get(zaak_pad(zaak.ref, "?deel=vragen")))
    assert f'<option value="{MELDING}">Melding openbare ruimte</option>' in html
    post = {
        "soort": "formulier",
        "formulier": MELDING,
        "titel": "",
        "uitleg": "Graag.",
        "deadline": str(STRAKS),
    }
    antwoord = client.post(zaak_pad(zaak.ref, "vraag/"), post)
    assert antwoord.status_code == 303
    taak = Taak.objects.get()
    assert (taak.soort, taak.formulier, taak.titel) == ("formulier", MELDING, "Melding openbare ruimte")
    assert "Uw vraag om een formulier is verstuurd." in tekst_van(client.get(antwoord["Location"]))


def test_a_form_that_this_release_cannot_read_is_named_beside_the_others(huis: Stadhuis, zaak: Zaak):
    FormulierVersie.objects.filter(slug=MELDING).update(sha="0" * 64, inhoud="titel: [van later")
    tekst = tekst_van(client_of(huis.mila).get(zaak_pad(zaak.ref, "?deel=vragen")))
    assert "Een formulier van het E-loket" in tekst
    assert f"Dit kunnen wij nu niet openen en kunt u niet vragen: {MELDING}. Dat ligt aan ons." in tekst


@pytest.mark.parametrize("formulier", ["", "bestaat-niet", "../x"])
def test_a_form_that_is_not_there_cannot_be_asked_for(huis: Stadhuis, zaak: Zaak, formulier: str):
    post = {"soort": "formulier", "formulier": formulier, "titel": "Vul in", "deadline": str(STRAKS)}
    antwoord = client_of(huis.mila).post(zaak_pad(zaak.ref, "vraag/"), post)
    assert antwoord.status_code == 422
    assert "Kies welk formulier u vraagt." in tekst_van(antwoord)
    assert 'value="Vul in"' in bron_van(antwoord)
    assert not Taak.objects.exists()


def test_without_forms_nothing_is_offered(huis: Stadhuis, zaak: Zaak):
    FormulierVersie.objects.all().delete()
    html = bron_van(client_of(huis.mila).get(zaak_pad(zaak.ref, "?deel=vragen")))
    assert "Een formulier van het E-loket" not in html


def test_from_the_taak_to_the_answers_in_the_zaak(huis: Stadhuis, zaak: Zaak):
    taak, client = ask(huis, zaak), client_of(huis.jeroen)
    for pad in ("/mijn/taken/", f"/mijn/zaken/{zaak.ref}/", "/mijn/"):
        html = bron_van(client.get(pad)).replace("&amp;", "&")
        assert f'href="{paden.vraag(zaak.ref, taak, MELDING)}"' in html
        assert "Formulier invullen" in html
    begin_pagina = client.get(paden.vraag(zaak.ref, taak, MELDING))
    assert "Waar staat de lamp?" in tekst_van(begin_pagina)
    assert zaak.identificatie in tekst_van(begin_pagina)
    velden = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', bron_van(begin_pagina)))
    eerste = client.post(paden.start(MELDING), velden)["Location"]
    assert client.post(paden.start(MELDING), velden)["Location"] == eerste, "a double click is one"
    concept = save(huis.jeroen, _concept(), GOED).formulier.concept
    controle = paden.controleren(paden.concept(MELDING, concept.id, is_anoniem=False))
    assert "U vult dit formulier in voor uw zaak" in tekst_van(client.get(controle))
    bon = client.get(client.post(controle, {"revisie": str(concept.revisie)})["Location"])
    assert zaak.identificatie in tekst_van(bon)
    assert ZaakRij.objects.count() == 1, "no new zaak"
    werkplek = tekst_van(client_of(huis.mila).get(zaak_pad(zaak.ref, "?deel=vragen")))
    assert "Waar is het?: Lindelaan 12" in werkplek
    assert "Ontvangen, nog te beoordelen" in werkplek


def _concept() -> ConceptInzage:
    return inzage(Concept.objects.get())


def test_its_files_stand_with_the_request_and_are_judged_like_others(huis: Stadhuis, zaak: Zaak):
    taak = ask(huis, zaak)
    concept = fill(huis, zaak, taak)
    submit(huis.jeroen, concept.id, revisie=concept.revisie)
    document = list_documenten(str(zaak.ref))[0]
    assert (document.bestandsnaam, document.taak_id, document.is_onbehandeld) == ("lamp.jpg", taak, True)
    zaken.accept_document(
        huis.mila, zaak.ref, document.id, documenttype="", vertrouwelijkheid="zaakvertrouwelijk"
    )
    assert Taak.objects.get().oordeel == "goedgekeurd"


def test_what_is_refused_is_asked_again_with_what_was_sent_before(huis: Stadhuis, zaak: Zaak):
    taak = ask(huis, zaak)
    concept = save(huis.jeroen, begin(huis, zaak, taak), GOED).formulier.concept
    submit(huis.jeroen, concept.id, revisie=concept.revisie)
    nieuw = zaken.reject_taak(huis.mila, zaak.ref, taak, reden="Welke kant van de weg?", deadline=STRAKS)
    tweede = begin(huis, zaak, nieuw)
    assert tweede.id != concept.id
    assert tweede.invoer["plaats"] == ["Lindelaan 12"]


def test_it_is_for_whom_it_was_asked_of_only(huis: Stadhuis, zaak: Zaak):
    taak, fatima = ask(huis, zaak), inwoner("999990020")
    with pytest.raises(ZaakNietGevonden):
        loket.start_concept(fatima, MELDING, sleutel="", aanvulling=(zaak.ref, taak))
    for methode in ("get", "post"):
        velden = {"zaak": str(zaak.ref), "taak": taak}
        antwoord = getattr(client_of(fatima), methode)(paden.start(MELDING), velden)
        nergens = getattr(client_of(fatima), methode)(
            paden.start(MELDING), {"zaak": "register-7cedf530-5ba4-40fd-a9e6-9a547a170d3b", "taak": taak}
        )
        assert antwoord.status_code == nergens.status_code == 404
        assert tekst_van(antwoord) == tekst_van(nergens)
    assert not Concept.objects.exists()


def test_a_request_for_a_document_or_another_form_is_not_answered_with_this_one(huis: Stadhuis, zaak: Zaak):
    document = zaken.ask_document(huis.mila, zaak.ref, titel="Kopie", toelichting="", deadline=STRAKS)
    ander = zaken.ask_form(
        huis.mila, zaak.ref, titel="Anders", toelichting="", deadline=STRAKS, formulier="ander-formulier"
    )
    for taak in (document, ander, "x"):
        with pytest.raises(TaakNietGevonden):
            begin(huis, zaak, taak)


def test_withdrawn_meanwhile_says_so_and_costs_no_answer(huis: Stadhuis, zaak: Zaak):
    taak, client = ask(huis, zaak), client_of(huis.jeroen)
    concept = fill(huis, zaak, taak)
    zaken.withdraw_taak(huis.mila, zaak.ref, taak)
    controle = paden.controleren(paden.concept(MELDING, concept.id, is_anoniem=False))
    pagina = client.get(controle)
    assert "Wij hebben dit formulier niet meer van u nodig." in tekst_van(pagina)
    assert "Versturen" not in re.findall(r'nl-button__label">(\w+)<', bron_van(pagina))
    antwoord = client.post(controle, {"revisie": str(concept.revisie)})
    assert antwoord.status_code == 409
    assert "Wij hebben dit formulier niet meer van u nodig." in tekst_van(antwoord)
    assert "Lindelaan 12" in tekst_van(antwoord)
    assert Concept.objects.get().verstuurd_op is None
    assert list_documenten(str(zaak.ref)) == ()
    begin_pagina = client.get(paden.vraag(zaak.ref, taak, MELDING))
    assert begin_pagina.status_code == 404
    assert "Wij hebben dit formulier niet meer van u nodig." in tekst_van(begin_pagina)


def test_a_zaak_that_was_closed_meanwhile_says_so_and_costs_no_answer(huis: Stadhuis, zaak: Zaak):
    taak, client = ask(huis, zaak), client_of(huis.jeroen)
    concept = fill(huis, zaak, taak)
    ZaakRij.objects.update(einddatum=vandaag())
    controle = paden.controleren(paden.concept(MELDING, concept.id, is_anoniem=False))
    for antwoord in (client.get(controle), client.post(controle, {"revisie": str(concept.revisie)})):
        assert "Deze zaak is afgerond. U kunt er niets meer aan toevoegen." in tekst_van(antwoord)
        assert "Lindelaan 12" in tekst_van(antwoord)
    assert Concept.objects.get().verstuurd_op is None


def test_a_form_that_was_withdrawn_meanwhile_says_so(huis: Stadhuis, zaak: Zaak):
    taak = ask(huis, zaak)
    begonnen = begin(huis, zaak, taak)
    FormulierVersie.objects.update(stand="ingetrokken")
    antwoord = client_of(huis.jeroen).get(paden.vraag(zaak.ref, taak, MELDING))
    assert antwoord.status_code == 404
    assert "Dit formulier is er niet meer. Stuur ons een bericht bij uw zaak" in tekst_van(antwoord)
    with pytest.raises(FormulierNietGevonden):
        begin(huis, zaak, taak)
    assert save(huis.jeroen, begonnen, GOED).stap.is_goed, "what was begun stays on its version"


def test_twice_is_once(huis: Stadhuis, zaak: Zaak):
    taak = ask(huis, zaak)
    concept = fill(huis, zaak, taak)
    for _ in range(2):
        assert (
            submit(huis.jeroen, concept.id, revisie=concept.revisie).concept.zaaknummer == zaak.identificatie
        )
    assert len(list_documenten(str(zaak.ref))) == 1
    with pytest.raises(TaakAlVervuld):
        begin(huis, zaak, taak)
    assert client_of(huis.jeroen).get(paden.vraag(zaak.ref, taak, MELDING)).status_code == 409
