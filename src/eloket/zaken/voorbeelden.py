"""Zaaktypen and orders for tests, as plain values."""

from dataclasses import dataclass

from eloket.identity.niveaus import Zekerheid
from eloket.identity.types import Partij
from eloket.zaken.types import Badge, NieuweZaak, StatusType
from eloket.zaken.werk import ZaakTypeInzage


@dataclass(frozen=True, slots=True)
class FakeZaakType:
    """A kind of zaak that the fake knows. `afdeling` is its code."""

    identificatie: str
    omschrijving: str
    afdeling: str
    afdeling_naam: str
    doorlooptijd_dagen: int
    statustypen: tuple[StatusType, ...]
    resultaattypen: tuple[str, ...]
    verlenging_maanden: int = 0
    zekerheid: Zekerheid | None = None

    def inzage(self) -> ZaakTypeInzage:
        return ZaakTypeInzage(self.identificatie, self.omschrijving, self.afdeling, zekerheid=self.zekerheid)


def _stap(volgnummer: int, omschrijving: str, badge: Badge, *, is_eind: bool = False) -> StatusType:
    return StatusType(
        volgnummer=volgnummer,
        omschrijving=omschrijving,
        statustekst=f"Uw zaak staat nu bij: {omschrijving}.",
        badge=badge,
        is_eindstatus=is_eind,
        informeren=True,
    )


PARKEERVERGUNNING = FakeZaakType(
    identificatie="PARKEERVERGUNNING",
    omschrijving="Parkeervergunning voor bewoners",
    afdeling="parkeren-en-mobiliteit",
    afdeling_naam="Parkeren en mobiliteit",
    doorlooptijd_dagen=56,
    statustypen=(
        _stap(1, "Aanvraag ontvangen", Badge.ONTVANGEN),
        _stap(2, "Aanvraag in behandeling", Badge.IN_BEHANDELING),
        _stap(3, "Besluit", Badge.BESLUIT_GENOMEN),
        _stap(4, "Zaak afgerond", Badge.AFGEROND, is_eind=True),
    ),
    resultaattypen=("Vergunning verleend", "Vergunning geweigerd"),
)
MELDING = FakeZaakType(
    identificatie="MOR",
    omschrijving="Melding openbare ruimte",
    afdeling="beheer-openbare-ruimte",
    afdeling_naam="Beheer openbare ruimte",
    doorlooptijd_dagen=56,
    statustypen=(
        _stap(1, "Melding ontvangen", Badge.ONTVANGEN),
        _stap(2, "Melding in behandeling", Badge.IN_BEHANDELING),
        _stap(3, "Melding afgehandeld", Badge.AFGEROND, is_eind=True),
    ),
    resultaattypen=("Opgelost", "Niet gevonden"),
    verlenging_maanden=2,
)


def nieuwe_zaak(
    partij: Partij,
    *,
    zaaktype: str = "PARKEERVERGUNNING",
    omschrijving: str = "",
    naam: str = "Jeroen van Drouwen",
    toelichting: str = "",
    kenmerken: tuple[tuple[str, str], ...] = (),
    sleutel: str = "",
) -> NieuweZaak:
    """An order to start a zaak for this party."""
    return NieuweZaak(
        zaaktype=zaaktype,
        omschrijving=omschrijving,
        toelichting=toelichting,
        initiator_soort=partij.soort.value,
        initiator_nummer=partij.nummer,
        initiator_vestigingsnummer=partij.vestigingsnummer,
        initiator_naam=naam,
        kenmerken=kenmerken,
        sleutel=sleutel,
    )
