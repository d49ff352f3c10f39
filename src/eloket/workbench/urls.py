"""Everything under /werkplek/."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("eloket.workbench.inloggen.urls")),
    path("account/", include("eloket.workbench.account.urls")),
    path("", include("eloket.workbench.werkvoorraad.urls")),
    path("", include("eloket.workbench.gesprekken.urls")),
    path("beheer/", include("eloket.workbench.beheer.urls")),
    path("zaken/nieuw/", include("eloket.workbench.balie.urls")),
    path("", include("eloket.workbench.dashboard.urls")),
    path("", include("eloket.workbench.contact.urls")),
    path("", include("eloket.workbench.brieven.urls")),
    path("", include("eloket.workbench.privacy.urls")),
    path("", include("eloket.workbench.archief.urls")),
    path("herstarts/", include("eloket.workbench.herstart.urls")),
    path("noodtoegang/", include("eloket.workbench.noodtoegang.urls")),
    path("zaken/", include("eloket.workbench.zaken.urls")),
]
