"""A receipt as the answer to a request."""

from django.http import HttpResponse

from eloket.documenten.namen import content_disposition
from eloket.notifications.ontvangst.pdf import bestandsnaam, make_pdf
from eloket.notifications.ontvangst.types import OntvangstInzage


def pdf_response(ontvangst: OntvangstInzage, *, gemeente: str) -> HttpResponse:
    """The PDF to save, never kept by a browser or proxy. Its name holds the reference, which names nobody."""
    return HttpResponse(
        make_pdf(ontvangst, gemeente=gemeente),
        content_type="application/pdf",
        headers={
            "Content-Disposition": content_disposition(bestandsnaam(ontvangst), inline=False),
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )
