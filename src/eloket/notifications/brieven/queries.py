"""Reads of letters: the print queue, and how far the letter to somebody is."""

from collections import Counter
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Count, Q

from eloket.identity.access import namen_van
from eloket.kernel.klok import nu
from eloket.notifications.brieven.inhoud import once_each
from eloket.notifications.brieven.models import Briefbundel, BriefInhoud, is_printable
from eloket.notifications.brieven.types import (
    BriefStand,
    BundelInzage,
    GeposteBrief,
    LaatsteBrief,
    WachtendeBrief,
    Wachtrij,
    kenmerk_van,
)
from eloket.notifications.models import Notificatie
from eloket.notifications.types import Uitkomst

_GETOOND = 50
_RECENT = 20
_WACHT = Q(bundel=None, zending__verzonden_op=None, zending__mislukt_op=None)


def get_wachtrij() -> Wachtrij:
    """What is ready to print, and the bundles: those that were not posted yet, and the last ones that were. The caller
    may print."""
    rijen = BriefInhoud.objects.filter(_WACHT)
    is_klaar = is_printable(nu())
    tel = rijen.aggregate(klaar=Count("pk", filter=is_klaar), alle=Count("pk"))
    op_volgorde = rijen.filter(is_klaar).order_by("zending__gemaakt_op", "pk")
    klaar = list(op_volgorde.values_list("pk", "zending__gemaakt_op")[:_GETOOND])
    dingen = _count_dingen([pk for pk, _ in klaar])
    return Wachtrij(
        klaar=tuple(WachtendeBrief(kenmerk_van(pk), moment, dingen[pk]) for pk, moment in klaar),
        aantal=tel["klaar"],
        zonder_adres=tel["alle"] - tel["klaar"],
        bundels=_bundels(),
    )


def _count_dingen(brieven: Sequence[UUID]) -> Counter[UUID]:
    """Of each letter how many things it says (inhoud.once_each), without what was opened since. What is not needed any
    more falls away when it is taken (bundels): that costs a call per zaak."""
    rijen = Notificatie.objects.filter(zending__in=brieven, geopend_op=None).order_by("id")
    per_brief: dict[UUID, list[Notificatie]] = {pk: [] for pk in brieven}
    for rij in (
        rijen.only("soort", "zaak_ref", "onderwerp_id", "betrokkene_key", "zending") if brieven else ()
    ):
        if rij.zending_id:
            per_brief[rij.zending_id].append(rij)
    return Counter({pk: len(list(once_each(eigen))) for pk, eigen in per_brief.items()})


def get_bundel(bundel_id: UUID) -> BundelInzage | None:
    """One bundle; None when it is not there (any more). The caller may print."""
    rij = Briefbundel.objects.filter(pk=bundel_id, ingetrokken_op=None).first()
    return _inzage([rij])[0] if rij else None


def list_laatste_brieven(profiel_keys: Iterable[str]) -> dict[str, LaatsteBrief]:
    """Per party the last letter that was made. One query."""
    rijen = (
        BriefInhoud.objects.filter(zending__betrokkene_key__in=set(profiel_keys))
        .select_related("zending", "bundel")
        .defer("inhoud")
        .order_by("zending__gemaakt_op", "zending__volgorde")
    )
    return {rij.zending.betrokkene_key: _laatste(rij) for rij in rijen}


def list_geposte_brieven(zaak_ref: str, profiel_keys: Iterable[str] | None) -> tuple[GeposteBrief, ...]:
    """The letters about this zaak that went to the post, the oldest first: to these parties, or (None) to everybody.
    The caller has passed `access`. One query."""
    rijen = BriefInhoud.objects.filter(
        zending__notificaties__zaak_ref=zaak_ref, bundel__ingetrokken_op=None, bundel__gepost_op__isnull=False
    )
    if profiel_keys is not None:
        rijen = rijen.filter(zending__betrokkene_key__in=set(profiel_keys))
    velden = rijen.order_by("bundel__gemaakt_op", "pk").distinct()
    return tuple(
        GeposteBrief(kenmerk_van(pk), gemaakt_op, gepost_op, inhoud)
        for pk, gemaakt_op, gepost_op, inhoud in velden.values_list(
            "pk", "bundel__gemaakt_op", "bundel__gepost_op", "inhoud"
        )
        if gepost_op is not None
    )


def _laatste(rij: BriefInhoud) -> LaatsteBrief:
    zending = rij.zending
    if zending.verzonden_op is not None:
        stand = BriefStand.OP_POST
    elif zending.mislukt_op is not None:
        # Overtaken: they read it themselves, so there is nothing to say by letter.
        is_gelezen = zending.laatste_fout == Uitkomst.INGEHAALD
        stand = BriefStand.GEEN if is_gelezen else BriefStand.GEEN_ADRES
    else:
        stand = BriefStand.KLAAR if rij.adres else BriefStand.WACHT_OP_ADRES
    gepost_op = rij.bundel.gepost_op if rij.bundel else None
    return LaatsteBrief(stand, zending.gemaakt_op, gepost_op, kenmerk_van(zending.pk))


def _bundels() -> tuple[BundelInzage, ...]:
    """All that still have to be posted, and the last few that were."""
    alle = Briefbundel.objects.filter(ingetrokken_op=None)
    open_ = list(alle.filter(gepost_op=None).order_by("-gemaakt_op"))
    gepost = list(alle.filter(gepost_op__isnull=False).order_by("-gepost_op", "-gemaakt_op")[:_RECENT])
    return _inzage([*open_, *gepost])


def _inzage(rijen: Sequence[Briefbundel]) -> tuple[BundelInzage, ...]:
    namen = namen_van({rij.gemaakt_door for rij in rijen})
    return tuple(
        BundelInzage(rij.pk, rij.gemaakt_op, namen.get(rij.gemaakt_door, ""), rij.aantal, rij.gepost_op)
        for rij in rijen
    )
