import gc
import hashlib
import os
import tracemalloc
from pathlib import Path

import pytest
from django.http import UnreadablePostError
from django.test import RequestFactory

from eloket.documenten import upload
from eloket.documenten.formaten import MAX_AANTAL, MAX_OMVANG
from eloket.documenten.upload import BewaakteUploadHandler, Upload, aangeboden
from tests.unit.documenten.post import GRENS, maak_post


def _tijdelijk(opslagmap: Path) -> list[Path]:
    return list((opslagmap / "tmp").glob("*"))


def test_a_file_comes_in_whole_with_its_hash_and_for_its_owner_only(neem_aan, opslagmap):
    inhoud = os.urandom(700_000)
    [bestand] = neem_aan(("foto.jpg", inhoud))
    assert (bestand.naam, bestand.omvang) == ("foto.jpg", 700_000)
    assert bestand.sha256 == hashlib.sha256(inhoud).hexdigest()


def test_the_temporary_directory_and_file_are_closed_to_others(post, opslagmap):
    request = post(("a.txt", b"a"))
    [bestand] = aangeboden(request.FILES.getlist("bestanden"))
    assert bestand.pad is not None
    assert bestand.pad.read_bytes() == b"a"
    assert bestand.pad.pad.stat().st_mode & 0o077 == 0
    assert (opslagmap / "tmp").stat().st_mode & 0o077 == 0


def test_what_nobody_took_is_deleted_when_the_request_ends(post, opslagmap):
    request = post(("a.txt", b"a"), ("b.txt", b"b"))
    assert len(request.FILES.getlist("bestanden")) == 2
    assert len(_tijdelijk(opslagmap)) == 2
    request.close()
    assert _tijdelijk(opslagmap) == []


def test_a_file_that_is_too_large_is_thrown_away_and_the_others_are_kept(post, opslagmap):
    request = post(("voor.txt", b"voor"), ("groot.pdf", bytes(MAX_OMVANG + 1)), ("na.txt", b"na"))
    voor, groot, na = aangeboden(request.FILES.getlist("bestanden"))
    assert (groot.is_te_groot, groot.pad, groot.omvang) == (True, None, MAX_OMVANG + 1)
    assert [b.pad.read_bytes() for b in (voor, na) if b.pad] == [b"voor", b"na"]
    assert len(_tijdelijk(opslagmap)) == 2


def test_a_file_of_exactly_the_limit_is_taken(neem_aan):
    [bestand] = neem_aan(("net.pdf", bytes(MAX_OMVANG)))
    assert not bestand.is_te_groot
    assert bestand.omvang == MAX_OMVANG


def test_the_eleventh_file_is_marked_and_not_written(post, opslagmap):
    request = post(*((f"{n}.txt", b"%d" % n) for n in range(MAX_AANTAL + 2)))
    bestanden = aangeboden(request.FILES.getlist("bestanden"))
    assert [b.is_te_veel for b in bestanden] == [False] * MAX_AANTAL + [True, True]
    assert len(_tijdelijk(opslagmap)) == MAX_AANTAL


def test_a_quote_in_a_name_survives_the_post(neem_aan):
    [bestand] = neem_aan(("de %22oude%22 schuur.txt", b"x"))
    assert bestand.naam == 'de "oude" schuur.txt'


def test_an_empty_file_input_offers_nothing(neem_aan):
    assert neem_aan(("", b"")) == ()


def test_an_empty_file_is_offered_as_empty(neem_aan):
    [bestand] = neem_aan(("leeg.txt", b""))
    assert bestand.omvang == 0


def test_a_post_that_breaks_off_halfway_leaves_nothing(rf: RequestFactory, opslagmap):
    body = maak_post(("heel.txt", b"heel"), ("half.pdf", os.urandom(2_000_000)))[:1_000_000]
    request = rf.post("/", data=body, content_type=f"multipart/form-data; boundary={GRENS}")
    request.upload_handlers = [BewaakteUploadHandler(request)]
    bestanden = aangeboden(request.FILES.getlist("bestanden"))
    assert all(b.is_mislukt and b.pad is None for b in bestanden)
    gc.collect()
    assert _tijdelijk(opslagmap) == []


class _Verbroken:
    """A connection that fails after some bytes."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def read(self, omvang: int = -1) -> bytes:
        if not self._body:
            raise OSError("connection reset")
        stuk, self._body = self._body[:omvang], self._body[omvang:]
        return stuk


def test_a_connection_that_fails_halfway_leaves_nothing(rf: RequestFactory, opslagmap):
    body = maak_post(("heel.txt", b"heel"), ("half.pdf", os.urandom(2_000_000)))[:1_000_000]
    request = rf.post("/", data=b"x", content_type=f"multipart/form-data; boundary={GRENS}")
    request.META["CONTENT_LENGTH"] = str(len(body) * 2)
    request._stream = _Verbroken(body)  # type: ignore[assignment]  # a double with only read()
    request.upload_handlers = [BewaakteUploadHandler(request)]
    with pytest.raises(UnreadablePostError):
        _ = request.FILES
    request.close()
    del request
    gc.collect()
    assert _tijdelijk(opslagmap) == []


def test_endless_rubbish_is_cut_off(post, monkeypatch, opslagmap):
    monkeypatch.setattr(upload, "MAX_WEGGEGOOID", 1_000_000)
    monkeypatch.setattr(upload, "MAX_OMVANG", 1_000)
    request = post(("goed.txt", b"goed"), ("rommel.bin", bytes(5_000_000)), ("na.txt", b"na"))
    bestanden = aangeboden(request.FILES.getlist("bestanden"))
    assert [b.naam for b in bestanden] == ["goed.txt"]
    assert len(_tijdelijk(opslagmap)) == 1


def test_memory_stays_flat_while_fifty_megabytes_come_in():
    handler = BewaakteUploadHandler()
    brok = bytes(handler.chunk_size)
    tracemalloc.start()
    handler.new_file("bestanden", "groot.pdf", "application/pdf", None)
    for nummer in range(MAX_OMVANG // len(brok)):
        handler.receive_data_chunk(brok, nummer * len(brok))
    gekomen = handler.file_complete(MAX_OMVANG)
    _, piek = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(gekomen, Upload)
    assert gekomen.aangeboden.omvang == MAX_OMVANG
    assert piek < 4 * 1024 * 1024
    gekomen.close()
