"""A previous release runs beside this one for some minutes, and writes notifications that do not say who is told."""

import pytest

from eloket.identity.testing import onderneming
from eloket.identity.types import Partij
from eloket.kernel.klok import nu
from eloket.notifications.brieven.overnemen import take_over_waiting
from eloket.notifications.models import Notificatie, Zending
from eloket.notifications.openen import mark_zaak_opened
from eloket.notifications.partij import fill_partij
from eloket.notifications.service import enqueue
from eloket.notifications.types import Kanaal, NotificatieSoort, Uitkomst
from eloket.notifications.verantwoorden.levensloop import list_levenslopen
from eloket.zaken.types import ZaakRef
from tests.huis import partij_van

pytestmark = pytest.mark.django_db

JEROEN, FATIMA = Partij.inwoner("999990019"), Partij.inwoner("999993653")
REF = ZaakRef("register", "a1b2")
S = NotificatieSoort


def tell_as_before(*partijen: Partij) -> None:
    for partij in partijen:
        nummer = enqueue(
            S.DOCUMENT_GEVRAAGD, betrokkene_key=partij.profiel_key, zaak_ref=str(REF), deadline=nu()
        )
        Notificatie.objects.filter(pk=nummer).update(partij_key="", uitkomst=Uitkomst.ADRES_KAPOT)


def test_a_letter_is_for_one_resident_also_before_it_says_for_whom():
    tell_as_before(JEROEN, FATIMA)
    assert take_over_waiting(nu()) == 2
    brieven = Zending.objects.filter(kanaal=Kanaal.BRIEF)
    assert sorted(een.betrokkene_key for een in brieven) == sorted([JEROEN.profiel_key, FATIMA.profiel_key])
    assert not any(een.is_contactpersoon for een in list_levenslopen(REF).meldingen)


def test_once_it_is_filled_it_is_opened_by_whom_it_was_for():
    tell_as_before(JEROEN, FATIMA)
    mark_zaak_opened(JEROEN, REF)
    assert fill_partij(nu()) == 2
    mark_zaak_opened(JEROEN, REF)
    assert Notificatie.objects.exclude(geopend_op=None).get().betrokkene_key == JEROEN.profiel_key


def test_what_says_already_who_is_told_stays_as_it_is():
    anne = onderneming(persoon="anne")
    bedrijf = partij_van(anne).profiel_key
    enqueue(S.STATUS_GEWIJZIGD, betrokkene_key=anne.profiel_key, partij_key=bedrijf, zaak_ref=str(REF))
    assert fill_partij(nu()) == 0
    assert Notificatie.objects.get().partij_key == bedrijf
