from eloket.identity.audience import route
from eloket.identity.limieten import tabel
from eloket.identity.types import Audience
from eloket.workbench.brieven import views

MEDEWERKER = Audience.MEDEWERKER

urlpatterns = [
    route("brieven/", views.brieven, audience=MEDEWERKER, name="werkplek-brieven"),
    route("brieven/<uuid:bundel_id>/", views.bundel, audience=MEDEWERKER, name="werkplek-brieven-bundel"),
    route(
        "brieven/<uuid:bundel_id>/pdf/",
        views.pdf,
        audience=MEDEWERKER,
        name="werkplek-brieven-pdf",
        limiet=tabel.WERK_PDF,
    ),
]
