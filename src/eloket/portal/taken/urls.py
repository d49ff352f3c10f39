from eloket.identity.audience import route
from eloket.identity.types import Audience
from eloket.portal.taken import views

urlpatterns = [
    route("mijn/taken/", views.taken, audience=Audience.BETROKKENE, name="mijn-taken"),
]
