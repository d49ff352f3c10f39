from eloket.identity.audience import route
from eloket.identity.types import Audience
from eloket.workbench.inloggen import views

urlpatterns = [route("inloggen/", views.inloggen, audience=Audience.IEDEREEN, name="werkplek-inloggen")]
