from eloket.identity.audience import route
from eloket.identity.types import Audience
from eloket.portal.gegevens import views

urlpatterns = [
    route("mijn/gegevens/", views.gegevens, audience=Audience.BETROKKENE, name="mijn-gegevens"),
    route(
        "mijn/gegevens/opnieuw-bevestigen/",
        views.opnieuw_bevestigen,
        audience=Audience.BETROKKENE,
        name="mijn-gegevens-opnieuw-bevestigen",
    ),
    # From an e-mail, so on any device and without a login. A GET changes nothing: mail scanners open every link.
    route("bevestigen/<str:token>/", views.bevestigen, audience=Audience.IEDEREEN, name="bevestigen"),
]
