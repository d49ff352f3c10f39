"""A zip that is written while it is sent: nothing of it is kept, and its size is known before the first byte.

The size is what makes a download that breaks off visible: the server announces it, so a browser that gets less says
that the download failed. (Without it the server would end the answer as if it was complete.) So nothing is compressed:
what people send are photos and pdf files, which do not get smaller. Python's own `zipfile` writes it, because the typed
library for this cannot tell the size, and the one that can has no types (docs/dependencies.md).
Source: APPNOTE 6.3.10 (4.3: records; 4.4.4 bit 3: sizes behind the content; bit 11: names in UTF-8).
"""

import hashlib
import logging
import zipfile
from collections.abc import Generator, Iterable
from contextlib import closing, nullcontext
from datetime import datetime

from eloket.afschriften.errors import DossierOnvolledig
from eloket.afschriften.types import Dossier, Stuk
from eloket.kernel.klok import AMSTERDAM

logger = logging.getLogger(__name__)
_KOP, _KOP_ACHTERAF, _REGEL, _EINDE, _EINDE_64 = 30, 16, 46, 22, 76
_BESTAND = 0o100644 << 16  # a file that its owner may change and everybody read


class _Doorgeefluik:
    """Where `zipfile` writes to: it cannot be read back, and each piece is taken out as soon as it is there."""

    def __init__(self) -> None:
        self._stukken: list[bytes] = []

    def write(self, deel: bytes, /) -> int:
        self._stukken.append(deel)
        return len(deel)

    def flush(self) -> None:
        """Nothing is kept back."""

    def close(self) -> None:
        """There is nothing to close."""

    def take(self) -> bytes:
        deel = b"".join(self._stukken)
        self._stukken.clear()
        return deel


def measure(stukken: Iterable[Stuk]) -> int:
    """How many bytes the zip of these files has, to the byte."""
    plek, inhoudsopgave, aantal = 0, 0, 0
    for stuk in stukken:
        naam, is_groot = len(stuk.naam.encode()), _is_large(stuk)
        is_ver = plek > zipfile.ZIP64_LIMIT
        groot = 16 if stuk.omvang > zipfile.ZIP64_LIMIT else 0
        extra = groot + (8 if is_ver else 0)
        inhoudsopgave += _REGEL + naam + (4 + extra if extra else 0)
        plek += _KOP + naam + stuk.omvang + _KOP_ACHTERAF + (20 + 8 if is_groot else 0)
        aantal += 1
    is_64 = max(plek, inhoudsopgave) > zipfile.ZIP64_LIMIT or aantal > zipfile.ZIP_FILECOUNT_LIMIT
    return plek + inhoudsopgave + _EINDE + (_EINDE_64 if is_64 else 0)


def _is_large(stuk: Stuk) -> bool:
    return stuk.omvang * 1.05 > zipfile.ZIP64_LIMIT


def stream_dossier(dossier: Dossier) -> Generator[bytes, None, None]:
    """The bytes of the zip. What cannot be read, or is not what the index says, raises: then the table of contents is
    never written, and the reader gets less than was announced.

    Raises DossierOnvolledig. Closing it stops the work, and closes the file that is open.
    """
    yield from stream_zip(dossier.stukken, dossier.omvang)


def stream_zip(stukken: Iterable[Stuk], omvang: int) -> Generator[bytes, None, None]:
    """The same of any files that were measured (`omvang`)."""
    verstuurd = 0
    try:
        with closing(_zip(stukken)) as delen:
            for deel in delen:
                verstuurd += len(deel)
                yield deel
    except GeneratorExit:
        logger.info("dossier niet afgemaakt: de verbinding is verbroken na %d bytes", verstuurd)
        raise
    except (OSError, DossierOnvolledig) as fout:
        logger.error(  # noqa: TRY400 - the code is enough: a traceback may hold the name of a file
            "fout %s dossier afgebroken na %d van %d bytes", DossierOnvolledig.code, verstuurd, omvang
        )
        raise DossierOnvolledig from fout


def _zip(stukken: Iterable[Stuk]) -> Generator[bytes, None, None]:
    uit = _Doorgeefluik()
    archief = zipfile.ZipFile(uit, "w", zipfile.ZIP_STORED)
    for stuk in stukken:
        with (
            archief.open(_info(stuk), "w", force_zip64=_is_large(stuk)) as lid,
            closing(_checked(stuk)) as brokken,
        ):
            for brok in brokken:
                lid.write(brok)
                yield uit.take()
    archief.close()
    yield uit.take()


def _info(stuk: Stuk) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(stuk.naam, _zip_tijd(stuk.moment))
    info.file_size = stuk.omvang
    info.external_attr = _BESTAND
    info.create_system = 3  # the same bytes on every machine
    return info


def _zip_tijd(moment: datetime) -> tuple[int, int, int, int, int, int]:
    """Local time, as a zip has it; it cannot hold a year before 1980."""
    lokaal = moment.astimezone(AMSTERDAM)
    return (max(1980, lokaal.year), lokaal.month, lokaal.day, lokaal.hour, lokaal.minute, lokaal.second)


def _checked(stuk: Stuk) -> Generator[bytes, None, None]:
    """Its bytes, as long as there are no more of them than were announced. Raises DossierOnvolledig, OSError."""
    gelezen, rest = hashlib.sha256(), stuk.omvang
    brokken = iter(stuk.brokken)
    with closing(brokken) if isinstance(brokken, Generator) else nullcontext():
        for brok in brokken:
            rest -= len(brok)
            if rest < 0:
                raise DossierOnvolledig
            gelezen.update(brok)
            yield brok
    if rest or gelezen.hexdigest() != stuk.sha256:
        raise DossierOnvolledig
