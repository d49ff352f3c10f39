from eloket.identity.audience import route
from eloket.identity.limieten import tabel
from eloket.identity.types import Audience
from eloket.portal.meenemen import views

urlpatterns = [
    route(
        "mijn/gegevens/meenemen/",
        views.meenemen,
        audience=Audience.BETROKKENE,
        name="mijn-meenemen",
        limiet=tabel.EXPORT,
    ),
    route(
        "mijn/gegevens/meenemen/bestand/",
        views.bestand,
        audience=Audience.BETROKKENE,
        name="mijn-meenemen-bestand",
        limiet=tabel.DOSSIER,
    ),
    route(
        "mijn/gegevens/meenemen/verwijderen/",
        views.verwijderen,
        audience=Audience.BETROKKENE,
        name="mijn-meenemen-verwijderen",
    ),
]
