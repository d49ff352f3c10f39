"""Looks inside a pdf: how many pages, a password, scripts or hidden files. In a process of its own with little time and
memory, because a pdf is made to be hard to read (ISO 32000-2) and this one comes from a stranger.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from eloket.documenten.types import Kenmerk

SECONDEN = 10
_GEHEUGEN = 768 * 1024 * 1024  # bytes of address space: a pdf of 50 MB is read whole
_TEGELIJK = BoundedSemaphore(4)  # children per process: 16 threads may not ask for 16 times that memory
_MEESTE_PAGINAS = 1_000_000
_BEKEKEN_PAGINAS = 500  # for scripts; opening the document runs those of the first pages
_OMGEVING = ("PATH", "LD_LIBRARY_PATH")  # the child needs no secrets
_SCRIPTS = ("/JavaScript", "/JS", "/Launch")


@dataclass(frozen=True, slots=True)
class Keuring:
    """What inspection saw. Without `paginas` they could not be counted."""

    paginas: int | None = None
    kenmerken: frozenset[Kenmerk] = frozenset()


def keur(pad: Path, *, seconden: float = SECONDEN) -> Keuring:
    """Never raises for what is in the file: what cannot be read in `seconden` is ONLEESBAAR."""
    onleesbaar = Keuring(kenmerken=frozenset({Kenmerk.ONLEESBAAR}))
    if seconden <= 0 or not _TEGELIJK.acquire(timeout=seconden):
        return onleesbaar
    try:
        proces = subprocess.run(  # noqa: S603 - our own module; the path is one that we made
            [sys.executable, "-I", "-m", "eloket.documenten.pdfkeuring", str(pad)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # as long as the file likes
            env={naam: os.environ[naam] for naam in _OMGEVING if naam in os.environ},
            timeout=min(seconden, SECONDEN),
            check=True,
        )
        gezien = json.loads(proces.stdout)
        return Keuring(gezien["paginas"], frozenset(map(Kenmerk, gezien["kenmerken"])))
    except (subprocess.SubprocessError, OSError, ValueError, KeyError):
        return onleesbaar
    finally:
        _TEGELIJK.release()


def _begrens() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_GEHEUGEN, _GEHEUGEN))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDEN, SECONDEN))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _lees(pad: str) -> dict[str, object]:
    from pypdf import PdfReader  # noqa: PLC0415 - only in the process that looks inside

    lezer = PdfReader(pad)
    if lezer.is_encrypted and not lezer.decrypt(""):
        return {"paginas": None, "kenmerken": [Kenmerk.VERSLEUTELD.value]}
    paginas = len(lezer.pages)
    if not 0 <= paginas <= _MEESTE_PAGINAS:  # an encrypted pdf says this itself
        raise ValueError
    is_actief = _is_actief(lezer.root_object) or any(
        _is_script(actie) for pagina in islice(lezer.pages, _BEKEKEN_PAGINAS) for actie in _acties(pagina)
    )
    return {"paginas": paginas, "kenmerken": [Kenmerk.ACTIEF.value] if is_actief else []}


def _is_actief(root: object) -> bool:
    """Scripts, programs to start, or files inside, at the places where a viewer acts on them by itself."""
    assert isinstance(root, dict)
    namen = _los_op(root.get("/Names"))
    return (
        "/JavaScript" in namen
        or "/EmbeddedFiles" in namen
        or "/AA" in root
        or _is_script(_los_op(root.get("/OpenAction")))
    )


def _acties(pagina: Any) -> Iterator[dict[str, object]]:
    """What a page does when it is opened, and what its fields, links and attachments do (ISO 32000-2, 12.6)."""
    yield from map(_los_op, _los_op(pagina.get("/AA")).values())
    velden = pagina.get("/Annots")
    velden = velden.get_object() if hasattr(velden, "get_object") else velden
    for veld in map(_los_op, velden if isinstance(velden, list) else ()):
        yield _los_op(veld.get("/A"))
        yield from map(_los_op, _los_op(veld.get("/AA")).values())
        if veld.get("/Subtype") == "/FileAttachment":
            yield {"/S": "/Launch"}


def _is_script(actie: dict[str, object]) -> bool:
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
