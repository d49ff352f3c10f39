"""When a number is unusual: beside what somebody does on other days, and beside what colleagues do.

By median and median absolute deviation (MAD): a few odd days move neither, so who looks at very much on one day does
not make that usual, and a colleague who does hides nobody. 1.4826 makes a MAD comparable with a standard deviation
(Rousseeuw and Croux, 1993).
"""

from collections.abc import Sequence
from statistics import median

from eloket.inzage.opvallend.types import Drempels, Maat, Reden

MINSTENS = 10  # days to compare with; fewer say nothing
_NORMAAL = 1.4826


def grens_van(waarden: Sequence[int], factor: int) -> float | None:
    """Above this a number is unusual beside these; None when there are too few. Never below their median plus `factor`,
    because people who always do the same have a spread of nothing."""
    if len(waarden) < MINSTENS:
        return None
    midden = median(waarden)
    spreiding = median([abs(een - midden) for een in waarden])
    return midden + factor * max(1.0, _NORMAAL * spreiding)


def judge(
    maat: Maat, aantal: int, *, eigen: Sequence[int], collegas: Sequence[int], drempels: Drempels
) -> Reden | None:
    """The reason when `aantal` on one day is unusual beside the `eigen` days or beside those of `collegas`.

    Without either to compare with: from twice the threshold on.
    """
    vanaf = drempels.vanaf.get(maat, 0)
    if vanaf < 1 or aantal < vanaf:
        return None
    grenzen = [grens for een in (eigen, collegas) if (grens := grens_van(een, drempels.factor)) is not None]
    is_opvallend = any(aantal > grens for grens in grenzen) if grenzen else aantal >= 2 * vanaf
    return Reden(maat, aantal, _usual(eigen), _usual(collegas)) if is_opvallend else None


def _usual(waarden: Sequence[int]) -> int | None:
    return round(median(waarden)) if len(waarden) >= MINSTENS else None
