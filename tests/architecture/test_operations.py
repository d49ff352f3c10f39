"""docs/operations.md names every setting and every command, with the real defaults."""

import re
from pathlib import Path

from pydantic import AliasChoices

from eloket.config.omgeving import Settings

ROOT = Path(__file__).resolve().parents[2]
BLADZIJDE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def variabelen() -> dict[str, object]:
    """Every ELOKET_ variable that Settings reads, with its default."""
    gevonden = {}
    for naam, veld in Settings.model_fields.items():
        alias = veld.validation_alias
        namen = alias.choices if isinstance(alias, AliasChoices) else [f"ELOKET_{naam.upper()}"]
        gevonden[next(str(n) for n in namen if str(n).startswith("ELOKET_"))] = veld.default
    return gevonden


def test_elke_variabele_staat_in_de_tabel_en_andersom():
    tabel = dict(re.findall(r"^\| `(ELOKET_\w+)` \| (.*?) \|", BLADZIJDE, re.MULTILINE))
    echt = variabelen()
    assert set(tabel) == set(echt)
    for naam, standaard in echt.items():
        if standaard in ("", (), None):
            assert "`" not in tabel[naam], naam
        else:
            tekst = ",".join(standaard) if isinstance(standaard, tuple) else str(standaard)
            if isinstance(standaard, bool):
                tekst = "ja" if standaard else "nee"
            assert tabel[naam] == f"`{tekst}`", naam


def test_de_readme_noemt_alleen_variabelen_die_bestaan():
    for pad in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")):
        for naam in re.findall(r"ELOKET_[A-Z_]*[A-Z]", pad.read_text(encoding="utf-8")):
            assert any(echt == naam or echt.startswith(f"{naam}_") for echt in variabelen()), (pad.name, naam)


def test_elk_commando_staat_in_de_tabel_en_andersom():
    mappen = (ROOT / "src" / "eloket").glob("**/management/commands/*.py")
    echt = {pad.stem for pad in mappen if pad.stem != "__init__"}
    tabel = set(re.findall(r"^\| `eloket ([a-z-]+)", BLADZIJDE, re.MULTILINE))
    assert echt
    assert tabel == echt
