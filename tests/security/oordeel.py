"""Whether an answer is harmless: nothing that was typed runs, leads away, becomes a header, a formula or a page."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from email.message import Message
from functools import lru_cache
from urllib.parse import urlsplit

from django.core.mail import EmailMessage
from django.http import HttpResponseBase
from lxml import etree, html
from pypdf import PdfReader

from tests.security.ladingen import MERK, UITKOMST

_ADRESSEN = {"href", "src", "action", "formaction", "data", "poster", "ping", "background", "cite", "{x}href"}
_STUURT_UIT = re.compile(r"[\x00-\x20]+")  # a browser leaves these out of the begin of an address
_GEVAARLIJK = ("javascript:", "vbscript:", "data:", "//", "\\\\", "/\\")
_BEELD = "data:image/"
_KOPREGEL = re.compile(rf"^X-{MERK}\b", re.IGNORECASE | re.MULTILINE)
_FORMULE = ("=", "+", "-", "@", "\t", "\r")
_GETAL = re.compile(r"-?[\d.,]+")


def must_be_harmless(antwoord: HttpResponseBase) -> bytes:
    """Returns the body. Raises AssertionError with what is wrong."""
    assert antwoord.status_code < 500
    _headers(antwoord)
    inhoud = b"".join(antwoord)
    soort = antwoord.headers.get("Content-Type", "").partition(";")[0]
    if inhoud:
        assert soort == "text/html" or antwoord.headers.get("X-Content-Type-Options") == "nosniff"
        _PER_SOORT.get(soort, _nothing)(inhoud)
    return inhoud


def _headers(antwoord: HttpResponseBase) -> None:
    for naam, waarde in antwoord.headers.items():
        assert MERK not in naam.casefold()
        assert not {"\r", "\n", "\x00"} & set(waarde), naam
    naar = antwoord.headers.get("Location", "")
    assert urlsplit(naar).netloc in {"", "testserver"}, naar
    assert not naar.startswith(("//", "/\\", "\\"))
    if wat := antwoord.headers.get("Content-Disposition"):
        kop = Message()
        kop["Content-Disposition"] = wat
        naam = kop.get_filename() or "document"
        assert not {"/", "\\", "\x00", "\u202e"} & set(naam), naam
    for koekje in antwoord.cookies.values():
        assert MERK not in koekje.OutputString()


def must_be_harmless_mail(post: EmailMessage) -> None:
    """No header of ours, and its text with markup is as harmless as a page."""
    bericht = post.message()
    for naam, waarde in bericht.items():
        assert MERK not in naam.casefold()
        assert "\n" not in str(waarde).replace("\n ", ""), naam
    for deel in bericht.walk():
        if deel.get_content_type() == "text/html":
            harmless_html(bytes(deel.get_payload(decode=True)))


def harmless_html(inhoud: bytes) -> None:
    """No element, attribute or script of ours comes into being, and no template ran what was typed."""
    tekst = inhoud.decode()
    if MERK not in tekst:
        return
    assert UITKOMST not in tekst
    boom = html.document_fromstring(tekst)
    for element in boom.iter(etree.Element):
        _harmless_element(element)


def _harmless_element(element: etree._Element) -> None:
    plek = etree.tostring(element, encoding="unicode", with_tail=False)[:200]
    assert MERK not in str(element.tag), plek
    if element.tag in {"script", "style"}:
        is_gegevens = element.get("type", "").endswith("json")
        assert is_gegevens or MERK not in (element.text or ""), plek
    for naam, waarde in ((str(naam), str(waarde)) for naam, waarde in element.attrib.items()):
        assert MERK not in naam, plek
        assert not naam.startswith("on"), plek
        assert naam not in {"srcdoc", "style"} or MERK not in waarde, plek
        if naam in _ADRESSEN:
            adres = _STUURT_UIT.sub("", waarde).casefold()
            assert adres.startswith(_BEELD) or not adres.startswith(_GEVAARLIJK), plek
    if element.tag == "meta" and element.get("http-equiv"):
        assert MERK not in element.get("content", ""), plek


def _harmless_xml(inhoud: bytes) -> None:
    for element in etree.fromstring(inhoud).iter(etree.Element):
        _harmless_element(element)


def _harmless_csv(inhoud: bytes) -> None:
    """OWASP: CSV injection. A number of our own may be negative."""
    for rij in csv.reader(io.StringIO(inhoud.decode("utf-8-sig")), delimiter=";"):
        for cel in rij:
            assert not cel.startswith(_FORMULE) or _GETAL.fullmatch(cel), cel


def _harmless_pdf(inhoud: bytes) -> None:
    """No typst ran what was typed, and the document does nothing by itself."""
    tekst, lezer = text_of_pdf(inhoud), PdfReader(io.BytesIO(inhoud))
    assert UITKOMST not in tekst
    assert "root:" not in tekst
    assert not {"/OpenAction", "/AA"} & lezer.trailer["/Root"].get_object().keys()  # type: ignore[union-attr]
    for blad in lezer.pages:
        for ander in blad.get("/Annots", ()):
            actie = ander.get_object().get("/A", {})
            assert actie.get("/S") in {None, "/URI", "/GoTo"}
            assert not str(actie.get("/URI", "")).casefold().startswith(("javascript:", "data:"))


@lru_cache(maxsize=4)
def text_of_pdf(inhoud: bytes) -> str:
    """Its words, without the line breaks that a page makes."""
    tekst = " ".join(blad.extract_text() for blad in PdfReader(io.BytesIO(inhoud)).pages)
    return "".join(tekst.split())


def _harmless_lines(inhoud: bytes) -> None:
    assert not _KOPREGEL.search(inhoud.decode())


def harmless_zip(inhoud: bytes) -> None:
    """Every file in it, by its name; and no name leads out of the folder where somebody unpacks it."""
    with zipfile.ZipFile(io.BytesIO(inhoud)) as pak:
        for naam in pak.namelist():
            assert not naam.startswith(("/", "\\"))
            assert ".." not in re.split(r"[/\\]", naam)
            assert not {"\x00", "\r", "\n", "\u202e", "<", ">", ":", '"', "\\"} & set(naam), naam
            soort = _PER_EXTENSIE.get(naam.rpartition(".")[2])
            if soort:
                _PER_SOORT[soort](pak.read(naam))


def _nothing(inhoud: bytes) -> None:
    """JSON, plain text, a picture: with `nosniff` a browser runs none of them."""


_PER_EXTENSIE = {"html": "text/html", "csv": "text/csv", "ics": "text/calendar"}
_PER_SOORT: dict[str, Callable[[bytes], None]] = {
    "text/html": harmless_html,
    "image/svg+xml": _harmless_xml,
    "text/csv": _harmless_csv,
    "application/pdf": _harmless_pdf,
    "text/calendar": _harmless_lines,
    "application/zip": harmless_zip,
}
