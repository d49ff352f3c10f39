"""Is a leak known in a package that we use? `make audit`; `make test` asks the same.

Asks pip-audit (Python, requirements/dev.txt, which holds base.txt too) and `npm audit` (package-lock.json). Ends with

- 0: everything was looked at, and nothing is known that nobody accepted;
- 1: a leak is known, or what was accepted has expired: `requirements/aanvaard.yaml`;
- 3: a service did not answer, or did not know a package. What could be looked at is fine, and what could not is named:
  never taken for good, and no reason to stop a municipality without internet.
"""

import argparse
import datetime as dt
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

ROOT = Path(__file__).resolve().parent.parent
AANVAARD = ROOT / "requirements" / "aanvaard.yaml"
GOED, LEK, NIET_BEKEKEN = 0, 1, 3
LANGSTE = dt.timedelta(days=183)  # that something is accepted: then somebody looks again
_WACHT = 55  # seconds; the two are asked beside each other


@dataclass(frozen=True, slots=True, order=True)
class Lek:
    """A known vulnerability in a package. `namen` are all its identifiers (CVE, GHSA, PYSEC)."""

    pakket: str
    versie: str
    namen: frozenset[str]
    mend: str

    def __str__(self) -> str:
        return f"{self.pakket} {self.versie}: {', '.join(sorted(self.namen))} ({self.mend})"


@dataclass(frozen=True, slots=True)
class Antwoord:
    """What one service said. `niet_bekeken`: packages that it did not know, or why there is no answer at all."""

    lekken: tuple[Lek, ...] = ()
    niet_bekeken: tuple[str, ...] = ()


