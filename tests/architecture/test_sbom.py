"""sbom.cdx.json says what is shipped: all of it, nothing else, the same on every machine, under licences that fit."""

import json
import re
import socket
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from scripts import sbom
from scripts.sbom import LICENTIES, LicentieOnbekend, Pin, licence_text, make_sbom, read_pins, shipped_npm
from tests.architecture.test_dependencies import rijen

ROOT = Path(__file__).resolve().parents[2]
TEKST = sbom.BESTAND.read_text(encoding="utf-8")
SBOM: dict[str, Any] = json.loads(TEKST)
PURLS = {een["purl"]: een for een in SBOM["components"]}
# What may stand beside the EUPL-1.2 in one product: no duty that ours does not have, or (LGPL, MPL) only for changes
# in the package itself, which is fetched as it is.
MAG = {
    *(
        "MIT",
        "MIT-0",
        "MIT-CMU",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "0BSD",
        "ISC",
        "Zlib",
        "CC0-1.0",
        "Apache-2.0",
    ),
    *("PSF-2.0", "PSF-based", "MPL-2.0", "LGPL-2.1-or-later", "LGPL-3.0-only", "OFL-1.1", "EUPL-1.2"),
}


def names(soort: str) -> dict[str, str]:
    """Of the packages of this kind the licence, by name (with its npm scope)."""
    return {
        f"{een['group']}/{een['name']}" if een.get("group") else een["name"]: licence_text(een)
        for purl, een in PURLS.items()
        if purl.startswith(f"pkg:{soort}/")
    }


def test_it_is_what_is_shipped_now():
    assert make_sbom() == TEKST, "draai: make sbom"


def test_it_is_valid_cyclonedx():
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(TEKST) is None
    kapot = TEKST.replace('"library"', '"bibliotheek"', 1)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(kapot) is not None


def test_it_names_no_moment_machine_path_or_registry():
    inhoud = json.dumps({naam: waarde for naam, waarde in SBOM.items() if naam != "$schema"})
    assert "://" not in inhoud
    assert str(ROOT) not in inhoud
    assert socket.gethostname() not in inhoud
    assert "serialNumber" not in SBOM
    assert "timestamp" not in SBOM["metadata"]


def test_every_pin_of_what_runs_is_in_it_and_no_tool_of_ours():
    lijsten = [(ROOT / "requirements" / een).read_text() for een in ("base.txt", "saml.txt")]
    pins = [
        een
        for lijst in lijsten
        for een in re.findall(r"^([\w.-]+)(?:\[.*\])?==([^ \\]+)", lijst, re.MULTILINE)
    ]
    python = {purl for purl in PURLS if purl.startswith("pkg:pypi/")}
    assert python == {f"pkg:pypi/{naam.replace('_', '-')}@{versie}" for naam, versie in pins}
    assert not {"ruff", "pytest", "pip-audit"} & names("pypi").keys()
    assert not {"esbuild", "axe-core", "oidc-provider"} & names("npm").keys()
    optioneel = {een["name"] for een in PURLS.values() if een.get("scope") == "optional"}
    assert optioneel == {"lxml", "xmlsec"}, "who logs in through a broker has no SAML"
    gevraagd = json.loads((ROOT / "package.json").read_text())["dependencies"].keys()
    assert names("npm").keys() == gevraagd - {"esbuild"}


def test_what_brings_what_along_is_a_graph_from_us_to_everything():
    graaf = {een["ref"]: een.get("dependsOn", []) for een in SBOM["dependencies"]}
    gezien: set[str] = set()
    wachtrij = [SBOM["metadata"]["component"]["bom-ref"]]
    while wachtrij:
        ref = wachtrij.pop()
        if ref not in gezien:
            gezien.add(ref)
            wachtrij += graaf[ref]
    assert gezien == graaf.keys()
    assert gezien - PURLS.keys() == {"eloket@0.1.0"}
    versies = {naam: purl for purl in PURLS for naam in [purl.partition("@")[0]]}
    assert versies["pkg:pypi/asgiref"] in graaf[versies["pkg:pypi/django"]]


