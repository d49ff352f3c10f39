"""What is shipped, as CycloneDX: `sbom.cdx.json`. `make sbom` writes it; with `--controleer` it is only compared.

Shipped are the Python packages of requirements/base.txt with all that these bring along, those of saml.txt as optional,
and the npm packages of which something ends in what browsers receive. Made from the lock files, so that it is the same
on every machine: without a moment, a serial number, a path, or the address of a registry. Licences come from the
packages that are installed here; of a version that is not (for another Python), the one of the file as it stands, or of
the version that is.
"""

import argparse
import base64
import json
import re
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import DisjunctiveLicense, License, LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.spdx import is_expression
from packageurl import PackageURL

ROOT = Path(__file__).resolve().parent.parent
BESTAND = ROOT / "sbom.cdx.json"
_PIN = re.compile(
    r"(?P<naam>[A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==(?P<versie>[^ \\]+)(?: ; (?P<voorwaarde>[^\\]+))?"
)
_VIA = re.compile(r"^    #   (?:via )?(\S.*)$")
# Tools: they make the style sheet and the scripts, and nothing of them ends in those.
GEREEDSCHAP = re.compile(r"esbuild$|@esbuild/")
# Packages that say their licence in words, or not in full: read in the text of their licence.
LICENTIES = {
    "colorama": "BSD-3-Clause",  # for Windows
    "contourpy": "BSD-3-Clause",
    "cycler": "BSD-3-Clause",
    "fido2": "BSD-2-Clause AND Apache-2.0 AND MPL-2.0",  # its own; a part of Google; the list of public suffixes
    "jinja2": "BSD-3-Clause",
    "kiwisolver": "BSD-3-Clause",
    "matplotlib": "PSF-based",  # a licence of its own, after that of Python
    "python-stdnum": "LGPL-2.1-or-later",
    "segno": "BSD-3-Clause",
    "sqlparse": "BSD-3-Clause",
}


class LicentieOnbekend(Exception):
    """A package that does not say under which licence it is."""


@dataclass(frozen=True, slots=True)
class Pin:
    """One package of a lock file. `via`: what brings it along, "" is ourselves."""

    naam: str
    versie: str
    voorwaarde: str
    via: frozenset[str]
    is_optioneel: bool = False


def read_pins(tekst: str, *, is_optioneel: bool = False) -> tuple[Pin, ...]:
    """Every package of a requirements file as uv writes it. Two versions of one package have a condition each."""
    pins: list[tuple[re.Match[str], set[str]]] = []
    for regel in tekst.splitlines():
        if gevonden := _PIN.match(regel):
            pins.append((gevonden, set()))
        elif pins and (door := _VIA.match(regel.replace("    # via ", "    #   ", 1))):
            naam = door[1].strip()
            pins[-1][1].add("" if naam.startswith(("-r ", "-c ")) else naam)
    return tuple(
        Pin(een["naam"], een["versie"], (een["voorwaarde"] or "").strip(), frozenset(via), is_optioneel)
        for een, via in pins
    )


