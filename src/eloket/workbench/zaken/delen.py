"""The parts of the page of a zaak: what can be read, and what can be done. Each has an address of its own."""

from enum import StrEnum

from eloket.zaken.mogelijkheden import Handeling
from eloket.zaken.types import Zaak


class Deel(StrEnum):
    """The value stands in the URL (`?deel=`)."""

    OVERZICHT = "overzicht"
    DOCUMENTEN = "documenten"
    BERICHTEN = "berichten"
    VRAGEN = "vragen"
    VERZENDING = "verzending"
    NOTITIES = "notities"
    HISTORIE = "historie"
    STATUS = "status"
    OVERDRAGEN = "overdragen"
    TERMIJN = "termijn"
    VERLENGEN = "verlengen"
    HEROPENEN = "heropenen"
    AFSCHERMEN = "afschermen"

    @property
    def titel(self) -> str:
        return _TITELS[self]

    @property
    def is_tab(self) -> bool:
        """Read in a tab; the others are reached from the panel with what can be done."""
        return self in TABS

    @classmethod
    def parse(cls, tekst: str) -> "Deel":
        """What is unknown is the first part: a link that was mistyped still leads to the zaak."""
        return cls(tekst) if tekst in set(cls) else cls.OVERZICHT

    def handeling(self, zaak: Zaak) -> Handeling | None:
        """What the form of this part does; None: there is only something to read."""
        if self is Deel.TERMIJN:
            return Handeling.HERVATTEN if zaak.opschorting else Handeling.OPSCHORTEN
        return _HANDELINGEN.get(self)


TABS = (
    Deel.OVERZICHT,
    Deel.DOCUMENTEN,
    Deel.BERICHTEN,
    Deel.VRAGEN,
    Deel.VERZENDING,
    Deel.NOTITIES,
    Deel.HISTORIE,
)
_TITELS = {
    Deel.OVERZICHT: "Overzicht",
    Deel.DOCUMENTEN: "Documenten",
    Deel.BERICHTEN: "Berichten",
    Deel.VRAGEN: "Vragen",
    Deel.VERZENDING: "Verzending",
    Deel.NOTITIES: "Notities",
    Deel.HISTORIE: "Historie",
    Deel.STATUS: "Zet status",
    Deel.OVERDRAGEN: "Draag de zaak over",
    Deel.TERMIJN: "Termijn",
    Deel.VERLENGEN: "Verleng de termijn",
    Deel.HEROPENEN: "Heropen de zaak",
    Deel.AFSCHERMEN: "Kies wie de zaak mag zien",
}
_HANDELINGEN = {
    Deel.DOCUMENTEN: Handeling.DOCUMENT_TOEVOEGEN,
    Deel.BERICHTEN: Handeling.BERICHT,
    Deel.VRAGEN: Handeling.VRAGEN,
    Deel.NOTITIES: Handeling.NOTITIE,
    Deel.STATUS: Handeling.STATUS,
    Deel.OVERDRAGEN: Handeling.OVERDRAGEN,
    Deel.VERLENGEN: Handeling.VERLENGEN,
    Deel.HEROPENEN: Handeling.HEROPENEN,
    Deel.AFSCHERMEN: Handeling.AFSCHERMEN,
}
