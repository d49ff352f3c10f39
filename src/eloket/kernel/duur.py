"""A period on the calendar, as ISO 8601 writes it: `P5Y`, `P18M`, `P1Y6M`, `P6W`, `P30D`. Dates only, no hours.

This is how the ZGW standards write archiefactietermijn and procestermijn.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_VORM = re.compile(r"P(?=\d)(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?", re.ASCII)

_EENHEID = {
    "jaar": "Y", "jaren": "Y", "maand": "M", "maanden": "M", "week": "W", "weken": "W", "dag": "D", "dagen": "D",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Duur:
    """`maanden` counts years as twelve, `dagen` counts weeks as seven. Never empty and never negative."""

    maanden: int
    dagen: int

    @classmethod
    def parse(cls, tekst: str) -> "Duur":
        """Raises ValueError, also for a period of nothing."""
        vorm = _VORM.fullmatch(tekst)
        jaren, maanden, weken, dagen = (int(deel or 0) for deel in vorm.groups()) if vorm else (0, 0, 0, 0)
        duur = cls(jaren * 12 + maanden, weken * 7 + dagen)
        if not duur.maanden and not duur.dagen:
            raise ValueError(
                "geef een termijn als P5Y (vijf jaar), P18M (maanden), P6W (weken) of P30D (dagen)"
            )
        return duur

    @classmethod
    def lees(cls, tekst: str) -> "Duur":
        """As `parse`, and also as people write it: `5 jaar`, `1 jaar en 6 maanden`, `30 dagen`. Raises ValueError."""
        delen = tekst.casefold().replace(",", " ").replace(" en ", " ").split()
        paren = list(zip(delen[::2], delen[1::2], strict=False))
        letters = [_EENHEID.get(eenheid, "?") for _, eenheid in paren]
        if len(delen) % 2 or not paren or letters != sorted(letters, key="YMWD?".index):
            return cls.parse(tekst)
        return cls.parse(
            "P" + "".join(f"{aantal}{een}" for (aantal, _), een in zip(paren, letters, strict=True))
        )

    def na(self, dag: date) -> date:
        """The day on which a period that began on `dag` is over.

        Months go first: the same day of a later month, or the last one when that month is shorter (31 January and a
        month is 28 February; 29 February and a year is 28 February). Then days. Raises OverflowError after the year
        9999.
        """
        return _shift(dag, self.maanden) + timedelta(days=self.dagen)

    def voor(self, dag: date) -> date:
        """The last day on which a period that is over on `dag` can have begun. Raises OverflowError."""
        begin = _shift(dag - timedelta(days=self.dagen), -self.maanden)
        while self.na(begin + timedelta(days=1)) <= dag:  # month ends: several days may lead to one
            begin += timedelta(days=1)
        return begin

    @property
    def iso(self) -> str:
        """The one way in which we write it: `P1Y6M` for `P18M`, `P42D` for `P6W`."""
        jaren, maanden = divmod(self.maanden, 12)
        delen = ((jaren, "Y"), (maanden, "M"), (self.dagen, "D"))
        return "P" + "".join(f"{aantal}{letter}" for aantal, letter in delen if aantal)

    @property
    def tekst(self) -> str:
        """`5 jaar`, `1 jaar en 6 maanden`, `30 dagen`"""
        jaren, maanden = divmod(self.maanden, 12)
        delen = [
            f"{jaren} jaar" if jaren else "",
            _aantal(maanden, "maand", "maanden"),
            _aantal(self.dagen, "dag", "dagen"),
        ]
        gevuld = [deel for deel in delen if deel]
        return " en ".join((", ".join(gevuld[:-1]), gevuld[-1])) if len(gevuld) > 1 else gevuld[0]


def _aantal(hoeveel: int, een: str, meer: str) -> str:
    return f"{hoeveel} {een if hoeveel == 1 else meer}" if hoeveel else ""


def _shift(dag: date, maanden: int) -> date:
    """The same day of another month, or its last one."""
    jaar, maand = divmod(dag.year * 12 + dag.month - 1 + maanden, 12)
    if not date.min.year <= jaar <= date.max.year:
        raise OverflowError("dit jaar bestaat niet")
    return date(jaar, maand + 1, min(dag.day, monthrange(jaar, maand + 1)[1]))
