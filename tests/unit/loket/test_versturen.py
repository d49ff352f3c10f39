"""A form from beginning to zaak, through the service layer."""

import pytest

from eloket.documenten import voorbeelden
from eloket.documenten.queries import list_documenten
from eloket.identity.types import Actor, Soort
from eloket.kernel.klok import nu
from eloket.loket import service
from eloket.loket.bewijzen import add_bewijzen
from eloket.loket.errors import CodeOnbekend, ConceptGewijzigd, ConceptNietGevonden, ConceptOnvolledig
from eloket.loket.models import Concept
from eloket.loket.queries import get_formulier_for
from eloket.loket.stapinvoer import Knop, StapPost
from eloket.loket.types import ConceptInzage
from eloket.loket.versies import load_meegeleverd
from eloket.loket.versturen import follow_by_code, submit
from eloket.sources.register.bron import RegisterBron
from eloket.zaken.access import get_zaak_for
from tests.huis import bestand, inwoner
from tests.unit.loket.melding import publish

pytestmark = pytest.mark.django_db
MELDING = "melding-openbare-ruimte"
GOED = {"soort": ["lamp"], "plaats": ["Lindelaan 12"], "omschrijving": ["De lamp is kapot.\r\nAl een week."]}


@pytest.fixture(autouse=True)
def _inrichting():
    RegisterBron().import_zaaktypen()
    load_meegeleverd()


def anoniem(key: str = "browser-1") -> Actor:
    return Actor(Soort.ANONIEM, key, "", "", "")


def begin(actor: Actor, formulier: str = MELDING) -> ConceptInzage:
    return service.start_concept(actor, formulier, sleutel="a" * 32)


def post(stap: str, invoer: dict[str, list[str]], knop: str = "verder", **anders) -> StapPost:
    velden = {"venster": "v1", "gezien": "", "bestanden": {}} | anders
    return StapPost(stap_id=stap, invoer=invoer, knop=Knop.parse(knop), **velden)


def fill(actor: Actor, **anders: list[str]) -> ConceptInzage:
    concept = begin(actor)
    return service.save_stap(actor, concept.id, post("melding", GOED | anders)).formulier.concept


def test_a_form_becomes_a_zaak_with_every_answer():
    concept = fill(inwoner(), mast=["A-17"])
    inzending = submit(inwoner(), concept.id, revisie=concept.revisie)
    assert inzending.concept.zaak_ref is not None
    zaak = get_zaak_for(inwoner(), inzending.concept.zaak_ref)
    assert zaak.omschrijving == "Melding openbare ruimte: Een lamp is kapot Lindelaan 12"
    assert zaak.toelichting == "De lamp is kapot.\nAl een week."
    assert ("Nummer op de lantaarnpaal", "A-17") in zaak.kenmerken
    assert inzending.code == ""


def test_two_questions_with_the_same_words_both_reach_the_zaak():
    publish(
        "twee-toelichtingen",
        """
titel: Twee toelichtingen
inloggen: [digid]
zaak: {zaaktype: MOR, onderwerp: "Melding", toelichting: waarom}
stappen:
  - id: een
    titel: Waarom?
    velden: [{id: waarom, soort: lange_tekst, label: Toelichting}]
  - id: twee
    titel: Waar?
    velden: [{id: waar, soort: lange_tekst, label: Toelichting}]
""",
    )
    concept = begin(inwoner(), "twee-toelichtingen")
    for stap, naam, tekst in (("een", "waarom", "Daarom."), ("twee", "waar", "Hier.")):
        concept = service.save_stap(inwoner(), concept.id, post(stap, {naam: [tekst]})).formulier.concept
    ref = submit(inwoner(), concept.id, revisie=concept.revisie).concept.zaak_ref
    assert ref is not None
    zaak = get_zaak_for(inwoner(), ref)
    assert (zaak.toelichting, zaak.kenmerken) == ("Daarom.", (("Toelichting", "Hier."),))


def test_sending_twice_gives_one_zaak():
    concept = fill(inwoner())
    een = submit(inwoner(), concept.id, revisie=concept.revisie)
    twee = submit(inwoner(), concept.id, revisie=concept.revisie)
    assert een.concept.zaaknummer == twee.concept.zaaknummer


def test_what_was_reviewed_is_what_is_sent():
    concept = fill(inwoner())
    service.save_stap(inwoner(), concept.id, post("melding", GOED | {"plaats": ["Elders"]}))
    with pytest.raises(ConceptGewijzigd):
        submit(inwoner(), concept.id, revisie=concept.revisie)


