from eloket.identity.audience import route
from eloket.identity.limieten import tabel
from eloket.identity.types import Audience
from eloket.portal.aantekenen import seen_by
from eloket.portal.machtigingen import geven, views, zaken

BETROKKENE = Audience.BETROKKENE

urlpatterns = [
    route(
        "mijn/machtigingen/",
        seen_by(views.machtigingen, actie="machtigingen.bekeken"),
        audience=BETROKKENE,
        name="mijn-machtigingen",
    ),
    route(
        "mijn/machtigingen/nieuw/",
        seen_by(geven.nieuw, actie="zaken.bekeken"),  # one chooses from a list of one's zaken
        audience=BETROKKENE,
        name="mijn-machtiging-nieuw",
    ),
    route(
        "mijn/machtigingen/code/",
        views.code,
        audience=BETROKKENE,
        name="mijn-machtiging-code",
        limiet=tabel.MACHTIGINGSCODE,
    ),
    route(
        "mijn/machtigingen/<str:machtiging_id>/",
        seen_by(views.machtiging, actie="machtigingen.bekeken"),
        audience=BETROKKENE,
        name="mijn-machtiging",
    ),
    route(
        "mijn/machtigingen/<str:machtiging_id>/zaken/",
        zaken.zaken,
        audience=BETROKKENE,
        name="mijn-machtiging-zaken",
    ),
]
