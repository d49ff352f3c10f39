"""The first time that a party opens what it was told about is kept, and only that."""

import pytest

from eloket.identity.types import Partij
from eloket.notifications.models import BewijsRegel, Notificatie
from eloket.notifications.openen import mark_opened, mark_zaak_opened
from eloket.notifications.service import enqueue
from eloket.notifications.types import BewijsSoort, NotificatieSoort
from eloket.zaken.types import ZaakRef

pytestmark = pytest.mark.django_db

JEROEN, FATIMA = Partij.inwoner("999990019"), Partij.inwoner("999993653")
TAK, ZAAK = Partij.onderneming("69599084", "000038509504"), Partij.onderneming("69599084")
REF = ZaakRef("register", "a1b2")
S = NotificatieSoort


def tell(partij: Partij, soort: NotificatieSoort = S.STATUS_GEWIJZIGD, onderwerp_id: str = "") -> int:
    return enqueue(soort, betrokkene_key=partij.profiel_key, zaak_ref=str(REF), onderwerp_id=onderwerp_id)


def geopend() -> set[int]:
    return set(Notificatie.objects.exclude(geopend_op=None).values_list("pk", flat=True))


def feiten() -> list[tuple[int | None, str]]:
    rijen = BewijsRegel.objects.filter(soort=BewijsSoort.GEOPEND).order_by("id")
    return list(rijen.values_list("notificatie_id", "onderwerp_id"))


def test_looking_at_the_zaak_opens_what_is_about_the_zaak():
    status, bericht = tell(JEROEN), tell(JEROEN, S.BERICHT_BEANTWOORD, "b1")
    ingetrokken = tell(JEROEN, S.TAAK_INGETROKKEN, "t1")
    mark_zaak_opened(JEROEN, REF)
    assert geopend() == {status, ingetrokken}
    mark_opened(JEROEN, REF, ["b1"])
    assert geopend() == {status, ingetrokken, bericht}


def test_opening_is_kept_once():
    tell(JEROEN)
    nummer = tell(JEROEN, S.DOCUMENT_TOEGEVOEGD, "d1")
    for _ in range(3):
        mark_zaak_opened(JEROEN, REF)
        mark_opened(JEROEN, REF, ["d1", "d1"])
    assert len(feiten()) == 3
    assert (None, "d1") in feiten()
    assert (nummer, "d1") in feiten()


def test_one_party_opens_nothing_for_another():
    tell(JEROEN), tell(FATIMA)
    mark_zaak_opened(FATIMA, REF)
    assert Notificatie.objects.get(geopend_op=None).betrokkene_key == JEROEN.profiel_key


def test_who_logs_in_for_the_whole_business_does_not_open_what_its_branch_was_told():
    tak, zaak = tell(TAK), tell(ZAAK)
    mark_zaak_opened(ZAAK, REF)
    assert geopend() == {zaak}
    mark_zaak_opened(TAK, REF)
    assert geopend() == {zaak, tak}


def test_what_was_told_of_another_zaak_stays_closed():
    enqueue(S.STATUS_GEWIJZIGD, betrokkene_key=JEROEN.profiel_key, zaak_ref="register-anders")
    mark_zaak_opened(JEROEN, REF)
    assert geopend() == set()
