"""What a limit is."""

from dataclasses import dataclass

from django.http import HttpRequest

_LEEST = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


@dataclass(frozen=True, slots=True)
class Maat:
    """So many times in a window of so many seconds. Windows are fixed: around the change of two, twice as many pass."""

    keren: int
    seconden: int = 600


@dataclass(frozen=True, slots=True)
class Limiet:
    """`naam` is what is counted together. Who logged in counts as a person, and then never by address: neighbours
    behind one address cannot lock each other out. Who fills in a form without a login counts as a person and by
    address: a new browser is a new person. Others count by address.

    `lezen`: opening the page counts too; `alleen_met`: then only with this parameter. `tekst` is what one reads; how
    long to wait comes behind it. `kort`: nobody reads it, so the refusal is no page and leaves the session alone.
    """

    naam: str
    per_persoon: Maat | None = None
    per_adres: Maat | None = None
    lezen: bool = False
    alleen_met: str = ""
    kort: bool = False
    tekst: str = "U heeft dit in korte tijd heel vaak gedaan. Daarom kan het nu even niet."

    def counts(self, request: HttpRequest) -> bool:
        """Whether this request is one of what is limited."""
        if request.method not in _LEEST:
            return True
        if not self.lezen or request.method == "OPTIONS":
            return False
        return not self.alleen_met or bool(request.GET.get(self.alleen_met, "").strip())
