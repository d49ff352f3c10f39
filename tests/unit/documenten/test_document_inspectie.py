import codecs
import io
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eloket.documenten import formaten, voorbeelden
from eloket.documenten.inspectie import herken, waarom_niet
from eloket.documenten.types import Formaat
from eloket.documenten.weigeringen import Reden

DOCX_MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
Herken = Callable[[bytes], Formaat | Reden]


@pytest.fixture
def kijk(tmp_path: Path) -> Herken:
    def _kijk(inhoud: bytes) -> Formaat | Reden:
        pad = tmp_path / "x"
        pad.write_bytes(inhoud)
        return herken(pad, len(inhoud)) or waarom_niet(pad)

    return _kijk


@pytest.mark.parametrize(
    ("inhoud", "formaat"),
    [
        (voorbeelden.pdf(), formaten.PDF),
        (b"\r\nrommel ervoor\r\n" + voorbeelden.pdf(), formaten.PDF),
        (voorbeelden.docx(), formaten.DOCX),
        (voorbeelden.odt(), formaten.ODT),
        (voorbeelden.xlsx(), formaten.XLSX),
        (voorbeelden.jpg(), formaten.JPG),
        (voorbeelden.png(), formaten.PNG),
        (voorbeelden.heic(), formaten.HEIC),
        (voorbeelden.heic(b"mif1"), formaten.HEIC),
        (voorbeelden.txt(), formaten.TXT),
        ("Het kost € 5 in café ‘De Zon’".encode("cp1252"), formaten.TXT),
        (b"\xef\xbb\xbfmet een BOM", formaten.TXT),
        ("Kladblok: € 5 in café 😀".encode("utf-16"), formaten.TXT),
        (codecs.BOM_UTF16_BE + "é".encode("utf-16-be") * 200_000, formaten.TXT),
        (b"x" * (256 * 1024 - 1) + "é".encode(), formaten.TXT),
    ],
)
def test_each_kind_is_recognised_by_its_content(kijk: Herken, inhoud, formaat):
    assert kijk(inhoud) == formaat


@pytest.mark.parametrize(
    ("inhoud", "reden"),
    [
        (b"MZ\x90\x00\x03\x00\x00\x00", Reden.SOORT),
        (b"GIF89a\x01\x00\x01\x00\x00\x00\x00", Reden.SOORT),
        (b"GIF89a/*" + voorbeelden.pdf(), Reden.SOORT),
        (voorbeelden.heic(b"avif", (b"mif1", b"avif")), Reden.SOORT),
        (voorbeelden.heic(b"mif1", (b"mif1", b"avif")), Reden.SOORT),
        (voorbeelden.heic(b"isom", (b"mp41",)), Reden.SOORT),
        ("unicode zonder merk".encode("utf-16-le"), Reden.SOORT),
        ("met een stuurteken \x07".encode("utf-16"), Reden.SOORT),
        ("half een teken".encode("utf-16")[:-1], Reden.SOORT),
        ("vier bytes per teken".encode("utf-32"), Reden.SOORT),
        ("<script>alert(1)</script>".encode("utf-16"), Reden.WEBPAGINA),
        (codecs.BOM_UTF16_BE + "\n<!doctype html>".encode("utf-16-be"), Reden.WEBPAGINA),
        (b"a\x81\xffb", Reden.SOORT),
        (SVG, Reden.WEBPAGINA),
        (b"<!DOCTYPE html><title>x</title>", Reden.WEBPAGINA),
        (b"  \r\n<HTML><body onload=alert(1)>", Reden.WEBPAGINA),
        (b"\xef\xbb\xbf<svg onload=alert(1)>", Reden.WEBPAGINA),
        (b"onschuldig begin\n<script>alert(1)</script>", Reden.WEBPAGINA),
        (b"<html><script>1</script>" + voorbeelden.pdf(), Reden.WEBPAGINA),
        (b"#!/bin/sh\nrm -rf /\n", Reden.WEBPAGINA),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600, Reden.OUD_OFFICE),
        (voorbeelden.docx()[:-30], Reden.BESCHADIGD),
        (voorbeelden.archief({"a.txt": "los zipbestand"}), Reden.SOORT),
        (voorbeelden.odt(mime="application/vnd.oasis.opendocument.spreadsheet"), Reden.SOORT),
        (voorbeelden.office("/word/document.xml", DOCX_MACRO, {"word/document.xml": "<x/>"}), Reden.MACRO),
        (voorbeelden.office("/leeg.xml", "application/xml", {}), Reden.SOORT),
    ],
)
def test_what_we_do_not_take_is_refused_with_its_own_reason(kijk: Herken, inhoud, reden):
    assert kijk(inhoud) == reden


@pytest.mark.parametrize(
    ("naam", "inhoud", "reden"),
    [
        ("brief.docx", voorbeelden.docx()[:-30], Reden.ANDERS),
        ("brief.DOCX", b"MZ\x90\x00", Reden.ANDERS),
        ("brief.pdf", b"MZ\x90\x00", Reden.ANDERS),
        ("programma.exe", b"MZ\x90\x00", Reden.SOORT),
        ("pdf", b"MZ\x90\x00", Reden.SOORT),
        ("brief.pdf", b"<!doctype html>", Reden.WEBPAGINA),
    ],
)
def test_a_name_that_promises_something_else_gets_its_own_reason(
    tmp_path: Path, naam: str, inhoud: bytes, reden: Reden
):
    pad = tmp_path / "x"
    pad.write_bytes(inhoud)
    assert waarom_niet(pad, naam) is reden


