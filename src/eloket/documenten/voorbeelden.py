"""Small valid files of every kind that we take, made in code: for demo data and for tests."""

import io
import zipfile
import zlib

_OPC = "http://schemas.openxmlformats.org/package/2006"
_DOC = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_XLS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_A4 = b"[0 0 595 842]"
_LETTERS = b"<< /Font << /F1 5 0 R >> >>"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def pdf(regel: str = "Voorbeeld") -> bytes:
    """One page with one line of text (plain ASCII)."""
    veilig = regel.encode("ascii", "replace").translate(None, b"()\\")
    inhoud = b"BT /F1 24 Tf 72 760 Td (" + veilig + b") Tj ET"
    delen = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents 4 0 R /Resources %s >>" % (_A4, _LETTERS),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(inhoud), inhoud),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    uit = bytearray(b"%PDF-1.4\n")
    plekken = []
    for nummer, deel in enumerate(delen, start=1):
        plekken.append(len(uit))
        uit += b"%d 0 obj\n%s\nendobj\n" % (nummer, deel)
    tabel = b"".join(b"%010d 00000 n \n" % plek for plek in plekken)
    start = len(uit)
    uit += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(delen) + 1, tabel)
    uit += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(delen) + 1, start)
    return bytes(uit)


def docx(tekst: str = "Voorbeeld") -> bytes:
    """`tekst` is XML text."""
    inhoud = (
        f'<w:document xmlns:w="{_W}"><w:body><w:p><w:r><w:t>{tekst}</w:t></w:r></w:p></w:body></w:document>'
    )
    return office("/word/document.xml", _DOC, {"word/document.xml": inhoud})


def xlsx() -> bytes:
    blad = '<sheet name="Blad1" sheetId="1" r:id="rId1"/>'
    werkmap = f'<workbook xmlns="{_S}" xmlns:r="{_REL}"><sheets>{blad}</sheets></workbook>'
    relatie = f'<Relationship Id="rId1" Type="{_REL}/worksheet" Target="worksheets/sheet1.xml"/>'
    return office(
        "/xl/workbook.xml",
        _XLS,
        {
            "xl/workbook.xml": werkmap,
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_S}"><sheetData/></worksheet>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_OPC}/relationships">{relatie}</Relationships>',
        },
        extra='<Override PartName="/xl/worksheets/sheet1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>',
    )


def office(deel: str, soort: str, leden: dict[str, str], *, extra: str = "") -> bytes:
    """An Open Packaging archive whose main part has this content type."""
    typen = (
        f'<Types xmlns="{_OPC}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="{deel}" ContentType="{soort}"/>{extra}</Types>'
    )
    relatie = f'<Relationship Id="rId1" Type="{_REL}/officeDocument" Target="{deel.lstrip("/")}"/>'
    relaties = f'<Relationships xmlns="{_OPC}/relationships">{relatie}</Relationships>'
    return archief({"[Content_Types].xml": typen, "_rels/.rels": relaties, **leden})


def odt(tekst: str = "Voorbeeld", *, mime: str = "application/vnd.oasis.opendocument.text") -> bytes:
    """`tekst` is XML text."""
    inhoud = (
        f'<office:document-content xmlns:office="{_ODF}:office:1.0" '
        f'xmlns:text="{_ODF}:text:1.0" office:version="1.3">'
        f"<office:body><office:text><text:p>{tekst}</text:p></office:text></office:body></office:document-content>"
    )
    manifest = (
        f'<m:manifest xmlns:m="{_ODF}:manifest:1.0" m:version="1.3">'
        f'<m:file-entry m:full-path="/" m:media-type="{mime}"/>'
        '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>'
    )
    return archief({"mimetype": mime, "content.xml": inhoud, "META-INF/manifest.xml": manifest})


def archief(leden: dict[str, str | bytes]) -> bytes:
    """A zip archive; the member `mimetype` is stored, the others are deflated."""
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w") as zip_:
        for naam, inhoud in leden.items():
            methode = zipfile.ZIP_STORED if naam == "mimetype" else zipfile.ZIP_DEFLATED
            zip_.writestr(zipfile.ZipInfo(naam), inhoud, compress_type=methode)
    return uit.getvalue()


def png(kleur: tuple[int, int, int] = (0, 90, 140)) -> bytes:
    """One pixel of this colour."""
    kop = (1).to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    beeld = zlib.compress(b"\x00" + bytes(kleur))
    return (
        b"\x89PNG\r\n\x1a\n" + _png_blok(b"IHDR", kop) + _png_blok(b"IDAT", beeld) + _png_blok(b"IEND", b"")
    )


def _png_blok(soort: bytes, inhoud: bytes) -> bytes:
    return len(inhoud).to_bytes(4, "big") + soort + inhoud + zlib.crc32(soort + inhoud).to_bytes(4, "big")


def jpg(opmerking: bytes = b"") -> bytes:
    """The beginning and the end of a JFIF file: enough to recognise, not a picture."""
    jfif = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    commentaar = b"\xff\xfe" + (len(opmerking) + 2).to_bytes(2, "big") + opmerking
    return b"\xff\xd8" + jfif + commentaar + b"\xff\xd9"


def heic(merk: bytes = b"heic", verenigbaar: tuple[bytes, ...] = (b"mif1", b"heic")) -> bytes:
    """The file type box and an empty media box: enough to recognise, not a picture."""
    kop = b"ftyp" + merk + b"\x00\x00\x00\x00" + b"".join(verenigbaar)
    return (len(kop) + 4).to_bytes(4, "big") + kop + b"\x00\x00\x00\x08mdat"


def txt(tekst: str = "Beste gemeente,\r\nhierbij mijn toelichting. Het kost € 5 per café.\r\n") -> bytes:
    return tekst.encode()
