from eloket.identity.audience import route
from eloket.identity.limieten import tabel
from eloket.identity.types import Audience
from eloket.ops import gezondheid, retour, veiligheid

urlpatterns = [
    route("gezondheid/leeft/", gezondheid.leeft, audience=Audience.IEDEREEN, name="gezondheid-leeft"),
    route("gezondheid/klaar/", gezondheid.klaar, audience=Audience.IEDEREEN, name="gezondheid-klaar"),
    route(
        ".well-known/security.txt", veiligheid.security_txt, audience=Audience.IEDEREEN, name="security-txt"
    ),
    route("retour/", retour.retour, audience=Audience.IEDEREEN, name="retour", limiet=tabel.RETOUR),
]
