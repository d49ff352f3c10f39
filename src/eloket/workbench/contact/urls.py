from eloket.identity.audience import route
from eloket.identity.types import Audience
from eloket.workbench.contact import views

urlpatterns = [
    route("contact-herstellen/", views.lijst, audience=Audience.MEDEWERKER, name="werkplek-contact"),
    route(
        "zaken/<str:ref>/contact/",
        views.zaak,
        audience=Audience.MEDEWERKER,
        name="werkplek-contact-zaak",
    ),
]
