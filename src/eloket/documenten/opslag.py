"""Content-addressed storage through Django's storages["default"]: `ab/cd/<sha256>`.

On a local disk a file is renamed into place, flushed to the disk before the caller's row is committed, and never
written again. Any other storage (S3) gets it streamed.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages

from eloket.documenten.types import Inhoud

BROK = 256 * 1024
_NAAM = re.compile(r"[0-9a-f]{64}")


def put(pad: Path, sha256: str) -> None:
    """Move the file to its place; storing the same content twice leaves one. Raises OSError."""
    opslag = _opslag()
    naam = _naam(sha256)
    if isinstance(opslag, FileSystemStorage):
        _zet_lokaal(pad, Path(opslag.path(naam)))
        return
    if not opslag.exists(naam):
        with pad.open("rb") as bestand:
            opslag.save(naam, File(bestand, name=naam))
    pad.unlink(missing_ok=True)


def exists(sha256: str) -> bool:
    return _opslag().exists(_naam(sha256))


def size(sha256: str) -> int:
    """In bytes. Raises FileNotFoundError."""
    return _opslag().size(_naam(sha256))


def open_inhoud(sha256: str) -> Inhoud:
    """The bytes, streamed; nothing is opened before the first chunk is asked for. Raises FileNotFoundError."""
    return Inhoud(omvang=size(sha256), pad=path_or_none(sha256), brokken=_brokken(_opslag(), _naam(sha256)))


def path_or_none(sha256: str) -> Path | None:
    """Where the content stands, when that is a local disk."""
    opslag = _opslag()
    return Path(opslag.path(_naam(sha256))) if isinstance(opslag, FileSystemStorage) else None


def delete(sha256: str) -> None:
    """Deleting what is not there is fine. Raises OSError."""
    _opslag().delete(_naam(sha256))


def walk() -> Iterator[str]:
    """The sha256 of everything in the storage."""
    yield from _loop(_opslag(), "", 0)


def _opslag() -> Storage:
    return storages["default"]


def _naam(sha256: str) -> str:
    if not _NAAM.fullmatch(sha256):
        raise ValueError("not a sha256")
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def _loop(opslag: Storage, map_: str, diepte: int) -> Iterator[str]:
    try:
        mappen, bestanden = opslag.listdir(map_)
    except FileNotFoundError:
        return
    if diepte == 2:
        yield from (naam for naam in sorted(bestanden) if _NAAM.fullmatch(naam))
        return
    for naam in sorted(mappen):
        if re.fullmatch(r"[0-9a-f]{2}", naam):
            yield from _loop(opslag, f"{map_}/{naam}" if map_ else naam, diepte + 1)


def lees_vanaf(pad: Path, begin: int) -> Iterator[bytes]:
    """A local file from this byte on, in chunks; closed when the iterator is."""
    with pad.open("rb") as bestand:
        bestand.seek(begin)
        while brok := bestand.read(BROK):
            yield brok


def _brokken(opslag: Storage, naam: str) -> Iterator[bytes]:
    with opslag.open(naam, "rb") as bestand:
        while brok := bestand.read(BROK):
            yield brok


def _zet_lokaal(pad: Path, doel: Path) -> None:
    fd = os.open(pad, os.O_RDONLY)
    try:
        os.fchmod(fd, 0o400)
        os.fsync(fd)
    finally:
        os.close(fd)
    nieuw = [map_ for map_ in (doel.parent.parent, doel.parent) if not map_.exists()]
    for map_ in nieuw:
        map_.mkdir(mode=0o700, parents=True, exist_ok=True)
    pad.replace(doel)  # atomic; over the same content when it was there already
    for map_ in {doel.parent, *(map_.parent for map_ in nieuw)}:
        _fsync_map(map_)


def _fsync_map(map_: Path) -> None:
    fd = os.open(map_, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
