"""The bar on every page: what does not work now, what will not, and what did not.

A page asks this process, and the process asks the database once in BEWAAR seconds. A failing read costs no page: then
what was known last is shown.
"""

import logging
import threading
import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import HttpRequest

from eloket.beschikbaarheid.queries import list_rond
from eloket.beschikbaarheid.regels import STANDAARD, Regels, get_regels
from eloket.beschikbaarheid.tijden import schrijf_dag_of_tijd
from eloket.beschikbaarheid.types import VERLENGT, Fase, OnderbrekingInzage, Soort, Wat
from eloket.kernel.klok import datum_van, nu

log = logging.getLogger(__name__)
BEWAAR = 15.0  # seconds


@dataclass(frozen=True, slots=True)
class Bericht:
    """One line of the bar. `wanneer` says since, or from and until when. `is_ernstig`: something does not work now;
    `may_bel`: who cannot wait can call."""

    titel: str
    tekst: str
    wanneer: str
    advies: str = ""
    is_ernstig: bool = False
    may_bel: bool = False


@dataclass(frozen=True, slots=True)
class _Bekend:
    onderbrekingen: tuple[OnderbrekingInzage, ...]
    regels: Regels
    tot: float


_slot = threading.Lock()
_bekend = _Bekend((), STANDAARD, tot=0.0)


def context(_request: HttpRequest) -> dict[str, object]:
    """Template context: `onderbrekingen`, the lines of the bar. Never raises."""
    return {"onderbrekingen": list_berichten(nu())}


def list_berichten(now: datetime) -> tuple[Bericht, ...]:
    """What goes on first, then what comes, then what is over."""
    bekend = _current()
    tekst = [
        (fase, write(een, fase, datum_van(now), has_time=_is_long(een, bekend.regels)))
        for een in bekend.onderbrekingen
        if _is_shown(een, fase := een.fase(now), now, bekend.regels)
    ]
    volgorde = (Fase.NU, Fase.KOMT, Fase.VOORBIJ)
    return tuple(een for fase, een in sorted(tekst, key=lambda paar: volgorde.index(paar[0])))


def keep(onderbrekingen: tuple[OnderbrekingInzage, ...], *, seconden: float = BEWAAR) -> None:
    """Know this for so many seconds, without asking the database. 0: ask at the next page."""
    global _bekend  # noqa: PLW0603 - what this process knows; replaced as a whole, so no reader sees half of it
    _bekend = _Bekend(onderbrekingen, _bekend.regels, time.monotonic() + seconden if seconden else 0.0)


def _current() -> _Bekend:
    global _bekend  # noqa: PLW0603
    bekend = _bekend
    if time.monotonic() < bekend.tot or not _slot.acquire(blocking=False):
        return bekend
    try:
        regels = get_regels()
        rijen = list_rond(
            nu(), voor=timedelta(days=regels.aankondiging_dagen), na=timedelta(hours=regels.nabericht_uren)
        )
        _bekend = _Bekend(rijen, regels, time.monotonic() + BEWAAR)
    except Exception as error:  # noqa: BLE001 - whatever it is, the page itself must come
        log.warning("storingsbalk: %s", type(error).__name__)
        _bekend = _Bekend(bekend.onderbrekingen, bekend.regels, time.monotonic() + BEWAAR)
    finally:
        _slot.release()
    return _bekend


def _is_shown(een: OnderbrekingInzage, fase: Fase, now: datetime, regels: Regels) -> bool:
    if fase is Fase.KOMT:
        return een.begin < now + timedelta(days=regels.aankondiging_dagen)
    if fase is Fase.VOORBIJ:
        is_pas = een.eind is not None and een.eind > now - timedelta(hours=regels.nabericht_uren)
        return is_pas and een.soort is Soort.STORING
    return True


def _is_long(een: OnderbrekingInzage, regels: Regels) -> bool:
    """Terms are extended for it."""
    return (
        een.wat in VERLENGT and een.duur is not None and een.duur >= timedelta(minutes=regels.minimum_minuten)
    )


_NU = {
    Wat.PORTAAL: "Deze site werkt nu niet goed.",
    Wat.INLOGGEN: "Inloggen lukt nu niet goed.",
    Wat.EMAIL: "Wij kunnen nu geen e-mail versturen.",
    Wat.DOCUMENTEN: "Documenten versturen lukt nu niet goed.",
}
_STRAKS = {
    Wat.PORTAAL: "Deze site werkt dan niet.",
    Wat.INLOGGEN: "U kunt dan niet inloggen.",
    Wat.EMAIL: "Wij versturen dan geen e-mail.",
    Wat.DOCUMENTEN: "U kunt dan geen documenten versturen.",
}
_TOEN = {
    Wat.PORTAAL: "Deze site werkte toen niet goed.",
    Wat.INLOGGEN: "Inloggen lukte toen niet goed.",
    Wat.EMAIL: "Wij konden toen geen e-mail versturen.",
    Wat.DOCUMENTEN: "Documenten versturen lukte toen niet goed.",
}
_MAIL_KOMT = "Wat wij u wilden mailen, komt later. U leest alles ook op deze site."


def write(een: OnderbrekingInzage, fase: Fase, vandaag: date, *, has_time: bool = False) -> Bericht:
    """The line for a visitor. Pure."""
    begin = schrijf_dag_of_tijd(een.begin, vandaag)
    eind = schrijf_dag_of_tijd(een.eind, vandaag) if een.eind else ""
    if fase is Fase.KOMT:
        tekst = een.reden or _STRAKS[een.wat]
        return Bericht("Onderhoud", tekst, f"Van {begin} tot {eind}.")
    if fase is Fase.VOORBIJ:
        advies = (
            "Moest u toen iets versturen? U ziet bij uw taken of u langer de tijd heeft." if has_time else ""
        )
        # Not een.reden: that was written for who could not wait then ("Wij werken eraan").
        return Bericht("Er was een storing", _TOEN[een.wat], f"Van {begin} tot {eind}.", advies)
    tekst = een.reden or _NU[een.wat]
    wanneer = f"Sinds {begin}." if not eind else f"Van {begin} tot {eind}."
    is_mail = een.wat is Wat.EMAIL
    return Bericht(
        "Onderhoud" if een.soort is Soort.ONDERHOUD else "Storing",
        tekst,
        wanneer,
        _MAIL_KOMT if is_mail else "",
        is_ernstig=True,
        may_bel=not is_mail,
    )