def test_every_licence_may_stand_beside_ours():
    for een in PURLS.values():
        delen = re.split(r" (?:AND|OR) ", licence_text(een))
        assert set(delen) <= MAG, een["purl"]


@pytest.mark.parametrize(
    ("kop", "soort"), [("Python, to run", "pypi"), ("Python, for SAML", "pypi"), ("npm", "npm")]
)
def test_the_page_of_dependencies_gives_the_same_licences(kop: str, soort: str):
    echt = names(soort)
    anders = {
        naam: (licentie, echt[gewoon])
        for naam, licentie, _ in rijen(kop)
        for gewoon in [naam.replace("_", "-")]
        if gewoon in echt and echt[gewoon] != licentie
    }
    assert anders == {}


def test_notice_names_everything_that_a_browser_gets_with_its_licence():
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    deel = " ".join(
        notice.partition("(src/eloket/design_system/static/):")[2].partition("\n\nLeaflet:")[0].split()
    )
    genoemd = [
        (patroon, licentie)
        for tekst, licentie in re.findall(r"(.*?) (EUPL-1\.2|OFL-1\.1|MIT|BSD-2-Clause)(?: |$)", deel)
        for patroon in re.findall(r"(@[\w/-]+/?\*?|(?<=through )\w+)", tekst)
    ]
    for naam, licentie in names("npm").items():
        past = {
            lic for patroon, lic in genoemd if naam == patroon or naam.startswith(patroon.removesuffix("*"))
        }
        assert past == {licentie}, naam


def test_a_licence_that_we_give_ourselves_is_in_the_text_of_the_package():
    """BSD-3-Clause is the one with the clause about names; and a package that says it well itself needs no row."""
    kenmerk = {
        "BSD-3-Clause": "ither the name",
        "BSD-2-Clause AND Apache-2.0 AND MPL-2.0": "Mozilla Public License",
        "PSF-based": "Matplotlib Development Team",
        "LGPL-2.1-or-later": "LGPL",
    }
    for naam, licentie in LICENTIES.items():
        try:
            pakket = metadata.distribution(naam)
        except metadata.PackageNotFoundError:
            assert naam == "colorama"  # only on Windows
            continue
        teksten = [
            een.read_text()
            for een in pakket.files or []
            if re.search("licen[sc]e|copying", een.name, re.IGNORECASE)
        ]
        alles = " ".join([*teksten, *(pakket.metadata.get_all("License") or ())])
        assert kenmerk[licentie] in alles, naam
        assert pakket.metadata.get_all("License-Expression") is None, naam


def test_a_lock_file_is_read_with_its_conditions_and_what_brings_each_along():
    pins = read_pins(
        "# This file was autogenerated\n"
        "numpy==2.4.6 ; python_full_version < '3.12' \\\n    --hash=sha256:0\n    # via\n    #   contourpy\n"
        "    #   matplotlib\n"
        "psycopg[binary]==3.3.9 \\\n    --hash=sha256:0\n    # via -r base.in\n"
    )
    assert pins == (
        Pin("numpy", "2.4.6", "python_full_version < '3.12'", frozenset({"contourpy", "matplotlib"})),
        Pin("psycopg", "3.3.9", "", frozenset({""})),
    )


def test_of_npm_only_what_ends_in_the_product_is_shipped():
    lock = {
        "packages": {
            "": {},
            "node_modules/leaflet": {"version": "1"},
            "node_modules/a/node_modules/@b/c": {"version": "2"},
            "node_modules/esbuild": {"version": "3"},
            "node_modules/@esbuild/linux-x64": {"version": "3", "optional": True},
            "node_modules/axe-core": {"version": "4", "dev": True},
        }
    }
    assert shipped_npm(lock).keys() == {"leaflet", "@b/c"}


def test_a_package_without_a_licence_is_not_passed_over():
    with pytest.raises(LicentieOnbekend):
        sbom._licence_of(Pin("bestaat-niet", "1", "", frozenset()), "")
    assert sbom._licence_of(Pin("bestaat-niet", "1", "", frozenset()), "MIT") == "MIT"
