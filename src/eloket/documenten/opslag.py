"""Content-addressed storage through Django's storages["default"], encrypted: see `versleuteling` and `sleutels`.

On a local disk a file is renamed into place, flushed to the disk before the caller's row is committed, and never
written again. Any other storage (S3) gets it streamed. What was stored before there was encryption, or under an older
secret, is read where it stands until `herversleutelen` has rewritten it.
"""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, TypeVar, cast

from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages

from eloket.documenten import sleutels
from eloket.documenten.sleutels import Bestandssleutel
from eloket.documenten.tijdelijk import Leesbaar, Tijdelijk
from eloket.documenten.types import Inhoud
from eloket.documenten.versleuteling import KOP, BestandOnleesbaar, Ontsleuteld, omvang_van, ontwikkel, wikkel

BROK = 256 * 1024
_NAAM = re.compile(r"[0-9a-f]{64}")
_SLEUTELMAP = re.compile(r"[0-9a-f]{16}")
_T = TypeVar("_T")
_POGINGEN = 3  # a file moves to a newer secret at most once while we look


@dataclass(frozen=True, slots=True)
class Plek:
    """Where content stands; without `sleutel` it is not encrypted."""

    naam: str
    sleutel: Bestandssleutel | None


@dataclass(frozen=True, slots=True)
class Blob:
    """A file in the storage. Without `sha256` it cannot be decrypted. `sleutel` names its secret; "": not encrypted."""

    naam: str
    sleutel: str
    sha256: str | None


def put(bestand: Tijdelijk, sha256: str) -> None:
    """Move the file to its place; storing the same content twice leaves one. Raises OSError."""
    sleutel = sleutels.alle()[0]
    naam = sleutel.opslagnaam(sha256)
    with bestand.pad.open("r+b") as ruw:
        ruw.write(wikkel(bestand.sleutel, sha256, kek=sleutel.kek, naam=naam))
    opslag = _opslag()
    if isinstance(opslag, FileSystemStorage):
        _zet_lokaal(bestand.pad, Path(opslag.path(naam)))
        return
    if not opslag.exists(naam):
        with bestand.pad.open("rb") as ruw:
            opslag.save(naam, File(ruw, name=naam))
    bestand.pad.unlink(missing_ok=True)


def exists(sha256: str) -> bool:
    try:
        vind(sha256)
    except FileNotFoundError:
        return False
    return True


def size(sha256: str) -> int:
    """Of the content, in bytes. Raises FileNotFoundError, BestandOnleesbaar."""

    def of_plek(plek: Plek) -> int:
        opgeslagen = _opslag().size(plek.naam)
        return omvang_van(opgeslagen) if plek.sleutel else opgeslagen

    return _waar_het_staat(sha256, of_plek)


def open_inhoud(sha256: str) -> Inhoud:
    """The bytes, streamed; nothing stays open before the first chunk is asked for.

    Raises FileNotFoundError, BestandOnleesbaar; what is damaged further on breaks the stream off with the latter.
    """
    with _open(sha256) as bestand:  # a wrong key is told before anything was sent
        omvang = bestand.omvang if isinstance(bestand, Ontsleuteld) else bestand.size
    lees = partial(_brokken, sha256)
    return Inhoud(omvang=omvang, vanaf=lees, brokken=lees(0))


def delete(sha256: str) -> None:
    """Under every secret, and what is not encrypted. Deleting what is not there is fine. Raises OSError."""
    for plek in plekken(sha256):
        _opslag().delete(plek.naam)


def delete_plek(plek: Plek) -> None:
    """Only there. Raises OSError."""
    _opslag().delete(plek.naam)


def plekken(sha256: str) -> tuple[Plek, ...]:
    """Where this content may stand, newest first. Raises ValueError."""
    versleuteld = tuple(Plek(sleutel.opslagnaam(sha256), sleutel) for sleutel in sleutels.alle())
    return (*versleuteld, Plek(f"{sha256[:2]}/{sha256[2:4]}/{sha256}", None))


def staat_op(plek: Plek) -> bool:
    return _opslag().exists(plek.naam)


def vind(sha256: str) -> Plek:
    """Where it stands. Raises FileNotFoundError."""
    for _ in range(_POGINGEN):
        for plek in plekken(sha256):
            if staat_op(plek):
                return plek
    raise FileNotFoundError


