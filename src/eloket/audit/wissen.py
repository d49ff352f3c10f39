"""Empties the encrypted text of sealed rows, when what they tell of may no longer be known (AVG 5, first paragraph).

The row stays, with its place in the chain: that there was proof, of what kind and when. A signed `Wissing` says that
its text went on purpose and what the row is since: a check still sees every other change (audit.controle).
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from eloket.audit import vingerafdruk
from eloket.audit.models import Wissing, Zegel
from eloket.audit.verzegeld import VerzegeldeRegel
from eloket.kernel.crypto import vault


class NogNietVerzegeld(Exception):
    """A row has no seal yet, so it cannot be emptied: the worker seals it within a minute. Nothing was emptied."""


def wipe_text(model: type[VerzegeldeRegel], ids: Collection[int], *, reden: str, now: datetime) -> int:
    """Empty the encrypted columns of these rows, in the caller's transaction; returns how many were emptied now.

    `reden` is a code or a short text without personal data. Emptied before: nothing happens. Raises NogNietVerzegeld.
    """
    velden = model.versleutelde_kolommen()
    with transaction.atomic():
        rijen = model.rijen().select_for_update().filter(pk__in=list(ids)).order_by("pk")
        vol = [rij for rij in rijen if any(getattr(rij, veld) for veld in velden)]
        if any(rij.zegel is None for rij in vol):
            raise NogNietVerzegeld
        for rij in vol:
            _wipe(model, rij, reden, now)
    return len(vol)


def _wipe(model: type[VerzegeldeRegel], rij: VerzegeldeRegel, reden: str, now: datetime) -> None:
    assert rij.zegel is not None  # who calls it looked
    model.rijen().filter(pk=rij.pk).update(**dict.fromkeys(model.versleutelde_kolommen(), ""))
    kolommen = Zegel.objects.values_list("kolommen", flat=True).get(keten=model.keten(), volgnummer=rij.zegel)
    namen = kolommen.split(",")
    waarden = model.rijen().values_list(*namen).get(pk=rij.pk)
    wissing = Wissing(
        keten=model.keten(),
        regel=rij.pk,
        zegel=rij.zegel,
        afdruk=vingerafdruk.of_regel(model.keten(), namen, waarden),
        moment=now,
        reden=reden,
        sleutel=vault().zegel_sleutel,
    )
    wissing.hash = vingerafdruk.of_wissing(wissing)
    wissing.save(force_insert=True)
