"""docs/security.md maps each guideline of the DigiD norm, and each threat, to code that is there and tests that run."""

import ast
import re
from pathlib import Path

import pytest

from eloket.identity.types import Audience
from eloket.ops.productie.alles import check_all
from tests.architecture.routetabel import ROUTES
from tests.unit.ops.productieomgeving import put

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "eloket"
TESTS = ROOT / "tests"
PRODUCTIE = SRC / "ops" / "productie"
BLADZIJDE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
# Logius, Norm ICT-beveiligingsassessments DigiD: the guidelines of the NCSC that an auditor looks at.
NORM = (
    "B.05", "U/TV.01", "U/WA.02", "U/WA.03", "U/WA.04", "U/WA.05", "U/PW.02", "U/PW.03", "U/PW.05", "U/PW.07",
    "U/NW.03", "U/NW.04", "U/NW.05", "U/NW.06", "C.03", "C.04", "C.06", "C.07", "C.08", "C.09",
)  # fmt: skip
# How scripts/test-all, which is `make test`, divides all tests among three runs.
RONDES = {"not e2e and not postgres", "not e2e", "e2e"}
OVERSLAAN = {"skip", "skipif", "xfail", "importorskip", "skipIf", "skipUnless", "SkipTest", "__test__"}
# What may pass over a test all the same, how often it says so, and why every test runs somewhere, or nothing is lost.
MAG: dict[str, tuple[int, str]] = {
    "clamd.py": (1, "an error on CI; and scripts/test-all tells who has no clamd"),
    "e2e/product.py": (1, "starts a server of its own on SQLite: it ran in the round on SQLite"),
    "faults/test_documenten_opslag.py": (
        2,
        "only root can make a small disk; the same runs with one that is told to be full",
    ),
    "faults/test_server.py": (1, "only root can make a small disk; the same runs with prlimit"),
    "unit/audit/test_bewaking.py": (1, "PostgreSQL has no INSERT OR REPLACE: it runs in the round on SQLite"),
}


def rows(kop: str) -> list[list[str]]:
    """The cells of the table under this heading."""
    deel = BLADZIJDE.partition(f"\n## {kop}\n")[2].partition("\n## ")[0]
    regels = [regel for regel in deel.splitlines() if regel.startswith("| ")]
    return [
        [cel.strip() for cel in regel.strip("|").split(" | ")] for regel in regels if "|---" not in regel
    ][1:]


def names(cel: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cel)


NORMRIJEN = {rij[0]: rij for rij in rows("The DigiD norm")}
DREIGINGEN = [
    rij
    for kop in re.findall(r"^## (.+)$", BLADZIJDE, re.MULTILINE)
    for rij in rows(kop)
    if kop != "The DigiD norm"
]


def test_the_werkplek_is_one_path_that_a_proxy_can_keep_to_a_network():
    """U/NW.05: every page that is for civil servants alone."""
    voor_hen = {Audience.MEDEWERKER, Audience.BEHEERDER}
    paden = [route.patroon for route in ROUTES if route.audience in voor_hen]
    assert len(paden) > 50
    assert [pad for pad in paden if not pad.startswith("werkplek/")] == []


def test_each_guideline_has_its_row_and_there_is_no_other():
    assert tuple(NORMRIJEN) == NORM
    assert {len(rij) for rij in NORMRIJEN.values()} == {5}
    assert all(all(rij) for rij in NORMRIJEN.values())


def test_each_threat_has_code_and_a_test():
    assert len(DREIGINGEN) > 120
    assert [rij[0] for rij in DREIGINGEN if len(rij) != 3 or not all(rij)] == []


@pytest.mark.parametrize("rij", NORMRIJEN.values(), ids=NORMRIJEN)
def test_the_code_of_a_guideline_is_there(rij: list[str]):
    genoemd = [
        naam for naam in names(rij[2]) if re.fullmatch(r"[\w./-]+(/|\.py)", naam) and naam != "/werkplek/"
    ]
    alles = {f"/{pad.relative_to(ROOT)}{'/' if pad.is_dir() else ''}" for pad in _code()}
    assert [naam for naam in genoemd if not any(pad.endswith(f"/{naam}") for pad in alles)] == []


def _code() -> list[Path]:
    return [*SRC.rglob("*"), *(ROOT / "scripts").iterdir(), *TESTS.iterdir()]


@pytest.mark.parametrize("rij", [*NORMRIJEN.values(), *DREIGINGEN], ids=lambda rij: rij[0][:60])
def test_the_tests_of_a_row_are_there_and_run_in_make_test(rij: list[str]):
    gevonden = _test_files(rij[-1])
    assert gevonden
    for pad in gevonden:
        assert pad.is_file(), pad
        tekst = pad.read_text(encoding="utf-8")
        assert re.search(r"^(async )?def test_", tekst, re.MULTILINE), pad