def blobs(*, behalve: str = "-") -> Iterator[Blob]:
    """Everything in the storage, except under the secret with this name; of what is encrypted only the head is read.

    Raises OSError.
    """
    for map_ in sleutelmappen():
        if map_ != behalve:
            for naam in _loop(_opslag(), map_, 2):
                yield Blob(naam, map_, _sha256_van(naam) if map_ else naam.rpartition("/")[2])


def tel() -> dict[str, int]:
    """How many files stand under each secret, by its name; `""` for what is not encrypted. Reads no file."""
    return {map_: sum(1 for _ in _loop(_opslag(), map_, 2)) for map_ in sleutelmappen()}


def sleutelmappen() -> tuple[str, ...]:
    """The names of the secrets under which files stand, or stood; first `""`, for what is not encrypted."""
    with suppress(FileNotFoundError):
        return ("", *(naam for naam in sorted(_opslag().listdir("")[0]) if _SLEUTELMAP.fullmatch(naam)))
    return ()


def lees_vanaf(bron: Leesbaar, begin: int) -> Iterator[bytes]:
    """A file from this byte on, in chunks; closed when the iterator is."""
    with bron.open("rb") as bestand:
        bestand.seek(begin)
        while brok := bestand.read(BROK):
            yield brok


def _opslag() -> Storage:
    return storages["default"]


def _sha256_van(naam: str) -> str | None:
    sleutel = next((s for s in sleutels.alle() if naam.startswith(f"{s.naam}/")), None)
    if sleutel is None:
        return None
    try:
        with _opslag().open(naam, "rb") as bestand:
            sha256 = ontwikkel(bestand.read(KOP), kek=sleutel.kek, naam=naam)[1]
    except BestandOnleesbaar:
        return None
    return sha256 if sleutel.opslagnaam(sha256) == naam else None


def _open_versleuteld(sleutel: Bestandssleutel, sha256: str) -> Ontsleuteld:
    naam = sleutel.opslagnaam(sha256)
    bestand = _opslag().open(naam, "rb")
    try:
        # The name is that of this sha256.
        gegevens, _ = ontwikkel(bestand.read(KOP), kek=sleutel.kek, naam=naam)
        return Ontsleuteld(cast("BinaryIO", bestand), gegevens)
    except BaseException:
        bestand.close()
        raise


def _open(sha256: str) -> "Ontsleuteld | File[bytes]":
    """Raises OSError, BestandOnleesbaar."""

    def op_plek(plek: Plek) -> "Ontsleuteld | File[bytes]":
        return _open_versleuteld(plek.sleutel, sha256) if plek.sleutel else _opslag().open(plek.naam, "rb")

    return _waar_het_staat(sha256, op_plek)


def _waar_het_staat(sha256: str, doe: Callable[[Plek], _T]) -> _T:
    """Again when it moved to a newer secret between looking and doing. Raises FileNotFoundError."""
    for _ in range(_POGINGEN):
        plek = vind(sha256)
        with suppress(FileNotFoundError):
            return doe(plek)
    raise FileNotFoundError


def _brokken(sha256: str, begin: int) -> Iterator[bytes]:
    with _open(sha256) as bestand:
        bestand.seek(begin)
        if isinstance(bestand, Ontsleuteld):
            yield from bestand.brokken()
            return
        while brok := bestand.read(BROK):
            yield brok


def _loop(opslag: Storage, map_: str, diepte: int) -> Iterator[str]:
    try:
        mappen, bestanden = opslag.listdir(map_)
    except FileNotFoundError:
        return
    if diepte == 0:
        yield from (f"{map_}/{naam}" for naam in sorted(bestanden) if _NAAM.fullmatch(naam))
        return
    for naam in sorted(mappen):
        if re.fullmatch(r"[0-9a-f]{2}", naam):
            yield from _loop(opslag, f"{map_}/{naam}" if map_ else naam, diepte - 1)


def _zet_lokaal(pad: Path, doel: Path) -> None:
    fd = os.open(pad, os.O_RDONLY)
    try:
        os.fchmod(fd, 0o400)
        os.fsync(fd)
    finally:
        os.close(fd)
    nieuw = [map_ for map_ in reversed(doel.parents) if not map_.exists()]
    for map_ in nieuw:
        map_.mkdir(mode=0o700, exist_ok=True)
    pad.replace(doel)  # atomic; over the same content when it was there already
    for map_ in {doel.parent, *(map_.parent for map_ in nieuw)}:
        _fsync_map(map_)


def _fsync_map(map_: Path) -> None:
    fd = os.open(map_, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
