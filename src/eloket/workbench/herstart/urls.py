from eloket.identity.audience import route
from eloket.identity.types import Audience
from eloket.workbench.herstart import views

urlpatterns = [route("", views.lijst, audience=Audience.MEDEWERKER, name="werkplek-herstarts")]
