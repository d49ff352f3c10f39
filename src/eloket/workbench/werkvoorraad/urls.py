from eloket.identity.audience import route
from eloket.identity.types import Audience
from eloket.workbench.werkvoorraad import views

urlpatterns = [route("", views.werkvoorraad, audience=Audience.MEDEWERKER, name="werkplek")]
