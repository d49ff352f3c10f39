from django.urls import URLPattern

from eloket.identity.audience import View, route
from eloket.identity.types import Audience
from eloket.workbench.balie import views


def _route(pattern: str, view: View, naam: str) -> URLPattern:
    return route(pattern, view, audience=Audience.MEDEWERKER, name=naam)


urlpatterns = [
    _route("", views.nieuw, "werkplek-balie"),
    _route("<uuid:registratie_id>/", views.zaak, "werkplek-balie-zaak"),
    _route("<uuid:registratie_id>/controleren/", views.controleren, "werkplek-balie-controleren"),
    _route("<uuid:registratie_id>/klaar/", views.klaar, "werkplek-balie-klaar"),
]