def test_a_docx_with_a_hidden_macro_project_is_refused(kijk: Herken):
    uit = io.BytesIO(voorbeelden.docx())
    with zipfile.ZipFile(uit, "a") as zip_:
        zip_.writestr("word/vbaProject.bin", b"macro")
    assert kijk(uit.getvalue()) is Reden.MACRO


def test_an_odt_whose_type_is_compressed_or_not_first_is_refused(kijk: Herken):
    mime = formaten.ODT.mime
    samengeperst = io.BytesIO()
    with zipfile.ZipFile(samengeperst, "w", zipfile.ZIP_DEFLATED) as zip_:
        zip_.writestr("mimetype", mime)
        zip_.writestr("content.xml", "<x/>")
    assert kijk(samengeperst.getvalue()) is Reden.SOORT
    assert kijk(voorbeelden.archief({"content.xml": "<x/>", "mimetype": mime})) is Reden.SOORT


def test_a_picture_that_is_also_an_archive_is_only_a_picture(kijk: Herken):
    assert kijk(voorbeelden.png() + voorbeelden.docx()) == formaten.PNG
    assert kijk(voorbeelden.jpg(b"<script>alert(1)</script>")) == formaten.JPG


def _bom(naam: str) -> bytes:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as zip_, zip_.open(naam, "w") as lid:
        for _ in range(200):
            lid.write(b" " * 1024 * 1024)
    return uit.getvalue()


@pytest.mark.parametrize("naam", ["[Content_Types].xml", "content.xml"])
def test_a_zip_bomb_does_not_unfold(kijk: Herken, naam):
    bom = _bom(naam)
    tracemalloc.start()
    uitkomst = kijk(bom)
    _, piek = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert uitkomst is Reden.UITGEPAKT
    assert piek < 8 * 1024 * 1024


def test_an_archive_with_too_many_members_is_refused(kijk: Herken):
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w") as zip_:
        for nummer in range(12_000):
            zip_.writestr(f"{nummer}", b"")
    assert kijk(uit.getvalue()) is Reden.BESCHADIGD


def _bom_in_media(megabytes: int) -> bytes:
    """A docx that is fine in every part that we read, with this much of nothing beside it."""
    uit = io.BytesIO(voorbeelden.docx())
    with zipfile.ZipFile(uit, "a", zipfile.ZIP_DEFLATED) as zip_, zip_.open("word/media/a.bin", "w") as lid:
        for _ in range(megabytes):
            lid.write(bytes(1024 * 1024))
    return uit.getvalue()


def test_a_bomb_beside_what_we_read_is_refused_with_a_reason(kijk: Herken):
    bom = _bom_in_media(300)
    assert len(bom) < 400_000
    assert kijk(bom) is Reden.UITGEPAKT


def test_a_document_that_folds_well_is_no_bomb(kijk: Herken):
    """Three large white pictures: a thousandfold, and nothing that a computer minds."""
    assert kijk(_bom_in_media(90)) is formaten.DOCX


def test_members_that_overlap_are_refused(kijk: Herken):
    """One piece of data under many names: the table says more than the file can hold."""
    uit = bytearray(voorbeelden.docx())
    plek = uit.rindex(b"PK\x01\x02")
    uit[plek + 20 : plek + 24] = (50_000_000).to_bytes(4, "little")  # its compressed size
    assert kijk(bytes(uit)) is Reden.BESCHADIGD


def test_an_entity_bomb_is_refused(kijk: Herken):
    xml = '<!DOCTYPE x [<!ENTITY a "' + "a" * 1000 + '">]><Types>&a;</Types>'
    assert kijk(voorbeelden.archief({"[Content_Types].xml": xml})) is Reden.BESCHADIGD


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(inhoud=st.binary(max_size=2000))
def test_random_bytes_never_crash_the_inspection(kijk: Herken, inhoud):
    assert isinstance(kijk(inhoud), Formaat | Reden)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    goed=st.sampled_from([voorbeelden.docx(), voorbeelden.odt(), voorbeelden.xlsx(), voorbeelden.heic()]),
    wijzigingen=st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), min_size=1, max_size=12),
    einde=st.integers(0, 5000),
)
def test_a_broken_archive_never_crashes_the_inspection(kijk: Herken, goed, wijzigingen, einde):
    inhoud = bytearray(goed)
    for plek, waarde in wijzigingen:
        inhoud[plek % len(inhoud)] = waarde
    assert isinstance(kijk(bytes(inhoud[: einde or None])), Formaat | Reden)


def test_an_archive_with_a_compression_that_eats_memory_is_refused(kijk: Herken):
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_LZMA) as zip_:
        zip_.writestr("[Content_Types].xml", "<Types/>")
    assert kijk(uit.getvalue()) is Reden.BESCHADIGD
