"""Every table that refers to a zaak loses its rows when the zaak is destroyed, or says here why not.

A new table with such a column is found by itself, gets a row of this zaak, and fails here until its room listens to
ZaakVernietigd.
"""

import re
import uuid
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.db import models

from eloket.archief.models import LijstRegel, Vernietigingsstop
from eloket.audit.models import AuditRegel
from eloket.audit.verzegelen import seal_waiting
from eloket.identity.models import Afdeling
from eloket.kernel.crypto import EncryptedTextField
from eloket.kernel.klok import nu
from eloket.notifications.models import BewijsRegel, Ontvangstbewijs
from eloket.sources.register.models import NaamSleutel
from eloket.sources.register.models import Zaak as ZaakRij
from eloket.zaken.access import lock_zaak
from eloket.zaken.types import ZaakRef
from eloket.zaken.vernietigen import destroy_zaak
from tests.unit.archief.gemeente import Gemeente, build_gemeente, destroy

if TYPE_CHECKING:
    Veld = models.Field[Any, Any]
else:
    Veld = models.Field

pytestmark = pytest.mark.django_db
MOMENT = datetime(2019, 3, 1, 9, tzinfo=UTC)
_NOEMT_EEN_ZAAK = re.compile(r"zaak|_ref$")
# A column that is called so and holds no reference.
GEEN_VERWIJZING = {
    ("register_zaak", "zaaktype"), ("register_statustype", "zaaktype"), ("register_roltype", "zaaktype"),
    ("zaken_sjabloon", "zaaktype"), ("identity_medewerker", "zaaktypen"),
    ("loket_concept", "zaaknummer"), ("archief_regel", "zaaknummer"), ("archief_regel", "zaaktype"),
    ("archief_regel", "zaaktype_naam"), ("archief_regel", "zaak_versie"), ("archief_stop", "zaaknummer"),
}  # fmt: skip
# What stays, and why that may be.
BLIJFT = {
    AuditRegel: "who did what: keyed hashes and codes; it goes by its own term (audit.opruimen)",
    BewijsRegel: "the proof of mails: keyed hashes, codes and moments, no text; sealed",
    Ontvangstbewijs: "sealed; its text is emptied",
    LijstRegel: "the account of the destruction: it names nobody",
}
# What the worker removes beside what the rooms do: see archief.uitvoeren.
DOOR_DE_LIJST = {Vernietigingsstop}


def referring() -> list[tuple[type[models.Model], Veld]]:
    """Every table with a column that names a zaak, and that column."""
    gevonden = []
    for model in apps.get_models(include_auto_created=True):
        for veld in model._meta.local_concrete_fields:
            is_ontheffing = (model._meta.db_table, veld.name) in GEEN_VERWIJZING
            if _NOEMT_EEN_ZAAK.search(veld.name) and not is_ontheffing:
                gevonden.append((model, veld))
    return gevonden


def fill(model: type[models.Model], **vast: Any) -> models.Model:
    """A row with something in every column that must have something."""
    velden = {
        veld.name: _something(veld)
        for veld in model._meta.local_concrete_fields
        if veld.name not in vast and not veld.primary_key and not _may_be_left_out(veld)
    }
    return model._default_manager.create(**velden, **vast)


def _may_be_left_out(veld: Veld) -> bool:
    return veld.has_default() or veld.null or isinstance(veld, models.GeneratedField)


def _something(veld: Veld) -> Any:
    if isinstance(veld, models.ForeignKey):
        ander = veld.related_model
        assert isinstance(ander, type)
        return (
            Afdeling.objects.first() if ander is Afdeling else ander._default_manager.first() or fill(ander)
        )
    if isinstance(veld, EncryptedTextField | models.TextField):
        return "iets"
    waarden: dict[type[Any], Any] = {
        models.CharField: uuid.uuid4().hex[: veld.max_length or 32],
        models.BooleanField: False,
        models.DateTimeField: MOMENT,
        models.DateField: date(2019, 3, 1),
        models.UUIDField: uuid.uuid4(),
        models.JSONField: {},
    }
    return next((waarde for soort, waarde in waarden.items() if isinstance(veld, soort)), 1)


@pytest.fixture
def stad() -> Gemeente:
    return build_gemeente()


def test_every_column_that_names_a_zaak_is_known():
    namen = {(model._meta.db_table, veld.name) for model, veld in referring()}
    assert {
        ("zaken_taak", "zaak_ref"),
        ("loket_concept", "aanvulling_ref"),
        ("register_rol", "zaak"),
    } <= namen
    assert len(namen) > 15


@pytest.mark.parametrize(
    ("model", "veld"), referring(), ids=lambda een: getattr(een, "name", getattr(een, "__name__", ""))
)
def test_a_row_of_a_destroyed_zaak_is_gone(stad: Gemeente, model: type[models.Model], veld: Veld):
    """In a table of its own; also when the row came in another way than our services make it."""
    zaak = stad.old_zaak()
    if isinstance(veld, models.ForeignKey):
        assert veld.related_model is ZaakRij
        waarde: Any = ZaakRij.objects.get(pk=zaak.ref.id)
        vast = {"open_bij": None} if model is NaamSleutel else {}
        bestaand = model._default_manager.filter(**{veld.name: waarde})
        if not bestaand.exists():
            fill(model, **{veld.name: waarde}, **vast)
    else:
        waarde = str(zaak.ref)
        if model not in DOOR_DE_LIJST and not model._default_manager.filter(**{veld.name: waarde}).exists():
            fill(model, **{veld.name: waarde})
    seal_waiting(nu())
    lock_zaak(zaak.ref)
    destroy_zaak(zaak.ref, besloten_op=nu())
    over = model._default_manager.filter(**{veld.name: getattr(waarde, "pk", waarde)})
    if model in BLIJFT:
        assert BLIJFT[model]
    else:
        assert not over.exists(), f"{model._meta.db_table}.{veld.name}: which room removes this?"


def test_what_stays_holds_no_text(stad: Gemeente):
    """Encrypted columns are where text of people stands: of a destroyed zaak none is left, in no table."""
    zaak = stad.old_zaak()
    stad.approved()
    assert destroy() == 1
    for model, veld in referring():
        if isinstance(veld, models.ForeignKey):
            continue
        rijen = model._default_manager.filter(**{veld.name: str(zaak.ref)})
        for een in model._meta.local_concrete_fields:
            if isinstance(een, EncryptedTextField):
                assert set(rijen.values_list(een.name, flat=True)) <= {""}, (model, een.name)


def test_the_zaken_of_others_are_not_touched(stad: Gemeente):
    """Every table keeps as many rows of another zaak as it had."""
    blijft = stad.old_zaak("Blijft")
    zaak = stad.old_zaak("Gaat")
    seal_waiting(nu())

    def count(ref: ZaakRef) -> dict[tuple[str, str], int]:
        return {
            (model._meta.db_table, veld.name): model._default_manager.filter(
                **{veld.name: ref.id if isinstance(veld, models.ForeignKey) else str(ref)}
            ).count()
            for model, veld in referring()
        }

    voor = count(blijft.ref)
    destroy_zaak(zaak.ref, besloten_op=nu())
    assert count(blijft.ref) == voor
    assert sum(voor.values()) > 20
