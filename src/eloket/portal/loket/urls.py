from django.urls import URLPattern

from eloket.identity.audience import route
from eloket.identity.types import Audience
from eloket.portal.loket import afronden, invullen, views, volgen


def _formulier(basis: str, naam: str, audience: Audience) -> list[URLPattern]:
    """The pages of a form: the same views, after logging in and without."""
    begin = f"{basis}<slug:formulier>/"
    concept = f"{begin}<uuid:concept_id>/"
    return [
        route(begin, invullen.start, audience=audience, name=f"{naam}-start"),
        route(concept, invullen.verder, audience=audience, name=f"{naam}-verder"),
        route(f"{concept}stap/<slug:stap_id>/", invullen.stap, audience=audience, name=f"{naam}-stap"),
        route(f"{concept}controleren/", afronden.controleren, audience=audience, name=f"{naam}-controleren"),
        route(f"{concept}verstuurd/", afronden.verstuurd, audience=audience, name=f"{naam}-verstuurd"),
        route(f"{concept}pdf/", afronden.pdf, audience=audience, name=f"{naam}-pdf"),
        route(f"{concept}stoppen/", invullen.stoppen, audience=audience, name=f"{naam}-stoppen"),
    ]


urlpatterns = [
    route("loket/", views.lijst, audience=Audience.IEDEREEN, name="loket"),
    route("loket/volgen/", volgen.volgen, audience=Audience.IEDEREEN, name="loket-volgen"),
    route("loket/<slug:slug>/", views.product, audience=Audience.IEDEREEN, name="loket-product"),
    *_formulier("loket/aanvragen/", "loket", Audience.BETROKKENE),
    *_formulier("loket/zonder-inloggen/", "loket-zonder", Audience.IEDEREEN),
]
