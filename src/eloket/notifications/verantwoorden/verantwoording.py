"""The account of a period: what happened to every notification and every mail, and what cannot be explained.

It is read from the rows themselves and from the proof, and holds the two against each other (Wmebv, Awb 2:10:
afterwards the sender can show what was sent, when, and what came of it). What does not fit is a `Gat`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from eloket.berichten.queries import list_ids_van_gemeente
from eloket.kernel.herkennen import recognise
from eloket.kernel.klok import nu
from eloket.notifications.bezorgen.bezorging import OPGEVEN_NA
from eloket.notifications.models import ONDERWEG, TE_MAILEN, BewijsRegel, Notificatie, Zending
from eloket.notifications.types import BewijsSoort, Kanaal, Uitkomst
from eloket.zaken.queries import list_gevraagd_ids

GEDULD = timedelta(hours=1)  # so long may something be due: a worker that is away for a moment is no gap
MEESTE_VOORBEELDEN = 20
_PER_KEER = 500
_MISLUKT = (
    BewijsSoort.GEWEIGERD,
    BewijsSoort.OPGEGEVEN,
    BewijsSoort.VERVALLEN,
    BewijsSoort.TERUGGEKOMEN,
)
_EINDEN = (
    BewijsSoort.VERZONDEN,
    BewijsSoort.UITGESTELD,
    BewijsSoort.GEWEIGERD,
    BewijsSoort.OPGEGEVEN,
    BewijsSoort.VERVALLEN,
)


@dataclass(frozen=True, slots=True)
class Gat:
    """What cannot be explained, how often, and a few of the numbers or ids (never a name or an address)."""

    wat: str
    aantal: int
    voorbeelden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verantwoording:
    """Of all notifications that were made from `van` until `tot`, and the mails and letters that carry them.

    `zonder_eind` counts attempts of which nobody noted the end: a worker died, so that mail may have gone twice, under
    the same Message-ID. `wachtend` counts what is on its way and may still be.
    """

    van: datetime
    tot: datetime
    notificaties: int
    zonder_mail: dict[Uitkomst | str, int]
    wachtend: int
    mails: int
    verzonden: int
    bezorgd: int
    teruggekomen: int
    mislukt: int
    brieven: int
    brieven_op_post: int
    geopend: int
    pogingen: int
    zonder_eind: int
    gaten: tuple[Gat, ...]

    @property
    def is_volledig(self) -> bool:
        """Whether everything is accounted for."""
        return not self.gaten


def make_verantwoording(van: datetime, tot: datetime) -> Verantwoording:
    """The account of what was told from `van` (aware) until `tot`. Reads much, writes nothing."""
    rijen = Notificatie.objects.filter(gemaakt_op__gte=van, gemaakt_op__lt=tot)
    zendingen = Zending.objects.filter(Exists(rijen.filter(zending=OuterRef("pk"))))
    mails, brieven = zendingen.filter(kanaal=Kanaal.EMAIL), zendingen.filter(kanaal=Kanaal.BRIEF)
    in_mail = mails.aggregate(
        alle=Count("pk"),
        verzonden=Count("pk", filter=Q(verzonden_op__isnull=False)),
        mislukt=Count("pk", filter=Q(mislukt_op__isnull=False)),
        pogingen=Sum("pogingen", default=0),
    )
    redenen = (
        rijen.exclude(uitkomst="").values_list("uitkomst").annotate(aantal=Count("pk")).order_by("uitkomst")
    )
    return Verantwoording(
        van=van,
        tot=tot,
        notificaties=rijen.count(),
        zonder_mail={recognise(Uitkomst, uitkomst): aantal for uitkomst, aantal in redenen},
        wachtend=rijen.filter(uitkomst="")
        .filter(Q(zending=None) | Q(zending__in=mails.filter(ONDERWEG)))
        .count(),
        mails=in_mail["alle"],
        verzonden=in_mail["verzonden"],
        bezorgd=mails.filter(_heeft(BewijsSoort.BEZORGD)).count(),
        teruggekomen=mails.filter(_heeft(BewijsSoort.TERUGGEKOMEN)).count(),
        mislukt=in_mail["mislukt"],
        brieven=brieven.count(),
        brieven_op_post=brieven.exclude(verzonden_op=None).count(),
        geopend=rijen.exclude(geopend_op=None).count(),
        pogingen=in_mail["pogingen"],
        zonder_eind=_count_zonder_eind(mails),
        gaten=tuple(_gaten(rijen, zendingen, van, tot)),
    )


def _heeft(*soorten: BewijsSoort) -> Exists:
    """Whether a mail or letter has a fact of one of these kinds."""
    return Exists(BewijsRegel.objects.filter(zending_id=OuterRef("pk"), soort__in=soorten))


def _van_notificatie(*soorten: BewijsSoort) -> Exists:
    return Exists(BewijsRegel.objects.filter(notificatie_id=OuterRef("pk"), soort__in=soorten))


def _count_zonder_eind(mails: "QuerySet[Zending, Zending]") -> int:
    """Attempts minus their ends. Of a mail that is being sent at this moment the last attempt has none yet."""
    feiten = BewijsRegel.objects.filter(zending_id__in=mails.filter(pogingen__gt=0).values("pk"))
    getallen = feiten.aggregate(
        pogingen=Count("pk", filter=Q(soort=BewijsSoort.POGING)),
        einden=Count("pk", filter=Q(soort__in=_EINDEN)),
    )
    bezig = mails.filter(ONDERWEG, lease_tot__gt=nu(), pogingen__gt=0).count()
    return max(int(getallen["pogingen"]) - int(getallen["einden"]) - bezig, 0)


Controle = tuple[str, "QuerySet[Any, Any]"]


def _gaten(
    rijen: "QuerySet[Notificatie, Notificatie]",
    zendingen: "QuerySet[Zending, Zending]",
    van: datetime,
    tot: datetime,
) -> Iterator[Gat]:
    mails = zendingen.filter(kanaal=Kanaal.EMAIL)
    for wat, gevonden in (*_of_notificaties(rijen), *_of_mails_underway(mails), *_of_mails_ended(mails)):
        if aantal := gevonden.count():
            yield Gat(
                wat, aantal, tuple(map(str, gevonden.values_list("pk", flat=True)[:MEESTE_VOORBEELDEN]))
            )
    yield from _not_told("berichten van ons waar niemand iets van hoorde", list_ids_van_gemeente(van, tot))
    yield from _not_told("vragen van ons waar niemand iets van hoorde", list_gevraagd_ids(van, tot))


def _of_notificaties(rijen: "QuerySet[Notificatie, Notificatie]") -> Iterator[Controle]:
    wacht = rijen.filter(TE_MAILEN, gepland_op__lt=nu() - GEDULD)
    yield "notificaties waar na een uur nog geen e-mail van is gemaakt", wacht
    yield (
        "notificaties zonder bewijs dat ze gemaakt zijn",
        rijen.filter(~_van_notificatie(BewijsSoort.GEMAAKT)),
    )
    zonder = rijen.filter(zending=None).exclude(uitkomst="")
    yield (
        "notificaties zonder e-mail waarvan de reden niet in het bewijs staat",
        zonder.filter(~_van_notificatie(BewijsSoort.GEEN_MAIL)),
    )
    mee = rijen.exclude(zending=None)
    yield (
        "notificaties in een e-mail of brief waarvan het bewijs dat niet zegt",
        mee.filter(~_van_notificatie(BewijsSoort.IN_ZENDING, BewijsSoort.BRIEF_GEMAAKT)),
    )
    yield (
        "notificaties die geopend zijn zonder bewijs",
        rijen.exclude(geopend_op=None).filter(~_van_notificatie(BewijsSoort.GEOPEND)),
    )


def _of_mails_underway(mails: "QuerySet[Zending, Zending]") -> Iterator[Controle]:
    onderweg = mails.filter(ONDERWEG)
    yield "e-mails die een uur over tijd zijn", onderweg.filter(volgende_poging_op__lt=nu() - GEDULD)
    yield (
        "e-mails die langer dan een week onderweg zijn",
        onderweg.filter(gemaakt_op__lt=nu() - OPGEVEN_NA - GEDULD),
    )


def _of_mails_ended(mails: "QuerySet[Zending, Zending]") -> Iterator[Controle]:
    verstuurd = mails.exclude(verzonden_op=None)
    yield "e-mails die verstuurd zijn zonder bewijs", verstuurd.filter(~_heeft(BewijsSoort.VERZONDEN))
    mislukt = mails.exclude(mislukt_op=None)
    yield "e-mails die mislukt zijn zonder bewijs", mislukt.filter(~_heeft(*_MISLUKT))


def _not_told(wat: str, ids: Iterable[str]) -> Iterator[Gat]:
    """Things that somebody should have been told of, and of which no notification was made."""
    aantal, voorbeelden = 0, list[str]()
    for deel in _batches(ids):
        verteld = set(
            BewijsRegel.objects.filter(onderwerp_id__in=deel, soort=BewijsSoort.GEMAAKT).values_list(
                "onderwerp_id", flat=True
            )
        )
        gemist = [een for een in deel if een not in verteld]
        aantal += len(gemist)
        voorbeelden += gemist[: MEESTE_VOORBEELDEN - len(voorbeelden)]
    if aantal:
        yield Gat(wat, aantal, tuple(voorbeelden))


def _batches(ids: Iterable[str]) -> Iterator[list[str]]:
    lopend = iter(ids)
    while deel := list(islice(lopend, _PER_KEER)):
        yield deel
