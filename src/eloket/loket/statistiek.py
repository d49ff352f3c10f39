"""How a form does, in numbers per day: nothing of a person, and no draft can be told from another.

Where people stop is known in two ways: drafts that were thrown away or ran out of time (counted when that happened),
and drafts that stand still now.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Sum

from eloket.identity.beheer import must_manage
from eloket.identity.types import Actor
from eloket.loket.errors import FormulierNietGevonden
from eloket.loket.formulier.lezen import parse_once
from eloket.loket.meten import DUREN, LANGER
from eloket.loket.models import Concept, FormulierVersie, Meting
from eloket.loket.types import Moment, VersieStand

STIL = timedelta(days=1)  # a draft that was not changed for this long stands still


@dataclass(frozen=True, slots=True)
class WeekTelling:
    maandag: date
    gestart: int
    verstuurd: int


@dataclass(frozen=True, slots=True)
class StapTelling:
    """`stap_id` '' is the review. `klaar`: how many finished the step; `gestopt`: went away for good while they stood
    there; `stil`: drafts that stand there now."""

    stap_id: str
    titel: str
    klaar: int
    gestopt: int
    stil: int


@dataclass(frozen=True, slots=True)
class FormulierStand:
    """`duren` are (minutes up to and including, how many); None is longer. `gemiddeld` and `midden` are minutes, None
    when nothing was sent; `midden` is the upper end of the class that holds the middle one (None there: longer)."""

    titel: str
    is_check: bool
    weken: tuple[WeekTelling, ...]
    stappen: tuple[StapTelling, ...]
    duren: tuple[tuple[int | None, int], ...]
    gemiddeld: float | None

    @property
    def gestart(self) -> int:
        return sum(week.gestart for week in self.weken)

    @property
    def verstuurd(self) -> int:
        return sum(week.verstuurd for week in self.weken)

    @property
    def midden(self) -> int | None:
        """The class that holds the middle one; None when nothing was sent, or it is the longest."""
        totaal = sum(aantal for _, aantal in self.duren)
        tot_hier = 0
        for grens, aantal in self.duren:
            tot_hier += aantal
            if totaal and tot_hier * 2 >= totaal:
                return grens
        return None


def get_formulierstand(actor: Actor, slug: str, *, weken: int, vandaag: date, nu: datetime) -> FormulierStand:
    """The last so many weeks, with this one. Three queries. Raises FormulierNietGevonden."""
    must_manage(actor)
    maandag = vandaag - timedelta(days=vandaag.weekday())
    begin = maandag - timedelta(weeks=weken - 1)
    rijen = list(
        Meting.objects.filter(formulier=slug, dag__gte=begin)
        .values_list("dag", "wat", "stap")
        .annotate(aantal=Sum("aantal"), seconden=Sum("seconden"))
    )
    stille = Concept.objects.filter(formulier=slug, verstuurd_op=None, gewijzigd_op__lt=nu - STIL)
    stil = Counter(dict(stille.values_list("stap").annotate(aantal=Count("pk"))))
    titel, namen, is_check = _steps(slug)
    if is_check:
        del stil[""]  # a check that came to its outcome is done
    per_wat = _count(rijen)
    gemeten = sum(seconden for _, wat, _, _, seconden in rijen if wat == Moment.VERSTUURD)
    verstuurd = per_wat[Moment.VERSTUURD][""]
    return FormulierStand(
        titel=titel,
        is_check=is_check,
        weken=tuple(_weeks(rijen, begin, weken)),
        stappen=_step_counts(namen, per_wat, stil),
        duren=tuple((grens, per_wat[Moment.DUUR][str(grens or LANGER)]) for grens in (*DUREN, None)),
        gemiddeld=gemeten / 60 / verstuurd if verstuurd else None,
    )


_Rij = tuple[date, str, str, int, int]


def _count(rijen: Iterable[_Rij]) -> Mapping[Moment, Counter[str]]:
    """Per moment how often, per step."""
    per_wat: dict[Moment, Counter[str]] = {wat: Counter() for wat in Moment}
    for _, wat, stap, aantal, _ in rijen:
        per_wat[Moment(wat)][stap] += aantal
    return per_wat


def _weeks(rijen: Iterable[_Rij], begin: date, weken: int) -> Iterable[WeekTelling]:
    tellingen: Counter[tuple[int, str]] = Counter()
    for dag, wat, _, aantal, _ in rijen:
        tellingen[(dag - begin).days // 7, wat] += aantal
    for nummer in range(weken):
        yield WeekTelling(
            begin + timedelta(weeks=nummer),
            tellingen[nummer, Moment.GESTART],
            tellingen[nummer, Moment.VERSTUURD],
        )


def _steps(slug: str) -> tuple[str, dict[str, str], bool]:
    """The title, and the steps of the version that counts now: the published one, else the newest."""
    rijen = FormulierVersie.objects.filter(slug=slug).order_by("-versie")
    alle = list(rijen.values_list("sha", "inhoud", "stand"))
    gekozen = next((een for een in alle if een[2] == VersieStand.GEPUBLICEERD), alle[0] if alle else None)
    if gekozen is None:
        raise FormulierNietGevonden
    definitie = parse_once(gekozen[0], gekozen[1])
    return definitie.titel, {stap.id: stap.titel for stap in definitie.stappen}, definitie.is_check


def _step_counts(
    namen: Mapping[str, str], per_wat: Mapping[Moment, Counter[str]], stil: Counter[str]
) -> tuple[StapTelling, ...]:
    """Steps of today in their order; then those that only earlier versions had; then the review."""
    klaar, gestopt = per_wat[Moment.STAP], per_wat[Moment.GESTOPT]
    eerder = sorted((klaar.keys() | gestopt.keys() | stil.keys()) - namen.keys() - {""})
    titels = {**namen, **{een: f"{een} (in een eerdere versie)" for een in eerder}}
    stappen = [StapTelling(een, titel, klaar[een], gestopt[een], stil[een]) for een, titel in titels.items()]
    einde = StapTelling("", "Controleren en versturen", per_wat[Moment.VERSTUURD][""], gestopt[""], stil[""])
    return (*stappen, einde)
