"""Empties the encrypted text of sealed rows, when what they tell of may no longer be known (AVG 5, first paragraph).

The row stays, with its place in the chain: that there was proof, of what kind and when. A signed `Wissing` says that
its text went on purpose and what the row is since: a check still sees every other change (audit.controle). What the row
was is held against its seal first: else we would sign for a change that somebody made before.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from eloket.audit import vingerafdruk
from eloket.audit.bevindingen import Bevinding, BewijsKloptNiet, Soort
from eloket.audit.controle import judge_zegel
from eloket.audit.models import Wissing, Zegel
from eloket.audit.verzegeld import VerzegeldeRegel
from eloket.kernel.crypto import OntsleutelenMislukt, vault


class NogNietVerzegeld(Exception):
    """A row has no seal yet, so it cannot be emptied: the worker seals it within a minute. Nothing was emptied."""


def wipe_text(model: type[VerzegeldeRegel], ids: Collection[int], *, reden: str, now: datetime) -> int:
    """Empty the encrypted columns of these rows, in the caller's transaction; returns how many were emptied now.

    `reden` is a code or a short text without personal data. Emptied before: nothing happens. Raises NogNietVerzegeld,
    and BewijsKloptNiet when one of them is not what was sealed: then none is emptied.
    """
    velden = model.versleutelde_kolommen()
    with transaction.atomic():
        rijen = model.rijen().select_for_update().filter(pk__in=list(ids)).order_by("pk")
        try:
            vol = [rij for rij in rijen if any(getattr(rij, veld) for veld in velden)]
        except OntsleutelenMislukt as error:
            raise BewijsKloptNiet(model.keten(), Bevinding(Soort.REGEL_ONLEESBAAR)) from error
        if any(rij.zegel is None for rij in vol):
            raise NogNietVerzegeld
        for rij in vol:
            _wipe(model, rij, reden, now)
    return len(vol)


def _wipe(model: type[VerzegeldeRegel], rij: VerzegeldeRegel, reden: str, now: datetime) -> None:
    assert rij.zegel is not None  # who calls it looked
    namen = _sealed_as(model, rij)
    model.rijen().filter(pk=rij.pk).update(**dict.fromkeys(model.versleutelde_kolommen(), ""))
    wissing = Wissing(
        keten=model.keten(),
        regel=rij.pk,
        zegel=rij.zegel,
        afdruk=_afdruk(model, rij, namen),
        moment=now,
        reden=reden,
        sleutel=vault().zegel_sleutel,
    )
    wissing.hash = vingerafdruk.of_wissing(wissing)
    wissing.save(force_insert=True)


def _sealed_as(model: type[VerzegeldeRegel], rij: VerzegeldeRegel) -> list[str]:
    """The columns that the seal of this row covers. Raises BewijsKloptNiet when seal or row is not what it was."""
    nummer = rij.zegel or 0
    zegel = Zegel.objects.filter(keten=model.keten(), volgnummer=nummer).first()
    mis = Soort.ZEGEL_VERDWENEN if zegel is None else judge_zegel(zegel)
    if zegel is None or mis is not None:
        raise BewijsKloptNiet(model.keten(), Bevinding(mis or Soort.ZEGEL_VERDWENEN, nummer))
    namen = zegel.kolommen.split(",")
    verzegeld = dict(vingerafdruk.unpack(bytes(zegel.regels))).get(rij.pk)
    if verzegeld is None:
        raise BewijsKloptNiet(model.keten(), Bevinding(Soort.REGEL_INGEVOEGD, nummer, rij.pk))
    if verzegeld != _afdruk(model, rij, namen):
        raise BewijsKloptNiet(model.keten(), Bevinding(Soort.REGEL_GEWIJZIGD, nummer, rij.pk))
    return namen


def _afdruk(model: type[VerzegeldeRegel], rij: VerzegeldeRegel, namen: list[str]) -> bytes:
    waarden = model.rijen().values_list(*namen).get(pk=rij.pk)
    return vingerafdruk.of_regel(model.keten(), namen, waarden)
