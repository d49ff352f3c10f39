from eloket.identity.audience import route
from eloket.identity.types import Audience
from eloket.workbench.dashboard import views

MEDEWERKER = Audience.MEDEWERKER

urlpatterns = [
    route("dashboard/", views.dashboard, audience=MEDEWERKER, name="werkplek-dashboard"),
    route("dashboard/<str:grafiek>.svg", views.beeld, audience=MEDEWERKER, name="werkplek-grafiek"),
    route("dashboard/<str:grafiek>.csv", views.cijfers, audience=MEDEWERKER, name="werkplek-cijfers"),
]
