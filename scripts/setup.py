"""Make everything that the portal needs on this machine, and nothing twice.

Steps: a virtual environment, the pinned Python packages, E-loket itself, the pinned npm packages,
and the style sheet with fonts and icons. Every step leaves a stamp with the hash of what went in,
inside the folder that it made, so that a second run takes well under a second and a deleted folder
is made again.

Only the standard library, and only syntax that an old Python can read: the first thing this script
does is to tell in plain words that a Python is too old.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_BIN = VENV / "bin"
VENV_PYTHON = VENV_BIN / "python"
NODE_MODULES = ROOT / "node_modules"
DESIGN = ROOT / "src" / "eloket" / "design_system"
STATIC = DESIGN / "static" / "eloket"

OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 20


class SetupError(Exception):
    """Set-up cannot go on; the text says what to do, in Dutch."""


def fingerprint(*paths: Path, extra: str = "") -> str:
    """Hash of the names and contents of these files and of everything in these folders."""
    digest = hashlib.sha256(extra.encode())
    for path in paths:
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            if file.suffix == ".pyc":
                continue
            digest.update(str(file.relative_to(ROOT)).encode() + b"\0")
            digest.update(file.read_bytes() if file.exists() else b"")
    return digest.hexdigest()


class Stamps:
    """What was made from what, kept in a small file inside the folder that was made."""

    def __init__(self, file: Path) -> None:
        self.file = file
        try:
            self.known: dict[str, str] = json.loads(file.read_text())
        except (OSError, ValueError):
            self.known = {}

    def write(self, **stamps: str) -> None:
        self.known.update(stamps)
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(json.dumps(self.known, indent=1) + "\n")


def say(step: int, text: str) -> None:
    print(f"{step}/5 {text} ...", flush=True)


def run(command: list[str], problem: str, env: dict[str, str] | None = None) -> None:
    """Run quietly; when it fails, show everything it said and what the reader can do."""
    done = subprocess.run(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode != 0:
        print(done.stdout, file=sys.stderr)
        raise SetupError(problem)


def pip(*arguments: str, problem: str) -> None:
    run([str(VENV_PYTHON), "-m", "pip", "--disable-pip-version-check", "-q", *arguments], problem)


def make_venv() -> Stamps:
    """The environment belongs to one Python and one place: a moved or copied one is made again."""
    stamps = Stamps(VENV / "eloket-setup.json")
    wanted = f"{sys.version_info[0]}.{sys.version_info[1]} {ROOT}"
    if stamps.known.get("venv") == wanted and VENV_PYTHON.exists():
        return stamps
    say(1, "Python-omgeving maken in .venv (Python {}.{})".format(*sys.version_info[:2]))
    run(
        # The base interpreter: an environment made from another one would break when that one goes.
        [getattr(sys, "_base_executable", sys.executable), "-m", "venv", "--clear", str(VENV)],
        "De Python-omgeving kon niet worden gemaakt. Op Debian en Ubuntu helpt: apt install python3-venv",
    )
    stamps.known = {}
    stamps.write(venv=wanted)
    return stamps


def install_python_packages(stamps: Stamps, *, dev: bool) -> None:
    base_file, dev_file = ROOT / "requirements" / "base.txt", ROOT / "requirements" / "dev.txt"
    base, full = fingerprint(base_file), fingerprint(dev_file)
    file, made = (dev_file, {"base": base, "dev": full}) if dev else (base_file, {"base": base})
    if all(stamps.known.get(name) == value for name, value in made.items()):
        return
    say(2, "Python-pakketten installeren" + (" (ook voor ontwikkelen en testen)" if dev else ""))
    pip(
        "install", "--require-hashes", "-r", str(file),
        problem="De Python-pakketten konden niet worden geïnstalleerd. Controleer de internetverbinding.",
    )  # fmt: skip
    stamps.write(**made)


def install_eloket(stamps: Stamps) -> None:
    made = fingerprint(ROOT / "pyproject.toml")
    if stamps.known.get("eloket") == made and (VENV_BIN / "eloket").exists():
        return
    say(3, "E-loket zelf installeren")
    pip(
        "install", "--no-deps", "--no-build-isolation", "-e", str(ROOT),
        problem="E-loket kon niet worden geïnstalleerd in .venv.",
    )  # fmt: skip
    stamps.write(eloket=made)


def usable_npm(path: str) -> bool:
    """True when this search path has an npm, with a Node.js that is new enough."""
    node, npm = shutil.which("node", path=path), shutil.which("npm", path=path)
    if node is None or npm is None:
        return False
    try:
        command = [node, "--version"]
        asked = subprocess.run(command, capture_output=True, text=True, check=True, timeout=20)
        return int(asked.stdout.strip().lstrip("v").split(".")[0]) >= OLDEST_NODE
    except (OSError, ValueError, subprocess.SubprocessError):
        return False


def search_path_with_npm(stamps: Stamps) -> str:
    """The machine's own Node.js when it is new enough, and otherwise one inside .venv."""
    own = os.environ.get("PATH", os.defpath)
    if usable_npm(own):
        return own
    with_venv = f"{VENV_BIN}{os.pathsep}{own}"
    node_file = ROOT / "requirements" / "node.txt"
    made = fingerprint(node_file)
    if stamps.known.get("node") != made or not usable_npm(with_venv):
        say(4, f"Node.js {OLDEST_NODE} of nieuwer ontbreekt op deze computer: installeren in .venv")
        pip(
            "install", "--require-hashes", "-r", str(node_file),
            problem="Node.js kon niet worden geïnstalleerd. Controleer de internetverbinding.",
        )  # fmt: skip
        stamps.write(node=made)
    return with_venv