class Aanvaard(BaseModel):
    """A leak that somebody accepted, why, and until when (that day included)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lek: str = Field(min_length=5)
    pakket: str = Field(min_length=1)
    reden: str = Field(min_length=20)
    tot: dt.date


class AntwoordOnleesbaar(Exception):
    """No answer of the service, or one that we do not know."""


def read_pip(tekst: str) -> Antwoord:
    """What `pip-audit -f json` writes. Raises AntwoordOnleesbaar.

    It ends well, and says so, also when it found no package at all: so each that it skipped counts as not looked at.
    """
    pakketten = _part(tekst, "dependencies", list)
    lekken, niet = [], []
    for een in pakketten:
        if "vulns" not in een:
            niet.append(str(een["name"]))
            continue
        lekken += [_pip_lek(een, vuln) for vuln in een["vulns"]]
    if not pakketten:
        raise AntwoordOnleesbaar("pip-audit noemde geen pakketten")
    return Antwoord(tuple(lekken), tuple(niet))


def _pip_lek(een: Mapping[str, Any], vuln: Mapping[str, Any]) -> Lek:
    naar = ", ".join(vuln.get("fix_versions") or ())
    namen = frozenset({vuln["id"], *(vuln.get("aliases") or ())})
    return Lek(een["name"], een["version"], namen, f"opgelost in {naar}" if naar else "nog niet opgelost")


def read_npm(tekst: str) -> Antwoord:
    """What `npm audit --json` writes. Raises AntwoordOnleesbaar."""
    pakketten = _part(tekst, "vulnerabilities", dict)
    gevonden = {
        Lek(
            via["name"],
            via.get("range", "?"),
            frozenset({str(via["url"]).rpartition("/")[2]}),
            via["severity"],
        )
        for een in pakketten.values()
        for via in een["via"]
        if isinstance(
            via, dict
        )  # a text is the name of the package that has the leak: it stands there itself
    }
    if pakketten and not gevonden:
        raise AntwoordOnleesbaar("npm audit noemt pakketten zonder lek")
    if not _part(tekst, "metadata", dict)["dependencies"]["total"]:
        raise AntwoordOnleesbaar("npm audit zag geen pakketten")
    return Antwoord(tuple(gevonden))


def _part(tekst: str, naam: str, soort: type) -> Any:
    try:
        deel = json.loads(tekst)[naam]
    except (ValueError, KeyError, TypeError) as fout:
        raise AntwoordOnleesbaar("geen antwoord") from fout
    if not isinstance(deel, soort):
        raise AntwoordOnleesbaar("geen antwoord")
    return deel


def read_aanvaard(tekst: str) -> tuple[Aanvaard, ...]:
    """The list of what was accepted. Raises ValidationError."""
    return tuple(TypeAdapter(list[Aanvaard]).validate_python(yaml.safe_load(tekst) or []))


def judge(
    antwoorden: Sequence[Antwoord], aanvaard: Sequence[Aanvaard], vandaag: dt.date
) -> tuple[int, list[str]]:
    """The exit code, and what to tell. An acceptance that expired, or that goes on for too long, counts as a leak."""
    regels = list(_expired(aanvaard, vandaag))
    lekken = sorted({lek for een in antwoorden for lek in een.lekken}, key=str)
    geldig = [een for een in aanvaard if een.tot >= vandaag]
    regels += [f"LEK         {lek}" for lek in lekken if not any(_covers(een, lek) for een in geldig)]
    code = LEK if regels else GOED
    regels += [
        f"AANVAARD    {lek}, tot en met {een.tot.isoformat()}: {een.reden}"
        for lek in lekken
        for een in geldig
        if _covers(een, lek)
    ]
    niet = [een.niet_bekeken for een in antwoorden if een.niet_bekeken]
    if not niet:  # otherwise it may be there and not be seen
        regels += [
            f"LET OP      {een.pakket} {een.lek} is niet meer gevonden: haal het uit {AANVAARD.name}"
            for een in geldig
            if not any(_covers(een, lek) for lek in lekken)
        ]
    regels += [f"NIET BEKEKEN  {_short(wat)}" for wat in niet]
    return code or (NIET_BEKEKEN if niet else GOED), regels


def _expired(aanvaard: Iterable[Aanvaard], vandaag: dt.date) -> Iterator[str]:
    for een in aanvaard:
        if een.tot < vandaag:
            yield f"VERLOPEN    {een.pakket} {een.lek}: aanvaard tot en met {een.tot.isoformat()}. Kijk opnieuw."
        elif een.tot > vandaag + LANGSTE:
            yield f"TE LANG     {een.pakket} {een.lek}: aanvaard iets voor hooguit een half jaar."


def _covers(een: Aanvaard, lek: Lek) -> bool:
    return een.lek in lek.namen and een.pakket == lek.pakket


def _short(wat: Sequence[str]) -> str:
    meer = f" en nog {len(wat) - 8}" if len(wat) > 8 else ""
    return f"{', '.join(wat[:8])}{meer}"


def _ask_pip(osv_url: str) -> Antwoord:
    opdracht = [
        sys.executable,
        "-m",
        "pip_audit",
        "-r",
        "requirements/dev.txt",
        "--disable-pip",
        "--require-hashes",
    ]
    opdracht += [
        "-f",
        "json",
        "--progress-spinner",
        "off",
        "--timeout",
        "8",
        "--desc",
        "off",
        "--aliases",
        "on",
    ]
    opdracht += ["-s", "osv", "--osv-url", osv_url] if osv_url else []
    try:
        return read_pip(_output(opdracht))
    except AntwoordOnleesbaar as fout:
        return Antwoord(niet_bekeken=(f"alle Python-pakketten ({fout})",))


def _ask_npm() -> Antwoord:
    npm = next(
        filter(None, (shutil.which(een) for een in (str(Path(sys.executable).parent / "npm"), "npm"))), None
    )
    if npm is None:
        return Antwoord(niet_bekeken=("alle npm-pakketten (er is geen npm)",))
    try:
        return read_npm(
            _output(
                [npm, "audit", "--json", "--package-lock-only", "--fetch-timeout=8000", "--fetch-retries=0"]
            )
        )
    except AntwoordOnleesbaar as fout:
        return Antwoord(niet_bekeken=(f"alle npm-pakketten ({fout})",))


def _output(opdracht: Sequence[str]) -> str:
    """What it wrote, whatever it ended with: both end with 1 for a leak, and for much else."""
    try:
        return subprocess.run(
            opdracht,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=_WACHT,
            stdin=subprocess.DEVNULL,
        ).stdout
    except subprocess.TimeoutExpired as fout:
        raise AntwoordOnleesbaar(f"geen antwoord binnen {_WACHT} seconden") from fout


def main() -> int:
    parser = argparse.ArgumentParser(description="Is er een lek bekend in een pakket dat wij gebruiken?")
    parser.add_argument(
        "--osv-url", default="", help="vraag het voor Python aan deze OSV-dienst, en niet aan PyPI"
    )
    keuze = parser.parse_args()
    try:
        aanvaard = read_aanvaard(AANVAARD.read_text(encoding="utf-8"))
    except (ValidationError, yaml.YAMLError) as fout:
        print(f"{AANVAARD.name} klopt niet:\n{fout}", file=sys.stderr)
        return LEK
    vandaag = dt.datetime.now(dt.UTC).date()
    with ThreadPoolExecutor() as tegelijk:
        python, npm = tegelijk.submit(_ask_pip, keuze.osv_url), tegelijk.submit(_ask_npm)
        antwoorden = (python.result(), npm.result())
    code, regels = judge(antwoorden, aanvaard, vandaag)
    print("\n".join(regels) or "Van geen enkel pakket is een lek bekend.")
    return code


if __name__ == "__main__":
    sys.exit(main())
