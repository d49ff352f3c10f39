"""What the dashboard is asked: over which weeks, which afdeling, which zaaktype."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from eloket.identity.types import Actor

PERIODEN = (12, 26, 52)


@dataclass(frozen=True, slots=True)
class Vraag:
    """Empty `afdeling` or `zaaktype`: all that the actor may see."""

    weken: int = PERIODEN[0]
    afdeling: str = ""
    zaaktype: str = ""

    @classmethod
    def parse(cls, velden: Mapping[str, str]) -> "Vraag":
        """From the query of the URL; what it cannot read is left out."""
        weken = velden.get("weken", "")
        return cls(
            weken=int(weken) if weken in set(map(str, PERIODEN)) else PERIODEN[0],
            afdeling=velden.get("afdeling", "").replace("\x00", "")[:40],
            zaaktype=velden.get("zaaktype", "").replace("\x00", "")[:50],
        )

    @property
    def week(self) -> timedelta:
        return timedelta(weeks=1)

    @property
    def duur(self) -> timedelta:
        return timedelta(weeks=self.weken)

    @property
    def query(self) -> str:
        """As in the URL, without the question mark."""
        return urlencode({"weken": self.weken, "afdeling": self.afdeling, "zaaktype": self.zaaktype})

    def cache_key(self, actor: Actor) -> str:
        """The same for everybody who may see the same."""
        delen = (self.query, *sorted(actor.afdelingen), "|", *sorted(actor.zaaktypen))
        return "dashboard-" + hashlib.sha256("\n".join(delen).encode()).hexdigest()
