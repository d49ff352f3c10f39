"""Where a photo was made goes; the picture and the rest of the photo stay."""

import contextlib
import hashlib
import io
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from eloket.documenten import formaten, gps, locatie, opslag, queries, service, voorbeelden
from eloket.documenten.types import Formaat, Herkomst
from eloket.documenten.upload import bied_aan
from eloket.kernel.klok import nu

# What must not be found back: the numbers of 52° 5' 12.34" as Exif writes them, and words in XMP.
BREEDTE = {">": struct.pack(">6I", 52, 1, 5, 1, 1234, 100), "<": struct.pack("<6I", 52, 1, 5, 1, 1234, 100)}
PLAATS = b"exif:GPSLatitude='52,5.2N' photoshop:City='Utrecht'"
BEELD = (
    b"\x12\x34\xff\x00\x56\xff\xd0" * 60_000
)  # longer than what is read at once, with stuffing and restarts


def exif(volgorde: str = ">") -> bytes:
    """IFD0 with Orientation, a pointer to the GPS directory and XResolution; the GPS directory has four lines."""
    orde = b"MM\0*" if volgorde == ">" else b"II*\0"

    def regel(soort: int, type_: int, aantal: int, waarde: int | bytes) -> bytes:
        inhoud = waarde if isinstance(waarde, bytes) else struct.pack(f"{volgorde}I", waarde)
        return struct.pack(f"{volgorde}HHI", soort, type_, aantal) + inhoud

    ifd0, gps_plek = 8, 8 + 2 + 3 * 12 + 4
    achter = gps_plek + 2 + 2 * 12 + 4
    eerste = struct.pack(f"{volgorde}H", 3)
    eerste += regel(0x0112, 3, 1, struct.pack(f"{volgorde}HH", 6, 0))
    eerste += regel(0x8825, 4, 1, gps_plek) + regel(0x011A, 5, 1, achter + 24) + bytes(4)
    gps_deel = struct.pack(f"{volgorde}H", 2) + regel(1, 2, 2, b"N\0\0\0") + regel(2, 5, 3, achter) + bytes(4)
    rest = BREEDTE[volgorde] + struct.pack(f"{volgorde}2I", 72, 1)
    return orde + struct.pack(f"{volgorde}I", ifd0) + eerste + gps_deel + rest


def deel(merk: int, inhoud: bytes) -> bytes:
    return bytes((0xFF, merk)) + (len(inhoud) + 2).to_bytes(2, "big") + inhoud


