"""docs/dependencies.md gives a reason and a licence for every package that we asked for ourselves, and no other."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLADZIJDE = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")


def gevraagd(*lijsten: str) -> set[str]:
    """The packages in these lists of requirements/, without version and extras."""
    regels = [
        regel for lijst in lijsten for regel in (ROOT / "requirements" / lijst).read_text().splitlines()
    ]
    namen = (re.match(r"[A-Za-z0-9_.-]+", regel) for regel in regels if not regel.startswith("-"))
    return {naam.group() for naam in namen if naam}


def npm() -> set[str]:
    pakket = json.loads((ROOT / "package.json").read_text())
    return {*pakket.get("dependencies", {}), *pakket.get("devDependencies", {})}


def rijen(kop: str) -> list[tuple[str, ...]]:
    deel = re.split(rf"^## {re.escape(kop)}.*\n", BLADZIJDE, flags=re.MULTILINE)[1].partition("\n## ")[0]
    regels = [regel for regel in deel.splitlines() if regel.startswith("| `")]
    return [tuple(cel.strip().strip("`") for cel in regel.strip("|").split("|")) for regel in regels]


@pytest.mark.parametrize(
    ("kop", "echt"),
    [
        ("Python, to run", gevraagd("base.in")),
        ("Python, for SAML", gevraagd("saml.in")),
        ("Python, to develop", gevraagd("dev.in", "node.in")),
        ("npm", npm()),
    ],
)
def test_elk_pakket_staat_er_met_licentie_en_reden(kop: str, echt: set[str]):
    assert echt
    tabel = rijen(kop)
    assert {rij[0] for rij in tabel} == echt
    assert len(tabel) == len(echt)
    for naam, licentie, reden in tabel:
        assert licentie, naam
        assert len(reden) > 5, naam


def test_elk_gevraagd_pakket_staat_vast_met_een_hash():
    for lijst in ("base", "saml", "dev", "node"):
        vast = (ROOT / "requirements" / f"{lijst}.txt").read_text().lower().replace("_", "-")
        for naam in gevraagd(f"{lijst}.in"):
            plek = re.escape(naam.lower().replace("_", "-"))
            assert re.search(rf"^{plek}(\[[a-z]+\])?==[^\n]*\\\n\s+--hash=sha256:", vast, re.MULTILINE), naam
