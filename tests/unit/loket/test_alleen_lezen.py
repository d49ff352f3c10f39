"""What is only for reading comes from the register: at every page, and again when the form is sent."""

import re
from dataclasses import replace

import pytest

from eloket.kernel.errors import BronOnbereikbaar
from eloket.loket.access import get_concept_for
from eloket.loket.errors import ConceptGewijzigd
from eloket.loket.models import Concept
from eloket.loket.queries import get_formulier_for
from eloket.loket.types import ConceptInzage
from eloket.loket.versturen import submit
from eloket.portal.loket import paden
from eloket.profile import service as profile
from eloket.profile.testing import JEROEN, FakePersonenBron
from eloket.zaken.access import get_zaak_for
from tests.huis import inwoner
from tests.unit.loket.melding import begin, publish, save
from tests.web.portaal import bron_van, client_van, tekst_van

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loket")]
FORMULIER = "verhuizen-proef"
TEKST = """
titel: Verhuizen
inloggen: [digid]
zaak: {zaaktype: MOR, onderwerp: "Verhuizing van {naam}"}
stappen:
  - id: wie
    titel: Wie bent u?
    velden:
      - {id: naam, soort: tekst, label: Uw naam, vooraf: persoon.naam, alleen_lezen: true}
      - {id: adres, soort: adres, label: Uw adres, vooraf: persoon.adres, alleen_lezen: true}
      - {id: waarom, soort: tekst, label: "Waarom verhuist u?"}
"""
WEG = {"waarom": ["Groter huis"]}


@pytest.fixture
def register() -> FakePersonenBron:
    bron = FakePersonenBron()
    profile.configure(bron)
    publish(FORMULIER, TEKST)
    return bron


def move(register: FakePersonenBron) -> None:
    register.personen["999990019"] = replace(JEROEN, straat_huisnummer="Plein 1")


def fill() -> ConceptInzage:
    return save(inwoner(), begin(inwoner(), FORMULIER), WEG, stap="wie").formulier.concept


def answers(concept: ConceptInzage) -> dict[str, str]:
    ref = get_concept_for(inwoner(), concept.id).zaak_ref
    assert ref
    return dict(get_zaak_for(inwoner(), ref).kenmerken)


def controle(concept: ConceptInzage) -> str:
    return paden.controleren(paden.concept(FORMULIER, concept.id, is_anoniem=False))


def hidden(html: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', html))


def test_it_is_shown_and_not_asked(register: FakePersonenBron):
    concept = begin(inwoner(), FORMULIER)
    pad = paden.stap(paden.concept(FORMULIER, concept.id, is_anoniem=False), "wie")
    antwoord = client_van().get(pad)
    assert "Lindelaan 12, 1234 AB Voorbeeld" in tekst_van(antwoord)
    assert 'name="naam"' not in bron_van(antwoord)
    assert 'name="adres-' not in bron_van(antwoord)


def test_a_hostile_post_does_not_change_it(register: FakePersonenBron):
    concept = begin(inwoner(), FORMULIER)
    vals = {"naam": ["Een ander"], "adres-straat": ["Elders"], "adres-postcode": ["9999 ZZ"]}
    concept = save(inwoner(), concept, WEG | vals, stap="wie").formulier.concept
    assert "Een ander" not in str(concept.invoer)
    submit(inwoner(), concept.id, revisie=concept.revisie)
    assert answers(concept)["Uw naam"] == "Jeroen Pieter van Drouwen"
    assert answers(concept)["Uw adres"] == "Lindelaan 12, 1234 AB Voorbeeld"


def test_what_the_register_says_now_is_what_the_review_shows_and_the_zaak_gets(register: FakePersonenBron):
    concept, client = fill(), client_van()
    move(register)
    pagina = client.get(controle(concept))
    assert "Plein 1, 1234 AB Voorbeeld" in tekst_van(pagina)
    assert client.post(controle(concept), hidden(bron_van(pagina))).status_code == 303
    assert answers(concept)["Uw adres"] == "Plein 1, 1234 AB Voorbeeld"


def test_what_changed_after_the_review_is_reviewed_again(register: FakePersonenBron):
    concept, client = fill(), client_van()
    velden = hidden(bron_van(client.get(controle(concept))))
    move(register)
    antwoord = client.post(controle(concept), velden)
    assert antwoord.status_code == 409
    assert "Een gegeven dat wij voor u ophalen, is net gewijzigd." in tekst_van(antwoord)
    assert "Plein 1, 1234 AB Voorbeeld" in tekst_van(antwoord)
    assert Concept.objects.get().verstuurd_op is None
    assert client.post(controle(concept), hidden(bron_van(antwoord))).status_code == 303
    assert answers(concept)["Uw adres"] == "Plein 1, 1234 AB Voorbeeld"


def test_a_wrong_word_about_what_was_seen_sends_nothing(register: FakePersonenBron):
    concept = fill()
    with pytest.raises(ConceptGewijzigd):
        submit(inwoner(), concept.id, revisie=concept.revisie, gezien="onzin")


def test_a_register_that_is_away_costs_nothing_that_was_typed(register: FakePersonenBron):
    concept = begin(inwoner(), FORMULIER)
    register.is_onbereikbaar = True
    for waarom in ("Groter huis", "Kleiner huis"):
        bewaard = save(inwoner(), concept, {"waarom": [waarom], "naam": ["Ander"]}, stap="wie")
        assert bewaard.stap.is_goed
    concept = get_concept_for(inwoner(), concept.id)
    assert concept.invoer["waarom"] == ["Kleiner huis"]
    with pytest.raises(BronOnbereikbaar):
        submit(inwoner(), concept.id, revisie=concept.revisie)
    antwoord = client_van().get(controle(concept))
    assert antwoord.status_code == 503
    assert "Probeer het" in tekst_van(antwoord)
    register.is_onbereikbaar = False
    submit(inwoner(), concept.id, revisie=concept.revisie)
    assert answers(concept)["Uw naam"] == "Jeroen Pieter van Drouwen"
    assert answers(concept)["Waarom verhuist u?"] == "Kleiner huis"


def test_who_the_register_does_not_know_types_it(register: FakePersonenBron):
    del register.personen["999990019"]
    concept = begin(inwoner(), FORMULIER)
    bewaard = save(inwoner(), concept, WEG, stap="wie")
    assert next(naam for naam, _ in bewaard.stap.fouten) == "naam"
    with pytest.raises(AssertionError):
        answers(concept)
    assert get_formulier_for(inwoner(), concept.id).loop.get("wie")
