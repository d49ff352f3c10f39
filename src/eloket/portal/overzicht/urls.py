from eloket.identity.audience import route
from eloket.identity.types import Audience
from eloket.portal.aantekenen import seen_by
from eloket.portal.overzicht import views

urlpatterns = [
    route(
        "mijn/",
        seen_by(views.overzicht, actie="overzicht.bekeken"),
        audience=Audience.BETROKKENE,
        name="mijn-overzicht",
    ),
]
