import pytest
from django.core.management import CommandError, call_command

from eloket.identity.access import get_medewerker_by_subject
from eloket.identity.beheer import get_rij
from eloket.identity.models import Afdeling, Medewerker, Sessie
from eloket.identity.testing import force_actor, medewerker
from eloket.identity.types import Recht

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _afdelingen():
    Afdeling.objects.create(code="parkeren", naam="Parkeren")
    Afdeling.objects.create(code="belastingen", naam="Belastingen")


def test_a_civil_servant_is_added_changed_and_shut_out():
    call_command("medewerker", "sub-1", "A. de Boer", "--afdeling", "parkeren")
    gevonden = get_medewerker_by_subject("sub-1")
    assert gevonden is not None
    assert gevonden.afdelingen == {"parkeren"}
    call_command("medewerker", "sub-1", "A. de Boer", "--afdeling", "belastingen")
    gewijzigd = get_medewerker_by_subject("sub-1")
    assert gewijzigd is not None
    assert gewijzigd.afdelingen == {"belastingen"}
    call_command("medewerker", "sub-1", "A. de Boer", "--inactief")
    assert get_medewerker_by_subject("sub-1") is None


def test_an_unknown_afdeling_changes_nothing_and_is_named():
    with pytest.raises(CommandError, match="bestaat-niet"):
        call_command("medewerker", "sub-1", "A. de Boer", "--afdeling", "bestaat-niet")
    assert get_medewerker_by_subject("sub-1") is None


def test_a_change_ends_the_sessions_that_hold_the_old_rights(client):
    call_command("medewerker", "sub-1", "A. de Boer", "--afdeling", "parkeren")
    force_actor(client, medewerker(subject="sub-1", afdelingen={"parkeren"}))
    assert Sessie.objects.count() == 1
    call_command("medewerker", "sub-1", "A. de Boer", "--afdeling", "belastingen")
    assert Sessie.objects.count() == 0


@pytest.mark.django_db
def test_a_right_of_a_newer_release_is_none_here():
    """Two releases run beside each other for a while."""
    rij = Medewerker.objects.create(subject="m-9", naam="M. Nieuw", rechten=["behandelen", "van-morgen"])
    assert get_rij(str(rij.pk)).rechten == {Recht.BEHANDELEN}
    gevonden = get_medewerker_by_subject("m-9")
    assert gevonden
    assert gevonden.rechten == {Recht.BEHANDELEN}
