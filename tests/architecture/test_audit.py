"""What `make audit` makes of the answers about known leaks: nothing that was not looked at counts as good."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from gzip import decompress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from pydantic import ValidationError

from scripts import audit
from scripts.audit import (
    GOED,
    LEK,
    NIET_BEKEKEN,
    Aanvaard,
    Antwoord,
    AntwoordOnleesbaar,
    judge,
    read_aanvaard,
    read_npm,
    read_pip,
)

ROOT = Path(__file__).resolve().parents[2]
VANDAAG = date(2026, 11, 28)
SCHOON = json.dumps({"dependencies": [{"name": "django", "version": "5.2.19", "vulns": []}], "fixes": []})
# As pip-audit writes it for a list with one old pin in it.
MET_LEK = json.dumps(
    {
        "dependencies": [
            {"name": "django", "version": "5.2.19", "vulns": []},
            {
                "name": "jinja2",
                "version": "2.4.1",
                "vulns": [
                    {"id": "PYSEC-2019-217", "fix_versions": ["2.10.1"], "aliases": ["CVE-2019-10906"]},
                ],
            },
        ],
        "fixes": [],
    }
)
OVERGESLAGEN = json.dumps(
    {"dependencies": [{"name": "django", "skip_reason": "Dependency not found on PyPI"}], "fixes": []}
)
NPM_SCHOON = json.dumps({"vulnerabilities": {}, "metadata": {"dependencies": {"total": 100}}})
NPM_LEK = json.dumps(
    {
        "vulnerabilities": {
            "leaflet": {
                "name": "leaflet",
                "via": [
                    {
                        "name": "leaflet",
                        "url": "https://github.com/advisories/GHSA-aaaa-bbbb-cccc",
                        "severity": "high",
                        "range": "<=1.9.4",
                    }
                ],
            },
            "bovenop": {"name": "bovenop", "via": ["leaflet"]},
        },
        "metadata": {"dependencies": {"total": 100}},
    }
)


def accept(lek: str = "CVE-2019-10906", pakket: str = "jinja2", tot: date = VANDAAG) -> Aanvaard:
    return Aanvaard(lek=lek, pakket=pakket, reden="Wij laten niemand zelf sjablonen schrijven.", tot=tot)


def ask(*aanvaard: Aanvaard, python: str = MET_LEK, npm: str = NPM_SCHOON) -> tuple[int, str]:
    code, regels = judge((read_pip(python), read_npm(npm)), aanvaard, VANDAAG)
    return code, "\n".join(regels)


def test_without_a_known_leak_it_is_good():
    assert ask(python=SCHOON) == (GOED, "")


def test_a_known_leak_fails_with_its_names_and_what_mends_it():
    code, tekst = ask()
    assert code == LEK
    assert "LEK         jinja2 2.4.1: CVE-2019-10906, PYSEC-2019-217 (opgelost in 2.10.1)" in tekst
    code, tekst = ask(python=SCHOON, npm=NPM_LEK)
    assert code == LEK
    assert tekst.count("LEK ") == 1, "what only stands on top of it is no leak of its own"
    assert "leaflet <=1.9.4: GHSA-aaaa-bbbb-cccc (high)" in tekst


@pytest.mark.parametrize("naam", ["CVE-2019-10906", "PYSEC-2019-217"])
def test_what_was_accepted_passes_up_to_its_last_day_by_any_of_its_names(naam):
    code, tekst = ask(accept(naam))
    assert code == GOED
    assert "AANVAARD    jinja2 2.4.1" in tekst
    assert "Wij laten niemand" in tekst
    code, tekst = ask(accept(naam, tot=VANDAAG - timedelta(days=1)))
    assert code == LEK
    assert "VERLOPEN    jinja2" in tekst
    assert "LEK         jinja2" in tekst


@pytest.mark.parametrize("anders", [accept(pakket="django"), accept("CVE-2019-10907")])
def test_what_was_accepted_for_something_else_does_not_count(anders):
    assert ask(anders)[0] == LEK


def test_nothing_is_accepted_for_longer_than_half_a_year():
    assert ask(accept(tot=VANDAAG + audit.LANGSTE))[0] == GOED
    code, tekst = ask(accept(tot=VANDAAG + audit.LANGSTE + timedelta(days=1)))
    assert code == LEK
    assert "TE LANG" in tekst


def test_an_acceptance_that_expired_fails_also_when_nobody_answers():
    code, _ = judge((Antwoord(niet_bekeken=("alles",)),), (accept(tot=date(2026, 1, 1)),), VANDAAG)
    assert code == LEK


def test_an_acceptance_of_what_is_gone_is_told_when_everything_was_looked_at():
    code, tekst = ask(accept(), python=SCHOON)
    assert code == GOED
    assert "LET OP      jinja2 CVE-2019-10906 is niet meer gevonden" in tekst
    assert "LET OP" not in ask(accept(), python=OVERGESLAGEN)[1]


def test_a_package_that_was_skipped_was_not_looked_at():
    """pip-audit itself says "No known vulnerabilities found" then, and ends with 0."""
    assert ask(python=OVERGESLAGEN) == (NIET_BEKEKEN, "NIET BEKEKEN  django")


def test_a_leak_counts_also_when_another_service_is_silent():
    code, regels = judge((read_pip(MET_LEK), Antwoord(niet_bekeken=("alle npm-pakketten",))), (), VANDAAG)
    assert code == LEK
    assert "NIET BEKEKEN  alle npm-pakketten" in regels


@pytest.mark.parametrize(
    "tekst", ["", "Traceback", "[]", "{}", '{"dependencies": {}}', '{"dependencies": []}']
)
def test_no_answer_about_python_is_no_good_answer(tekst):
    with pytest.raises(AntwoordOnleesbaar):
        read_pip(tekst)


@pytest.mark.parametrize(
    "tekst",
    [
        '{"message": "405 Method Not Allowed", "error": {"summary": ""}}',
        '{"error": {"code": "ENOLOCK"}}',
        '{"vulnerabilities": []}',
        '{"vulnerabilities": {}}',
        '{"vulnerabilities": {}, "metadata": {"dependencies": {"total": 0}}}',
        '{"vulnerabilities": {"x": {"via": ["y"]}}, "metadata": {"dependencies": {"total": 9}}}',
    ],
)
def test_no_answer_about_npm_is_no_good_answer(tekst):
    with pytest.raises(AntwoordOnleesbaar):
        read_npm(tekst)


@pytest.mark.parametrize(
    "tekst",
    [
        "- {lek: CVE-2019-10906, pakket: jinja2, tot: 2027-01-01}",
        "- {lek: CVE-2019-10906, pakket: jinja2, reden: kort, tot: 2027-01-01}",
        "- {lek: CVE-2019-10906, pakket: jinja2, reden: Dat kan hier om deze reden niet.}",
        "- {lek: CVE-2019-10906, pakket: jinja2, reden: Dat kan hier om deze reden niet., tot: 2027-01-01, meer: x}",
    ],
)
def test_an_acceptance_without_a_real_reason_or_an_end_is_not_read(tekst):
    with pytest.raises(ValidationError):
        read_aanvaard(tekst)


def test_the_list_of_the_product_can_be_read():
    read_aanvaard(audit.AANVAARD.read_text(encoding="utf-8"))


class _Dienst(BaseHTTPRequestHandler):
    """Both services in one: it knows a leak in jinja2 and in leaflet, whatever their version."""

    def do_POST(self) -> None:
        inhoud = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            inhoud = decompress(inhoud)
        vraag = json.loads(inhoud)
        if "package" not in vraag:
            lek = {
                "id": 1,
                "url": "https://advies.example/GHSA-aaaa-bbbb-cccc",
                "title": "x",
                "severity": "high",
            }
            self._send({"leaflet": [{**lek, "vulnerable_versions": "*", "cwe": [], "cvss": {"score": 0}}]})
        elif vraag["package"]["name"] == "jinja2":
            self._send({"vulns": [{"id": "GHSA-dddd-eeee-ffff", "aliases": ["CVE-2026-1"], "affected": []}]})
        else:
            self._send({})

    def do_GET(self) -> None:
        self._send({"name": "leaflet", "versions": {"1.9.4": {"name": "leaflet", "version": "1.9.4"}}})

    def _send(self, antwoord: object) -> None:
        tekst = json.dumps(antwoord).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(tekst)))
        self.end_headers()
        self.wfile.write(tekst)

    def log_message(self, *_args: object) -> None:
        """Nothing."""


@pytest.fixture
def dienst() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Dienst)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def run_audit(url: str, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """The real tools, asking this address only."""
    omgeving = {naam: waarde for naam, waarde in os.environ.items() if "proxy" not in naam.lower()}
    omgeving |= {
        "npm_config_registry": url,
        "npm_config_cache": str(tmp_path / "npm"),
        "XDG_CACHE_HOME": str(tmp_path),
    }
    opdracht = [sys.executable, "scripts/audit.py", "--osv-url", url]
    return subprocess.run(
        opdracht, cwd=ROOT, env=omgeving, capture_output=True, text=True, timeout=100, check=False
    )


@pytest.mark.slow
def test_the_real_tools_find_a_leak_in_what_is_pinned(dienst: str, tmp_path: Path):
    uitkomst = run_audit(dienst, tmp_path)
    assert uitkomst.returncode == LEK, uitkomst.stdout + uitkomst.stderr
    assert "CVE-2026-1, GHSA-dddd-eeee-ffff (nog niet opgelost)" in uitkomst.stdout
    assert "LEK         leaflet *: GHSA-aaaa-bbbb-cccc (high)" in uitkomst.stdout
    assert uitkomst.stdout.count("LEK ") == 2
    assert "NIET BEKEKEN" not in uitkomst.stdout


@pytest.mark.slow
def test_a_service_that_is_away_is_said_and_is_not_good(tmp_path: Path):
    uitkomst = run_audit("http://127.0.0.1:9", tmp_path)
    assert uitkomst.returncode == NIET_BEKEKEN, uitkomst.stdout + uitkomst.stderr
    assert "NIET BEKEKEN  alle Python-pakketten" in uitkomst.stdout
    assert "NIET BEKEKEN  alle npm-pakketten" in uitkomst.stdout
