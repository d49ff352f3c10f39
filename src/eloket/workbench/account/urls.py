from django.urls import URLPattern

from eloket.identity.audience import View, route
from eloket.identity.types import Audience
from eloket.workbench.account import tweedestap, views


def _route(pattern: str, view: View, naam: str) -> URLPattern:
    return route(pattern, view, audience=Audience.MEDEWERKER, name=naam)


urlpatterns = [
    _route("", views.overzicht, "werkplek-account"),
    _route("wachtwoord/", views.wachtwoord, "werkplek-account-wachtwoord"),
    _route("bevestigen/", views.bevestigen, "werkplek-account-bevestigen"),
    _route("elders/", views.elders, "werkplek-account-elders"),
    _route("tweede-stap/", tweedestap.toevoegen, "werkplek-account-tweede-stap"),
    _route("tweede-stap/<str:authenticator>/", tweedestap.weghalen, "werkplek-account-weghalen"),
    _route("herstelcodes/", tweedestap.herstelcodes, "werkplek-herstelcodes"),
]
