from django.urls import URLPattern

from eloket.identity.audience import View, route
from eloket.identity.types import Audience
from eloket.workbench.zaken import acties, documenten, views


def _route(pattern: str, view: View, naam: str) -> URLPattern:
    return route(pattern, view, audience=Audience.MEDEWERKER, name=naam)


urlpatterns = [
    _route("<str:ref>/", views.zaak, "werkplek-zaak"),
    _route("<str:ref>/neem/", acties.neem, "werkplek-neem"),
    _route("<str:ref>/status/", acties.status, "werkplek-status"),
    _route("<str:ref>/bericht/", acties.bericht, "werkplek-bericht"),
    _route("<str:ref>/vraag/", acties.vraag, "werkplek-vraag"),
    _route("<str:ref>/vraag/<uuid:taak_id>/intrekken/", acties.trek_in, "werkplek-vraag-intrekken"),
    _route("<str:ref>/documenten/", documenten.voeg_toe, "werkplek-documenten"),
    _route("<str:ref>/documenten/<str:document_id>/openen/", documenten.openen, "werkplek-document-openen"),
    _route(
        "<str:ref>/documenten/<str:document_id>/opslaan/", documenten.opslaan, "werkplek-document-opslaan"
    ),
]
