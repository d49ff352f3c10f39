"""What a civil servant typed on the page of a zaak, and what is wrong with it. Pure: no I/O."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime

from django.http import HttpRequest

from eloket.zaken.types import StatusType, TaakSoort, Zaak

MAX_TITEL = 120
MAX_TEKST = 2_000
MAX_RESULTAAT = 80
NIEMAND = "niemand"  # hand over to nobody: back to the afdeling
GEEN_VERSIE = -1  # equals the versie of no zaak

Fouten = Mapping[str, str]  # name of the field -> what to do about it


@dataclass(frozen=True, slots=True)
class Invoer:
    """The fields of all forms on the page, as typed; '' where nothing was. A name is also the id of its field."""

    bericht: str = field(default="", repr=False)
    onderwerp: str = field(default="", repr=False)
    gesprek: str = ""
    sleutel: str = ""
    status: str = ""
    toelichting: str = field(default="", repr=False)
    resultaat: str = ""
    soort: str = ""
    formulier: str = ""
    titel: str = field(default="", repr=False)
    uitleg: str = field(default="", repr=False)
    deadline: str = ""
    taak: str = ""
    notitie: str = field(default="", repr=False)
    reden: str = field(default="", repr=False)
    opnieuw_voor: str = ""
    collega: str = ""
    afdeling: str = ""
    documenttype: str = ""
    vertrouwelijkheid: str = ""
    naar: str = ""
    ook_andere: str = ""
    sjabloon: str = ""
    versie: str = ""
    geladen: str = ""
    afgeschermd: str = ""
    wie: tuple[str, ...] = ()

    @classmethod
    def of(cls, request: HttpRequest) -> "Invoer":
        """What this request posted."""
        return cls.parse(dict(request.POST.lists()))

    @classmethod
    def parse(cls, velden: Mapping[str, object]) -> "Invoer":
        """From a form, or from what was kept after an ended session. Of a field sent twice nothing is taken."""
        gevonden = {veld.name: _texts(velden.get(veld.name)) for veld in fields(cls)}
        wie = tuple(gevonden.pop("wie"))
        return cls(wie=wie, **{naam: lijst[0] for naam, lijst in gevonden.items() if len(lijst) == 1})


@dataclass(frozen=True, slots=True)
class Gelezen:
    """What a form was made from: the versie of the zaak, and when it was read (seconds since 1970)."""

    versie: int
    geladen: int

    @classmethod
    def of(cls, invoer: Invoer, nu: "Gelezen") -> "Gelezen":
        """That of the form that was posted, so that a change which came in between is still noticed when it is sent
        again; `nu` for a form that is new."""
        if not invoer.versie:
            return nu
        is_moment = invoer.geladen.isascii() and invoer.geladen.isdigit() and len(invoer.geladen) < 12
        return cls(parse_versie(invoer.versie), int(invoer.geladen) if is_moment else nu.geladen)


def _texts(waarde: object) -> list[str]:
    """The values of one field."""
    lijst = waarde if isinstance(waarde, (list, tuple)) else [waarde]
    return [een.replace("\r\n", "\n").replace("\x00", "") for een in lijst if isinstance(een, str)]


@dataclass(frozen=True, slots=True)
class StatusKeuze:
    volgnummer: int
    toelichting: str
    resultaat: str


@dataclass(frozen=True, slots=True)
class VraagKeuze:
    soort: TaakSoort
    titel: str
    toelichting: str
    deadline: date
    formulier: str = ""  # the name of the form, when that is what is asked


def parse_versie(tekst: str) -> int:
    """The versie that the form was made from; GEEN_VERSIE when it is not a number."""
    return int(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) < 10 else GEEN_VERSIE


def parse_id(tekst: str) -> int | None:
    """The number of a colleague; None when it is none."""
    return int(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) < 18 else None


def latere_statussen(zaak: Zaak) -> tuple[StatusType, ...]:
    """The steps that this zaak can still go to."""
    return tuple(een for een in zaak.statustypen if een.volgnummer > zaak.stap) if zaak.is_open else ()


def gekozen_status(zaak: Zaak, gevraagd: str) -> StatusType | None:
    """The step that was chosen, or else the next one. None when there is no next one."""
    later = latere_statussen(zaak)
    return next((een for een in later if str(een.volgnummer) == gevraagd), later[0] if later else None)


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


def parse_vraag(
    invoer: Invoer, vandaag: date, formulieren: tuple[tuple[str, str], ...] = ()
) -> VraagKeuze | Fouten:
    """What is asked of the applicant, or what is wrong with it. `formulieren` are those that can be asked for; the
    title of one is the question when nothing else was typed."""
    fouten: dict[str, str] = {}
    soort = next((een for een in TaakSoort if een == invoer.soort), TaakSoort.DOCUMENT)
    formulier = invoer.formulier if soort is TaakSoort.FORMULIER else ""
    if soort is TaakSoort.FORMULIER and formulier not in dict(formulieren):
        fouten["formulier"] = "Kies welk formulier u vraagt."
    titel = " ".join(invoer.titel.split()) or dict(formulieren).get(formulier, "")[:MAX_TITEL]
    if not titel and "formulier" not in fouten:
        is_document = soort is TaakSoort.DOCUMENT
        fouten["titel"] = "Vul in welk document u vraagt." if is_document else "Vul in wat u vraagt."
    elif len(titel) > MAX_TITEL:
        fouten["titel"] = (
            "Wat u vraagt is te lang. Gebruik hoogstens 120 tekens. Schrijf de rest bij de uitleg."
        )
    if len(invoer.uitleg) > MAX_TEKST:
        fouten["uitleg"] = "Uw uitleg is te lang. Gebruik hoogstens 2.000 tekens."
    deadline = parse_datum(invoer.deadline)
    if fout := waarom_geen_datum(deadline, vandaag):
        fouten["deadline"] = fout
    if fouten or deadline is None:
        return fouten
    return VraagKeuze(soort, titel, invoer.uitleg.strip(), deadline, formulier)


def parse_opnieuw(invoer: Invoer, vandaag: date) -> date | Fouten | None:
    """The date before which something refused is asked again; None when it is not, or what is wrong with it."""
    if not invoer.opnieuw_voor.strip():
        return None
    dag = parse_datum(invoer.opnieuw_voor)
    fout = waarom_geen_datum(dag, vandaag)
    return {"opnieuw_voor": fout} if fout else dag


def waarom_geen_datum(dag: date | None, vandaag: date) -> str:
    """'' when it is a day after today."""
    if dag is None:
        return GEEN_DATUM
    return "Kies een datum na vandaag." if dag <= vandaag else ""


GEEN_DATUM = "Vul een datum in, bijvoorbeeld 31-12-2026."


def parse_datum(tekst: str) -> date | None:
    """A date as a browser sends it (2026-12-31), or as people type it where there is no date picker (31-12-2026)."""
    for vorm in ("%Y-%m-%d", "%d-%m-%Y"):
        try:
            return datetime.strptime(tekst.strip(), vorm).date()  # noqa: DTZ007 - a calendar date has no time zone
        except ValueError:
            continue
    return None
