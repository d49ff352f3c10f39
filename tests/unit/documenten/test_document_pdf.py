"""What is seen inside a pdf, and that no pdf takes the portal along in its fall."""

import io
import os
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from eloket.documenten import formaten, inspectie, pdfinhoud, pdfkeuring, service, voorbeelden
from eloket.documenten.models import Bestand
from eloket.documenten.pdfkeuring import Keuring, keur
from eloket.documenten.types import Kenmerk
from eloket.documenten.upload import bied_aan
from eloket.kernel.klok import nu


def pdf(paginas: int = 1, bewerk: Callable[[PdfWriter], object] | None = None) -> bytes:
    schrijver = PdfWriter()
    for _ in range(paginas):
        schrijver.add_blank_page(595, 842)
    if bewerk:
        bewerk(schrijver)
    uit = io.BytesIO()
    schrijver.write(uit)
    return uit.getvalue()


_SCRIPT = b"<< /S /JavaScript /JS (x) >>"


def _script(schrijver: PdfWriter) -> None:
    actie = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x")}
    )
    schrijver.root_object[NameObject("/OpenAction")] = schrijver._add_object(actie)


def _gewone_link(schrijver: PdfWriter) -> None:
    schrijver.add_annotation(0, Link(rect=(0, 0, 9, 9), url="https://gemeente.example"))


@pytest.fixture
def bekijk(tmp_path: Path) -> Callable[[bytes], Keuring]:
    def _bekijk(inhoud: bytes) -> Keuring:
        pad = tmp_path / "a.pdf"
        pad.write_bytes(inhoud)
        return keur(pad)

    return _bekijk


@pytest.mark.parametrize(
    ("inhoud", "paginas", "kenmerken"),
    [
        (voorbeelden.pdf(), 1, set()),
        (pdf(3, _gewone_link), 3, set()),
        (pdf(1, lambda s: s.encrypt("geheim", algorithm="AES-256")), None, {Kenmerk.VERSLEUTELD}),
        (pdf(2, lambda s: s.encrypt("", "eigenaar", algorithm="AES-128")), 2, set()),
        (pdf(1, _script), 1, {Kenmerk.ACTIEF}),
        (pdf(1, lambda s: s.add_attachment("a.exe", b"MZ")), 1, {Kenmerk.ACTIEF}),
        (b"%PDF-1.7\n" + os.urandom(4_000), None, {Kenmerk.ONLEESBAAR}),
        (voorbeelden.pdf()[:200], None, {Kenmerk.ONLEESBAAR}),
    ],
    ids=["gewoon", "link", "wachtwoord", "leeg-wachtwoord", "script", "bijlage", "ruis", "half"],
)
def test_pages_passwords_and_scripts_are_seen(
    bekijk: Callable[[bytes], Keuring], inhoud: bytes, paginas: int | None, kenmerken: set[Kenmerk]
) -> None:
    assert bekijk(inhoud) == Keuring(paginas, frozenset(kenmerken))


@pytest.mark.parametrize(
    ("aan_catalogus", "aan_pagina", "los"),
    [
        (b"/OpenAction 4 0 R", b"", b"<< /S /Launch /F (cmd) >>"),
        (b"/OpenAction 4 0 R", b"", b"<< /S /GoTo /D [3 0 R /Fit] /Next " + _SCRIPT + b" >>"),
        (b"/OpenAction 4 0 R", b"", b"<< /S /GoTo /D [3 0 R /Fit] /Next [<< /S /URI >> " + _SCRIPT + b"] >>"),
        (b"/OpenAction << /S /GoTo /Next << /S /GoTo /Next 4 0 R >> >>", b"", _SCRIPT),
        (b"/OpenAction << /S 4 0 R >>", b"", b"/JavaScript"),
        (b"/OpenAction 4 0 R", b"", b"<< /S /Java#53cript /J#53 (x) >>"),
        (b"/OpenAction 4 0 R", b"", b"<< /S /Rendition /OP 0 /JS (x) >>"),
        (b"/AA << /WC 4 0 R >>", b"", _SCRIPT),
        (b"/Names << /JavaScript << /Names [(a) 4 0 R] >> >>", b"", _SCRIPT),
        (b"/Outlines << /First << /Title (a) /A 4 0 R >> >>", b"", _SCRIPT),
        (b"/AcroForm << /Fields [4 0 R] >>", b"", b"<< /FT /Tx /T (a) /AA << /K " + _SCRIPT + b" >> >>"),
        (b"/AcroForm << /Fields [4 0 R] >>", b"", b"<< /Kids [<< /FT /Btn /T (a) /A " + _SCRIPT + b" >>] >>"),
        (b"/AcroForm << /Fields [] /XFA 4 0 R >>", b"", b"<< /Length 0 >>\nstream\n\nendstream"),
        (b"", b"/AA << /O 4 0 R >>", _SCRIPT),
        (b"", b"/Annots [<< /Subtype /Link /A 4 0 R >>]", _SCRIPT),
        (b"", b"/Annots [4 0 R]", b"<< /Subtype /FileAttachment >>"),
    ],
    ids=[
        "start", "next", "next-lijst", "next-next", "soort-elders", "gespeld", "rendition", "document-aa", "namen",
        "inhoudsopgave", "veld-aa", "veld-a", "xfa", "pagina-aa", "link", "speld",
    ],
)  # fmt: skip
def test_what_a_viewer_may_run_is_seen_wherever_it_stands(
    bekijk: Callable[[bytes], Keuring], aan_catalogus: bytes, aan_pagina: bytes, los: bytes
) -> None:
    inhoud = _met_objecten(
        b"<< /Type /Catalog /Pages 2 0 R " + aan_catalogus + b" >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] " + aan_pagina + b" >>",
        los,
    )
    assert bekijk(inhoud) == Keuring(1, frozenset({Kenmerk.ACTIEF}))


