"""Everything under /, /mijn/, /loket/ and the information pages, a folder per menu item."""

from django.urls import include, path

urlpatterns = [
    path("", include("eloket.portal.inloggen.urls")),
    path("", include("eloket.portal.overzicht.urls")),
    path("", include("eloket.portal.zaken.urls")),
    path("", include("eloket.portal.taken.urls")),
    path("", include("eloket.portal.berichten.urls")),
    path("", include("eloket.portal.gegevens.urls")),
    path("", include("eloket.portal.ontvangst.urls")),
    path("", include("eloket.portal.inzage.urls")),
    path("", include("eloket.portal.machtigingen.urls")),
    path("", include("eloket.portal.meenemen.urls")),
    path("", include("eloket.portal.loket.urls")),
    path("", include("eloket.portal.informatie.urls")),
]
