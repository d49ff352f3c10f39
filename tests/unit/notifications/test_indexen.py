"""What the worker asks every second does not grow with all that was ever written."""

from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Q

from eloket.kernel.klok import nu
from eloket.notifications import ander_kanaal
from eloket.notifications.models import Notificatie, Zending
from eloket.notifications.types import Uitkomst
from eloket.profile.models import Profiel
from eloket.profile.queries import telt

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL weegt kleine tabellen anders"),
]


def test_what_waits_for_a_mail_is_found_among_all_that_never_gets_one():
    """The plain index of the foreign key was taken: every notification without a mail, each second."""
    wacht = Notificatie.objects.filter(zending=None, uitkomst="", gepland_op__lte=nu())
    assert "notificatie_te_mailen" in wacht.order_by("gepland_op").explain()


def test_what_waits_for_a_letter_is_found_by_its_party():
    wacht = Notificatie.objects.filter(
        uitkomst=Uitkomst.ADRES_KAPOT, zending=None, geopend_op=None, betrokkene_key="k"
    )
    plan = wacht.order_by("id").explain()
    assert "notificatie_van_zending" not in plan
    assert "SCAN" not in plan


def test_the_notifications_of_a_mail_are_found_by_it():
    assert "notificatie_van_zending" in Notificatie.objects.filter(zending=UUID(int=0)).explain()


def test_who_opened_nothing_is_found_without_reading_all_that_was_told():
    plan = ander_kanaal._unreached(nu()).explain()
    assert "notificatie_partij_zaak" in plan
    assert "SCAN" not in plan


def test_what_names_no_party_is_found_without_reading_all_that_was_told():
    assert "notificatie_partij_zaak" in Notificatie.objects.filter(partij_key="").explain()


def test_what_failed_is_counted_without_reading_every_mail():
    assert "zending_mislukt" in Zending.objects.filter(mislukt_op__isnull=False).explain()


def test_the_people_of_a_business_are_found_by_it_among_those_of_all():
    wie = Q(partij_key__in=["a", "b"]) | Q(profiel_key__in=["a", "b"])
    plan = Profiel.objects.filter(wie, telt(nu())).explain()
    assert "profiel_van_partij" in plan
    assert "SCAN" not in plan
