"""Text templates: what is filled in, who may keep them, and that nothing is overwritten unseen."""

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from eloket.audit.models import AuditRegel
from eloket.identity.errors import BeheerGewijzigd, BeheerOngeldig
from eloket.identity.testing import medewerker
from eloket.identity.types import Partij, Recht
from eloket.kernel.errors import NietGevonden
from eloket.zaken import sjablonen
from eloket.zaken.models import SjabloonRegel
from eloket.zaken.sjablonen import SjabloonWens, merk_van, unknown_placeholders, vul_in
from eloket.zaken.testing import FakeZaakBron, nieuwe_zaak
from eloket.zaken.types import Zaak
from eloket.zaken.werk import SjabloonSoort

MILA = medewerker(rechten=tuple(Recht))
BO = medewerker(2, subject="m-2")


def a_zaak(naam: str = "J. van Drouwen") -> Zaak:
    opdracht = nieuwe_zaak(Partij.inwoner("999990019"), naam=naam)
    return FakeZaakBron().start_zaak(opdracht, timezone.now())[0]


def wens(titel: str = "Hallo", tekst: str = "Beste {aanvrager}") -> SjabloonWens:
    return SjabloonWens(SjabloonSoort.BERICHT, titel, tekst)


def test_placeholders_say_what_the_zaak_says():
    zaak = a_zaak()
    tekst = vul_in("{zaaknummer} van {aanvrager}, door {behandelaar}; {onbekend} {}", zaak, MILA)
    assert tekst == f"{zaak.identificatie} van J. van Drouwen, door Mila Jansen; {{onbekend}} {{}}"


def test_a_name_with_braces_is_not_read_again():
    assert vul_in("{aanvrager}", a_zaak("{zaaknummer}"), MILA) == "{zaaknummer}"


@given(st.text(alphabet=st.sampled_from("{}ab zaaknummer\n"), max_size=60))
def test_text_without_known_placeholders_stays_as_typed(tekst: str):
    zaak = a_zaak()
    ingevuld = vul_in(tekst, zaak, MILA)
    if "{zaaknummer}" not in tekst:
        assert ingevuld == tekst
    assert all(f"{{{naam}}}" in tekst for naam in unknown_placeholders(tekst))


@pytest.mark.django_db
def test_an_unknown_placeholder_is_refused_and_named():
    with pytest.raises(BeheerOngeldig) as gevangen:
        sjablonen.save_sjabloon(MILA, wens(tekst="Beste {naam}"))
    assert "{naam}" in gevangen.value.fouten["tekst"]
    assert not SjabloonRegel.objects.exists()


@pytest.mark.django_db
def test_only_a_manager_keeps_templates():
    met = sjablonen.save_sjabloon(MILA, wens())
    with pytest.raises(NietGevonden):
        sjablonen.save_sjabloon(BO, wens("Anders"))
    with pytest.raises(NietGevonden):
        sjablonen.delete_sjabloon(BO, met.id, merk=merk_van(met))
    assert SjabloonRegel.objects.count() == 1


@pytest.mark.django_db
def test_the_second_of_two_managers_overwrites_nothing():
    eerst = sjablonen.save_sjabloon(MILA, wens())
    nu = sjablonen.save_sjabloon(MILA, wens(tekst="Van de een"), sjabloon_id=eerst.id, merk=merk_van(eerst))
    with pytest.raises(BeheerGewijzigd):
        sjablonen.save_sjabloon(MILA, wens(tekst="Van de ander"), sjabloon_id=eerst.id, merk=merk_van(eerst))
    with pytest.raises(BeheerGewijzigd):
        sjablonen.delete_sjabloon(MILA, eerst.id, merk=merk_van(eerst))
    assert sjablonen.get_sjabloon(str(eerst.id)) == nu


@pytest.mark.django_db
def test_the_same_title_twice_is_refused_beside_its_field():
    sjablonen.save_sjabloon(MILA, wens())
    with pytest.raises(BeheerOngeldig) as gevangen:
        sjablonen.save_sjabloon(MILA, wens(tekst="Iets anders"))
    assert "titel" in gevangen.value.fouten


@pytest.mark.django_db
def test_a_change_is_in_the_audit_without_its_text():
    eerst = sjablonen.save_sjabloon(MILA, wens())
    sjablonen.save_sjabloon(MILA, wens(tekst="Geheim"), sjabloon_id=eerst.id)
    sjablonen.delete_sjabloon(MILA, eerst.id, merk=merk_van(sjablonen.get_sjabloon(str(eerst.id))))
    regels = list(AuditRegel.objects.order_by("pk"))
    assert [regel.actie for regel in regels] == [
        "sjabloon.toegevoegd",
        "sjabloon.bewaard",
        "sjabloon.verwijderd",
    ]
    assert regels[1].kenmerken == {"onderdeel": f"sjabloon:{eerst.id}", "velden": "tekst"}
    assert {regel.actor_key for regel in regels} == {MILA.key}


@pytest.mark.django_db
def test_the_most_specific_template_is_offered_first():
    sjablonen.load_meegeleverd()
    gevonden = sjablonen.list_sjablonen(SjabloonSoort.STATUS, zaaktype="PARKEERVERGUNNING", volgnummer=3)
    assert gevonden[0].titel == "Vergunning klaar"
    titels = [
        een.titel
        for een in sjablonen.list_sjablonen(SjabloonSoort.STATUS, zaaktype="PARKEERVERGUNNING", volgnummer=2)
    ]
    assert "Vergunning klaar" not in titels
    assert titels
    anders = sjablonen.list_sjablonen(SjabloonSoort.STATUS, zaaktype="KAPVERGUNNING")
    assert all(een.zaaktype == "" for een in anders)


@pytest.mark.django_db
def test_loading_again_never_touches_what_a_manager_did():
    aantal = sjablonen.load_meegeleverd()
    een, ander = sjablonen.list_alle()[:2]
    sjablonen.delete_sjabloon(MILA, een.id, merk=merk_van(een))
    sjablonen.save_sjabloon(MILA, wens(), sjabloon_id=ander.id)
    assert sjablonen.load_meegeleverd() == 0
    assert SjabloonRegel.objects.count() == aantal - 1
    assert sjablonen.get_sjabloon(str(ander.id)).titel == "Hallo"
