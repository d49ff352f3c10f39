from eloket.identity.audience import route
from eloket.identity.types import Audience
from eloket.portal.loket import melden, views

_FORMULIER = "loket/<slug:slug>/melden/"
_CONCEPT = f"{_FORMULIER}<uuid:concept_id>/"

urlpatterns = [
    route("loket/", views.lijst, audience=Audience.IEDEREEN, name="loket"),
    route("loket/<slug:slug>/", views.product, audience=Audience.IEDEREEN, name="loket-product"),
    route(_FORMULIER, melden.nieuw, audience=Audience.BETROKKENE, name="loket-melden"),
    route(_CONCEPT, melden.aanpassen, audience=Audience.BETROKKENE, name="loket-aanpassen"),
    route(
        f"{_CONCEPT}controleren/", melden.controleren, audience=Audience.BETROKKENE, name="loket-controleren"
    ),
    route(f"{_CONCEPT}verstuurd/", melden.verstuurd, audience=Audience.BETROKKENE, name="loket-verstuurd"),
]
