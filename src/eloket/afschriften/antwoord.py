"""Hands a dossier or a term out: to save, and kept by no browser or proxy. Their names say only the zaaknummer."""

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse

from eloket.afschriften.inpakken import stream_dossier
from eloket.afschriften.namen import map_van
from eloket.afschriften.types import Dossier
from eloket.documenten.antwoord import to_save
from eloket.zaken.types import Zaak


def dossier_response(dossier: Dossier) -> HttpResponseBase:
    """The zip, sent while it is made; closing the response stops the work."""
    antwoord = StreamingHttpResponse(stream_dossier(dossier))
    antwoord["Content-Length"] = str(dossier.omvang)
    return _as_zip(antwoord, dossier.zaak)


def head_response(zaak: Zaak) -> HttpResponseBase:
    """The answer to HEAD: that it is there, without collecting anything."""
    return _as_zip(HttpResponse(), zaak)


def agenda_response(inhoud: bytes, zaak: Zaak) -> HttpResponseBase:
    """A term as an iCalendar file."""
    antwoord = HttpResponse(inhoud, content_type="text/calendar; charset=utf-8")
    return to_save(antwoord, f"agenda-{zaak.identificatie}.ics")


def _as_zip(antwoord: HttpResponseBase, zaak: Zaak) -> HttpResponseBase:
    antwoord["Content-Type"] = "application/zip"
    antwoord["Accept-Ranges"] = "none"  # made anew each time: a second half would not fit the first
    return to_save(antwoord, f"{map_van(zaak.identificatie)}.zip")
