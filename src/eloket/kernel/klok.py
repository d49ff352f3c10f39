"""Time: stored in UTC, shown in Europe/Amsterdam, written out in Dutch (house rule 5)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


_ander_moment: ContextVar[datetime | None] = ContextVar("ander_moment", default=None)


def nu() -> datetime:
    """The present moment, aware, in UTC. The one place tests patch."""
    return _ander_moment.get() or timezone.now()


@contextmanager
def op_moment(moment: datetime) -> Iterator[None]:
    """Let `nu()` answer this aware moment inside the block, in this thread only.

    For demo data, which needs a past, made by the same services that make the present. Never used by a request.
    Raises ValueError for a naive moment.
    """
    if moment.tzinfo is None:
        raise ValueError("moment zonder tijdzone")
    merk = _ander_moment.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _ander_moment.reset(merk)


def vandaag() -> date:
    """Today's date in Amsterdam."""
    return nu().astimezone(AMSTERDAM).date()


def datum_van(moment: datetime) -> date:
    """The Amsterdam calendar date of an aware moment."""
    return moment.astimezone(AMSTERDAM).date()


def begin_van(dag: date) -> datetime:
    """The moment in Amsterdam at which this day begins."""
    return datetime.combine(dag, time(), tzinfo=AMSTERDAM)


def schrijf_datum(dag: date) -> str:
    """`3 november 2026`"""
    return f"{dag.day} {MAANDEN[dag.month - 1]} {dag.year}"


def schrijf_moment(moment: datetime) -> str:
    """`10 november 2026, 10.12 uur`, in Amsterdam time."""
    return f"{schrijf_datum(datum_van(moment))}, {schrijf_tijd(moment)} uur"


def schrijf_zaken(aantal: int) -> str:
    """`1 zaak`, `5 zaken`"""
    return "1 zaak" if aantal == 1 else f"{aantal} zaken"


def schrijf_tijd(moment: datetime) -> str:
    """`14.03`, in Amsterdam time."""
    lokaal = moment.astimezone(AMSTERDAM)
    return f"{lokaal.hour}.{lokaal.minute:02d}"


def schrijf_dagen(dagen: int) -> str:
    """`1 dag`, `5 dagen`"""
    return "1 dag" if dagen == 1 else f"{dagen} dagen"
