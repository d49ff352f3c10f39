"""What is only for reading comes from the register: at every page, and again when the form is sent."""

import re
from dataclasses import replace

import pytest

from eloket.audit import service as audit
from eloket.audit.models import AuditRegel
from eloket.identity.testing import gemachtigde
from eloket.kernel.errors import BronOnbereikbaar
from eloket.loket import service
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


def read_lines() -> int:
    return AuditRegel.objects.filter(actie="register.gelezen").count()


def step(concept: ConceptInzage) -> str:
    return paden.stap(paden.concept(FORMULIER, concept.id, is_anoniem=False), "wie")


def test_what_the_register_said_when_it_was_begun_is_one_line_for_the_whole_form(register: FakePersonenBron):
    concept, client = fill(), client_van()
    for pad in (step(concept), controle(concept), step(concept)):
        assert client.get(pad).status_code == 200
    velden = hidden(bron_van(client.get(controle(concept))))
    assert client.post(controle(concept), velden).status_code == 303
    assert read_lines() == 1


def test_a_register_that_answers_on_a_later_page_leaves_a_line_there_and_one_for_all_that_follow(
    register: FakePersonenBron,
):
    register.is_onbereikbaar = True
    concept, client = begin(inwoner(), FORMULIER), client_van()
    save(inwoner(), concept, WEG, stap="wie")
    assert client.get(step(concept)).status_code == 503
    assert read_lines() == 0
    register.is_onbereikbaar = False
    for _ in range(2):
        assert "Lindelaan 12" in tekst_van(client.get(step(concept)))
    assert client.get(controle(concept)).status_code == 200
    regel = AuditRegel.objects.get(actie="register.gelezen")
    assert (regel.actor_soort, regel.actor_key) == ("inwoner", inwoner().key)
    assert regel.object_ref == f"partij-{inwoner().key}"
    assert regel.kenmerken == {"formulier": FORMULIER, "concept": concept.id}


def test_a_register_that_says_something_else_leaves_a_line_again_and_what_it_says_stands_in_no_column(
    register: FakePersonenBron,
):
    concept, client = fill(), client_van()
    was = Concept.objects.get().register_merk
    move(register)
    register.is_onbereikbaar = True
    save(inwoner(), concept, WEG, stap="wie")
    assert read_lines() == 1, "what it said before is no reading"
    register.is_onbereikbaar = False
    save(inwoner(), concept, WEG, stap="wie")
    client.get(controle(concept))
    assert read_lines() == 2
    merk = Concept.objects.get().register_merk
    assert re.fullmatch("[0-9a-f]{64}", merk)
    assert merk != was


def test_a_register_that_answers_only_when_the_form_is_sent_leaves_a_line_too(register: FakePersonenBron):
    register.is_onbereikbaar = True
    concept = save(inwoner(), begin(inwoner(), FORMULIER), WEG, stap="wie").formulier.concept
    register.is_onbereikbaar = False
    submit(inwoner(), concept.id, revisie=concept.revisie)
    assert read_lines() == 1
    client_van().get(controle(concept))
    assert read_lines() == 1, "what was sent reads nothing any more"


def test_who_acts_for_another_leaves_the_line_in_the_trail_of_that_person(register: FakePersonenBron):
    actor = gemachtigde("999990019", "999990020")
    register.is_onbereikbaar = True
    concept = begin(actor, FORMULIER)
    register.is_onbereikbaar = False
    service.open_formulier(actor, concept.id)
    regel = AuditRegel.objects.get(actie="register.gelezen")
    assert (regel.actor_soort, regel.object_ref) == ("gemachtigde", f"partij-{inwoner().key}")


def test_without_the_line_the_page_shows_nothing_of_the_register(register: FakePersonenBron, monkeypatch):
    register.is_onbereikbaar = True
    concept = begin(inwoner(), FORMULIER)
    register.is_onbereikbaar = False

    def fail(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(RuntimeError):
        service.open_formulier(inwoner(), concept.id)
    assert Concept.objects.get().register_merk == ""


def test_throwing_it_away_asks_no_register(register: FakePersonenBron):
    concept, client = begin(inwoner(), FORMULIER), client_van()
    register.is_onbereikbaar = True
    pad = paden.stoppen(paden.concept(FORMULIER, concept.id, is_anoniem=False))
    assert client.get(pad).status_code == 200
    assert client.post(pad).status_code == 303
    assert not Concept.objects.exists()


def test_who_the_register_does_not_know_types_it(register: FakePersonenBron):
    del register.personen["999990019"]
    concept = begin(inwoner(), FORMULIER)
    bewaard = save(inwoner(), concept, WEG, stap="wie")
    assert next(naam for naam, _ in bewaard.stap.fouten) == "naam"
    with pytest.raises(AssertionError):
        answers(concept)
    assert get_formulier_for(inwoner(), concept.id).loop.get("wie")
