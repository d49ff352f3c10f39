from eloket.identity.audience import route
from eloket.identity.limieten import tabel
from eloket.identity.types import Audience
from eloket.workbench.werkvoorraad import views

MEDEWERKER = Audience.MEDEWERKER

urlpatterns = [
    route("", views.werkvoorraad, audience=MEDEWERKER, name="werkplek", limiet=tabel.WERK_ZOEKEN),
    route("zoeken/", views.zoek, audience=MEDEWERKER, name="werkplek-zoeken", limiet=tabel.WERK_ZOEKEN),
    route("toewijzen/", views.wijs_toe, audience=MEDEWERKER, name="werkplek-toewijzen"),
    route("filters/", views.bewaar_filter, audience=MEDEWERKER, name="werkplek-filter-bewaren"),
    route(
        "filters/<str:filter_id>/verwijderen/",
        views.verwijder_filter,
        audience=MEDEWERKER,
        name="werkplek-filter-verwijderen",
    ),
]