def test_a_step_that_is_missing_is_not_skipped():
    concept = begin(inwoner())
    with pytest.raises(ConceptOnvolledig) as fout:
        submit(inwoner(), concept.id, revisie=concept.revisie)
    assert fout.value.stap_id == "melding"


def test_nobody_else_reaches_a_concept():
    concept = fill(inwoner())
    for ander in (inwoner("999990020"), anoniem()):
        with pytest.raises(ConceptNietGevonden):
            get_formulier_for(ander, concept.id)
        with pytest.raises(ConceptNietGevonden):
            submit(ander, concept.id, revisie=concept.revisie)


def test_what_is_wrong_is_kept_as_it_was_typed():
    concept = begin(inwoner())
    bewaard = service.save_stap(
        inwoner(), concept.id, post("melding", {"soort": ["onzin"], "plaats": ["x" * 101]})
    )
    assert [id for id, _ in bewaard.stap.fouten] == ["soort", "plaats", "omschrijving"]
    assert get_formulier_for(inwoner(), concept.id).concept.invoer["plaats"] == ["x" * 101]


def test_inputs_that_are_not_of_the_step_are_dropped():
    concept = begin(inwoner())
    service.save_stap(inwoner(), concept.id, post("melding", GOED | {"zaaktype": ["X"], "email": ["a@b.nl"]}))
    assert set(get_formulier_for(inwoner(), concept.id).concept.invoer) == {"soort", "plaats", "omschrijving"}


def test_another_window_is_told_and_nothing_is_lost():
    concept = fill(inwoner())
    bewaard = service.save_stap(
        inwoner(), concept.id, post("melding", GOED | {"plaats": ["Tweede"]}, venster="v2", gezien="oud")
    )
    assert bewaard.is_achter
    assert bewaard.formulier.concept.invoer["plaats"] == ["Tweede"]
    assert get_formulier_for(inwoner(), concept.id).concept.invoer["plaats"] == ["Lindelaan 12"]


def test_who_was_told_of_another_window_and_goes_on_replaces_what_it_wrote():
    """It once was told again and again, with no way out."""
    concept = fill(inwoner())
    invoer = GOED | {"plaats": ["Tweede"]}
    bewaard = service.save_stap(inwoner(), concept.id, post("melding", invoer, venster="v2", gezien="oud"))
    opnieuw = post("melding", invoer, venster="v3", gezien=bewaard.gezien)
    assert not service.save_stap(inwoner(), concept.id, opnieuw).is_achter
    assert get_formulier_for(inwoner(), concept.id).concept.invoer["plaats"] == ["Tweede"]


def test_back_in_the_same_window_just_changes_it():
    concept = fill(inwoner())
    bewaard = service.save_stap(
        inwoner(), concept.id, post("melding", GOED | {"plaats": ["Tweede"]}, gezien="oud")
    )
    assert not bewaard.is_achter


def test_a_photo_waits_with_the_form_and_stands_in_the_zaak():
    concept = begin(inwoner())
    bewaard = service.save_stap(
        inwoner(),
        concept.id,
        post("melding", GOED, bestanden={"foto": (bestand("foto.png", voorbeelden.png()),)}),
    )
    assert bewaard.geweigerd == ()
    inzending = submit(inwoner(), concept.id, revisie=bewaard.formulier.concept.revisie)
    assert [een.bestandsnaam for een in list_documenten(str(inzending.concept.zaak_ref))] == ["foto.png"]


def test_who_did_not_log_in_follows_it_by_a_code():
    concept = fill(anoniem())
    stap = service.save_stap(anoniem(), concept.id, post("contact", {"email": [""], "telefoon": [""]}))
    inzending = submit(anoniem(), concept.id, revisie=stap.formulier.concept.revisie)
    zaak = follow_by_code(inzending.code.lower().replace("-", " "))
    assert zaak.identificatie == inzending.concept.zaaknummer
    assert zaak.initiator is None
    with pytest.raises(CodeOnbekend):
        follow_by_code("AAAA-AAAA-AAAA-AAAA")


def test_the_pdf_comes_to_stand_in_the_zaak_once():
    concept = fill(inwoner())
    ref = str(submit(inwoner(), concept.id, revisie=concept.revisie).concept.zaak_ref)
    assert add_bewijzen(nu()) == 1
    assert add_bewijzen(nu()) == 0
    Concept.objects.update(bewijs_op=None)  # a worker that died before it noted so
    add_bewijzen(nu())
    assert [een.formaat.code for een in list_documenten(ref)] == ["pdf"]