def shipped_npm(lock: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The packages of package-lock.json, by name, that end in what browsers receive."""
    alle = {pad.rpartition("node_modules/")[2]: een for pad, een in lock["packages"].items() if pad}
    return {naam: een for naam, een in alle.items() if not een.get("dev") and not GEREEDSCHAP.match(naam)}


def make_sbom(root: Path = ROOT) -> str:
    """The file, with a line for each value. Raises LicentieOnbekend."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    zelf = Component(
        name=project["name"],
        version=project["version"],
        description=project["description"],
        type=ComponentType.APPLICATION,
        licenses=[_license(project["license"])],
        bom_ref=f"{project['name']}@{project['version']}",
    )
    bom = Bom()
    bom.metadata.component = zelf
    lijsten = root / "requirements"
    pins = read_pins((lijsten / "base.txt").read_text())
    pins += read_pins((lijsten / "saml.txt").read_text(), is_optioneel=True)
    _add_python(bom, zelf, pins, _licences_now(root))
    npm = [
        _npm(naam, een)
        for naam, een in shipped_npm(json.loads((root / "package-lock.json").read_text())).items()
    ]
    bom.components.update(npm)
    bom.register_dependency(zelf, npm)
    inhoud = json.loads(JsonV1Dot6(bom).output_as_string())
    del inhoud["serialNumber"], inhoud["metadata"]["timestamp"]  # of this run, and not of what is shipped
    return json.dumps(inhoud, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _add_python(bom: Bom, zelf: Component, pins: tuple[Pin, ...], bekend: Mapping[str, str]) -> None:
    paren = [(pin, _python(pin, bekend)) for pin in pins]
    bom.components.update(component for _, component in paren)
    for door in {"", *(pin.naam for pin in pins)}:
        brengt = [component for pin, component in paren if door in pin.via]
        for wie in [zelf] if not door else [component for pin, component in paren if pin.naam == door]:
            bom.register_dependency(wie, brengt)


def _python(pin: Pin, bekend: Mapping[str, str]) -> Component:
    purl = PackageURL("pypi", name=pin.naam.lower().replace("_", "-"), version=pin.versie)
    return Component(
        name=pin.naam,
        version=pin.versie,
        purl=purl,
        bom_ref=str(purl),
        scope=ComponentScope.OPTIONAL if pin.is_optioneel else None,
        licenses=[_license(_licence_of(pin, bekend.get(str(purl), "")))],
        properties=[Property(name="eloket:voorwaarde", value=pin.voorwaarde)] if pin.voorwaarde else [],
    )


def _npm(naam: str, een: Mapping[str, Any]) -> Component:
    groep, _, kort = naam.rpartition("/")
    soort, _, waarde = een["integrity"].partition("-")
    purl = PackageURL("npm", namespace=groep or None, name=kort, version=een["version"])
    if not een.get("license"):
        raise LicentieOnbekend(naam)
    return Component(
        name=kort,
        group=groep or None,
        version=een["version"],
        purl=purl,
        bom_ref=str(purl),
        licenses=[_license(een["license"])],
        hashes=[HashType(alg=HashAlgorithm(f"SHA-{soort[3:]}"), content=base64.b64decode(waarde).hex())],
    )


def _license(tekst: str) -> License:
    return LicenseExpression(tekst) if is_expression(tekst) else DisjunctiveLicense(name=tekst)


def _licence_of(pin: Pin, nu: str) -> str:
    """Of this version when it is installed here, else as the file has it now, else of the version that is installed."""
    if pin.naam in LICENTIES:
        return LICENTIES[pin.naam]
    try:
        gegevens = metadata.metadata(pin.naam)
    except metadata.PackageNotFoundError:
        gegevens = None
    if nu and (gegevens is None or gegevens["Version"] != pin.versie):
        return nu
    for veld in ("License-Expression", "License"):
        tekst = str(gegevens[veld]) if gegevens and veld in gegevens else ""
        if tekst and is_expression(tekst):
            return tekst
    raise LicentieOnbekend(pin.naam)


def _licences_now(root: Path) -> dict[str, str]:
    """Licence by package URL, as the file stands."""
    pad = root / BESTAND.name
    inhoud = json.loads(pad.read_text(encoding="utf-8")) if pad.exists() else {}
    return {een["purl"]: licence_text(een) for een in inhoud.get("components", ())}


def licence_text(component: Mapping[str, Any]) -> str:
    """The licence of a component in the file, as text."""
    (een,) = component["licenses"]
    return str(een.get("expression") or een["license"].get("id") or een["license"]["name"])


def main() -> int:
    parser = argparse.ArgumentParser(description="Schrijft wat wij meeleveren naar sbom.cdx.json.")
    parser.add_argument("--controleer", action="store_true", help="schrijf niets; kijk of het bestand klopt")
    try:
        tekst = make_sbom()
    except LicentieOnbekend as fout:
        print(f"Van pakket {fout} is de licentie niet te lezen. Zet die in scripts/sbom.py.", file=sys.stderr)
        return 1
    if not parser.parse_args().controleer:
        BESTAND.write_text(tekst, encoding="utf-8")
        return 0
    if BESTAND.exists() and BESTAND.read_text(encoding="utf-8") == tekst:
        return 0
    print("sbom.cdx.json klopt niet met wat wij meeleveren. Draai: make sbom", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
