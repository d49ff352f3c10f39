from eloket.identity.audience import route
from eloket.identity.limieten import tabel
from eloket.identity.types import Audience
from eloket.workbench.inloggen import lokaal, uitnodiging, views

IEDEREEN = Audience.IEDEREEN

urlpatterns = [
    route("inloggen/", views.inloggen, audience=IEDEREEN, name="werkplek-inloggen"),
    route(
        "inloggen/account/",
        lokaal.wachtwoord,
        audience=IEDEREEN,
        name="werkplek-lokaal",
        limiet=tabel.LOKAAL,
    ),
    route(
        "inloggen/tweede-stap/",
        lokaal.tweede_stap,
        audience=IEDEREEN,
        name="werkplek-tweede-stap",
        limiet=tabel.LOKAAL,
    ),
    route(
        "uitnodiging/wachtwoord/",
        uitnodiging.kies_wachtwoord,
        audience=IEDEREEN,
        name="werkplek-wachtwoord-kiezen",
        limiet=tabel.LOKAAL,
    ),
    route(
        "uitnodiging/tweede-stap/",
        uitnodiging.inrichten,
        audience=IEDEREEN,
        name="werkplek-inrichten",
        limiet=tabel.LOKAAL,
    ),
    route(
        "uitnodiging/<str:token>/",
        uitnodiging.link,
        audience=IEDEREEN,
        name="werkplek-uitnodiging",
        limiet=tabel.UITNODIGING,
    ),
]