def test_no_test_of_a_row_is_passed_over_unless_it_says_here_why():
    """In the file itself, and in what of ours it uses: a mark can be imported."""
    genoemd = {pad for rij in [*NORMRIJEN.values(), *DREIGINGEN] for pad in _test_files(rij[-1])}
    aantallen = {pad: count_skips(pad.read_text(encoding="utf-8")) for pad in _with_ours(genoemd)}
    gevonden = {str(pad.relative_to(TESTS)): aantal for pad, aantal in aantallen.items() if aantal}
    assert gevonden == {naam: aantal for naam, (aantal, _) in MAG.items()}


@pytest.mark.parametrize(
    ("regel", "aantal"),
    [
        ("@pytest.mark.skip\ndef test_x(): ...", 1),
        ("@pytest.mark.skipif(True, reason='x')\ndef test_x(): ...", 1),
        ("pytestmark = [pytest.mark.xfail]", 1),
        ("def test_x():\n    pytest.skip('x')", 1),
        ("def test_x():\n    if ja: pytest.xfail('x')", 1),
        ("np = pytest.importorskip('x')", 1),
        ("pytest.skip('x', allow_module_level=True)", 1),
        ("from pytest import skip as over\ndef test_x():\n    over('x')", 1),
        ("from pytest import mark\n@mark.skipif(ja)\ndef test_x(): ...", 1),
        ("raise unittest.SkipTest", 1),
        ("__test__ = False", 1),
        ("class TestX:\n    __test__ = False", 1),
        ("def test_skip():\n    assert 'pytest.skip' # pytest.mark.skip", 0),
    ],
)
def test_every_way_to_pass_over_a_test_is_seen(regel: str, aantal: int):
    assert count_skips(regel) == aantal


def count_skips(tekst: str) -> int:
    """In the code: what stands in a text or a comment passes nothing over."""
    namen: list[str] = []
    for knoop in ast.walk(ast.parse(tekst)):
        match knoop:
            case ast.Attribute(attr=naam) | ast.Name(id=naam) | ast.alias(name=naam):
                namen.append(naam)
    return sum(naam in OVERSLAAN for naam in namen)


def _with_ours(paden: set[Path]) -> set[Path]:
    """These files, and the modules of the tests that they import, and those that these import."""
    alle, nog = set(paden), list(paden)
    while nog:
        for knoop in ast.walk(ast.parse(nog.pop().read_text(encoding="utf-8"))):
            if isinstance(knoop, ast.ImportFrom) and (knoop.module or "").partition(".")[0] == "tests":
                modules = [knoop.module or "", *(f"{knoop.module}.{een.name}" for een in knoop.names)]
                nieuw = {
                    pad
                    for een in modules
                    if (pad := ROOT.joinpath(*een.split(".")).with_suffix(".py")).is_file()
                }
                nog += nieuw - alle
                alle |= nieuw
    return alle


def _test_files(cel: str) -> list[Path]:
    """A name without a folder stands in the folder of the one before it."""
    paden: list[Path] = []
    for naam in names(cel):
        if naam.endswith(".py"):
            paden.append(TESTS / naam if "/" in naam else paden[-1].with_name(naam))
    return paden


def test_make_test_runs_every_test_in_one_of_its_rounds():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^test: .*\n\t.*scripts/test-all$", makefile, re.MULTILINE)
    script = (ROOT / "scripts" / "test-all").read_text(encoding="utf-8")
    rondes = re.findall(
        r'"\$pytest" "\$order" -n "\$workers" -m (?:"([^"]+)"|(\w+))(.*)$', script, re.MULTILINE
    )
    assert {heel or woord for heel, woord, _ in rondes} == RONDES
    assert {rest for *_, rest in rondes} == {""}, "no folder, file or option narrows a round"


def test_the_lines_that_a_guideline_names_are_lines_of_check_production():
    bekend = {
        str(knoop.value)
        for pad in PRODUCTIE.glob("*.py")
        for knoop in ast.walk(ast.parse(pad.read_text(encoding="utf-8")))
        if isinstance(knoop, ast.Constant)
    }
    assert {code for rij in NORMRIJEN.values() for code in names(rij[3])} - bekend == set()
    assert [norm for norm, rij in NORMRIJEN.items() if not names(rij[3])] == []


@pytest.mark.django_db
def test_each_line_of_check_production_stands_with_the_guidelines_that_it_is_about(settings):
    put(settings)
    regels = list(check_all(netwerk=False))
    assert len(regels) > 40
    for regel in regels:
        normen = {deel for deel in regel.norm.split(", ") if not deel.startswith("BIO ")} - {"-"}
        assert normen <= set(NORM), regel.code
        assert normen == {norm for norm, rij in NORMRIJEN.items() if regel.code in names(rij[3])}, regel.code
