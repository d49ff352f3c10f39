"""Takes the files of a post in: encrypted to a temporary file, hashed along the way, bounded, nothing left behind.

One bad file never costs the good ones: what is too large, one too many, or refused by the disk is read to its end and
thrown away, and marked, so that `service.prepare` can say so.
"""

import hashlib
import os
import secrets
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from eloket.documenten.formaten import MAX_AANTAL, MAX_OMVANG
from eloket.documenten.tijdelijk import Schrijver
from eloket.documenten.types import Aangeboden

if TYPE_CHECKING:
    _UploadedFile = UploadedFile[bytes]
else:
    _UploadedFile = UploadedFile

MAX_WEGGEGOOID = 1024 * 1024 * 1024  # bytes that we are willing to read for nothing, per post
SUFFIX = ".upload"


def aangeboden(bestanden: Iterable[object]) -> tuple[Aangeboden, ...]:
    """What came in: give it `request.FILES.getlist("bestanden")`."""
    return tuple(bestand.aangeboden for bestand in bestanden if isinstance(bestand, Upload))


def bied_aan(naam: str, brokken: Iterable[bytes]) -> Aangeboden:
    """Offer a file that we made ourselves (a receipt, demo data) the way an upload is offered."""
    ontvangst = _Ontvangst(naam)
    try:
        for brok in brokken:
            ontvangst.schrijf(brok)
    except BaseException:
        ontvangst.gooi_weg()
        raise
    return ontvangst.rond_af()


def verwijder(bestand: Aangeboden) -> None:
    """Delete the temporary file, if it is still there."""
    if bestand.pad is not None:
        with suppress(OSError):
            bestand.pad.pad.unlink(missing_ok=True)


def tijdelijke_map() -> Path:
    """Where files stand until they are taken: on the file system of the storage, for its owner only."""
    pad = Path(settings.FILE_UPLOAD_TEMP_DIR)
    pad.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    pad.mkdir(mode=0o700, exist_ok=True)
    return pad


def nieuw_pad() -> Path:
    """Where a new temporary file may stand. Raises OSError."""
    return tijdelijke_map() / f"{secrets.token_hex(16)}{SUFFIX}"


def tijdelijke_bestanden() -> Iterator[Path]:
    """Everything that stands in the temporary directory."""
    with suppress(OSError):
        yield from Path(settings.FILE_UPLOAD_TEMP_DIR).glob(f"*{SUFFIX}")


def ruim_tijdelijke_op(grens: datetime) -> int:
    """Delete temporary files that were last written before this moment: their request died. Says how many."""
    aantal = 0
    for pad in tijdelijke_bestanden():
        with suppress(FileNotFoundError):  # taken in the meantime
            if pad.stat().st_mtime < grens.timestamp():
                pad.unlink()
                aantal += 1
    return aantal


class Upload(_UploadedFile):
    """A file in `request.FILES`. Closing it, as Django does after every request, deletes what nobody took."""

    def __init__(self, bestand: Aangeboden, content_type: str | None) -> None:
        super().__init__(file=None, name=None, content_type=content_type, size=bestand.omvang)
        self.aangeboden = bestand
        self._opruimer = weakref.finalize(self, verwijder, bestand)

    def __bool__(self) -> bool:
        return True

    def close(self) -> None:
        self._opruimer()

    def markeer_mislukt(self) -> None:
        """Throw it away: the post that it came with was never finished."""
        oud = self.aangeboden
        self.close()
        self.aangeboden = Aangeboden(naam=oud.naam, pad=None, omvang=oud.omvang, sha256="", is_mislukt=True)

    def houd_vers(self) -> None:
        """While a slow post goes on, its first files must not look abandoned."""
        if self.aangeboden.pad is not None:
            with suppress(OSError):
                os.utime(self.aangeboden.pad.pad)


