"""Files at rest: what stands on the disk says nothing, and whoever touches it is found out."""

import io
import os
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.files.storage import InMemoryStorage, storages

from eloket.documenten import herversleutelen, opslag, sleutels, testing, versleuteling
from eloket.documenten.tijdelijk import Schrijver, Tijdelijk
from eloket.documenten.upload import bied_aan
from eloket.documenten.versleuteling import KOP, STUK, BestandOnleesbaar

VOL = STUK + 16  # a chunk on disk
MATEN = [1, STUK - 1, STUK, STUK + 1, 2 * STUK, 5 * STUK + 7]


def bewaar(inhoud: bytes) -> str:
    bestand = bied_aan("x", [inhoud[begin : begin + 100_003] for begin in range(0, len(inhoud), 100_003)])
    assert bestand.pad is not None
    opslag.put(bestand.pad, bestand.sha256)
    return bestand.sha256


def lees(sha256: str) -> bytes:
    return b"".join(opslag.open_inhoud(sha256).brokken)


def plek_van(sha256: str) -> Path:
    pad = testing.path_or_none(sha256)
    assert pad is not None
    pad.chmod(0o600)
    return pad


@pytest.mark.parametrize("maat", MATEN)
def test_content_comes_back_whole_and_from_any_byte(maat: int) -> None:
    inhoud = os.urandom(maat)
    sha256 = bewaar(inhoud)
    assert (opslag.size(sha256), lees(sha256)) == (maat, inhoud)
    vanaf = opslag.open_inhoud(sha256).vanaf
    assert vanaf is not None
    for begin in {0, 1, maat // 2, maat - 1, maat, STUK, STUK - 1} & set(range(maat + 1)):
        assert b"".join(vanaf(begin)) == inhoud[begin:]


def test_nothing_on_the_disk_tells_what_was_sent_or_which_file_it_was(opslagmap: Path) -> None:
    inhoud = b"burgerservicenummer 999990019 " * 9_000
    eerst = bied_aan("paspoort.txt", [inhoud])
    assert eerst.pad is not None
    sha256 = eerst.sha256
    for moment in ("on its way in", "stored"):
        bestanden = [pad for pad in opslagmap.rglob("*") if pad.is_file()]
        assert len(bestanden) == 1, moment
        assert b"999990019" not in bestanden[0].read_bytes()
        assert sha256 not in str(bestanden[0])
        assert bytes.fromhex(sha256) not in bestanden[0].read_bytes()
        if eerst.pad.pad.exists():
            opslag.put(eerst.pad, sha256)
    assert lees(sha256) == inhoud


def test_the_same_content_twice_is_one_file_with_another_key(opslagmap: Path) -> None:
    sha256 = bewaar(b"dubbel")
    eerst = plek_van(sha256).read_bytes()
    assert bewaar(b"dubbel") == sha256
    assert len([pad for pad in opslagmap.rglob("*") if pad.is_file()]) == 1
    assert plek_van(sha256).read_bytes() != eerst


def _verander(plek: int) -> Callable[[bytes], bytes]:
    return lambda ruw: ruw[:plek] + bytes((ruw[plek] ^ 1,)) + ruw[plek + 1 :]


def _zonder(nummer: int) -> Callable[[bytes], bytes]:
    return lambda ruw: ruw[: KOP + nummer * VOL] + ruw[KOP + (nummer + 1) * VOL :]


def _gewisseld(ruw: bytes) -> bytes:
    return ruw[:KOP] + ruw[KOP + VOL : KOP + 2 * VOL] + ruw[KOP : KOP + VOL] + ruw[KOP + 2 * VOL :]


@pytest.mark.parametrize(
    "knoei",
    [
        _verander(0),
        _verander(10),
        _verander(KOP - 1),
        _verander(KOP),
        _verander(KOP + 2 * VOL + 3),
        _verander(-1),
        _zonder(0),
        _zonder(1),
        _zonder(3),
        _gewisseld,
        lambda ruw: ruw[: KOP + 3 * VOL],
        lambda ruw: ruw[: KOP + VOL],
        lambda ruw: ruw[:-1],
        lambda ruw: ruw[: KOP + 5],
        lambda ruw: ruw[:KOP],
        lambda ruw: b"",
        lambda ruw: ruw + ruw[-40:],
        lambda ruw: ruw + ruw[KOP : KOP + VOL],
    ],
)
def test_a_file_that_was_touched_never_comes_back_as_if_it_were_whole(
    knoei: Callable[[bytes], bytes],
) -> None:
    sha256 = bewaar(os.urandom(3 * STUK + 100))
    pad = plek_van(sha256)
    pad.write_bytes(knoei(pad.read_bytes()))
    with pytest.raises(BestandOnleesbaar):
        lees(sha256)


def test_what_was_cut_off_at_a_chunk_is_seen_by_a_reader_that_wants_only_its_end() -> None:
    sha256 = bewaar(os.urandom(3 * STUK))
    pad = plek_van(sha256)
    pad.write_bytes(pad.read_bytes()[:-VOL])
    vanaf = opslag.open_inhoud(sha256).vanaf
    assert vanaf is not None
    with pytest.raises(BestandOnleesbaar):
        list(vanaf(STUK))


def test_one_file_cannot_stand_in_the_place_of_another() -> None:
    mijn, ander = bewaar(b"mijn paspoort"), bewaar(b"het jouwe zeg")
    plek_van(mijn).write_bytes(plek_van(ander).read_bytes())
    with pytest.raises(BestandOnleesbaar):
        opslag.open_inhoud(mijn)
    assert list(testing.walk()) == [ander]


def test_chunks_of_two_files_cannot_be_mixed() -> None:
    een, twee = bewaar(os.urandom(2 * STUK)), bewaar(os.urandom(2 * STUK))
    ruw, anders = plek_van(een).read_bytes(), plek_van(twee).read_bytes()
    plek_van(een).write_bytes(ruw[: KOP + VOL] + anders[KOP + VOL :])
    with pytest.raises(BestandOnleesbaar):
        lees(een)


def test_no_nonce_is_used_twice_with_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gezien: list[bytes] = []

    def encrypt(nonce: bytes, data: bytes, _bij: None) -> bytes:
        gezien.append(nonce)
        return data + bytes(16)

    schrijver = Schrijver(tmp_path / "x")
    monkeypatch.setattr(schrijver._versleutelaar, "_aes", type("Nep", (), {"encrypt": staticmethod(encrypt)}))
    schrijver.schrijf(bytes(10 * STUK))
    schrijver.rond_af()
    assert len(gezien) == len(set(gezien)) == 10
    assert [nonce[-1] for nonce in gezien] == [0] * 9 + [1]
    assert all(a < b for a, b in pairwise(nonce[:-1] for nonce in gezien))


def test_the_shape_is_the_one_that_is_written_down() -> None:
    """By hand, from the text of the module: whoever has the secret can read a file without our code."""
    sha256 = bewaar(b"a" * STUK + b"bc")
    pad, sleutel = plek_van(sha256), sleutels.alle()[0]
    ruw = pad.read_bytes()
    assert ruw[:8] == b"ELOKET1\n"
    naam = "/".join(pad.parts[-4:])
    gegevens = AESGCM(sleutel.kek).decrypt(ruw[8:20], ruw[20:100], b"ELOKET1\n" + naam.encode())
    assert gegevens[32:].hex() == sha256
    aes = AESGCM(gegevens[:32])
    assert aes.decrypt(bytes(12), ruw[100 : 100 + VOL], None) == b"a" * STUK
    assert aes.decrypt(bytes(10) + b"\x01\x01", ruw[100 + VOL :], None) == b"bc"


@pytest.mark.parametrize("maat", [0, *MATEN])
def test_a_temporary_file_can_be_read_and_sought_in_while_it_waits(tmp_path: Path, maat: int) -> None:
    inhoud = os.urandom(maat)
    schrijver = Schrijver(tmp_path / "x")
    schrijver.schrijf(inhoud)
    schrijver.rond_af()
    with schrijver.bestand.open("rb") as bestand:
        assert bestand.seek(0, io.SEEK_END) == maat
        bestand.seek(maat // 3)
        assert bestand.read(STUK) == inhoud[maat // 3 :][:STUK]
        bestand.seek(0)
        assert bestand.read() == inhoud
        assert bestand.read() == b""


def test_another_process_cannot_read_a_temporary_file(tmp_path: Path) -> None:
    schrijver = Schrijver(tmp_path / "x")
    schrijver.schrijf(b"geheim")
    schrijver.rond_af()
    with pytest.raises(BestandOnleesbaar):
        Tijdelijk(tmp_path / "x", versleuteling.nieuwe_sleutel()).read_bytes()
    assert b"geheim" not in repr(schrijver.bestand).encode()
    assert schrijver.bestand.sleutel.hex() not in repr(schrijver.bestand)


def test_a_file_under_an_older_secret_is_read_and_one_under_a_secret_that_is_gone_is_not(settings) -> None:
    oud = settings.ELOKET.secrets
    sha256 = bewaar(b"onder het oude geheim")
    settings.ELOKET = settings.ELOKET.model_copy(update={"secrets": ("n" * 40, *oud)})
    assert lees(sha256) == b"onder het oude geheim"
    assert list(testing.walk()) == [sha256]
    assert list(herversleutelen.count_over().values()) == [1]
    settings.ELOKET = settings.ELOKET.model_copy(update={"secrets": ("n" * 40,)})
    assert not opslag.exists(sha256)
    assert [(blob.sha256, blob.sleutel) for blob in opslag.blobs()] == [(None, sleutels._van(oud)[0].naam)]


def test_another_storage_than_the_local_disk_holds_the_same_shape(settings) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    }
    assert isinstance(storages["default"], InMemoryStorage)
    inhoud = os.urandom(2 * STUK + 5)
    sha256 = bewaar(inhoud)
    assert (bewaar(inhoud), lees(sha256), opslag.size(sha256)) == (sha256, inhoud, len(inhoud))
    assert testing.path_or_none(sha256) is None
    assert list(testing.walk()) == [sha256]
    opslag.delete(sha256)
    assert list(testing.walk()) == []
