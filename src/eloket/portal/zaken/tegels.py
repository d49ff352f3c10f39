"""A zaak as a tile."""

from collections.abc import Container, Iterable
from dataclasses import dataclass

from eloket.kernel.klok import schrijf_datum
from eloket.portal import paden
from eloket.zaken.types import Badge, ZaakRef, ZaakSamenvatting

GEEN_LOPENDE = "U heeft geen lopende zaken."


@dataclass(frozen=True, slots=True)
class Tegel:
    """What the component `zaak_tegel` shows; `actie` says that the zaak waits for the reader."""

    href: str
    titel: str
    identificatie: str
    datum_label: str
    datum: str
    iso: str
    badge_tekst: str
    badge_soort: str
    actie: bool
    stap: int
    stappen: int


def make_tegels(zaken: Iterable[ZaakSamenvatting], wachtend: Container[ZaakRef]) -> list[Tegel]:
    """The zaken in the same order; those in `wachtend` have an open taak."""
    return [_make_tegel(zaak, zaak.heeft_open_taak or zaak.ref in wachtend) for zaak in zaken]


def _make_tegel(zaak: ZaakSamenvatting, heeft_open_taak: bool) -> Tegel:
    actie = zaak.is_open and heeft_open_taak
    badge = Badge.WACHT_OP_U if actie else zaak.badge
    dag = zaak.einddatum or zaak.startdatum
    return Tegel(
        href=paden.zaak(zaak.ref),
        titel=zaak.omschrijving,
        identificatie=zaak.identificatie,
        datum_label="Aangevraagd op" if zaak.is_open else "Afgerond op",
        datum=schrijf_datum(dag),
        iso=dag.isoformat(),
        badge_tekst=badge.tekst,
        badge_soort=badge.soort,
        actie=actie,
        stap=zaak.stap,
        stappen=zaak.stappen,
    )


def write_onbereikbaar(bronnen: tuple[str, ...]) -> str:
    """What a page says when part of the sources failed; "" when none did."""
    if not bronnen:
        return ""
    return (
        f"Wij kunnen een deel van uw zaken nu niet ophalen. Dit deel ontbreekt: {', '.join(bronnen)}. "
        "Dat ligt aan ons. Probeer het over een paar minuten opnieuw."
    )
