"""Files that are kept for a form: held while it waits, found by the check of the storage, given up with it."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from eloket.documenten import opslag, service, vasthouden, voorbeelden
from eloket.documenten.controle import controleer, schrijf
from eloket.documenten.models import Bestand
from eloket.documenten.types import Herkomst, Klaar
from eloket.documenten.upload import bied_aan
from eloket.kernel.klok import nu

pytestmark = pytest.mark.django_db
PAS = "concept-1"


def prepare(naam: str = "foto.png", kleur: int = 0) -> Klaar:
    inhoud = voorbeelden.png((kleur, 0, 0))
    return service.prepare((bied_aan(naam, [inhoud]),), zaak_ref="", moment=nu()).goed[0]


def hold(*bestanden: Klaar, houder: str = PAS, plek: str = "foto") -> None:
    with transaction.atomic():
        vasthouden.hold(houder, plek, bestanden, nu())


def test_the_same_file_twice_is_held_once_per_place():
    hold(prepare())
    hold(prepare())
    hold(prepare(), plek="plan")
    assert [(een.plek, een.bestand.naam) for een in vasthouden.list_held(PAS)] == [
        ("foto", "foto.png"),
        ("plan", "foto.png"),
    ]


def test_what_is_held_survives_the_clean_up_and_goes_after_it_was_given_up():
    klaar = prepare()
    hold(klaar)
    service.ruim_op(nu() + timedelta(days=29))
    assert opslag.exists(klaar.sha256)
    assert vasthouden.release(PAS) == 1
    service.ruim_op(nu() + timedelta(days=29))
    assert not opslag.exists(klaar.sha256)
    assert not Bestand.objects.exists()


def test_one_file_is_given_up_by_its_id_and_only_by_its_holder():
    hold(prepare(), prepare("tweede.png", 9))
    eerste = vasthouden.list_held(PAS)[0].id
    assert vasthouden.release("concept-2", eerste) == 0
    assert vasthouden.release(PAS, "geen-id") == 0
    assert vasthouden.release(PAS, eerste) == 1
    assert [een.bestand.naam for een in vasthouden.list_held(PAS)] == ["tweede.png"]


def test_what_a_zaak_holds_too_stays_when_the_form_gives_it_up():
    klaar = prepare()
    hold(klaar)
    with transaction.atomic():
        service.add_document(
            zaak_ref="register-1",
            bestand=klaar,
            herkomst=Herkomst.AANVRAGER,
            auteur_key="k",
            auteur_naam="n",
            moment=nu(),
        )
    vasthouden.release(PAS)
    service.ruim_op(nu() + timedelta(days=2))
    assert opslag.exists(klaar.sha256)


def test_names_are_stored_encrypted():
    hold(prepare("paspoort van jeroen.png"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM documenten_vasthouding")
        assert "jeroen" not in str(cursor.fetchall()).lower()


def test_the_check_finds_held_content_that_is_gone():
    klaar = prepare()
    hold(klaar)
    assert controleer(volledig=True).is_goed
    opslag.delete(klaar.sha256)
    bevindingen = controleer()
    assert not bevindingen.is_goed
    assert bevindingen.formulier_zonder_inhoud == (vasthouden.list_held(PAS)[0].id,)
    assert bevindingen.document_zonder_inhoud == ()
    assert "Bestand van een formulier zonder inhoud: 1" in schrijf(bevindingen)
    assert "foto.png" not in schrijf(bevindingen)


def test_the_check_finds_held_content_that_changed():
    klaar = prepare()
    hold(klaar)
    Bestand.objects.update(omvang=1)
    assert controleer().beschadigd == (klaar.sha256,)
