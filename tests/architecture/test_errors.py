"""docs/errors.md names every error code that the code has, and no other."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import eloket
from eloket.documenten.weigeringen import Reden
from eloket.kernel.errors import (
    EloketFout,
    NietGevonden,
    NietToegestaan,
    OngeldigeInvoer,
    Storing,
)

ROOT = Path(__file__).resolve().parents[2]
BLADZIJDE = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
STATUS: dict[type[EloketFout], int] = {
    NietGevonden: 404,
    NietToegestaan: 409,
    OngeldigeInvoer: 422,
    Storing: 503,
}


def rijen(kop: str) -> list[list[str]]:
    """The cells of the table under this heading, without backticks."""
    deel = BLADZIJDE.partition(f"## {kop}\n")[2].partition("\n## ")[0]
    regels = [regel for regel in deel.splitlines() if regel.startswith("| `")]
    return [[cel.strip().strip("`") for cel in regel.strip("|").split("|")] for regel in regels]


def klassen() -> Iterator[type[EloketFout]]:
    for module in pkgutil.walk_packages(eloket.__path__, "eloket."):
        if ".migrations" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    nog = [EloketFout]
    while nog:
        klasse = nog.pop()
        if klasse.__module__.startswith("eloket."):
            yield klasse
        nog += klasse.__subclasses__()


def naam_van(klasse: type[EloketFout]) -> str:
    return f"{klasse.__module__}.{klasse.__name__}".removeprefix("eloket.")


def test_elke_fout_heeft_een_rij_en_elke_rij_een_fout():
    echt = {
        (
            klasse.code,
            naam_van(klasse),
            str(next((status for soort, status in STATUS.items() if issubclass(klasse, soort)), 400)),
        )
        for klasse in klassen()
    }
    assert {(code, naam, status) for code, naam, status, _ in rijen("Classes")} == echt


def test_elke_fout_heeft_een_eigen_code():
    codes = [klasse.code for klasse in klassen()]
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in codes)


def test_elke_weigering_van_een_bestand_heeft_een_rij():
    formulier = (ROOT / "src/eloket/loket/service.py").read_text(encoding="utf-8")
    echt = {reden.value for reden in Reden} | set(re.findall(r'code="([a-z-]+)"', formulier))
    assert {rij[0] for rij in rijen("Files that are refused")} == echt


def test_elke_foutpagina_zonder_klasse_heeft_een_rij():
    bron = (ROOT / "src/eloket/identity/fouten.py").read_text(encoding="utf-8")
    echt = set(re.findall(r'_(?:toon|render)\(request, (\d{3}), .*?, "([a-z-]+)"[,)]', bron))
    assert echt
    assert {(status, code) for code, status, _ in rijen("Pages without a class")} == echt
