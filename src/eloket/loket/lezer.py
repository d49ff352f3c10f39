"""Reads the product files, strictly: a mistake names the file, the line and the field, in Dutch."""

import re
from pathlib import Path

from eloket.kernel.tekst import normalise
from eloket.kernel.yamlbestand import BestandOngeldig, read_yaml
from eloket.loket.errors import ProductenOngeldig
from eloket.loket.types import Product, ProductBestand

MEEGELEVERD = Path(__file__).parent / "producten"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def read_producten(folder: Path = MEEGELEVERD) -> tuple[Product, ...]:
    """Every product of the folder, by title. Raises ProductenOngeldig with every mistake at once."""
    paden = sorted(folder.glob("*.yaml"))
    fouten: list[str] = [] if paden else [f"{folder.name}: er staan geen producten (*.yaml) in deze map"]
    producten: list[Product] = []
    for pad in paden:
        try:
            producten.append(_read(pad))
        except BestandOngeldig as error:
            fouten += error.fouten
    if fouten:
        raise ProductenOngeldig(tuple(fouten))
    return tuple(sorted(producten, key=lambda product: normalise(product.inhoud.titel)))


def _read(pad: Path) -> Product:
    if not _SLUG.fullmatch(pad.stem):
        raise BestandOngeldig((f"{pad.name}: gebruik in de naam kleine letters, cijfers en streepjes",))
    bestand = read_yaml(pad, ProductBestand)
    woorden = (bestand.titel, bestand.samenvatting, bestand.thema.tekst, *bestand.trefwoorden)
    return Product(slug=pad.stem, inhoud=bestand, zoektekst=normalise(" ".join(woorden)))
