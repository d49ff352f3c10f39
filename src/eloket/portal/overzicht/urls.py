from eloket.identity.audience import route
from eloket.identity.types import Audience
from eloket.portal.overzicht import views

urlpatterns = [
    route("mijn/", views.overzicht, audience=Audience.BETROKKENE, name="mijn-overzicht"),
]
