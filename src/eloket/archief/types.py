"""Lists of zaken to destroy, as plain values."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

MEESTE_ZAKEN = 200  # on one list: what somebody can look through, and approve


class LijstStand(StrEnum):
    """Where a list stands. It goes down these, and back from AANGEBODEN to CONCEPT."""

    CONCEPT = "concept"
    AANGEBODEN = "aangeboden"
    GOEDGEKEURD = "goedgekeurd"  # the worker is at it
    UITGEVOERD = "uitgevoerd"
    INGETROKKEN = "ingetrokken"

    @property
    def tekst(self) -> str:
        return _LIJST[self]

    @property
    def soort(self) -> str:
        """The variant of the status badge."""
        return _LIJST_SOORT[self]


_LIJST = {
    LijstStand.CONCEPT: "In de maak",
    LijstStand.AANGEBODEN: "Wacht op goedkeuring",
    LijstStand.GOEDGEKEURD: "Wordt uitgevoerd",
    LijstStand.UITGEVOERD: "Uitgevoerd",
    LijstStand.INGETROKKEN: "Ingetrokken",
}
_LIJST_SOORT = {
    LijstStand.CONCEPT: "neutral",
    LijstStand.AANGEBODEN: "warning",
    LijstStand.GOEDGEKEURD: "active",
    LijstStand.UITGEVOERD: "success",
    LijstStand.INGETROKKEN: "neutral",
}


class RegelStand(StrEnum):
    """What became of a zaak on a list."""

    OP_LIJST = "op_lijst"
    ERAF = "eraf"  # somebody took it off
    BEZIG = "bezig"  # the zaak is gone, bytes of its documents are not yet
    VERNIETIGD = "vernietigd"
    BEHOUDEN = "behouden"  # it was not destroyed: see Beletsel
    INGETROKKEN = "ingetrokken"  # with its list

    @property
    def tekst(self) -> str:
        return _REGEL[self]


_REGEL = {
    RegelStand.OP_LIJST: "Op de lijst",
    RegelStand.ERAF: "Van de lijst gehaald",
    RegelStand.BEZIG: "Wordt vernietigd",
    RegelStand.VERNIETIGD: "Vernietigd",
    RegelStand.BEHOUDEN: "Niet vernietigd",
    RegelStand.INGETROKKEN: "Lijst ingetrokken",
}


class Beletsel(StrEnum):
    """Why a zaak on an approved list was not destroyed after all."""

    WEG = "weg"
    HEROPEND = "heropend"
    TERMIJN = "termijn"
    STOP = "stop"
    NIEUW = "nieuw"
    GEWIJZIGD = "gewijzigd"

    @property
    def tekst(self) -> str:
        return _BELETSEL[self]


_BELETSEL = {
    Beletsel.WEG: "De zaak was er al niet meer.",
    Beletsel.HEROPEND: "De zaak is weer geopend.",
    Beletsel.TERMIJN: "De bewaartermijn is nog niet voorbij.",
    Beletsel.STOP: "Er was een vernietigingsstop.",
    Beletsel.NIEUW: "Er kwam iets bij: een bericht, document, vraag of notitie.",
    Beletsel.GEWIJZIGD: "De zaak is gewijzigd nadat de lijst gemaakt was.",
}


@dataclass(frozen=True, slots=True)
class StopInzage:
    """A zaak that must not be destroyed for now, whatever its period; or not then, when it was lifted. Who are keys of
    civil servants; both reasons are what they typed."""

    id: UUID
    zaak_ref: str
    zaaknummer: str
    reden: str = field(repr=False)
    sinds: datetime
    door: str = field(repr=False)
    opgeheven_op: datetime | None = None
    opgeheven_door: str = field(default="", repr=False)
    opgeheven_reden: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class RegelInzage:
    """A zaak on a list. It names nobody; `reden` is what a colleague typed, so it is for the page only, and so is the
    `stop` that was lifted before."""

    id: UUID
    zaak_ref: str
    zaaknummer: str
    zaaktype: str
    resultaat: str
    einddatum: date
    archiefactiedatum: date
    stand: RegelStand
    beletsel: Beletsel | None
    reden: str = field(repr=False)
    vernietigd_op: datetime | None
    stop: StopInzage | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class LijstSamenvatting:
    """A list with how many zaken there are on it, by what became of them."""

    id: UUID
    nummer: int
    stand: LijstStand
    gemaakt_op: datetime
    gemaakt_door: str = field(repr=False)  # key of a civil servant
    aantallen: dict[RegelStand, int]

    @property
    def titel(self) -> str:
        return f"Vernietigingslijst {self.nummer}"

    @property
    def aantal(self) -> int:
        """How many zaken are to be destroyed, or were."""
        eraf = (RegelStand.ERAF, RegelStand.INGETROKKEN)
        return sum(aantal for stand, aantal in self.aantallen.items() if stand not in eraf)


@dataclass(frozen=True, slots=True)
class LijstInzage:
    """A whole list. Keys of civil servants; `versie` is what a form was made from."""

    samenvatting: LijstSamenvatting
    regels: tuple[RegelInzage, ...]
    aangeboden_op: datetime | None
    besloten_op: datetime | None
    besloten_door: str = field(repr=False)
    terug_reden: str = field(repr=False)
    klaar_op: datetime | None
    versie: int
    makers: frozenset[str] = field(repr=False)  # see service.makers_of: they cannot approve it
