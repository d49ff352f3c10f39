"""Hands a document out: under the right name and type, streamed, and never executable.

Sources: RFC 9110 (14: range requests), RFC 6266 (Content-Disposition), CSP level 3.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from eloket.documenten import formaten
from eloket.documenten.namen import content_disposition
from eloket.documenten.tekst import tekenset
from eloket.documenten.types import DocumentInzage, Inhoud

# Nothing may run, load or be framed. A pdf gets no sandbox on top: not every browser starts its viewer in one.
_GEEN_KADER, _EIGEN_KADER = "frame-ancestors 'none'", "frame-ancestors 'self'"
_CSP_PDF = f"default-src 'none'; base-uri 'none'; form-action 'none'; {_GEEN_KADER}"
_CSP_OVERIG = f"{_CSP_PDF}; sandbox"
_BEREIK = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_BROK = 64 * 1024
Antwoord = TypeVar("Antwoord", bound=HttpResponseBase)


def to_save(antwoord: Antwoord, bestandsnaam: str) -> Antwoord:
    """The same answer as a file to save under this name: no browser or proxy keeps it, or takes it for another type."""
    antwoord["Content-Disposition"] = content_disposition(bestandsnaam, inline=False)
    antwoord["Cache-Control"] = "private, no-store"
    antwoord["X-Content-Type-Options"] = "nosniff"
    return antwoord


def pdf_to_save(inhoud: bytes, bestandsnaam: str) -> StreamingHttpResponse:
    """A PDF that we made, streamed, as `to_save`."""
    brokken = (inhoud[begin : begin + _BROK] for begin in range(0, len(inhoud), _BROK))
    antwoord = StreamingHttpResponse(brokken, content_type="application/pdf")
    antwoord["Content-Length"] = str(len(inhoud))
    return to_save(antwoord, bestandsnaam)


def download_response(
    document: DocumentInzage,
    inhoud: Inhoud,
    *,
    inline: bool,
    inbedden: bool = False,
    request: HttpRequest | None = None,
) -> HttpResponseBase:
    """The document to show (`inline`: only when it `is_toonbaar`; the rest is saved all the same) or to save.

    With `inbedden` a pdf that is shown may stand in a page of our own, never in somebody else's. With `request`, HEAD
    gets no body and a single Range gets 206. The file is opened at the first chunk and closed with the response; memory
    stays flat.
    """
    toon = inline and document.is_toonbaar
    mime = document.formaat.mime
    if document.formaat == formaten.TXT:
        mime, inhoud = _met_tekenset(inhoud)
    antwoord = _maak_antwoord(document, inhoud, request)
    antwoord["Content-Type"] = mime
    antwoord["Content-Disposition"] = content_disposition(document.bestandsnaam, inline=toon)
    is_pdf = toon and document.formaat == formaten.PDF
    mag_in_pagina = is_pdf and inbedden
    csp = _CSP_PDF if is_pdf else _CSP_OVERIG
    antwoord["Content-Security-Policy"] = csp.replace(_GEEN_KADER, _EIGEN_KADER) if mag_in_pagina else csp
    antwoord["X-Content-Type-Options"] = "nosniff"
    antwoord["X-Frame-Options"] = "SAMEORIGIN" if mag_in_pagina else "DENY"
    antwoord["Cross-Origin-Resource-Policy"] = "same-origin"
    antwoord["Cache-Control"] = "private, no-store"
    antwoord["Accept-Ranges"] = "bytes"
    antwoord["ETag"] = _etag(document)
    return antwoord


def _maak_antwoord(document: DocumentInzage, inhoud: Inhoud, request: HttpRequest | None) -> HttpResponseBase:
    """200, 206 or 416, with its length and, except for HEAD, its bytes."""
    begin, einde = 0, inhoud.omvang
    status = 200
    if bereik := _gevraagd_bereik(document, request):
        begin, einde = _binnen(bereik, inhoud.omvang)
        if begin >= einde:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{inhoud.omvang}"})
        status = 206
    if request is not None and request.method == "HEAD":
        antwoord: HttpResponseBase = HttpResponse(status=status)
    else:
        antwoord = StreamingHttpResponse(_stuk(inhoud, begin, einde), status=status)
    antwoord["Content-Length"] = str(einde - begin)
    if status == 206:
        antwoord["Content-Range"] = f"bytes {begin}-{einde - 1}/{inhoud.omvang}"
    return antwoord


def _gevraagd_bereik(document: DocumentInzage, request: HttpRequest | None) -> tuple[str, str] | None:
    """(first, last) as written in the Range header; None when there is none that we answer: then all is sent."""
    if (
        request is None
        or request.method != "GET"
        or request.headers.get("If-Range", _etag(document)) != _etag(document)
    ):
        return None
    gevonden = _BEREIK.fullmatch(request.headers.get("Range", "").strip())
    return (gevonden[1], gevonden[2]) if gevonden and (gevonden[1] or gevonden[2]) else None


def _binnen(bereik: tuple[str, str], omvang: int) -> tuple[int, int]:
    """Half-open [begin, end) within the file; empty when the range lies outside it."""
    eerste, laatste = bereik
    if not eerste:  # the last n bytes
        return max(0, omvang - int(laatste)), omvang
    if laatste and int(laatste) < int(eerste):
        return 0, 0
    return int(eerste), min(omvang, int(laatste) + 1 if laatste else omvang)


def _stuk(inhoud: Inhoud, begin: int, einde: int) -> Iterator[bytes]:
    """The bytes [begin, end), in chunks; what can be read from the middle is not read before `begin`."""
    overslaan, rest = begin, einde - begin
    brokken = inhoud.brokken
    if inhoud.vanaf is not None:
        overslaan, brokken = 0, inhoud.vanaf(begin)
    for brok in brokken:
        stuk = brok[overslaan : overslaan + rest]
        overslaan = max(0, overslaan - len(brok))
        if stuk:
            rest -= len(stuk)
            yield stuk
        if rest <= 0:
            return


def _met_tekenset(inhoud: Inhoud) -> tuple[str, Inhoud]:
    """The type of a text with its character set, judged by its first part, and the content with that part put back."""
    if inhoud.vanaf is not None:
        eerste = next(inhoud.vanaf(0), b"")
    else:
        eerste = next(inhoud.brokken, b"")
        inhoud = replace(inhoud, brokken=chain([eerste], inhoud.brokken))
    return f"text/plain; charset={tekenset(eerste)}", inhoud


def _etag(document: DocumentInzage) -> str:
    return f'"{document.sha256}"'