def foto_jpg(volgorde: str = ">", *, exif_deel: bytes | None = None) -> bytes:
    return (
        b"\xff\xd8"
        + deel(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
        + deel(0xE1, b"Exif\0\0" + (exif(volgorde) if exif_deel is None else exif_deel))
        + deel(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + PLAATS)
        + deel(0xE2, b"MPF\0" + bytes(20))
        + deel(0xED, b"Photoshop 3.0\0" + PLAATS)
        + deel(0xDB, bytes(65))
        + deel(0xDA, bytes(10))
        + BEELD
        + b"\xff\xd9"
        + b"een tweede foto"
        + exif(volgorde)
    )


def blok(soort: bytes, inhoud: bytes) -> bytes:
    return len(inhoud).to_bytes(4, "big") + soort + inhoud + zlib.crc32(soort + inhoud).to_bytes(4, "big")


def foto_png() -> bytes:
    leeg = voorbeelden.png()
    kop, rest = leeg[:33], leeg[33:]
    return kop + blok(b"eXIf", exif("<")) + blok(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + PLAATS) + rest


def doos(soort: bytes, inhoud: bytes) -> bytes:
    return (len(inhoud) + 8).to_bytes(4, "big") + soort + inhoud


def foto_heic() -> bytes:
    """A picture item, an Exif item and an XMP item, all in `mdat`."""
    ftyp = doos(b"ftyp", b"heic\0\0\0\0mif1heic")
    item = b"\0\0\0\0" + exif()
    delen = [b"beeld" * 9, item, PLAATS]

    def meta(begin: int) -> bytes:
        soorten = (b"hvc1\0", b"Exif\0", b"mime\0application/rdf+xml\0")
        infe = b"".join(
            doos(b"infe", b"\x02\0\0\0" + n.to_bytes(2, "big") + b"\0\0" + s)
            for n, s in enumerate(soorten, 1)
        )
        iinf = doos(b"iinf", bytes(4) + (3).to_bytes(2, "big") + infe)
        plekken, plek = b"", begin
        for nummer, stuk in enumerate(delen, 1):
            plekken += struct.pack(">HHHII", nummer, 0, 1, plek, len(stuk))
            plek += len(stuk)
        iloc = doos(b"iloc", bytes(4) + b"\x44\x00" + (3).to_bytes(2, "big") + plekken)
        return doos(b"meta", bytes(4) + iinf + iloc)

    begin = len(ftyp) + len(meta(0)) + 8
    film = doos(b"mpvd", b"location Utrecht")
    return ftyp + meta(begin) + doos(b"mdat", b"".join(delen)) + film


def schoon(tmp_path: Path, inhoud: bytes, formaat: Formaat) -> bytes:
    pad = tmp_path / "foto"
    pad.write_bytes(inhoud)
    nieuw = b"".join(locatie.zonder_locatie(pad, formaat))
    assert pad.read_bytes() == inhoud, "the photo itself is only read"
    assert [een.name for een in tmp_path.iterdir()] == ["foto"]
    return nieuw


@pytest.mark.parametrize(
    ("inhoud", "formaat"),
    [
        (foto_jpg(">"), formaten.JPG),
        (foto_jpg("<"), formaten.JPG),
        (foto_png(), formaten.PNG),
        (foto_heic(), formaten.HEIC),
    ],
    ids=["jpg-mm", "jpg-ii", "png", "heic"],
)
def test_nothing_of_the_place_is_left(tmp_path: Path, inhoud: bytes, formaat: Formaat) -> None:
    assert BREEDTE[">"] in inhoud or BREEDTE["<"] in inhoud
    nieuw = schoon(tmp_path, inhoud, formaat)
    for spoor in (*BREEDTE.values(), b"GPSLatitude", b"Utrecht"):
        assert spoor not in nieuw


@pytest.mark.parametrize("volgorde", ["<", ">"])
def test_the_picture_and_which_side_is_up_stay(tmp_path: Path, volgorde: str) -> None:
    nieuw = schoon(tmp_path, foto_jpg(volgorde), formaten.JPG)
    assert nieuw.endswith(deel(0xDB, bytes(65)) + deel(0xDA, bytes(10)) + BEELD + b"\xff\xd9")
    plek = nieuw.index(b"Exif\0\0") + 6
    aantal, soort, type_, hoeveel, waarde = struct.unpack_from(f"{volgorde}HHHIH", nieuw, plek + 8)
    assert (aantal, soort, type_, hoeveel, waarde) == (2, 0x0112, 3, 1, 6)
    assert struct.pack(f"{volgorde}2I", 72, 1) in nieuw  # XResolution still points at its own number


def test_a_picture_without_location_stays_as_it_is(tmp_path: Path) -> None:
    assert schoon(tmp_path, voorbeelden.png(), formaten.PNG) == voorbeelden.png()
    assert schoon(tmp_path, voorbeelden.heic(), formaten.HEIC) == voorbeelden.heic()
    nieuw = schoon(tmp_path, foto_heic(), formaten.HEIC)
    assert len(nieuw) == len(foto_heic())
    assert b"beeld" * 9 in nieuw


def test_exif_that_cannot_be_followed_goes_as_a_whole(tmp_path: Path) -> None:
    kapot = exif()[:-40] + b"\x00"
    nieuw = schoon(tmp_path, foto_jpg(exif_deel=kapot), formaten.JPG)
    assert b"Exif" not in nieuw
    assert BEELD in nieuw


@pytest.mark.parametrize("inhoud", [foto_jpg()[:400], foto_jpg()[: -len(exif()) - 30]])
def test_a_photo_that_breaks_off_is_not_taken(tmp_path: Path, inhoud: bytes) -> None:
    with pytest.raises(locatie.FotoOnleesbaar):
        schoon(tmp_path, inhoud, formaten.JPG)


@hypothesis_settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    soort=st.sampled_from(
        [(foto_png(), formaten.PNG), (foto_heic(), formaten.HEIC), (foto_jpg()[:600], formaten.JPG)]
    ),
    wijzigingen=st.lists(st.tuples(st.integers(0, 600), st.integers(0, 255)), max_size=8),
)
def test_a_broken_photo_is_cleaned_or_refused_and_never_crashes(
    tmp_path: Path, soort: tuple[bytes, Formaat], wijzigingen: list[tuple[int, int]]
) -> None:
    inhoud = bytearray(soort[0])
    for plek, waarde in wijzigingen:
        inhoud[plek % len(inhoud)] = waarde
    pad = tmp_path / "foto"
    pad.write_bytes(bytes(inhoud))
    with contextlib.suppress(locatie.FotoOnleesbaar):
        list(locatie.zonder_locatie(pad, soort[1]))
    assert [een.name for een in tmp_path.iterdir()] == ["foto"]


@given(inhoud=st.binary(max_size=200), volgorde=st.sampled_from([b"II*\0", b"MM\0*"]))
def test_directories_that_point_at_each_other_end(inhoud: bytes, volgorde: bytes) -> None:
    with contextlib.suppress(gps.FotoOnleesbaar):
        assert len(gps.remove_gps(volgorde + inhoud)) == len(inhoud) + 4


@pytest.mark.django_db
@pytest.mark.usefixtures("bron")
@pytest.mark.parametrize("vraagt", [True, False])
def test_only_a_zaak_that_asks_for_it_loses_the_location(
    vraagt: bool,
) -> None:
    toevoeging = service.prepare(
        (bied_aan("foto.jpg", io.BytesIO(foto_jpg())),),
        zaak_ref="register-1",
        moment=nu(),
        verwijder_locatie=vraagt,
    )
    [klaar] = toevoeging.goed
    bewaard = b"".join(opslag.open_inhoud(klaar.sha256).brokken)
    assert (BREEDTE[">"] in bewaard) is not vraagt
    assert hashlib.sha256(bewaard).hexdigest() == klaar.sha256
    document = service.add_document(
        zaak_ref="register-1",
        bestand=klaar,
        herkomst=Herkomst.AANVRAGER,
        auteur_key="k",
        auteur_naam="J",
        moment=nu(),
    )
    assert b"".join(queries.open_document(document.id).brokken) == bewaard
    # The same photo once more is still the same photo, although its hash was another one before it was cleaned.
    nogmaals = service.prepare(
        (bied_aan("foto2.jpg", [foto_jpg()]),), zaak_ref="register-1", moment=nu(), verwijder_locatie=vraagt
    )
    assert [een.code for een in nogmaals.geweigerd] == ["document-bestaat-al"]
