"""For whom a zaak is registered, and what it is about. Pure: no I/O."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Self

from eloket.identity.types import Partij, Soort
from eloket.kernel.nummers import Bsn, KvkNummer, OngeldigNummer, Vestigingsnummer
from eloket.kernel.tekst import one_line
from eloket.zaken.types import Kanaal

Fouten = dict[str, str]
KANALEN = (
    (Kanaal.BALIE.value, "Aan de balie"),
    (Kanaal.TELEFOON.value, "Aan de telefoon"),
    (Kanaal.POST.value, "Per post"),
)
MAX_NAAM, MAX_ONDERWERP, MAX_TOELICHTING = 120, 120, 5_000


@dataclass(frozen=True, slots=True)
class _Velden:
    """The fields of a form, as typed; a name is also the id of its field."""

    @classmethod
    def parse(cls, velden: Mapping[str, object]) -> Self:
        gevonden = {veld.name: velden.get(veld.name, "") for veld in fields(cls)}
        return cls(
            **{
                naam: w.replace("\r\n", "\n").replace("\x00", "")
                for naam, w in gevonden.items()
                if isinstance(w, str)
            }
        )


@dataclass(frozen=True, slots=True)
class WieInvoer(_Velden):
    """The first step."""

    kanaal: str = ""
    wie: str = ""  # identity.types.Soort
    bsn: str = field(default="", repr=False)
    kvk: str = field(default="", repr=False)
    vestiging: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ZaakInvoer(_Velden):
    """The second step. `naam` is only asked when no register knows it."""

    naam: str = field(default="", repr=False)
    zaaktype: str = ""
    onderwerp: str = field(default="", repr=False)
    toelichting: str = field(default="", repr=False)


def parse_wie(invoer: WieInvoer) -> Partij | Fouten:
    """The person or business, or what is wrong."""
    fouten: Fouten = {}
    if invoer.kanaal not in dict(KANALEN):
        fouten["kanaal"] = "Kies hoe u deze persoon spreekt."
    if invoer.wie not in {Soort.INWONER.value, Soort.ONDERNEMING.value}:
        fouten["wie"] = "Kies voor wie de zaak is."
    partij = find_partij(invoer, fouten)
    return fouten if fouten or partij is None else partij


def find_partij(invoer: WieInvoer, fouten: Fouten) -> Partij | None:
    """Whose number was typed; what is wrong with it is added to `fouten`."""
    if invoer.wie == Soort.INWONER:
        return _inwoner(invoer, fouten)
    return _onderneming(invoer, fouten) if invoer.wie == Soort.ONDERNEMING else None


def _digits(tekst: str) -> str:
    """As people write numbers: with spaces or dots."""
    return "".join(tekst.replace(".", " ").split())


def _inwoner(invoer: WieInvoer, fouten: Fouten) -> Partij | None:
    try:
        return Partij.inwoner(Bsn(_digits(invoer.bsn).zfill(9) if invoer.bsn.strip() else "").waarde)
    except OngeldigNummer:
        fouten["bsn"] = "Dit BSN klopt niet. Een BSN heeft 9 cijfers. Controleer het nummer."
    return None


def _onderneming(invoer: WieInvoer, fouten: Fouten) -> Partij | None:
    nummer, vestiging = _digits(invoer.kvk), _digits(invoer.vestiging)
    try:
        KvkNummer(nummer)
    except OngeldigNummer:
        fouten["kvk"] = "Dit KvK-nummer klopt niet. Een KvK-nummer heeft 8 cijfers."
    try:
        if vestiging:
            Vestigingsnummer(vestiging)
    except OngeldigNummer:
        fouten["vestiging"] = "Dit vestigingsnummer klopt niet. Een vestigingsnummer heeft 12 cijfers."
    return None if fouten else Partij.onderneming(nummer, vestiging)


def check_zaak(invoer: ZaakInvoer, zaaktypen: frozenset[str], *, moet_naam: bool) -> Fouten:
    """What is wrong with the second step; empty when nothing is."""
    fouten: Fouten = {}
    if moet_naam and not one_line(invoer.naam):
        fouten["naam"] = "Vul de naam in."
    elif len(one_line(invoer.naam)) > MAX_NAAM:
        fouten["naam"] = "De naam is te lang. Gebruik hoogstens 120 tekens."
    if invoer.zaaktype not in zaaktypen:
        fouten["zaaktype"] = "Kies wat voor zaak dit is."
    if not 0 < len(one_line(invoer.onderwerp)) <= MAX_ONDERWERP:
        fouten["onderwerp"] = "Vul in waar de zaak over gaat. Gebruik hoogstens 120 tekens."
    if len(invoer.toelichting.strip()) > MAX_TOELICHTING:
        fouten["toelichting"] = "De toelichting is te lang. Gebruik hoogstens 5.000 tekens."
    return fouten
