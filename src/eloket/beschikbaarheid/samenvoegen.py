"""Outages of one thing that overlap or touch are one: whichever of them terms were extended for goes on as that one."""

from dataclasses import dataclass
from datetime import datetime

from eloket.beschikbaarheid.models import Onderbreking, Slot
from eloket.beschikbaarheid.queries import live
from eloket.beschikbaarheid.types import Herkomst, Soort, Wat


@dataclass(frozen=True, slots=True)
class Wens:
    """An outage as somebody reports it. `eind` None: it goes on."""

    wat: Wat
    soort: Soort
    begin: datetime
    eind: datetime | None
    reden: str
    herkomst: Herkomst
    door_key: str = ""

    def adds_nothing_to(self, rij: Onderbreking, now: datetime) -> bool:
        """All of it is known already: nothing new in time or text. One that goes on reaches until now."""
        if self.reden and self.reden != rij.reden:
            return False
        if self.herkomst is not Herkomst.METING and self.eind is None and rij.eind is not None:
            return False  # somebody says that it goes on, whatever was planned
        return rij.begin <= self.begin and (rij.eind is None or rij.eind >= (self.eind or now))


def hold(wat: Wat) -> None:
    """Nobody else changes outages of this until the caller's transaction ends."""
    Slot.objects.get_or_create(wat=wat)
    Slot.objects.select_for_update().get(wat=wat)


def live_rows(wat: Wat) -> list[Onderbreking]:
    """Every outage of this that counts, oldest first."""
    return list(live().filter(wat=wat).order_by("begin", "pk"))


def unite(wens: Wens, now: datetime, *, rij: Onderbreking | None = None) -> Onderbreking:
    """Store it (as the new state of `rij`, when that is given), as one with everything that it touches. Call `hold`
    before."""
    rest = [een for een in live_rows(wens.wat) if rij is None or een.pk != rij.pk]
    begin, eind, geraakt = wens.begin, wens.eind, list[Onderbreking]()
    while nog := [een for een in rest if _touches(een, begin, eind, now)]:
        geraakt += nog
        rest = [een for een in rest if een not in nog]
        begin = min(begin, *(een.begin for een in nog))
        eind = _latest([eind, *(een.eind for een in nog)])
    samen = [*([rij] if rij else []), *geraakt]
    blijft = min(samen, key=_first_to_stay) if samen else Onderbreking(wat=wens.wat, gemaakt_op=now)
    for een in samen:
        if een.pk != blijft.pk:
            een.opgegaan_in = blijft
            een.save(update_fields=["opgegaan_in"])
    _fill(blijft, wens, begin, eind, geraakt)
    blijft.save()
    return blijft


def _touches(een: Onderbreking, begin: datetime, eind: datetime | None, now: datetime) -> bool:
    """What goes on reaches until now: next week's maintenance is not part of it. Two that go on are always one, also
    when one of them began after now, as after a clock that went back."""
    if een.eind is None and eind is None:
        return True
    return een.begin <= (eind or max(begin, now)) and begin <= (een.eind or max(een.begin, now))


def _latest(einden: list[datetime | None]) -> datetime | None:
    bekend = [eind for eind in einden if eind is not None]
    return max(bekend) if len(bekend) == len(einden) else None


def _first_to_stay(een: Onderbreking) -> tuple[bool, datetime, str]:
    """The one that terms were extended for, else the oldest: then nothing is extended twice."""
    return (een.gemeld_eind is None, een.gemaakt_op, str(een.pk))


def _fill(
    rij: Onderbreking, wens: Wens, begin: datetime, eind: datetime | None, geraakt: list[Onderbreking]
) -> None:
    is_storing = wens.soort is Soort.STORING or any(een.soort == Soort.STORING for een in geraakt)
    handen = [een for een in geraakt if een.eind is None and een.herkomst != Herkomst.METING]
    rij.soort = (Soort.STORING if is_storing else Soort.ONDERHOUD).value
    rij.reden = wens.reden or next((een.reden for een in (rij, *geraakt) if een.reden), "")
    rij.herkomst = (Herkomst(handen[0].herkomst) if handen else wens.herkomst).value
    rij.door_key = handen[0].door_key if handen else wens.door_key
    rij.begin, rij.eind, rij.is_afgehandeld = begin, eind, False
