from eloket.identity.audience import route
from eloket.identity.limieten import tabel
from eloket.identity.types import Audience
from eloket.workbench.privacy import opvallend, persoon, views

MEDEWERKER = Audience.MEDEWERKER

urlpatterns = [
    route("logboek/", views.logboek, audience=MEDEWERKER, name="werkplek-privacy"),
    route("logboek/zoeken/", views.zoek, audience=MEDEWERKER, name="werkplek-privacy-zoeken"),
    route(
        "logboek/persoon/",
        persoon.opzoeken,
        audience=MEDEWERKER,
        name="werkplek-privacy-persoon",
        limiet=tabel.PERSOON_ZOEKEN,
    ),
    route("logboek/bestand/", views.bestand, audience=MEDEWERKER, name="werkplek-privacy-bestand"),
    route("logboek/opvallend/", opvallend.opvallend, audience=MEDEWERKER, name="werkplek-privacy-opvallend"),
]
