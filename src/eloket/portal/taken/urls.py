from eloket.identity.audience import route
from eloket.identity.types import Audience
from eloket.portal.aantekenen import seen_by
from eloket.portal.taken import views

urlpatterns = [
    route(
        "mijn/taken/",
        seen_by(views.taken, actie="taken.bekeken"),
        audience=Audience.BETROKKENE,
        name="mijn-taken",
    ),
]
