"""The proof of notifications stands fast: only added to, sealed as it was written, and a change is found."""

import uuid

import pytest
from django.db import DatabaseError, transaction

from eloket.audit.controle import controleer
from eloket.audit.verzegeld import ketens
from eloket.audit.verzegelen import seal_waiting
from eloket.kernel.klok import nu
from eloket.notifications import bewijs
from eloket.notifications.models import BewijsRegel
from eloket.notifications.types import BewijsSoort
from tests.bewaking import zonder_bewaking

pytestmark = pytest.mark.django_db


@pytest.fixture
def regels() -> list[BewijsRegel]:
    """One of a notification and one of a mail: with and without a number, an id and details."""
    bewijs.note(BewijsSoort.GEMAAKT, betrokkene_key="k", zaak_ref="register-1", notificatie_id=7)
    bewijs.note(
        BewijsSoort.UITGESTELD,
        betrokkene_key="k",
        zending_id=uuid.uuid4(),
        kenmerken={"fout": "TimeoutError", "a": True},
    )
    return list(BewijsRegel.objects.order_by("id"))


def test_the_database_refuses_to_change_or_remove_it(regels):
    for daad in (BewijsRegel.objects.all().delete, lambda: BewijsRegel.objects.update(soort="verzonden")):
        with pytest.raises(DatabaseError), transaction.atomic():
            daad()
    assert list(BewijsRegel.objects.order_by("id")) == regels


def test_it_is_sealed_as_it_is_read_back(regels):
    assert ketens()["notifications_bewijs"] is BewijsRegel
    seal_waiting(nu())
    uitslag = controleer(BewijsRegel)
    assert (uitslag.regels, uitslag.onverzegeld, uitslag.bevindingen) == (2, 0, [])


@pytest.mark.parametrize(
    "anders",
    [
        {"zending_id": None},
        {"notificatie_id": 8},
        {"kenmerken": {}},
        {"soort": "verzonden"},
        {"zaak_ref": "x"},
    ],
)
def test_whatever_was_changed_is_found(regels, anders):
    seal_waiting(nu())
    regel = regels[1] if "zending_id" in anders or "kenmerken" in anders else regels[0]
    with zonder_bewaking():
        BewijsRegel.objects.filter(pk=regel.pk).update(**anders)
    assert [een.regel for een in controleer(BewijsRegel).bevindingen] == [regel.pk]
