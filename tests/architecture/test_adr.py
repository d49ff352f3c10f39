"""The decisions in docs/adr/ have a number of their own, and what names one names one that exists."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BESLUITEN = sorted((ROOT / "docs" / "adr").glob("*.md"))


def test_elk_besluit_heeft_een_eigen_nummer_dat_in_de_kop_staat():
    nummers = [int(pad.name[:4]) for pad in BESLUITEN]
    assert nummers == list(range(1, len(BESLUITEN) + 1))
    for nummer, pad in zip(nummers, BESLUITEN, strict=True):
        assert pad.read_text(encoding="utf-8").startswith(f"# {nummer}. "), pad.name


def test_elke_verwijzing_naar_een_besluit_klopt():
    namen = {pad.name for pad in BESLUITEN}
    for pad in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")):
        for nummer, naam in re.findall(r"\[ADR (\d+)\]\((?:adr/)?([^)]+)\)", pad.read_text(encoding="utf-8")):
            assert naam in namen, (pad.name, naam)
            assert int(naam[:4]) == int(nummer), (pad.name, naam)
