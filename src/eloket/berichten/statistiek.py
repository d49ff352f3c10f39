"""How long residents wait for an answer: counts and times, never a text or a name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from math import ceil
from statistics import median

from eloket.berichten.models import Bericht
from eloket.kernel.klok import datum_van

_Regel = tuple[str, bool, datetime]  # zaak_ref, is_van_gemeente, verzonden_op


@dataclass(frozen=True, slots=True)
class WeekAntwoord:
    """Of the messages answered in this week (from its Monday): how many, and after how many hours."""

    maandag: date
    aantal: int
    mediaan: float
    negentig: float  # nine out of ten were answered within this


@dataclass(frozen=True, slots=True)
class AntwoordTijden:
    """`wachtend`: zaken in which the resident had the last word; `langst` is how long the first of them waits."""

    weken: tuple[WeekAntwoord, ...]
    wachtend: int
    langst: timedelta


def get_antwoordtijden(
    afdelingen: frozenset[str], *, maandag: date, weken: int, nu: datetime
) -> AntwoordTijden:
    """Over the messages of these afdelingen in the last `weken` weeks, counted from `maandag`."""
    vanaf = nu - timedelta(days=(datum_van(nu) - maandag).days + 1)
    rijen = (
        Bericht.objects.filter(afdeling__in=afdelingen, verzonden_op__gte=vanaf)
        .order_by("zaak_ref", "verzonden_op", "id")
        .values_list("zaak_ref", "is_van_gemeente", "verzonden_op")
    )
    return build_antwoordtijden(rijen.iterator(chunk_size=5_000), maandag=maandag, weken=weken, nu=nu)


def build_antwoordtijden(
    regels: Iterable[_Regel], *, maandag: date, weken: int, nu: datetime
) -> AntwoordTijden:
    """`regels` by zaak and then by time. Somebody who writes twice waits from the first time. Pure."""
    per_week: dict[date, list[float]] = {}
    wachtend: list[datetime] = []
    for _, groep in groupby(regels, key=lambda regel: regel[0]):
        sinds: datetime | None = None
        for _, is_van_gemeente, moment in groep:
            if not is_van_gemeente:
                sinds = sinds or moment
            elif sinds is not None:
                dag = datum_van(moment)
                uren = (moment - sinds).total_seconds() / 3600
                per_week.setdefault(dag - timedelta(days=dag.weekday()), []).append(uren)
                sinds = None
        if sinds is not None:
            wachtend.append(sinds)
    begin = [maandag + timedelta(weeks=nummer) for nummer in range(weken)]
    return AntwoordTijden(
        weken=tuple(_week(dag, sorted(per_week.get(dag, ()))) for dag in begin),
        wachtend=len(wachtend),
        langst=nu - min(wachtend) if wachtend else timedelta(),
    )


def _week(maandag: date, uren: list[float]) -> WeekAntwoord:
    if not uren:
        return WeekAntwoord(maandag, 0, 0.0, 0.0)
    return WeekAntwoord(maandag, len(uren), median(uren), uren[ceil(len(uren) * 0.9) - 1])
