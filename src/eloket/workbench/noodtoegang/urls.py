from eloket.identity.audience import route
from eloket.identity.limieten import tabel
from eloket.identity.types import Audience
from eloket.workbench.noodtoegang import toezicht, views

MEDEWERKER = Audience.MEDEWERKER

urlpatterns = [
    route("", views.aanvragen, audience=MEDEWERKER, name="werkplek-noodtoegang", limiet=tabel.NOODTOEGANG),
    route("toezicht/", toezicht.lijst, audience=MEDEWERKER, name="werkplek-noodtoegang-toezicht"),
    route(
        "toezicht/<uuid:toegang_id>/",
        toezicht.beoordelen,
        audience=MEDEWERKER,
        name="werkplek-noodtoegang-beoordelen",
    ),
    route(
        "<uuid:toegang_id>/beeindigen/",
        views.beeindigen,
        audience=MEDEWERKER,
        name="werkplek-noodtoegang-einde",
    ),
    route("<uuid:toegang_id>/gezien/", views.gezien, audience=MEDEWERKER, name="werkplek-noodtoegang-gezien"),
]
