"""Which of the offered files are photos for a melding. The intake of documents inspects them after this as any file."""

from eloket.documenten import formaten, upload
from eloket.documenten.inspectie import herken
from eloket.documenten.namen import leesbaar
from eloket.documenten.types import Aangeboden, Geweigerd

MAX_FOTOS = 3
ACCEPT = ",".join(f".{e}" for f in (formaten.JPG, formaten.PNG, formaten.HEIC) for e in f.extensies)
_FOTO = frozenset({formaten.JPG.code, formaten.PNG.code, formaten.HEIC.code})


def select_fotos(bestanden: tuple[Aangeboden, ...]) -> tuple[tuple[Aangeboden, ...], tuple[Geweigerd, ...]]:
    """The photos, at most three, and why the others are none. The temporary file of a refused one is gone."""
    fotos: list[Aangeboden] = []
    geweigerd: list[Geweigerd] = []
    for bestand in bestanden:
        if not _may_be_foto(bestand):
            geweigerd.append(
                _weiger(bestand, "foto-soort", "is niet meegestuurd. Het is geen foto in jpg, png of heic.")
            )
        elif len(fotos) == MAX_FOTOS:
            tekst = (
                f"is niet meegestuurd. U kunt {MAX_FOTOS} foto’s meesturen. Voeg deze foto toe bij uw zaak."
            )
            geweigerd.append(_weiger(bestand, "foto-te-veel", tekst))
        else:
            fotos.append(bestand)
    return tuple(fotos), tuple(geweigerd)


def _may_be_foto(bestand: Aangeboden) -> bool:
    """A photo by its content. What cannot be read (too large, empty, broken off) is for the intake to explain."""
    if bestand.pad is None or bestand.omvang == 0:
        return True
    try:
        formaat = herken(bestand.pad, bestand.omvang)
    except OSError:
        return True
    return formaat is not None and formaat.code in _FOTO


def _weiger(bestand: Aangeboden, code: str, tekst: str) -> Geweigerd:
    upload.verwijder(bestand)
    naam = leesbaar(bestand.naam)
    return Geweigerd(naam=naam, code=code, tekst=f"‘{naam}’ {tekst}")
