from django.urls import URLPattern, URLResolver, include, path

from eloket.identity.audience import View, route
from eloket.identity.types import Audience
from eloket.workbench.beheer import (
    accounts,
    afdelingen,
    bestanden,
    herinneringen,
    mailteksten,
    medewerkers,
    sjablonen,
    storingen,
    teksten,
    views,
    zaaktypen,
)


def _route(pattern: str, view: View, naam: str) -> URLPattern:
    return route(pattern, view, audience=Audience.BEHEERDER, name=f"werkplek-beheer{naam}")


urlpatterns: list[URLPattern | URLResolver] = [
    _route("", views.overzicht, ""),
    _route("wijzigingen/", views.wijzigingen, "-wijzigingen"),
    _route("zaaktypen/", zaaktypen.lijst, "-zaaktypen"),
    _route("zaaktypen/nieuw/", zaaktypen.nieuw, "-zaaktype-nieuw"),
    _route("zaaktypen/<str:zaaktype>/", zaaktypen.bekijk, "-zaaktype"),
    _route("zaaktypen/<str:zaaktype>/wijzigen/", zaaktypen.wijzig, "-zaaktype-wijzigen"),
    path("", include("eloket.workbench.beheer.formulieren.urls")),
    _route("afdelingen/", afdelingen.lijst, "-afdelingen"),
    _route("afdeling-toevoegen/", afdelingen.nieuw, "-afdeling-nieuw"),
    _route("afdelingen/<str:afdeling>/", afdelingen.wijzig, "-afdeling"),
    _route("afdelingen/<str:afdeling>/verwijderen/", afdelingen.verwijder, "-afdeling-verwijderen"),
    _route("medewerkers/", medewerkers.lijst, "-medewerkers"),
    _route("medewerkers/nieuw/", medewerkers.nieuw, "-medewerker-nieuw"),
    _route("medewerkers/<str:medewerker>/", medewerkers.wijzig, "-medewerker"),
    _route("medewerkers/<str:medewerker>/account/", accounts.account, "-account"),
    _route("sjablonen/", sjablonen.lijst, "-sjablonen"),
    _route("sjablonen/nieuw/", sjablonen.nieuw, "-sjabloon-nieuw"),
    _route("sjablonen/<str:sjabloon>/", sjablonen.wijzig, "-sjabloon"),
    _route("sjablonen/<str:sjabloon>/verwijderen/", sjablonen.verwijder, "-sjabloon-verwijderen"),
    _route("teksten/", teksten.lijst, "-teksten"),
    _route("teksten/<str:tekst>/", teksten.wijzig, "-tekst"),
    _route("storingen/", storingen.lijst, "-storingen"),
    _route("storingen/melden/", storingen.meld, "-storing-nieuw"),
    _route("storingen/onderhoud/", storingen.kondig_aan, "-onderhoud-nieuw"),
    _route("storingen/regels/", storingen.regel, "-storingsregels"),
    _route("storingen/<str:onderbreking>/", storingen.wijzig, "-storing"),
    _route("storingen/<str:onderbreking>/einde/", storingen.einde, "-storing-einde"),
    _route("storingen/<str:onderbreking>/intrekken/", storingen.trek_in, "-storing-intrekken"),
    _route("herinneringen/", herinneringen.lijst, "-herinneringen"),
    _route("herinneringen/<str:herinnering>/", herinneringen.wijzig, "-herinnering"),
    _route("mailteksten/", mailteksten.lijst, "-mailteksten"),
    _route("mailteksten/<str:soort>/<str:taal>/", mailteksten.wijzig, "-mailtekst"),
    _route("mailteksten/<str:soort>/<str:taal>/opmaak/", mailteksten.opmaak, "-mailtekst-opmaak"),
    _route(
        "mailteksten/<str:soort>/<str:taal>/terugzetten/", mailteksten.zet_terug, "-mailtekst-terugzetten"
    ),
    _route("bestanden/", bestanden.bestanden, "-bestanden"),
    _route("bestanden/export/", bestanden.exporteer, "-export"),
    _route("bestanden/bekijken/", bestanden.bekijk, "-bekijk"),
    _route("bestanden/importeren/", bestanden.importeer, "-importeer"),
]
