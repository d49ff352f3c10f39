import os
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from eloket.documenten import opslag, voorbeelden
from eloket.documenten.antwoord import download_response
from eloket.documenten.formaten import FORMATEN, JPG, PDF, TXT
from eloket.documenten.types import DocumentInzage, Herkomst, Inhoud
from eloket.documenten.upload import bied_aan

INHOUD = bytes(range(256)) * 2000


@pytest.fixture
def document() -> DocumentInzage:
    bestand = bied_aan("x", [INHOUD])
    assert bestand.pad is not None
    opslag.put(bestand.pad, bestand.sha256)
    return DocumentInzage(
        id="1",
        zaak_ref="register-1",
        titel="Café",
        bestandsnaam="Café.pdf",
        formaat=PDF,
        omvang=bestand.omvang,
        herkomst=Herkomst.GEMEENTE,
        auteur_key="k",
        auteur_naam="A",
        ontvangen_op=datetime(2026, 11, 3, tzinfo=UTC),
        sha256=bestand.sha256,
    )


def _haal(document: DocumentInzage, koppen: dict[str, str] | None = None, *, inline: bool = False) -> Any:
    request = RequestFactory().get("/", headers=koppen)
    return download_response(document, opslag.open_inhoud(document.sha256), inline=inline, request=request)


def test_only_a_pdf_may_stand_in_a_page_of_our_own_and_only_when_asked(document):
    def kaders(formaat: Any, *, inline: bool, inbedden: bool) -> tuple[str, bool]:
        inhoud = opslag.open_inhoud(document.sha256)
        antwoord = download_response(
            replace(document, formaat=formaat), inhoud, inline=inline, inbedden=inbedden
        )
        return antwoord["X-Frame-Options"], "frame-ancestors 'self'" in antwoord["Content-Security-Policy"]

    assert kaders(PDF, inline=True, inbedden=True) == ("SAMEORIGIN", True)
    assert kaders(PDF, inline=False, inbedden=True) == ("DENY", False)
    assert kaders(PDF, inline=True, inbedden=False) == ("DENY", False)
    assert kaders(TXT, inline=True, inbedden=True) == ("DENY", False)


def test_a_document_is_saved_whole_under_its_own_name(document):
    antwoord = _haal(document)
    assert antwoord.status_code == 200
    assert antwoord["Content-Disposition"] == "attachment; filename*=utf-8''Caf%C3%A9.pdf"
    assert (antwoord["Content-Type"], antwoord["Content-Length"]) == ("application/pdf", str(len(INHOUD)))
    assert antwoord.getvalue() == INHOUD


@pytest.mark.parametrize("formaat", FORMATEN, ids=lambda formaat: formaat.code)
def test_only_what_a_browser_cannot_execute_is_shown(document, formaat):
    antwoord = _haal(replace(document, formaat=formaat), inline=True)
    is_inline = antwoord["Content-Disposition"].startswith("inline")
    assert is_inline is (formaat.code in {"pdf", "jpg", "png", "txt"})


@pytest.mark.parametrize("inline", [True, False])
@pytest.mark.parametrize("formaat", FORMATEN, ids=lambda formaat: formaat.code)
def test_nothing_that_is_handed_out_may_run_or_be_kept(document, formaat, inline):
    antwoord = _haal(replace(document, formaat=formaat), inline=inline)
    csp = antwoord["Content-Security-Policy"]
    assert csp.startswith("default-src 'none';")
    assert "unsafe" not in csp
    assert ("sandbox" in csp) is not (formaat == PDF and inline)
    assert antwoord["X-Content-Type-Options"] == "nosniff"
    assert antwoord["X-Frame-Options"] == "DENY"
    assert antwoord["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("bereik", "begin", "einde"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=100-299999", 100, 300_000),
        ("bytes=500000-", 500_000, 512_000),
        ("bytes=-10", 511_990, 512_000),
        ("bytes=-999999999", 0, 512_000),
        ("bytes=511999-999999999", 511_999, 512_000),
    ],
)
@pytest.mark.parametrize("is_lokaal", [True, False])
def test_a_viewer_may_ask_for_a_part(document, bereik, begin, einde, is_lokaal):
    inhoud = opslag.open_inhoud(document.sha256)
    inhoud = inhoud if is_lokaal else replace(inhoud, vanaf=None)
    request = RequestFactory().get("/", headers={"Range": bereik})
    antwoord = download_response(document, inhoud, inline=True, request=request)
    assert antwoord.status_code == 206
    assert antwoord["Content-Range"] == f"bytes {begin}-{einde - 1}/512000"
    assert antwoord["Content-Length"] == str(einde - begin)
    assert antwoord.getvalue() == INHOUD[begin:einde]


