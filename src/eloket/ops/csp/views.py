"""Where browsers tell what the content security policy stopped."""

import logging

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from eloket.kernel.klok import nu
from eloket.ops.csp.lezen import MEESTE_BYTES, NIEUW, OUD, MeldingOnleesbaar, read_meldingen
from eloket.ops.csp.tellen import count

log = logging.getLogger(__name__)


@csrf_exempt  # a browser sends it by itself, without a token; all it can do is count
@require_POST
def csp_melding(request: HttpRequest) -> HttpResponse:
    """204 when it was taken in, also when nothing in it was about us; 415, 413 or 400 for what no browser sends; 503
    when the database is away. Never touches the session: a page that goes on reporting keeps nobody logged in.
    """
    soort = request.content_type or ""
    if soort not in {OUD, NIEUW}:
        return HttpResponse(status=415)
    inhoud = request.read(MEESTE_BYTES + 1)
    if len(inhoud) > MEESTE_BYTES:
        return HttpResponse(status=413)
    try:
        meldingen = read_meldingen(
            soort, inhoud, host=request.get_host(), user_agent=request.headers.get("User-Agent", "")
        )
        count(meldingen, nu())
    except MeldingOnleesbaar:
        return HttpResponse(status=400)
    except DatabaseError as fout:
        log.warning("csp-melding niet geteld: %s", type(fout).__name__)
        return HttpResponse(status=503, headers={"Retry-After": "60"})
    return HttpResponse(status=204)
