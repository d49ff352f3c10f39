"""Money as people type and read it, kept as a whole number of euro cents."""

import re
from decimal import Decimal

_GETAL = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)")
MEESTE_CIJFERS = 12


def parse_getal(tekst: str) -> Decimal | None:
    """`1.234,5`, `1234.5` and `1 234,5` are all 1234.5; a dot before exactly three digits parts thousands. None when it
    is no number, or one of more than twelve digits. design_system/js/voorwaarden.js reads it in the same way.
    """
    kaal = re.sub(r"[\s\u00a0\u202f]", "", tekst).removesuffix(",-").removesuffix(",--")
    if not kaal.isascii() or not _GETAL.fullmatch(kaal):
        return None
    if re.fullmatch(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?", kaal):
        kaal = kaal.replace(".", "")
    getal = kaal.replace(",", ".")
    return Decimal(getal) if sum(teken.isdigit() for teken in getal) <= MEESTE_CIJFERS else None


def parse_bedrag(tekst: str) -> int | None:
    """`€ 1.234,50` is 123450 cents; None for what is no amount, or has parts of a cent."""
    getal = parse_getal(tekst.replace("€", "").replace("EUR", ""))
    if getal is None or getal * 100 != int(getal * 100):
        return None
    return int(getal * 100)


def schrijf_getal(getal: Decimal | int) -> str:
    """`1.234,5`: as it is written in Dutch, without zeros at the end."""
    heel, _, rest = f"{getal:f}".partition(".")
    min_teken, cijfers = ("-", heel[1:]) if heel.startswith("-") else ("", heel)
    groepen = f"{int(cijfers):,}".replace(",", ".")
    rest = rest.rstrip("0")
    return f"{min_teken}{groepen}{',' + rest if rest else ''}"


def schrijf_bedrag(cent: int) -> str:
    """`€ 1.234,50` for an amount in cents; 0 is `gratis`, as a price list says it."""
    return "gratis" if cent == 0 else schrijf_euro(cent)


def schrijf_euro(cent: int) -> str:
    """`€ 1.234,50`, and `€ 0,00` for nothing."""
    heel = f"{abs(cent) // 100:,}".replace(",", ".")
    return f"{'-' if cent < 0 else ''}€ {heel},{abs(cent) % 100:02d}"
