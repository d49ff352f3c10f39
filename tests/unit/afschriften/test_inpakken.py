"""A zip that is written while it is sent: its size is right to the byte, and half of one is never taken for a whole."""

import hashlib
import io
import logging
import re
import sys
import tracemalloc
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eloket.afschriften.errors import DossierOnvolledig
from eloket.afschriften.inpakken import measure, stream_dossier
from eloket.afschriften.types import Dossier, Stuk
from tests.unit.afschriften.stukken import MOMENT, TRAAG, dossier, nullen, stuk, zaak, zeros


def unpack(inhoud: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(inhoud)) as archief:
        assert archief.testzip() is None
        return {lid.filename: archief.read(lid) for lid in archief.infolist()}


NAMEN = st.text(min_size=1, max_size=40).map(lambda naam: re.sub(r"[/\\\x00]", "-", naam))


@TRAAG
@given(st.dictionaries(NAMEN, st.binary(max_size=4000), max_size=6), st.integers(1, 2000))
def test_what_comes_out_is_what_went_in_and_exactly_as_large_as_was_announced(inhoud, brok):
    alles = dossier(*(stuk(naam, bytes_, brok=brok) for naam, bytes_ in inhoud.items()))
    gemaakt = b"".join(stream_dossier(alles))
    assert len(gemaakt) == alles.omvang
    assert unpack(gemaakt) == inhoud


def test_names_are_utf8_nothing_is_compressed_and_the_time_is_that_of_amsterdam():
    zomer = datetime(2026, 7, 1, 22, 30, 8, tzinfo=UTC)
    gemaakt = b"".join(stream_dossier(dossier(stuk("map/001 café €.pdf", moment=zomer))))
    (lid,) = zipfile.ZipFile(io.BytesIO(gemaakt)).infolist()
    assert (lid.filename, lid.compress_type) == ("map/001 café €.pdf", zipfile.ZIP_STORED)
    assert lid.flag_bits & 0x800
    assert lid.date_time == (2026, 7, 2, 0, 30, 8)
    assert not lid.is_dir()


def test_a_moment_before_zips_existed_is_kept_as_the_first_that_fits():
    gemaakt = b"".join(stream_dossier(dossier(stuk("a", moment=datetime(1970, 1, 1, tzinfo=UTC)))))
    assert zipfile.ZipFile(io.BytesIO(gemaakt)).infolist()[0].date_time[0] == 1980


@pytest.mark.parametrize("grens", [0, 60, 1000, 2500, 6000])
def test_the_size_is_also_right_beyond_what_an_old_zip_can_hold(grens, monkeypatch):
    """The bound of Python's own is 2 GB; lowered here, so that small files lie beyond it."""
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", grens)
    inhoud = {f"map/{nummer}": bytes([nummer]) * 1000 for nummer in range(5)}
    alles = dossier(*(stuk(naam, bytes_) for naam, bytes_ in inhoud.items()))
    gemaakt = b"".join(stream_dossier(alles))
    assert len(gemaakt) == alles.omvang
    assert unpack(gemaakt) == inhoud


@pytest.mark.slow
def test_a_dossier_of_more_than_two_gigabytes_is_as_large_as_was_announced():
    deel, aantal = 300 * 1024**2, 8
    een = hashlib.sha256()
    for brok in zeros(deel):
        een.update(brok)
    alles = dossier(*(nullen(f"{nummer}", deel, een.hexdigest()) for nummer in range(aantal)))
    geteld, staart = 0, b""
    for brok in stream_dossier(alles):
        geteld, staart = geteld + len(brok), (staart + brok)[-2000:]
    assert geteld == alles.omvang > 2 * 1024**3
    assert b"PK\x06\x06" in staart, "the record of a zip64"


def test_a_hundred_documents_of_ten_megabytes_take_no_memory():
    """The same over HTTP, with real files, stands in tests/faults/test_dossier.py."""
    deel = 10 * 1024**2
    een = hashlib.sha256(bytes(deel)).hexdigest()
    alles = dossier(*(nullen(f"{nummer}", deel, een) for nummer in range(100)))
    tracemalloc.start()
    try:
        geteld = sum(len(brok) for brok in stream_dossier(alles))
        _, piek = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert geteld == alles.omvang > 1000 * 1024**2
    assert piek < 3 * 1024**2


def broken(goed: Stuk, brokken: Iterable[bytes]) -> Dossier:
    """A dossier of which the second file is not what the index says of it."""
    stukken = (stuk("eerst", b"x" * 5000), replace(goed, brokken=brokken), stuk("laatst"))
    return Dossier(zaak=zaak(), stukken=stukken, omvang=measure(stukken))


def disappears() -> Iterator[bytes]:
    yield b"half"
    raise FileNotFoundError("documenten/999990019.pdf")


def falls_away() -> Iterator[bytes]:
    yield b"half"
    raise ConnectionError


GOED = stuk("midden", b"halverwege")


@pytest.mark.parametrize(
    "brokken",
    [disappears(), falls_away(), [b"half"], [b"halverwegg"], [b"halverwege", b"x"], []],
    ids=["disappears", "storage-away", "cut-off", "other-content", "grew", "empty"],
)
def test_a_file_that_is_not_what_was_announced_breaks_the_download_off_and_stands_in_the_log(brokken, caplog):
    alles = broken(GOED, brokken)
    delen: list[bytes] = []
    with caplog.at_level(logging.INFO), pytest.raises(DossierOnvolledig):
        delen.extend(stream_dossier(alles))
    gekregen = b"".join(delen)
    assert len(gekregen) < alles.omvang
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(gekregen))
    (regel,) = [regel for regel in caplog.records if regel.name.startswith("eloket")]
    assert regel.levelno == logging.ERROR
    assert "dossier-onvolledig" in regel.getMessage()
    assert "999990019" not in caplog.text.replace("Traceback", ""), "no name of a file in the log"


def test_a_reader_who_hangs_up_stops_the_work_and_closes_the_file(caplog):
    gesloten = []

    def file() -> Iterator[bytes]:
        try:
            while True:
                yield b"x" * 1000
        finally:
            gesloten.append(True)

    eindeloos = Stuk("a", "a", 10**9, "0" * 64, MOMENT, file())
    delen = stream_dossier(dossier(eindeloos, stuk("b")))
    with caplog.at_level(logging.INFO):
        next(delen)
        next(delen)
        assert not gesloten
        delen.close()
    assert gesloten == [True]
    assert "verbinding is verbroken" in caplog.text


def test_a_dossier_that_nobody_began_to_read_opens_nothing():
    geopend = []

    def file() -> Iterator[bytes]:
        geopend.append(True)
        yield b"x"

    delen = stream_dossier(dossier(Stuk("a", "a", 1, "0" * 64, MOMENT, file())))
    delen.close()
    assert not geopend


def test_the_same_dossier_gives_the_same_bytes():
    een, twee = (b"".join(stream_dossier(dossier(stuk("a"), stuk("b")))) for _ in range(2))
    assert een == twee
    assert sys.getsizeof(een) < 2000
