"""A receipt as the answer to a request."""

from django.http import HttpResponse

from eloket.documenten.antwoord import to_save
from eloket.notifications.ontvangst.pdf import bestandsnaam, make_pdf
from eloket.notifications.ontvangst.types import OntvangstInzage


def pdf_response(ontvangst: OntvangstInzage, *, gemeente: str) -> HttpResponse:
    """The PDF to save. Its name holds the reference, which names nobody."""
    antwoord = HttpResponse(make_pdf(ontvangst, gemeente=gemeente), content_type="application/pdf")
    return to_save(antwoord, bestandsnaam(ontvangst))
