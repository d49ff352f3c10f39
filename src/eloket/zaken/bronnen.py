"""The configured sources of zaken. Filled once by config/wiring.py."""

from eloket.zaken.errors import ZaakNietGevonden
from eloket.zaken.ports import ZaakBron

_bronnen: dict[str, ZaakBron] = {}


def configure(*bronnen: ZaakBron) -> None:
    """Set the sources; the first one is where new zaken are started."""
    _bronnen.clear()
    _bronnen.update({bron.naam: bron for bron in bronnen})


def alle() -> tuple[ZaakBron, ...]:
    return tuple(_bronnen.values())


def bron_voor(naam: str) -> ZaakBron:
    """Raises ZaakNietGevonden: an unknown source in a reference is a zaak that does not exist."""
    try:
        return _bronnen[naam]
    except KeyError:
        raise ZaakNietGevonden from None


def bron_voor_nieuwe_zaken() -> ZaakBron:
    return next(iter(_bronnen.values()))
