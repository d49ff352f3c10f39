"""Where a mail provider tells us about returned mail. The form stands in docs/operations.md."""

import logging

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from eloket.kernel.klok import nu
from eloket.notifications.retour.errors import MeldingOnleesbaar
from eloket.notifications.retour.verwerken import Verwerking, verwerk
from eloket.notifications.retour.webhook import MEESTE_BYTES, is_signed, lees_melding

log = logging.getLogger(__name__)


@csrf_exempt  # no browser comes here: the signature says who it is
@require_POST
def retour(request: HttpRequest) -> HttpResponse:
    """200 when there is nothing to tell again, also for a mail that is not ours; 503 when it must be told again.

    404 when no secret is set, 413 beyond 256 kB, 401 without a good signature of less than five minutes old, 400 for a
    form that we do not know.
    """
    geheim = settings.ELOKET.retour_geheim
    if not geheim:
        return _answer(404, "niet gevonden")
    inhoud = request.read(MEESTE_BYTES + 1)
    if len(inhoud) > MEESTE_BYTES:
        return _answer(413, "te groot")
    is_goed = is_signed(
        geheim,
        moment=request.headers.get("X-Eloket-Moment", ""),
        handtekening=request.headers.get("X-Eloket-Handtekening", ""),
        inhoud=inhoud,
        now=nu(),
    )
    if not is_goed:
        log.warning("retourmelding geweigerd: de handtekening klopt niet")
        return _answer(401, "handtekening klopt niet")
    return _take_in(request.content_type or "", inhoud)


def _take_in(soort: str, inhoud: bytes) -> HttpResponse:
    try:
        melding = lees_melding(soort, inhoud)
        uitkomst = verwerk(melding) if melding else Verwerking.ONBEKEND
    except MeldingOnleesbaar as fout:
        log.warning("retourmelding niet te lezen: %s", fout.code)
        return _answer(400, "niet te lezen")
    except DatabaseError as fout:
        log.warning("retourmelding niet verwerkt: %s", type(fout).__name__)
        antwoord = _answer(503, "probeer het later opnieuw")
        antwoord["Retry-After"] = "60"
        return antwoord
    return _answer(200, uitkomst)


def _answer(status: int, tekst: str) -> HttpResponse:
    return HttpResponse(f"{tekst}\n", status=status, content_type="text/plain; charset=utf-8")