def test_a_script_to_which_no_table_points_is_seen(bekijk: Callable[[bytes], Keuring]) -> None:
    heel = voorbeelden.pdf()
    slot = heel[heel.rindex(b"startxref") :]
    assert bekijk(heel + b"9 0 obj\n" + _SCRIPT + b"\nendobj\n" + slot) == Keuring(
        1, frozenset({Kenmerk.ACTIEF})
    )


@pytest.mark.parametrize(
    ("van", "naar"),
    [
        (b"xref\n0 6", b"xxxx\n0 6"),
        (b"startxref", b"startxxxx"),
        (b"0000000009 00000 n", b"0000000058 00000 n"),
    ],
    ids=["geen-tabel", "geen-wijzer", "verkeerde-plek"],
)
def test_a_pdf_that_a_viewer_has_to_repair_is_flagged(
    bekijk: Callable[[bytes], Keuring], van: bytes, naar: bytes
) -> None:
    heel = voorbeelden.pdf()
    assert van in heel
    assert Kenmerk.ONLEESBAAR in bekijk(heel.replace(van, naar, 1)).kenmerken


def test_more_objects_than_are_looked_at_is_flagged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfinhoud, "MEESTE_OBJECTEN", 3)
    with pytest.raises(pdfinhoud.NietTeOverzien):
        pdfinhoud.is_active(PdfReader(io.BytesIO(voorbeelden.pdf())))


def test_five_thousand_pages_are_counted_in_time(bekijk: Callable[[bytes], Keuring]) -> None:
    begin = time.monotonic()
    assert bekijk(pdf(5_000)).paginas == 5_000
    assert time.monotonic() - begin < pdfkeuring.SECONDEN


def _met_objecten(*objecten: bytes) -> bytes:
    uit, plekken = bytearray(b"%PDF-1.5\n"), []
    for nummer, inhoud in enumerate(objecten, 1):
        plekken.append(len(uit))
        uit += b"%d 0 obj\n%s\nendobj\n" % (nummer, inhoud)
    start = len(uit)
    uit += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objecten) + 1)
    uit += b"".join(b"%010d 00000 n \n" % plek for plek in plekken)
    return bytes(uit + b"trailer\n<< /Size 9 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start)


def _objectstroom_bom() -> bytes:
    """An object stream of which a few megabytes unfold to a gigabyte."""
    pers = zlib.compressobj(1)
    stroom = b"".join(pers.compress(bytes(1 << 20)) for _ in range(1_024)) + pers.flush()
    kop = b"<< /Type /XRef /Size 9 /W [1 2 1] /Root 1 0 R /Length %d /Filter /FlateDecode >>" % len(stroom)
    return (
        b"%PDF-1.5\n1 0 obj\n" + kop + b"\nstream\n" + stroom + b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n"
    )


@pytest.mark.faults
@pytest.mark.parametrize(
    "inhoud",
    [
        _met_objecten(
            b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] >>"
        ),
        _met_objecten(b"<< /Type /Catalog /Pages 2 0 R >>", b"2 0 R"),
        _met_objecten(b"<< /Type /Catalog /Pages " + b"[" * 100_000 + b" >>"),
        _objectstroom_bom(),
    ],
    ids=["pagina-kring", "verwijst-naar-zichzelf", "diep", "bom"],
)
def test_a_pdf_that_is_made_to_break_readers_is_flagged_in_time(
    bekijk: Callable[[bytes], Keuring], inhoud: bytes
) -> None:
    begin = time.monotonic()
    assert bekijk(inhoud).paginas in (None, 0)
    assert time.monotonic() - begin < pdfkeuring.SECONDEN + 2


@pytest.mark.faults
def test_a_reader_that_hangs_is_ended_and_the_next_file_goes_on(
    bekijk: Callable[[bytes], Keuring], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    traag = tmp_path / "traag"
    traag.write_text(f"#!{sys.executable}\nimport time\ntime.sleep(60)\n")
    traag.chmod(0o700)
    with monkeypatch.context() as even:
        even.setattr(sys, "executable", str(traag))
        even.setattr(pdfkeuring, "SECONDEN", 0.3)
        for _ in range(6):  # more than may look at the same time: each gives its place back
            assert bekijk(voorbeelden.pdf()).kenmerken == {Kenmerk.ONLEESBAAR}
    assert bekijk(voorbeelden.pdf()).paginas == 1


def test_the_reader_gets_no_secrets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ELOKET_SECRETS", "geheim")
    gezien: list[dict[str, str]] = []
    echt = subprocess.Popen

    def kijk_mee(*args: object, env: dict[str, str], **kwargs: object) -> object:
        gezien.append(env)
        return echt(*args, env=env, **kwargs)  # type: ignore[call-overload]  # passed on as they came

    monkeypatch.setattr(subprocess, "Popen", kijk_mee)
    pad = tmp_path / "a.pdf"
    pad.write_bytes(voorbeelden.pdf())
    assert keur(pad).paginas == 1
    assert "ELOKET_SECRETS" not in gezien[0]


@pytest.mark.django_db
@pytest.mark.usefixtures("bron")
def test_what_was_seen_stands_with_the_content() -> None:
    service.prepare((bied_aan("a.pdf", [pdf(4, _script)]),), zaak_ref="", moment=nu())
    bestand = Bestand.objects.get()
    assert (bestand.paginas, bestand.kenmerken) == (4, "actief")


def test_a_pdf_is_recognised_before_it_is_looked_into(tmp_path: Path) -> None:
    pad = tmp_path / "x"
    pad.write_bytes(pdf())
    assert inspectie.herken(pad, pad.stat().st_size) == formaten.PDF
