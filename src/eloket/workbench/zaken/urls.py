from django.urls import URLPattern

from eloket.identity.audience import View, route
from eloket.identity.limieten import tabel
from eloket.identity.limieten.types import Limiet
from eloket.identity.types import Audience
from eloket.workbench.zaken import (
    acties,
    beoordelen,
    berichten,
    documenten,
    meenemen,
    ontvangst,
    status,
    verzending,
    views,
    vragen,
)


def _route(pattern: str, view: View, naam: str, limiet: Limiet | None = None) -> URLPattern:
    return route(pattern, view, audience=Audience.MEDEWERKER, name=naam, limiet=limiet)


_DOCUMENT = "<str:ref>/documenten/<str:document_id>/"
_VRAAG = "<str:ref>/vraag/<uuid:taak_id>/"
urlpatterns = [
    _route("<str:ref>/", views.zaak, "werkplek-zaak"),
    _route("<str:ref>/aanwezig/", views.aanwezig, "werkplek-aanwezig"),
    _route("<str:ref>/neem/", acties.neem, "werkplek-neem"),
    _route("<str:ref>/overdragen/", acties.draag_over, "werkplek-overdragen"),
    _route("<str:ref>/opschorten/", acties.stop, "werkplek-opschorten"),
    _route("<str:ref>/hervatten/", acties.ga_door, "werkplek-hervatten"),
    _route("<str:ref>/verlengen/", acties.verleng, "werkplek-verlengen"),
    _route("<str:ref>/heropenen/", acties.heropen, "werkplek-heropenen"),
    _route("<str:ref>/afschermen/", acties.scherm_af, "werkplek-afschermen"),
    _route("<str:ref>/notitie/", acties.notitie, "werkplek-notitie"),
    _route("<str:ref>/status/", status.status, "werkplek-status"),
    _route("<str:ref>/bericht/", berichten.bericht, "werkplek-bericht"),
    _route("<str:ref>/gesprek/<str:gesprek_id>/ongelezen/", berichten.ongelezen, "werkplek-ongelezen"),
    _route("<str:ref>/vraag/", vragen.vraag, "werkplek-vraag"),
    _route(f"{_VRAAG}intrekken/", vragen.trek_in, "werkplek-vraag-intrekken"),
    _route(f"{_VRAAG}goedkeuren/", vragen.keur_goed, "werkplek-vraag-goedkeuren"),
    _route(f"{_VRAAG}afkeuren/", vragen.keur_af, "werkplek-vraag-afkeuren"),
    _route("<str:ref>/dossier/", meenemen.dossier, "werkplek-zaak-dossier", tabel.WERK_PDF),
    _route(
        "<str:ref>/verzendbewijs/<str:plek>/", verzending.bewijs, "werkplek-verzendbewijs", tabel.WERK_PDF
    ),
    _route("<str:ref>/ontvangst/<str:bewijs_id>/", ontvangst.pdf, "werkplek-ontvangstbewijs", tabel.WERK_PDF),
    _route("<str:ref>/documenten/", documenten.voeg_toe, "werkplek-documenten"),
    _route(f"{_DOCUMENT}openen/", documenten.openen, "werkplek-document-openen", tabel.WERK_DOCUMENT),
    _route(f"{_DOCUMENT}opslaan/", documenten.opslaan, "werkplek-document-opslaan", tabel.WERK_DOCUMENT),
    _route(f"{_DOCUMENT}bekijken/", beoordelen.bekijken, "werkplek-document-bekijken"),
    _route(f"{_DOCUMENT}goedkeuren/", beoordelen.keur_goed, "werkplek-document-goedkeuren"),
    _route(f"{_DOCUMENT}afkeuren/", beoordelen.keur_af, "werkplek-document-afkeuren"),
    _route(f"{_DOCUMENT}verplaatsen/", beoordelen.verplaats, "werkplek-document-verplaatsen"),
    _route(f"{_DOCUMENT}vervangen/", beoordelen.vervang, "werkplek-document-vervangen"),
]
