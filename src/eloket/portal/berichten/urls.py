from eloket.identity.audience import route
from eloket.identity.limieten import tabel
from eloket.identity.types import Audience
from eloket.portal.aantekenen import seen_by
from eloket.portal.berichten import acties, views

BETROKKENE = Audience.BETROKKENE

urlpatterns = [
    route(
        "mijn/berichten/",
        seen_by(views.gesprekken, actie="berichten.bekeken"),
        audience=BETROKKENE,
        name="mijn-berichten",
    ),
    route(
        "mijn/berichten/<str:ref>/",
        views.gesprek,
        audience=BETROKKENE,
        name="mijn-gesprek",
        limiet=tabel.BERICHT,
    ),
    route(
        "mijn/berichten/<str:ref>/concept/",
        acties.bewaar_concept,
        audience=BETROKKENE,
        name="mijn-bericht-concept",
        limiet=tabel.CONCEPT,
    ),
    route(
        "mijn/berichten/<str:ref>/<str:gesprek_id>/",
        views.gesprek,
        audience=BETROKKENE,
        name="mijn-een-gesprek",
        limiet=tabel.BERICHT,
    ),
    route(
        "mijn/berichten/<str:ref>/<str:gesprek_id>/ongelezen/",
        acties.ongelezen,
        audience=BETROKKENE,
        name="mijn-gesprek-ongelezen",
    ),
    route(
        "mijn/berichten/<str:ref>/<str:gesprek_id>/pdf/",
        acties.pdf,
        audience=BETROKKENE,
        name="mijn-gesprek-pdf",
        limiet=tabel.PDF,
    ),
]
