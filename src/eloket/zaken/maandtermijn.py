"""Terms that a law gives in months, such as the one month of AVG 12 lid 3.

Source: Regulation (EEC, Euratom) 1182/71, article 3: the day of receipt does not count (lid 1); a period of months ends
with the same date of the last month, or with the last day of that month when it has no such date (lid 2, c); when that
is a Saturday, a Sunday or a holiday, with the next working day (lid 4).
"""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from eloket.beschikbaarheid.termijn import next_working_day


def end_of_months(dag: date, maanden: int) -> date:
    """The last day of a period of this many months for what came in on `dag`."""
    return next_working_day(dag + relativedelta(months=maanden))


def first_end(startdatum: date, *, dagen: int, maanden: int | None) -> date:
    """The last day of the term of a zaak: in months when the zaaktype says so, else in days."""
    return end_of_months(startdatum, maanden) if maanden else startdatum + timedelta(days=dagen)


def extended_end(startdatum: date, uiterlijk: date, *, dagen: int, maanden: int | None, erbij: int) -> date:
    """The last day after an extension by `erbij` months. In months it is counted from the receipt: two times "the next
    working day" would be too long. The days that the term stood still stay in it.
    """
    if not maanden:
        return end_of_months(uiterlijk, erbij)
    stil = uiterlijk - first_end(startdatum, dagen=dagen, maanden=maanden)
    return next_working_day(end_of_months(startdatum, maanden + erbij) + stil)
