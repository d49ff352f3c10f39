"""Everything under /werkplek/."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("eloket.workbench.inloggen.urls")),
    path("", include("eloket.workbench.werkvoorraad.urls")),
    path("zaken/", include("eloket.workbench.zaken.urls")),
]
