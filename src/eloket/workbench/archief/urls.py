from eloket.identity.audience import route
from eloket.identity.limieten import tabel
from eloket.identity.types import Audience
from eloket.workbench.archief import views

MEDEWERKER = Audience.MEDEWERKER

urlpatterns = [
    route("vernietigen/", views.overzicht, audience=MEDEWERKER, name="werkplek-vernietigen"),
    route("vernietigen/stop/", views.stop, audience=MEDEWERKER, name="werkplek-vernietigen-stop"),
    route(
        "vernietigen/stop/<uuid:stop_id>/",
        views.hef_op,
        audience=MEDEWERKER,
        name="werkplek-vernietigen-stop-opheffen",
    ),
    route(
        "vernietigen/<uuid:lijst_id>/", views.lijst, audience=MEDEWERKER, name="werkplek-vernietigingslijst"
    ),
    route(
        "vernietigen/<uuid:lijst_id>/bestand/",
        views.bestand,
        audience=MEDEWERKER,
        name="werkplek-vernietigingslijst-bestand",
    ),
    route(
        "vernietigen/<uuid:lijst_id>/verklaring/",
        views.verklaring,
        audience=MEDEWERKER,
        name="werkplek-vernietigingsverklaring",
        limiet=tabel.WERK_PDF,
    ),
]
