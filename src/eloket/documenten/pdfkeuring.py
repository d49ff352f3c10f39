"""Looks inside a pdf: how many pages, a password, scripts or hidden files. In a process of its own with little time and
memory, because a pdf is made to be hard to read (ISO 32000-2) and this one comes from a stranger.
"""

import json
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eloket.documenten.types import Kenmerk

SECONDEN = 10
_GEHEUGEN = 1024 * 1024 * 1024  # bytes of address space
_SCRIPTS = ("/JavaScript", "/JS", "/Launch")


@dataclass(frozen=True, slots=True)
class Keuring:
    """What inspection saw. Without `paginas` they could not be counted."""

    paginas: int | None = None
    kenmerken: frozenset[Kenmerk] = frozenset()


def keur(pad: Path) -> Keuring:
    """Never raises for what is in the file: what cannot be read in time is ONLEESBAAR."""
    try:
        proces = subprocess.run(  # noqa: S603 - our own module; the path is one that we made
            [sys.executable, "-I", "-m", "eloket.documenten.pdfkeuring", str(pad)],
            capture_output=True,
            timeout=SECONDEN,
            check=True,
        )
        gezien = json.loads(proces.stdout)
        return Keuring(gezien["paginas"], frozenset(map(Kenmerk, gezien["kenmerken"])))
    except (subprocess.SubprocessError, OSError, ValueError, KeyError):
        return Keuring(kenmerken=frozenset({Kenmerk.ONLEESBAAR}))


def _begrens() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_GEHEUGEN, _GEHEUGEN))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDEN, SECONDEN))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _lees(pad: str) -> dict[str, object]:
    from pypdf import PdfReader  # noqa: PLC0415 - only in the process that looks inside

    lezer = PdfReader(pad)
    if lezer.is_encrypted and not lezer.decrypt(""):
        return {"paginas": None, "kenmerken": [Kenmerk.VERSLEUTELD.value]}
    kenmerken = [Kenmerk.ACTIEF.value] if _is_actief(lezer.root_object) else []
    return {"paginas": len(lezer.pages), "kenmerken": kenmerken}


def _is_actief(root: object) -> bool:
    """Scripts, programs to start, or files inside, at the places where a viewer acts on them by itself."""
    assert isinstance(root, dict)
    namen, actie = _los_op(root.get("/Names")), _los_op(root.get("/OpenAction"))
    if "/JavaScript" in namen or "/EmbeddedFiles" in namen or "/AA" in root:
        return True
    return any(soort in actie or actie.get("/S") == soort for soort in _SCRIPTS)


def _los_op(waarde: Any) -> dict[str, object]:
    """The dictionary that stands there, or behind a reference; an empty one when it is something else."""
    gevonden = waarde.get_object() if hasattr(waarde, "get_object") else waarde
    return gevonden if isinstance(gevonden, dict) else {}


if __name__ == "__main__":
    _begrens()
    try:
        print(json.dumps(_lees(sys.argv[1])))  # noqa: T201 - the answer to `keur`
    except Exception:  # noqa: BLE001 - whatever a file does to the reader means the same
        sys.exit(1)
