from eloket.identity.audience import route
from eloket.identity.types import Audience
from eloket.portal.inzage import views

BETROKKENE = Audience.BETROKKENE

urlpatterns = [
    route("mijn/gegevens/inzage/", views.bij_gegevens, audience=BETROKKENE, name="mijn-gegevens-inzage"),
    route("mijn/zaken/<str:ref>/inzage/", views.bij_zaak, audience=BETROKKENE, name="mijn-zaak-inzage"),
]
