from django.urls import URLPattern

from eloket.identity.audience import View, route
from eloket.identity.types import Audience
from eloket.workbench.beheer.formulieren import acties, cijfers, toevoegen, verschil, views, voorbeeld


def _route(pattern: str, view: View, naam: str) -> URLPattern:
    return route(pattern, view, audience=Audience.BEHEERDER, name=f"werkplek-beheer-formulier{naam}")


_VERSIE = "formulieren/<slug:formulier>/versie/<str:versie>/"

urlpatterns = [
    _route("formulieren/", views.lijst, "en"),
    _route("formulier-toevoegen/", toevoegen.toevoegen, "-toevoegen"),
    _route("formulieren/<slug:formulier>/", views.bekijk, ""),
    _route("formulieren/<slug:formulier>/verschil/", verschil.verschil, "-verschil"),
    _route("formulieren/<slug:formulier>/cijfers/", cijfers.cijfers, "-cijfers"),
    _route("formulieren/<slug:formulier>/cijfers/<str:grafiek>.svg", cijfers.beeld, "-grafiek"),
    _route("formulieren/<slug:formulier>/cijfers/<str:grafiek>.csv", cijfers.bestand, "-cijferbestand"),
    _route(f"{_VERSIE}bestand/", views.bestand, "-bestand"),
    _route(f"{_VERSIE}voorbeeld/", voorbeeld.voorbeeld, "-voorbeeld"),
    _route(f"{_VERSIE}<slug:actie>/", acties.bevestig, "-actie"),
]
