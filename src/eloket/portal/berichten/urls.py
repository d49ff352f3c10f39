from eloket.identity.audience import route
from eloket.identity.types import Audience
from eloket.portal.berichten import views

urlpatterns = [
    route("mijn/berichten/", views.gesprekken, audience=Audience.BETROKKENE, name="mijn-berichten"),
    route("mijn/berichten/<str:ref>/", views.gesprek, audience=Audience.BETROKKENE, name="mijn-gesprek"),
]