class BewaakteUploadHandler(FileUploadHandler):
    """The only upload handler of the portal (settings.FILE_UPLOAD_HANDLERS)."""

    chunk_size = 256 * 1024

    def __init__(self, request: Any = None) -> None:  # noqa: ARG002 - Django's signature
        # Without the request: a cycle would keep the temporary file of a broken post until the garbage collector runs.
        super().__init__(None)
        self._klaar: list[Upload] = []
        self._huidig: _Ontvangst | None = None
        self._aantal = 0
        self._weggegooid = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        for upload in self._klaar:
            upload.houd_vers()
        self._aantal += 1
        self._huidig = _Ontvangst(_naam_uit_post(self.file_name or ""), is_te_veel=self._aantal > MAX_AANTAL)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django's signature
        if self._huidig is None:
            return
        self._huidig.schrijf(raw_data)
        if not self._huidig.is_bewaard:
            self._weggegooid += len(raw_data)
            if self._weggegooid > MAX_WEGGEGOOID:
                raise StopUpload(connection_reset=True)

    def file_complete(self, file_size: int) -> Upload | None:  # noqa: ARG002 - we count ourselves
        if self._huidig is None:
            return None
        upload = Upload(self._huidig.rond_af(), self.content_type)
        self._huidig = None
        self._klaar.append(upload)
        return upload

    def upload_interrupted(self) -> None:
        """The sender went away halfway: nothing of this post is taken, so that sending it again just works."""
        self._huidig = None
        for upload in self._klaar:
            upload.markeer_mislukt()


class _Ontvangst:
    """One file while it comes in. Deletes its temporary file when it is dropped before `rond_af`."""

    def __init__(self, naam: str, *, is_te_veel: bool = False) -> None:
        self._naam = naam
        self._hash = hashlib.sha256()
        self._omvang = 0
        self._is_te_veel = is_te_veel
        self._is_te_groot = False
        self._is_mislukt = False
        self._schrijver: Schrijver | None = None
        self._opruimer: weakref.finalize[..., Any] | None = None
        if not is_te_veel:
            self._open()

    @property
    def is_bewaard(self) -> bool:
        """Whether what comes in is still written, rather than thrown away."""
        return self._schrijver is not None

    def schrijf(self, brok: bytes) -> None:
        self._omvang += len(brok)
        if self._schrijver is None:
            return
        if self._omvang > MAX_OMVANG:
            self._is_te_groot = True
            self.gooi_weg()
            return
        try:
            self._schrijver.schrijf(brok)
        except OSError:
            self._is_mislukt = True
            self.gooi_weg()
        else:
            self._hash.update(brok)

    def rond_af(self) -> Aangeboden:
        """Close the file and hand it over: from here on the receiver deletes it."""
        bestand = None
        if self._schrijver is not None:
            schrijver, self._schrijver = self._schrijver, None
            if self._opruimer is not None:
                self._opruimer.detach()
            try:
                schrijver.rond_af()
                bestand = schrijver.bestand
            except OSError:
                self._is_mislukt = True
                schrijver.bestand.pad.unlink(missing_ok=True)
        return Aangeboden(
            naam=self._naam,
            pad=bestand,
            omvang=self._omvang,
            sha256=self._hash.hexdigest() if bestand else "",
            is_te_groot=self._is_te_groot or self._omvang > MAX_OMVANG,
            is_te_veel=self._is_te_veel,
            is_mislukt=self._is_mislukt,
        )

    def _open(self) -> None:
        try:
            schrijver = Schrijver(nieuw_pad())
        except OSError:
            self._is_mislukt = True
        else:
            self._schrijver = schrijver
            self._opruimer = weakref.finalize(self, _sluit_en_verwijder, schrijver.fd, schrijver.bestand.pad)

    def gooi_weg(self) -> None:
        if self._opruimer is not None:
            self._opruimer()
        self._schrijver = None


def _sluit_en_verwijder(fd: int, pad: Path) -> None:
    with suppress(OSError):
        os.close(fd)
    with suppress(OSError):
        pad.unlink(missing_ok=True)


_UIT_POST: Sequence[tuple[str, str]] = (("%22", '"'), ("%0D", "\r"), ("%0A", "\n"))


def _naam_uit_post(naam: str) -> str:
    """Undo what browsers do to a name in a multipart post (WHATWG HTML, multipart/form-data encoding algorithm)."""
    for code, teken in _UIT_POST:
        naam = naam.replace(code, teken)
    return naam
