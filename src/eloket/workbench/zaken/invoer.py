"""What a civil servant typed on the page of a zaak, and what is wrong with it. Pure: no I/O."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime

from eloket.zaken.types import StatusType, Zaak

MAX_TITEL = 120
MAX_TEKST = 2_000
MAX_RESULTAAT = 80
GEEN_VERSIE = -1  # equals the versie of no zaak

Fouten = Mapping[str, str]  # name of the field -> what to do about it


@dataclass(frozen=True, slots=True)
class Invoer:
    """The fields of all forms on the page, as typed; '' where nothing was. A name is also the id of its field."""

    bericht: str = field(default="", repr=False)
    sleutel: str = ""
    status: str = ""
    toelichting: str = field(default="", repr=False)
    resultaat: str = ""
    titel: str = field(default="", repr=False)
    uitleg: str = field(default="", repr=False)
    deadline: str = ""

    @classmethod
    def parse(cls, velden: Mapping[str, object]) -> "Invoer":
        """From a form, or from what was kept after an ended session. Of a field sent twice nothing is taken."""
        gevonden = {veld.name: velden.get(veld.name, "") for veld in fields(cls)}
        return cls(
            **{
                naam: waarde.replace("\r\n", "\n").replace("\x00", "")
                for naam, waarde in gevonden.items()
                if isinstance(waarde, str)
            }
        )


@dataclass(frozen=True, slots=True)
class StatusKeuze:
    volgnummer: int
    toelichting: str
    resultaat: str


@dataclass(frozen=True, slots=True)
class VraagKeuze:
    titel: str
    toelichting: str
    deadline: date


def parse_versie(tekst: str) -> int:
    """The versie that the form was made from; GEEN_VERSIE when it is not a number."""
    return int(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) < 10 else GEEN_VERSIE


def latere_statussen(zaak: Zaak) -> tuple[StatusType, ...]:
    """The steps that this zaak can still go to."""
    return tuple(een for een in zaak.statustypen if een.volgnummer > zaak.stap) if zaak.is_open else ()


def parse_status(invoer: Invoer, zaak: Zaak) -> StatusKeuze | Fouten:
    """The step that was chosen, or what is wrong. The result only counts with the last step."""
    fouten: dict[str, str] = {}
    gekozen = next((een for een in latere_statussen(zaak) if str(een.volgnummer) == invoer.status), None)
    if gekozen is None:
        fouten["status"] = "Kies de nieuwe status."
    if len(invoer.toelichting) > MAX_TEKST:
        fouten["toelichting"] = "Uw toelichting is te lang. Gebruik hoogstens 2.000 tekens."
    resultaat = ""
    if gekozen is not None and gekozen.is_eindstatus:
        resultaat = invoer.resultaat.strip()
        bekend = zaak.resultaattypen
        if not resultaat or (bekend and resultaat not in bekend):
            fouten["resultaat"] = "Kies het resultaat. Met deze status is de zaak klaar."
        elif len(resultaat) > MAX_RESULTAAT:
            fouten["resultaat"] = "Het resultaat is te lang. Gebruik hoogstens 80 tekens."
    if fouten or gekozen is None:
        return fouten
    return StatusKeuze(gekozen.volgnummer, invoer.toelichting.strip(), resultaat)


def parse_vraag(invoer: Invoer, vandaag: date) -> VraagKeuze | Fouten:
    """The question for a document, or what is wrong."""
    fouten: dict[str, str] = {}
    titel = " ".join(invoer.titel.split())
    if not titel:
        fouten["titel"] = "Vul in welk document u vraagt."
    elif len(titel) > MAX_TITEL:
        fouten["titel"] = "De naam van het document is te lang. Gebruik hoogstens 120 tekens."
    if len(invoer.uitleg) > MAX_TEKST:
        fouten["uitleg"] = "Uw uitleg is te lang. Gebruik hoogstens 2.000 tekens."
    deadline = parse_datum(invoer.deadline)
    if deadline is None:
        fouten["deadline"] = "Vul een datum in, bijvoorbeeld 31-12-2026."
    elif deadline <= vandaag:
        fouten["deadline"] = "Kies een datum na vandaag."
    if fouten or deadline is None:
        return fouten
    return VraagKeuze(titel, invoer.uitleg.strip(), deadline)


def parse_datum(tekst: str) -> date | None:
    """A date as a browser sends it (2026-12-31), or as people type it where there is no date picker (31-12-2026)."""
    for vorm in ("%Y-%m-%d", "%d-%m-%Y"):
        try:
            return datetime.strptime(tekst.strip(), vorm).date()  # noqa: DTZ007 - a calendar date has no time zone
        except ValueError:
            continue
    return None
