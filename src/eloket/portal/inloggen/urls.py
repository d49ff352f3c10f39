from eloket.identity import views as sessie
from eloket.identity.audience import route
from eloket.identity.limieten import tabel
from eloket.identity.types import Audience
from eloket.portal.inloggen import views

# `inloggen/terug/` is the callback of every login means, that of civil servants included: one address to register.
urlpatterns = [
    route("inloggen/", views.inloggen, audience=Audience.IEDEREEN, name="inloggen"),
    route(
        "inloggen/terug/", sessie.terug, audience=Audience.IEDEREEN, name="inloggen-terug", limiet=tabel.TERUG
    ),
    route("inloggen/hoger/", views.hoger, audience=Audience.BETROKKENE, name="inloggen-hoger"),
    route(
        "inloggen/<slug:middel>/",
        sessie.start,
        audience=Audience.IEDEREEN,
        name="inloggen-start",
        limiet=tabel.INLOGGEN,
    ),
    route("uitloggen/", sessie.uitloggen, audience=Audience.IEDEREEN, name="uitloggen"),
    route("uitloggen/verder/", sessie.uitloggen_verder, audience=Audience.IEDEREEN, name="uitloggen-verder"),
    route(
        "uitloggen/melding/<slug:middel>/",
        sessie.uitlogmelding,
        audience=Audience.IEDEREEN,
        name="uitloggen-melding",
        limiet=tabel.UITLOGMELDING,
    ),
    route("uitgelogd/", views.uitgelogd, audience=Audience.IEDEREEN, name="uitgelogd"),
    route("sessie/verlengen/", sessie.verlengen, audience=Audience.IEDEREEN, name="sessie-verlengen"),
]
