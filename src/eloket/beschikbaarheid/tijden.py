"""Moments as people type them: in Amsterdam, with the two nights a year in which the clock changes."""

import re
from datetime import UTC, date, datetime, timedelta

from eloket.beschikbaarheid.errors import TijdOngeldig
from eloket.kernel.klok import AMSTERDAM, datum_van, schrijf_moment, schrijf_tijd

VOORBEELD = "3-11-2026 14:30"
_DAG = r"(?:(?P<dag>\d{1,2})-(?P<maand>\d{1,2})-(?P<jaar>\d{4})|(?P<iso>\d{4}-\d{2}-\d{2}))"
_MOMENT = re.compile(
    rf"(?:{_DAG}[ T]+)?(?P<uur>\d{{1,2}})[:.](?P<minuut>\d{{2}})(?: *uur)?(?: +(?P<tijd>zomertijd|wintertijd))?",
    re.ASCII | re.IGNORECASE,
)


def parse_moment(tekst: str, vandaag: date) -> datetime:
    """`3-11-2026 14:30`, `2026-11-03 14.30` or (today) `14:30`, in Amsterdam; aware, in UTC.

    The hour that comes twice when the clock goes back needs `zomertijd` or `wintertijd` behind it. Raises TijdOngeldig,
    also for an hour that does not exist because the clock goes forward.
    """
    gevonden = _MOMENT.fullmatch(" ".join(tekst.split()))
    if gevonden is None:
        raise TijdOngeldig
    try:
        lokaal = datetime.combine(_dag(gevonden, vandaag), datetime.min.time()).replace(
            hour=int(gevonden["uur"]), minute=int(gevonden["minuut"])
        )
    except ValueError:
        raise TijdOngeldig("Deze dag of tijd bestaat niet. Controleer wat u heeft ingevuld.") from None
    return _in_utc(lokaal, (gevonden["tijd"] or "").lower())


def _dag(gevonden: "re.Match[str]", vandaag: date) -> date:
    if gevonden["iso"]:
        return date.fromisoformat(gevonden["iso"])
    if gevonden["dag"]:
        return date(int(gevonden["jaar"]), int(gevonden["maand"]), int(gevonden["dag"]))
    return vandaag


def _in_utc(lokaal: datetime, tijd: str) -> datetime:
    eerst, daarna = (lokaal.replace(tzinfo=AMSTERDAM, fold=fold) for fold in (0, 1))
    from_utc = eerst.astimezone(UTC)
    if from_utc.astimezone(AMSTERDAM).replace(tzinfo=None) != lokaal:
        raise TijdOngeldig("Deze tijd bestaat niet: die nacht ging de klok een uur vooruit.")
    if eerst.utcoffset() == daarna.utcoffset():
        return from_utc  # summer or winter behind it adds nothing, and is no mistake
    if not tijd:
        raise TijdOngeldig(
            "Deze tijd was er twee keer: die nacht ging de klok een uur terug. "
            "Schrijf er zomertijd of wintertijd achter."
        )
    return (eerst if tijd == "zomertijd" else daarna).astimezone(UTC)


def schrijf_invoer(moment: datetime) -> str:
    """As `parse_moment` reads it, whatever the day."""
    lokaal = moment.astimezone(AMSTERDAM)
    anders = lokaal.replace(fold=1 - lokaal.fold)
    tekst = f"{lokaal.day}-{lokaal.month}-{lokaal.year} {lokaal.hour}:{lokaal.minute:02d}"
    if lokaal.utcoffset() == anders.utcoffset():
        return tekst
    return f"{tekst} {'wintertijd' if lokaal.fold else 'zomertijd'}"


def schrijf_dag_of_tijd(moment: datetime, vandaag: date) -> str:
    """`14.03 uur` today, `3 november 2026, 14.03 uur` on another day."""
    return f"{schrijf_tijd(moment)} uur" if datum_van(moment) == vandaag else schrijf_moment(moment)


def to_minute(moment: datetime) -> datetime:
    """As people type it: without seconds."""
    return moment - timedelta(seconds=moment.second, microseconds=moment.microsecond)
