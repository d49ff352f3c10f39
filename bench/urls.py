"""The product's own URL table, and an empty page for each kind of session."""

from django.http import HttpRequest, HttpResponse

from bench.pages import LEEG_INWONER, LEEG_MEDEWERKER
from eloket.config import urls
from eloket.identity.audience import route
from eloket.identity.types import Audience

handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


def leeg(_request: HttpRequest) -> HttpResponse:
    """Nothing. The audience of its route makes the server read the session and the actor first."""
    return HttpResponse()


urlpatterns = [
    *urls.urlpatterns,
    route(LEEG_INWONER[1:], leeg, audience=Audience.BETROKKENE, name="bench-inwoner"),
    route(LEEG_MEDEWERKER[1:], leeg, audience=Audience.MEDEWERKER, name="bench-medewerker"),
]
