"""Zaaknummers for the demo: they grow with the date, and pass through those that the design pictures show."""

from datetime import date

_PER_DAG = 13  # zaken that a municipality of this size starts on a day


def number_on(dag: date, vast: dict[date, int]) -> int:
    """A likely number for a zaak started on `dag`: between the fixed numbers before and after it in that year."""
    ijkpunten = sorted(
        {date(dag.year, 1, 1): 0, **{d: n for d, n in vast.items() if d.year == dag.year}}.items()
    )
    voor = [punt for punt in ijkpunten if punt[0] <= dag]
    na = [punt for punt in ijkpunten if punt[0] > dag]
    begin, laagst = voor[-1]
    verstreken = (dag - begin).days
    if not na:
        return laagst + _PER_DAG * verstreken
    einde, hoogst = na[0]
    return laagst + (hoogst - laagst) * verstreken // (einde - begin).days
