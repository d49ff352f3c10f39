"""The script of the demo: a zaak as a few lines of what happened on which day.

Days count from today: -20 is twenty days ago. Loading plays every line of every zaak in the order of time.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from eloket.kernel.klok import AMSTERDAM


def at(dag: int, uur: int, minuut: int, *, peildag: date) -> datetime:
    """The moment on the clock of Amsterdam, `dag` days from `peildag`."""
    return datetime.combine(peildag + timedelta(days=dag), time(uur, minuut), tzinfo=AMSTERDAM)


@dataclass(frozen=True, slots=True)
class Stap:
    """The handler sets a status; `resultaat` with the last one. A decision adds its letter to the documents."""

    dag: int
    volgnummer: int
    toelichting: str = ""
    resultaat: str = ""


@dataclass(frozen=True, slots=True)
class Vraag:
    """The handler asks a document, by letter and as a taak. `deadline` is a day, as `dag`."""

    dag: int
    titel: str
    toelichting: str
    deadline: int


@dataclass(frozen=True, slots=True)
class Post:
    """A message. `gelezen`: the other side opened it, later that day."""

    dag: int
    tekst: str
    door_gemeente: bool = False
    gelezen: bool = True
    tijd: tuple[int, int] = (10, 12)


@dataclass(frozen=True, slots=True)
class Bijlage:
    """The resident adds a file: `jpg` is the lease, `pdf` and `docx` are samples."""

    dag: int
    naam: str


@dataclass(frozen=True, slots=True)
class Stilstand:
    """The term stands still from this day."""

    dag: int
    reden: str


@dataclass(frozen=True, slots=True)
class Oordeel:
    """The handler judges the newest document of the applicant: accepted as `documenttype`, or refused with a `reden`
    and (with a `deadline`, a day) asked for again."""

    dag: int
    documenttype: str = ""
    reden: str = ""
    deadline: int | None = None


@dataclass(frozen=True, slots=True)
class Aantekening:
    """An internal note of the handler."""

    dag: int
    tekst: str


@dataclass(frozen=True, slots=True)
class Overdracht:
    """The handler gives the zaak to another afdeling, with a note."""

    dag: int
    afdeling: str
    notitie: str


Lijn = Stap | Vraag | Post | Bijlage | Stilstand | Oordeel | Aantekening | Overdracht


@dataclass(frozen=True, slots=True)
class DemoZaak:
    """`wie` is a BSN, a KvK number, or KvK number and vestigingsnummer with a slash between.

    The handler of the afdeling takes the zaak with the first line that is theirs. `nummer` is the number within its
    year, when the design pictures show one; `brief` adds a letter that confirms receipt.
    """

    wie: str = field(repr=False)
    zaaktype: str
    start: int
    lijn: tuple[Lijn, ...] = ()
    omschrijving: str = ""
    toelichting: str = ""
    nummer: int = 0
    kenmerken: tuple[tuple[str, str], ...] = ()
    brief: bool = True