def install_npm_packages(stamps: Stamps) -> None:
    npm_stamps = Stamps(NODE_MODULES / ".eloket-setup.json")
    made = fingerprint(ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc")
    if npm_stamps.known.get("npm") == made:
        return
    path = search_path_with_npm(stamps)
    say(4, "Opmaak, letter en pictogrammen ophalen met npm")
    run(
        # No package may run a script on this machine; none of ours needs to.
        [str(shutil.which("npm", path=path)), "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        "De npm-pakketten konden niet worden opgehaald. Controleer de internetverbinding.",
        env={**os.environ, "PATH": path},
    )
    npm_stamps = Stamps(NODE_MODULES / ".eloket-setup.json")
    npm_stamps.write(npm=made)


def build_design() -> None:
    stamps = Stamps(STATIC / ".eloket-setup.json")
    made = fingerprint(
        DESIGN / "css", DESIGN / "js", DESIGN / "beelden", DESIGN / "build", ROOT / "package-lock.json"
    )
    if stamps.known.get("design") == made:
        return
    say(5, "Stijlblad, letter en pictogrammen bouwen")
    run([str(VENV_PYTHON), "-m", "eloket.design_system.build"], "Het stijlblad kon niet worden gebouwd.")
    stamps.write(design=made)


def main() -> int:
    if sys.version_info < OLDEST_PYTHON:
        print(
            "E-loket heeft Python {}.{} of nieuwer nodig; dit is Python {}.{}.\n"
            "Installeer een nieuwere Python, of wijs er een aan: make PYTHON=/pad/naar/python3.11 run".format(
                *OLDEST_PYTHON, *sys.version_info[:2]
            ),
            file=sys.stderr,
        )
        return 1
    parser = argparse.ArgumentParser(description="Maak klaar wat E-loket op deze computer nodig heeft.")
    parser.add_argument("--dev", action="store_true", help="ook wat nodig is om te ontwikkelen en te testen")
    dev: bool = parser.parse_args().dev
    start = time.monotonic()
    try:
        stamps = make_venv()
        before = dict(stamps.known)
        install_python_packages(stamps, dev=dev)
        install_eloket(stamps)
        install_npm_packages(stamps)
        build_design()
    except SetupError as error:
        print(f"\nKlaarzetten is niet gelukt. {error}", file=sys.stderr)
        return 1
    if stamps.known != before:
        print(f"Klaargezet in {time.monotonic() - start:.0f} seconden.", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
