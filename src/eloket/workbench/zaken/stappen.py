"""The timeline as the template shows it, and the step that is about to be set. Pure: no I/O."""

from dataclasses import dataclass
from datetime import date, datetime

from eloket.kernel.klok import datum_van
from eloket.zaken.tijdlijn import Stap, StapStand
from eloket.zaken.types import StatusType

_STANDEN = {
    StapStand.GEDAAN: ("checked", "Afgerond: ", ""),
    StapStand.HUIDIG: ("current", "Huidige stap: ", "Sinds "),
    StapStand.KOMEND: ("not-checked", "Komt nog: ", "Uiterlijk "),
}


@dataclass(frozen=True, slots=True)
class StapRegel:
    """A step of the timeline. `klasse` is checked, current or not-checked; `stand` says it in words."""

    nummer: int
    titel: str
    klasse: str
    stand: str
    tekst: str
    voorvoegsel: str
    datum: date | None
    gebeurtenissen: tuple[tuple[datetime, str], ...]


def build_stap(stap: Stap) -> StapRegel:
    """A step of the zaak as it is."""
    klasse, stand, voorvoegsel = _STANDEN[stap.stand]
    return StapRegel(
        nummer=stap.volgnummer,
        titel=stap.titel,
        klasse=klasse,
        stand=stand,
        tekst=stap.tekst,
        voorvoegsel=voorvoegsel,
        datum=datum_van(stap.moment) if stap.moment else stap.uiterlijk,
        gebeurtenissen=tuple((een.moment, een.tekst) for een in stap.gebeurtenissen),
    )


def build_voorbeeld(status: StatusType, toelichting: str, vandaag: date) -> StapRegel:
    """The step as the resident will see it when it is set today with this text."""
    tekst = toelichting.strip() or ("" if status.is_eindstatus else status.statustekst)
    klasse, stand, voorvoegsel = _STANDEN[StapStand.GEDAAN if status.is_eindstatus else StapStand.HUIDIG]
    return StapRegel(
        nummer=status.volgnummer,
        titel=status.omschrijving,
        klasse=klasse,
        stand=stand,
        tekst=tekst,
        voorvoegsel=voorvoegsel,
        datum=vandaag,
        gebeurtenissen=(),
    )
