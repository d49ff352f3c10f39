from eloket.identity.audience import route
from eloket.identity.limieten import tabel
from eloket.identity.types import Audience
from eloket.portal.aantekenen import seen_by
from eloket.portal.gegevens import afmelden, meldingen, views

urlpatterns = [
    route(
        "mijn/gegevens/",
        views.gegevens,
        audience=Audience.BETROKKENE,
        name="mijn-gegevens",
        limiet=tabel.BEVESTIGINGSMAIL,
    ),
    route(
        "mijn/gegevens/opnieuw-bevestigen/",
        views.opnieuw_bevestigen,
        audience=Audience.BETROKKENE,
        name="mijn-gegevens-opnieuw-bevestigen",
        limiet=tabel.BEVESTIGINGSMAIL,
    ),
    route(
        "mijn/gegevens/adres-klopt/",
        views.adres_klopt,
        audience=Audience.BETROKKENE,
        name="mijn-gegevens-adres",
    ),
    route(
        "mijn/gegevens/e-mails/",
        seen_by(meldingen.meldingen, actie="voorkeuren.bekeken"),
        audience=Audience.BETROKKENE,
        name="mijn-gegevens-meldingen",
    ),
    route(
        "mijn/gegevens/collega-stoppen/",
        views.collega_stoppen,
        audience=Audience.BETROKKENE,
        name="mijn-gegevens-collega",
    ),
    # From an e-mail, so on any device and without a login. A GET changes nothing: mail scanners open every link.
    route(
        "bevestigen/<str:token>/",
        views.bevestigen,
        audience=Audience.IEDEREEN,
        name="bevestigen",
        limiet=tabel.BEVESTIGEN,
    ),
    route(
        "afmelden/<str:token>/",
        afmelden.afmelden,
        audience=Audience.IEDEREEN,
        name="afmelden",
        limiet=tabel.AFMELDEN,
    ),
]
