"""The URL table. Every line ends in a room's own urls module; a URL without an audience stops the start."""

from django.urls import URLPattern, URLResolver, include, path

from eloket.config import huisstijl
from eloket.identity.audience import check_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("inloggen/saml/", include("eloket.identity.saml.urls")),
    path("", include("eloket.portal.urls")),
    path("werkplek/", include("eloket.workbench.urls")),
    path("simulatie/", include("eloket.identity.simulatie.urls")),
    path("demo/mail/", include("eloket.ops.demo_mail.urls")),
    path("", include("eloket.ops.urls")),
    path("", include(huisstijl.urlpatterns)),
]

handler400 = "eloket.identity.middleware.ongeldig_verzoek"
handler403 = "eloket.identity.middleware.geweigerd"
handler404 = "eloket.identity.middleware.pagina_niet_gevonden"
handler500 = "eloket.identity.middleware.serverfout"

check_urls(urlpatterns)
