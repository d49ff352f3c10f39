"""Looks up the street and town of the addresses of a step; what is not known is typed by the person."""

import logging
from collections.abc import Iterator

from eloket.kernel.errors import BronOnbereikbaar
from eloket.loket.formulier.basis import Invoer, VeldFout, VeldInvoer
from eloket.loket.formulier.definitie import Stap
from eloket.loket.formulier.samengesteld import AdresVeld, GroepVeld, parse_huisnummer, parse_postcode
from eloket.loket.ports import Adres, AdresBron

log = logging.getLogger(__name__)
# The last part of the name of an input that only we write: street and town are looked up.
GEVONDEN = "gevonden"
_bronnen: list[AdresBron] = []


def configure(bron: AdresBron) -> None:
    """Connect the source of addresses. Called once, by config/wiring.py."""
    _bronnen[:] = [bron]


def look_up(stap: Stap, invoer: Invoer) -> dict[str, list[str]]:
    """The inputs of the step with every address that the source knows filled in. Call it outside a transaction."""
    uit = {naam: list(waarden) for naam, waarden in invoer.items()}
    for naam in _addresses(stap, invoer):
        uit.pop(f"{naam}-{GEVONDEN}", None)
        if adres := _find(VeldInvoer(naam, invoer)):
            uit[f"{naam}-straat"], uit[f"{naam}-woonplaats"] = [adres.straat], [adres.woonplaats]
            uit[f"{naam}-{GEVONDEN}"] = ["ja"]
        elif invoer.get(f"{naam}-{GEVONDEN}"):  # it was another address: its street is not this one's
            uit[f"{naam}-straat"], uit[f"{naam}-woonplaats"] = [""], [""]
    return uit


def _addresses(stap: Stap, invoer: Invoer) -> Iterator[str]:
    """The first part of the names of their inputs."""
    for veld in stap.velden:
        if isinstance(veld, AdresVeld):
            yield veld.id
        elif isinstance(veld, GroepVeld):
            for een in veld.velden:
                if isinstance(een, AdresVeld):
                    yield from (f"{veld.id}-{nummer}-{een.id}" for nummer in range(veld.aantal(invoer)))


def _find(invoer: VeldInvoer) -> Adres | None:
    """None when there is nothing to look up, it is not known, or the source is away: then the person types it."""
    try:
        postcode, nummer = (
            parse_postcode(invoer.kort("postcode")),
            parse_huisnummer(invoer.kort("huisnummer")),
        )
    except VeldFout:
        return None
    try:
        return _bronnen[0].find_adres(postcode.replace(" ", ""), nummer) if _bronnen else None
    except BronOnbereikbaar as error:
        log.warning("adressen niet op te halen: %s", error.bron)
        return None
