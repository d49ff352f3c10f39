from eloket.identity.audience import route
from eloket.identity.limieten import tabel
from eloket.identity.types import Audience
from eloket.portal.aantekenen import seen_by
from eloket.portal.ontvangst import views

BETROKKENE = Audience.BETROKKENE

urlpatterns = [
    route("mijn/zaken/<str:ref>/ontvangst/", views.bij_zaak, audience=BETROKKENE, name="mijn-zaak-ontvangst"),
    route(
        "mijn/gegevens/ontvangst/",
        seen_by(views.bij_gegevens, actie="wijzigingen.bekeken"),
        audience=BETROKKENE,
        name="mijn-gegevens-ontvangst",
    ),
    route(
        "mijn/ontvangst/<str:bewijs_id>/",
        views.pdf,
        audience=BETROKKENE,
        name="mijn-ontvangstbewijs",
        limiet=tabel.PDF,
    ),
]