@pytest.mark.parametrize("bereik", ["bytes=512000-", "bytes=5-3", "bytes=-0"])
def test_a_part_outside_the_file_is_refused_with_its_length(document, bereik):
    antwoord = _haal(document, {"Range": bereik})
    assert (antwoord.status_code, antwoord["Content-Range"]) == (416, "bytes */512000")


@pytest.mark.parametrize("bereik", ["bytes=0-1,5-6", "bytes=-", "regels=1-2", "bytes=a-b"])
def test_a_range_that_we_do_not_answer_gives_the_whole_file(document, bereik):
    assert _haal(document, {"Range": bereik}).getvalue() == INHOUD


def test_a_part_of_an_older_file_is_never_mixed_with_this_one(document):
    assert _haal(document, {"Range": "bytes=0-9", "If-Range": '"iets anders"'}).status_code == 200
    assert _haal(document, {"Range": "bytes=0-9", "If-Range": f'"{document.sha256}"'}).status_code == 206


def test_head_gives_the_length_without_the_bytes(document):
    request = RequestFactory().head("/")
    antwoord = download_response(document, opslag.open_inhoud(document.sha256), inline=True, request=request)
    assert antwoord["Content-Length"] == "512000"
    assert not antwoord.streaming
    assert isinstance(antwoord, HttpResponse)
    assert antwoord.content == b""


@pytest.mark.parametrize(
    ("inhoud", "tekenset"),
    [
        ("café €".encode(), "utf-8"),
        ("café €".encode("cp1252"), "windows-1252"),
        ("café €".encode("utf-16"), "utf-16"),
    ],
)
@pytest.mark.parametrize("is_lokaal", [True, False])
def test_a_text_is_readable_in_the_character_set_it_was_written_in(document, inhoud, tekenset, is_lokaal):
    def vanaf(begin: int) -> Iterator[bytes]:
        return iter([inhoud[begin:]])

    tekst = Inhoud(omvang=len(inhoud), vanaf=vanaf if is_lokaal else None, brokken=iter([inhoud]))
    antwoord = download_response(replace(document, formaat=TXT), tekst, inline=True)
    assert antwoord["Content-Type"] == f"text/plain; charset={tekenset}"
    assert antwoord.getvalue() == inhoud


@pytest.mark.django_db  # closing a response looks at the connection
def test_the_file_is_closed_with_the_response(document):
    antwoord = _haal(document)
    next(iter(antwoord))
    antwoord.close()  # an open file would be a ResourceWarning, and warnings are errors


def test_memory_stays_flat_while_fifty_megabytes_go_out(document):
    bestand = bied_aan("groot", (os.urandom(1024 * 1024) for _ in range(50)))
    assert bestand.pad is not None
    opslag.put(bestand.pad, bestand.sha256)
    groot = replace(document, sha256=bestand.sha256, omvang=bestand.omvang, formaat=JPG)
    tracemalloc.start()
    gelezen = sum(len(brok) for brok in _haal(groot))
    _, piek = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert gelezen == bestand.omvang
    assert piek < 4 * 1024 * 1024


def test_an_example_pdf_is_handed_out_byte_for_byte(document):
    bestand = bied_aan("x", [voorbeelden.pdf()])
    assert bestand.pad is not None
    opslag.put(bestand.pad, bestand.sha256)
    assert _haal(replace(document, sha256=bestand.sha256)).getvalue() == voorbeelden.pdf()
