from eloket.identity.audience import route
from eloket.identity.limieten import tabel
from eloket.identity.types import Audience
from eloket.workbench.gesprekken import afwezigheid, lezers, views

MEDEWERKER = Audience.MEDEWERKER

urlpatterns = [
    route("berichten/", views.gesprekken, audience=MEDEWERKER, name="werkplek-berichten"),
    route(
        "berichten/<str:ref>/concept/",
        views.bewaar_concept,
        audience=MEDEWERKER,
        name="werkplek-bericht-concept",
        limiet=tabel.CONCEPT,
    ),
    route(
        "berichten/<str:ref>/<str:gesprek_id>/pdf/",
        views.pdf,
        audience=MEDEWERKER,
        name="werkplek-gesprek-pdf",
        limiet=tabel.WERK_PDF,
    ),
    route("zonder-lezer/", lezers.zonder_lezer, audience=MEDEWERKER, name="werkplek-zonder-lezer"),
    route("afwezigheid/", afwezigheid.afwezigheid, audience=MEDEWERKER, name="werkplek-afwezigheid"),
]
