"""Looks inside a pdf: how many pages, a password, scripts or hidden files. In a process of its own with little time and
memory, because a pdf is made to be hard to read (ISO 32000-2) and this one comes from a stranger.
"""

import io
import json
import logging
import os
import resource
import shutil
import subprocess
import sys
from dataclasses import dataclass
from threading import BoundedSemaphore, Timer

from eloket.documenten import pdfinhoud
from eloket.documenten.tijdelijk import Leesbaar
from eloket.documenten.types import Kenmerk

SECONDEN = 10
_GEHEUGEN = 768 * 1024 * 1024  # bytes of address space: a pdf of 50 MB is read whole
_TEGELIJK = BoundedSemaphore(4)  # children per process: 16 threads may not ask for 16 times that memory
_MEESTE_PAGINAS = 1_000_000
_BROK = 256 * 1024
_OMGEVING = ("PATH", "LD_LIBRARY_PATH")  # the child needs no secrets


@dataclass(frozen=True, slots=True)
class Keuring:
    """What inspection saw. Without `paginas` they could not be counted."""

    paginas: int | None = None
    kenmerken: frozenset[Kenmerk] = frozenset()


def keur(pdf: Leesbaar, *, seconden: float = SECONDEN) -> Keuring:
    """Never raises for what is in the file: what cannot be read in `seconden` is ONLEESBAAR."""
    onleesbaar = Keuring(kenmerken=frozenset({Kenmerk.ONLEESBAAR}))
    if seconden <= 0 or not _TEGELIJK.acquire(timeout=seconden):
        return onleesbaar
    try:
        gezien = json.loads(_vraag(pdf, min(seconden, SECONDEN)))
        return Keuring(gezien["paginas"], frozenset(map(Kenmerk, gezien["kenmerken"])))
    except (OSError, ValueError, KeyError):
        return onleesbaar
    finally:
        _TEGELIJK.release()


def _vraag(pdf: Leesbaar, seconden: float) -> bytes:
    """What a child says of it; it gets the pdf through a pipe, so that no readable copy stands anywhere."""
    with subprocess.Popen(
        [sys.executable, "-I", "-m", "eloket.documenten.pdfkeuring"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # as long as the file likes
        env={naam: os.environ[naam] for naam in _OMGEVING if naam in os.environ},
    ) as proces:
        assert proces.stdin is not None
        assert proces.stdout is not None
        klok = Timer(seconden, proces.kill)  # also while it does not take what we write
        klok.start()
        try:
            with proces.stdin, pdf.open("rb") as bestand:
                shutil.copyfileobj(bestand, proces.stdin, _BROK)
            return proces.stdout.read() if proces.wait() == 0 else b""
        finally:
            proces.kill()
            klok.cancel()


def _begrens() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_GEHEUGEN, _GEHEUGEN))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDEN, SECONDEN))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


class _Bezwaren(logging.Handler):
    """Whether pypdf had to guess or repair: it tells that as warnings."""

    zijn_er = False

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002 - what it says is in the file's own words
        self.zijn_er = True


def _lees(inhoud: bytes) -> dict[str, object]:
    """What is active is looked for in every object, so also what only a viewer that repairs the file would find. A file
    that pypdf had to repair is ONLEESBAAR besides: a viewer may make something else of it.
    """
    from pypdf import PdfReader  # noqa: PLC0415 - only in the process that looks inside

    bezwaren = _Bezwaren(logging.WARNING)
    logging.getLogger("pypdf").addHandler(bezwaren)
    lezer = PdfReader(io.BytesIO(inhoud))
    if lezer.is_encrypted and not lezer.decrypt(""):
        return {"paginas": None, "kenmerken": [Kenmerk.VERSLEUTELD.value]}
    paginas = len(lezer.pages)
    if not 0 <= paginas <= _MEESTE_PAGINAS:  # an encrypted pdf says this itself
        raise ValueError
    kenmerken = _kenmerken(inhoud, lezer)
    if bezwaren.zijn_er:
        kenmerken.add(Kenmerk.ONLEESBAAR)
    return {"paginas": paginas, "kenmerken": [een.value for een in kenmerken]}


def _kenmerken(inhoud: bytes, lezer: object) -> set[Kenmerk]:
    try:
        if pdfinhoud.names_script(inhoud) or pdfinhoud.is_active(lezer):
            return {Kenmerk.ACTIEF}
    except Exception:  # noqa: BLE001 - whatever an object does to the reader: it was not looked at
        return {Kenmerk.ONLEESBAAR}
    return set()


if __name__ == "__main__":
    _begrens()
    try:
        print(json.dumps(_lees(sys.stdin.buffer.read())))  # noqa: T201 - the answer to `keur`
    except Exception:  # noqa: BLE001 - whatever a file does to the reader means the same
        sys.exit(1)
