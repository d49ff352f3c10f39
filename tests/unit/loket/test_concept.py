"""Keeping a form and sending it: nothing typed is lost, nobody else sees it, and it is sent once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eloket.documenten import queries as documenten
from eloket.documenten import voorbeelden
from eloket.documenten.models import Vasthouding
from eloket.documenten.upload import bied_aan, tijdelijke_bestanden, verwijder
from eloket.identity.types import Actor
from eloket.kernel import klok
from eloket.kernel.errors import BronOnbereikbaar
from eloket.loket import service
from eloket.loket.access import get_concept_for
from eloket.loket.errors import ConceptNietGevonden, ConceptVerstuurd, FormulierNietGevonden
from eloket.loket.models import Concept
from eloket.loket.queries import get_formulier_for, list_concepten, list_van_formulier
from eloket.loket.versturen import submit
from eloket.zaken import bronnen
from eloket.zaken.access import get_zaak_for
from eloket.zaken.queries import list_zaken
from eloket.zaken.testing import FakeZaakBron
from eloket.zaken.types import ZaakFilter
from tests.huis import inwoner, medewerker, onderneming
from tests.unit.loket.melding import GOED, MELDING, anoniem, begin, fill, save, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loket")]


def zaken_van(actor: Actor) -> int:
    assert actor.partij
    return list_zaken(actor.partij, ZaakFilter()).lopend


@pytest.mark.parametrize("is_verstuurd", [False, True])
def test_what_was_typed_is_stored_encrypted(is_verstuurd: bool):
    concept = fill(inwoner())
    if is_verstuurd:
        send(inwoner(), concept)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM loket_concept")
        assert "Lindelaan" not in str(cursor.fetchall())


def test_it_is_for_who_filled_it_in_only():
    concept = fill(inwoner())
    for ander in (inwoner("999990020"), onderneming(), medewerker(), anoniem()):
        with pytest.raises(ConceptNietGevonden):
            get_concept_for(ander, concept.id)
        with pytest.raises(ConceptNietGevonden):
            save(ander, concept, GOED)
        with pytest.raises(ConceptNietGevonden):
            service.remove_concept(ander, concept.id)
        with pytest.raises(ConceptNietGevonden):
            submit(ander, concept.id, revisie=concept.revisie)
        assert ander.is_medewerker or list_concepten(ander) == ()
    assert zaken_van(inwoner()) == 0


def test_another_branch_of_the_business_does_not_see_it():
    """Not even to the same employee, who may act for both: the person and the number are the same then."""
    noord, zuid = onderneming("12345678", "000012345678"), onderneming("12345678", "000087654321")
    concept = fill(noord)
    for ander in (zuid, replace(zuid, key=noord.key)):
        with pytest.raises(ConceptNietGevonden):
            get_concept_for(ander, concept.id)
        assert list_concepten(ander) == ()


@pytest.mark.parametrize("concept_id", ["", "x", "../1", "7cedf530-5ba4-40fd-a9e6-9a547a170d3b"])
def test_an_unknown_id_does_not_exist(concept_id: str):
    with pytest.raises(ConceptNietGevonden):
        get_concept_for(inwoner(), concept_id)


def test_a_double_click_on_begin_gives_one_concept():
    eerste, tweede = (begin(inwoner(), sleutel="a" * 32) for _ in range(2))
    assert eerste == tweede
    assert Concept.objects.count() == 1


def test_the_key_of_another_gives_a_concept_of_ones_own():
    assert begin(inwoner(), sleutel="a" * 32).id != begin(inwoner("999990020"), sleutel="a" * 32).id


def test_back_to_the_start_page_after_sending_begins_a_new_one():
    eerste = begin(inwoner(), sleutel="a" * 32)
    concept = save(inwoner(), eerste, GOED).formulier.concept
    send(inwoner(), concept)
    tweede = begin(inwoner(), sleutel="a" * 32)
    assert tweede.id != eerste.id
    assert not tweede.is_verstuurd


def test_a_form_that_is_not_for_this_visitor_cannot_be_begun():
    with pytest.raises(FormulierNietGevonden):
        begin(inwoner(), "bestaat-niet")


def test_the_zaak_stands_in_the_right_place():
    ref = send(inwoner()).concept.zaak_ref
    assert ref
    zaak = get_zaak_for(inwoner(), ref)
    assert (zaak.zaaktype, zaak.afdeling) == ("MOR", "beheer-openbare-ruimte")
    assert zaak.initiator is not None
    assert zaak.initiator.key == inwoner().key


def test_a_branch_gets_the_zaak_of_its_own_report():
    actor = onderneming("12345678", "000012345678")
    ref = send(actor).concept.zaak_ref
    assert ref
    assert get_zaak_for(actor, ref).initiator
    assert zaken_van(actor) == 1
    assert zaken_van(onderneming("12345678", "000087654321")) == 0


def test_what_was_sent_does_not_change_any_more():
    concept = fill(inwoner())
    eerste = send(inwoner(), concept)
    assert send(inwoner(), concept) == eerste
    assert zaken_van(inwoner()) == 1
    with pytest.raises(ConceptVerstuurd):
        save(inwoner(), concept, GOED | {"plaats": ["Elders"]})
    with pytest.raises(ConceptVerstuurd):
        service.remove_concept(inwoner(), concept.id)


def test_a_source_that_does_not_answer_leaves_the_concept_as_it_was(monkeypatch: pytest.MonkeyPatch):
    vorige, weg = bronnen.alle(), FakeZaakBron()
    monkeypatch.setattr(weg, "start_zaak", lambda *_: (_ for _ in ()).throw(BronOnbereikbaar("register")))
    concept = fill(inwoner())
    bronnen.configure(weg)
    try:
        with pytest.raises(BronOnbereikbaar):
            send(inwoner(), concept)
    finally:
        bronnen.configure(*vorige)
    assert get_concept_for(inwoner(), concept.id) == concept
    assert send(inwoner(), concept).concept.is_verstuurd


# --- files ---


def test_good_photos_are_kept_and_of_the_others_it_is_said_why_not():
    eerder = set(tijdelijke_bestanden())
    bestanden = (
        bied_aan("lamp.jpg", [voorbeelden.jpg()]),
        bied_aan("brief.pdf", [voorbeelden.pdf()]),
        bied_aan("nep.png", [b"<script>alert(1)</script>"]),
        bied_aan("leeg.jpg", [b""]),
    )
    bewaard = save(inwoner(), begin(inwoner()), GOED, bestanden={"foto": bestanden})
    assert {een.naam: een.code for een in bewaard.geweigerd} == {
        "brief.pdf": "formaat-niet-hier",
        "nep.png": "document-webpagina",
        "leeg.jpg": "document-leeg",
    }
    assert "Kies hier een bestand in jpg, png of heic." in next(
        een.tekst for een in bewaard.geweigerd if een.naam == "brief.pdf"
    )
    ref = send(inwoner(), bewaard.formulier.concept).concept.zaak_ref
    assert [een.bestandsnaam for een in documenten.list_documenten(str(ref))] == ["lamp.jpg"]
    assert set(tijdelijke_bestanden()) <= eerder
    assert not Vasthouding.objects.exists()


def test_a_fourth_photo_is_a_mistake_that_one_can_mend():
    kleuren = tuple(bied_aan(f"{n}.png", [voorbeelden.png((n, 0, 0))]) for n in range(4))
    bewaard = save(inwoner(), begin(inwoner()), GOED, bestanden={"foto": kleuren})
    assert bewaard.stap.fouten == (("foto", "U kunt hier hoogstens 3 bestanden meesturen. Verwijder er een"),)
    weg = bewaard.formulier.omgeving.bestanden["foto"][0].id
    bewaard = save(inwoner(), bewaard.formulier.concept, GOED, knop=f"bestand-weg:{weg}")
    assert bewaard.stap.is_goed


def test_the_same_photo_twice_is_kept_once():
    concept = begin(inwoner())
    for _ in range(2):
        foto = bied_aan("lamp.jpg", [voorbeelden.jpg()])
        concept = save(inwoner(), concept, GOED, bestanden={"foto": (foto,)}).formulier.concept
    ref = send(inwoner(), concept).concept.zaak_ref
    assert len(documenten.list_documenten(str(ref))) == 1


def test_a_file_for_a_field_that_takes_none_is_dropped():
    foto = bied_aan("lamp.jpg", [voorbeelden.jpg()])
    save(inwoner(), begin(inwoner()), GOED, bestanden={"plaats": (foto,), "../x": ()})
    assert not Vasthouding.objects.exists()
    verwijder(foto)  # the request does so when it ends


# --- lists ---


def test_the_forms_that_were_not_sent_stand_in_a_list_with_the_last_changed_first():
    nu = klok.nu()
    with klok.op_moment(nu - timedelta(hours=1)):
        oud, verstuurd = fill(inwoner()), fill(inwoner())
    nieuw = fill(inwoner())
    send(inwoner(), verstuurd)
    fill(inwoner("999990020"))
    assert [een.id for een in list_concepten(inwoner())] == [nieuw.id, oud.id]
    bezig, eerder = list_van_formulier(inwoner(), MELDING)
    assert [een.id for een in bezig] == [nieuw.id, oud.id]
    assert [een.id for een in eerder] == [verstuurd.id]
    assert list_concepten(inwoner())[0].titel == "Melding openbare ruimte"


# --- whatever is typed ---


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(), st.text())
def test_no_text_breaks_the_subject_or_the_database(plaats: str, omschrijving: str):
    concept = begin(inwoner())
    save(inwoner(), concept, GOED | {"plaats": [plaats], "omschrijving": [omschrijving]})
    nu = get_formulier_for(inwoner(), concept.id)
    assert len(nu.loop.onderwerp) <= 120
    assert "\n" not in nu.loop.onderwerp
    if nu.volgende is None:
        assert send(inwoner(), nu.concept).concept.is_verstuurd
