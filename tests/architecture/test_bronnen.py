"""What the source tree keeps to, where no linter looks (docs/architecture.md)."""

import ast
import re
import subprocess
import unicodedata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "eloket"
PYTHON = sorted(pad for map_ in ("src", "tests", "scripts", "bench") for pad in (ROOT / map_).rglob("*.py"))
LEESBAAR = {".py", ".html", ".css", ".js", ".txt", ".md", ".yaml", ".toml", ".typ"}
MEESTE_REGELS = 400
MEESTE_REGELS_TEST = 500  # a contract suite is one subject, and long
# Nine digits on their own: what a BSN looks like. Those of the demo are test numbers (99999xxxx).
_BSN = re.compile(r"(?<![\w.])(\d{9})(?!\w)")


def ids(pad: Path) -> str:
    return str(pad.relative_to(ROOT))


def test_no_module_is_called_after_nothing():
    verboden = re.compile(r"^_?(utils?|helpers?|common|misc|tools|stuff)$")
    gevonden = [
        ids(pad)
        for pad in [*PYTHON, *(map_ for map_ in SRC.rglob("*") if map_.is_dir())]
        if verboden.match(pad.stem)
    ]
    assert gevonden == []


def test_no_file_has_two_subjects():
    te_lang = {
        ids(pad): regels
        for pad in PYTHON
        if "migrations" not in pad.parts
        and (regels := len(pad.read_text(encoding="utf-8").splitlines()))
        > (MEESTE_REGELS_TEST if pad.is_relative_to(ROOT / "tests") else MEESTE_REGELS)
    }
    assert te_lang == {}


def test_no_function_has_two_subjects():
    te_lang = [
        f"{ids(pad)}: {knoop.name}"
        for pad in SRC.rglob("*.py")
        if "migrations" not in pad.parts
        for knoop in ast.walk(ast.parse(pad.read_text(encoding="utf-8")))
        if isinstance(knoop, ast.FunctionDef) and (knoop.end_lineno or 0) - knoop.lineno >= 50
    ]
    assert te_lang == []


def test_the_time_comes_from_one_place():
    """kernel.klok: what is shown is Amsterdam's, and a test has one thing to patch."""
    verboden = re.compile(
        r"\bdatetime\.(now|utcnow|today)\(|\bdate\.today\(|\btimezone\.(now|localdate|localtime)\("
    )
    gevonden = [
        ids(pad)
        for pad in SRC.rglob("*.py")
        if pad != SRC / "kernel" / "klok.py" and verboden.search(pad.read_text(encoding="utf-8"))
    ]
    assert gevonden == []


def test_nothing_in_the_log_is_built_from_what_people_gave():
    """A line takes codes and numbers: never a request, an actor, a party, a name or an exception itself."""
    persoonlijk = {"request", "actor", "partij", "naam", "bsn", "nummer", "email", "telefoon", "tekst"}
    for pad in SRC.rglob("*.py"):
        boom = ast.parse(pad.read_text(encoding="utf-8"))
        assert not _names_in_log_lines(boom) & persoonlijk, ids(pad)
        for vanger in (knoop for knoop in ast.walk(boom) if isinstance(knoop, ast.ExceptHandler)):
            assert vanger.name not in _names_in_log_lines(vanger), f"{ids(pad)}:{vanger.lineno}"


def _names_in_log_lines(boom: ast.AST) -> set[str]:
    """The bare names that log calls below this node write."""
    namen: set[str] = set()
    for knoop in ast.walk(boom):
        if isinstance(knoop, ast.Call) and _is_log(knoop):
            namen |= {arg.id for arg in knoop.args if isinstance(arg, ast.Name)}
            assert not any(isinstance(arg, ast.JoinedStr) for arg in knoop.args), (
                "logging without string building"
            )
    return namen


def _is_log(knoop: ast.Call) -> bool:
    return (
        isinstance(knoop.func, ast.Attribute)
        and isinstance(knoop.func.value, ast.Name)
        and knoop.func.value.id in {"log", "logger", "logging"}
    )


def test_no_number_of_a_real_person_stands_anywhere():
    """Only test numbers (99999xxxx) may pass the check of a BSN (the "elfproef")."""
    for pad in _tracked():
        if pad.suffix not in LEESBAAR:
            continue
        for gevonden in _BSN.findall(pad.read_text(encoding="utf-8")):
            cijfers = unicodedata.normalize("NFKC", gevonden)  # also digits of another script
            assert cijfers.startswith("99999") or not _passes_elfproef(cijfers), (
                f"{ids(pad)}: {cijfers[:3]}..."
            )


def _passes_elfproef(cijfers: str) -> bool:
    gewichten = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    som = sum(gewicht * int(cijfer) for gewicht, cijfer in zip(gewichten, cijfers, strict=True))
    return som % 11 == 0 and len(set(cijfers)) > 1


def _tracked() -> list[Path]:
    """What would be in a commit; everything when this is not a checkout."""
    uitkomst = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if uitkomst.returncode:
        return [pad for map_ in ("src", "tests", "docs") for pad in (ROOT / map_).rglob("*") if pad.is_file()]
    return [pad for regel in uitkomst.stdout.splitlines() if (pad := ROOT / regel).is_file()]


DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("pad", DOCS, ids=ids)
def test_what_the_docs_link_to_is_there(pad: Path):
    for doel in re.findall(r"\]\(([^)\s]+)\)", pad.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", doel):
            continue
        bestand, _, anker = doel.partition("#")
        naar = (pad.parent / bestand) if bestand else pad
        assert naar.exists(), doel
        if anker and naar.suffix == ".md":
            assert anker in _anchors(naar), doel


@pytest.mark.parametrize("pad", DOCS, ids=ids)
def test_what_the_docs_name_as_a_file_is_there(pad: Path):
    """`web/test_loket.py` is any file that ends so."""
    bekend = [f"/{ids(een)}" for een in _tracked()]
    genoemd = re.findall(r"`([\w./-]+\.(?:py|html|yaml|css|js))`", pad.read_text(encoding="utf-8"))
    assert not [naam for naam in genoemd if not any(een.endswith(f"/{naam}") for een in bekend)]


def _anchors(pad: Path) -> set[str]:
    """The anchors that a heading gets on GitHub."""
    koppen = re.findall(r"^#+ (.+)$", pad.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", kop.lower()).replace(" ", "-") for kop in koppen}
