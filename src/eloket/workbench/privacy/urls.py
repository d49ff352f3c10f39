from eloket.identity.audience import route
from eloket.identity.types import Audience
from eloket.workbench.privacy import opvallend, views

MEDEWERKER = Audience.MEDEWERKER

urlpatterns = [
    route("logboek/", views.logboek, audience=MEDEWERKER, name="werkplek-privacy"),
    route("logboek/bestand/", views.bestand, audience=MEDEWERKER, name="werkplek-privacy-bestand"),
    route("logboek/opvallend/", opvallend.opvallend, audience=MEDEWERKER, name="werkplek-privacy-opvallend"),
]
