"""A line of the audit trail comes back as it was written, on either database."""

from datetime import timedelta

import pytest
from django.db import transaction

from eloket.audit.models import AuditRegel
from eloket.audit.service import record
from eloket.identity.types import Soort
from eloket.kernel.klok import nu

pytestmark = pytest.mark.django_db


def test_a_line_comes_back_as_it_was_written():
    record(
        actor_soort=Soort.INWONER, actor_key="a" * 64, actie="zaak.bekeken", object_ref="register-1",
        aantal=3, soort="pdf", is_nieuw=True,
    )  # fmt: skip
    regel = AuditRegel.objects.get()
    assert (regel.actor_soort, regel.actor_key) == ("inwoner", "a" * 64)
    assert (regel.actie, regel.object_ref) == ("zaak.bekeken", "register-1")
    assert regel.kenmerken == {"aantal": 3, "soort": "pdf", "is_nieuw": True}
    assert timedelta(0) <= nu() - regel.moment < timedelta(minutes=1)


def test_it_belongs_to_the_change_that_it_tells_of():
    def change() -> None:
        with transaction.atomic():
            record(actor_soort="inwoner", actor_key="", actie="zaak.bekeken", object_ref="register-1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change()
    assert not AuditRegel.objects.exists()
