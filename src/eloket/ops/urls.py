from eloket.identity.audience import route
from eloket.identity.types import Audience
from eloket.ops import gezondheid

urlpatterns = [
    route("gezondheid/leeft/", gezondheid.leeft, audience=Audience.IEDEREEN, name="gezondheid-leeft"),
    route("gezondheid/klaar/", gezondheid.klaar, audience=Audience.IEDEREEN, name="gezondheid-klaar"),
]
