"""A chart as an answer to a request: a picture, or a file of its numbers."""

import csv
import io

from django.http import HttpResponse

from eloket.kernel.rekenblad import no_formula
from eloket.workbench.grafieken.types import Grafiek

# A chart is a document of its own, and may do nothing.
_CSP = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"


def as_svg(grafiek: Grafiek) -> HttpResponse:
    from eloket.workbench.grafieken.tekenen import draw  # noqa: PLC0415 - 60 MB that nobody else needs

    antwoord = HttpResponse(draw(grafiek), content_type="image/svg+xml")
    antwoord["Content-Security-Policy"] = _CSP
    antwoord["Cache-Control"] = "private, no-store"
    return antwoord


def as_csv(grafiek: Grafiek) -> HttpResponse:
    """As a Dutch spreadsheet opens it."""
    tekst = io.StringIO()
    schrijver = csv.writer(tekst, delimiter=";", lineterminator="\r\n")
    schrijver.writerow([grafiek.kop, *(reeks.naam for reeks in grafiek.reeksen)])
    for label, *waarden in grafiek.tabel:
        schrijver.writerow([no_formula(label), *waarden])
    antwoord = HttpResponse("\ufeff" + tekst.getvalue(), content_type="text/csv; charset=utf-8")
    antwoord["Content-Disposition"] = f'attachment; filename="{grafiek.sleutel}.csv"'
    antwoord["Cache-Control"] = "private, no-store"
    return antwoord
