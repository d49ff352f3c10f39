"""How an outage moves the last day of a term.

The law: who is late because we could not be reached in a time before the end of the term, is not blamed for it (Awb
2:21 lid 3, Wmebv). It gives no number of days; we do, so that nobody has to argue. For a term whose last day falls in
the days of the outage:

1. the days of the term that the outage touched come back, counted from the day after it;
2. so the last day is at least the next working day after the outage;
3. and it is never on a Saturday, a Sunday or a recognised holiday (Algemene termijnenwet, articles 1 and 3, with Good
   Friday, King's Day and the fifth of May).

A term that ended before the outage, or that goes on after its last day, stays as it is. docs/operations.md tells it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from dateutil.easter import easter

from eloket.kernel.klok import datum_van

_DAG = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Periode:
    """The days in Amsterdam that an outage touched, the first and the last included."""

    eerste: date
    laatste: date

    @classmethod
    def van(cls, begin: datetime, eind: datetime) -> "Periode":
        """An outage until midnight does not touch the day that begins then."""
        return cls(datum_van(begin), datum_van(max(begin, eind - timedelta(microseconds=1))))

    def __contains__(self, dag: date) -> bool:
        return self.eerste <= dag <= self.laatste


def extend(laatste_dag: date, *, sinds: date, periode: Periode) -> date:
    """The last day of a term that began on `sinds`, after this outage. Never earlier than it was."""
    if laatste_dag not in periode:
        return laatste_dag
    geraakt = (laatste_dag - max(sinds, periode.eerste)).days + 1
    return next_working_day(periode.laatste + max(geraakt, 1) * _DAG)


def next_working_day(dag: date) -> date:
    """This day, or the first one after it on which a term may end (Algemene termijnenwet)."""
    while not is_working_day(dag):
        dag += _DAG
    return dag


def is_working_day(dag: date) -> bool:
    """No Saturday, Sunday or recognised holiday. Days that the government adds for one year are not known here."""
    return dag.weekday() < 5 and dag not in _holidays(dag.year)


@lru_cache(maxsize=32)
def _holidays(jaar: int) -> frozenset[date]:
    """Article 3 of the Algemene termijnenwet, and no other days: a calendar of days off knows more, or fewer."""
    pasen = easter(jaar)
    rond_pasen = (-2, 0, 1, 39, 49, 50)  # Good Friday, Easter, Ascension Day, Pentecost
    koningsdag = date(jaar, 4, 27)
    if koningsdag.weekday() == 6:
        koningsdag -= _DAG
    vast = (date(jaar, 1, 1), koningsdag, date(jaar, 5, 5), date(jaar, 12, 25), date(jaar, 12, 26))
    return frozenset((*(pasen + dagen * _DAG for dagen in rond_pasen), *vast))
