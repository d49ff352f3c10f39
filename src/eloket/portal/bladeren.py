"""Pages of a list: which one was asked, and which one there is."""

from dataclasses import dataclass

from django.http import HttpRequest

_HOOGSTE = 100_000


@dataclass(frozen=True, slots=True)
class Bladzijde:
    """Page `nummer` of `aantal`, counted from 1; `offset` is how many items come before it."""

    nummer: int
    aantal: int
    totaal: int
    offset: int


def page_number(request: HttpRequest) -> int:
    """`?p=`, at least 1; what is no number is page 1."""
    tekst = request.GET.get("p", "1")
    if not (tekst.isascii() and tekst.isdigit() and len(tekst) < 9):
        return 1
    return max(1, min(int(tekst), _HOOGSTE))


def page_of(nummer: int, *, totaal: int, per_pagina: int) -> Bladzijde:
    """The asked page, or the last one there is when the list is shorter."""
    aantal = max(1, -(-totaal // per_pagina))
    nummer = min(nummer, aantal)
    return Bladzijde(nummer=nummer, aantal=aantal, totaal=totaal, offset=(nummer - 1) * per_pagina)
