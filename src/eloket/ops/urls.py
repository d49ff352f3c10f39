from eloket.identity.audience import route
from eloket.identity.limieten import tabel
from eloket.identity.types import Audience
from eloket.ops import gezondheid, retour, veiligheid
from eloket.ops.csp import views as csp

urlpatterns = [
    route("gezondheid/leeft/", gezondheid.leeft, audience=Audience.IEDEREEN, name="gezondheid-leeft"),
    route("gezondheid/klaar/", gezondheid.klaar, audience=Audience.IEDEREEN, name="gezondheid-klaar"),
    route(
        ".well-known/security.txt", veiligheid.security_txt, audience=Audience.IEDEREEN, name="security-txt"
    ),
    route("csp-melding/", csp.csp_melding, audience=Audience.IEDEREEN, name="csp-melding", limiet=tabel.CSP),
    route("retour/", retour.retour, audience=Audience.IEDEREEN, name="retour", limiet=tabel.RETOUR),
]
