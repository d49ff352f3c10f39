from django.urls import URLPattern

from eloket.identity import audience as urls
from eloket.identity.audience import route
from eloket.identity.limieten import tabel
from eloket.identity.limieten.types import Limiet
from eloket.identity.types import Audience
from eloket.portal.aantekenen import seen_by
from eloket.portal.loket import afronden, invullen, views, volgen
from eloket.portal.loket.weg import View, or_gone
from eloket.portal.loket.zaak import zaak_van


def _formulier(basis: str, naam: str, audience: Audience, limiet: Limiet) -> list[URLPattern]:
    """The pages of a form: the same views, after logging in and without. Who did not log in is nobody to be named."""
    begin = f"{basis}<slug:formulier>/"

    def seen(view: urls.View, deel: str) -> urls.View:
        if audience is not Audience.BETROKKENE:
            return view
        if deel == "pdf":
            return seen_by(view, actie="formulier.opgeslagen", is_bestand=True, zaak_van=zaak_van)
        return seen_by(view, actie="formulier.bekeken", zaak_van=zaak_van)

    concept = f"{begin}<uuid:concept_id>/"
    paginas: dict[str, tuple[str, View]] = {
        "verder": (concept, invullen.verder),
        "stap": (f"{concept}stap/<slug:stap_id>/", invullen.stap),
        "controleren": (f"{concept}controleren/", afronden.controleren),
        "verstuurd": (f"{concept}verstuurd/", afronden.verstuurd),
        "pdf": (f"{concept}pdf/", afronden.pdf),
        "stoppen": (f"{concept}stoppen/", invullen.stoppen),
    }
    return [
        route(begin, seen(invullen.start, "start"), audience=audience, name=f"{naam}-start", limiet=limiet),
        *(
            route(
                pad,
                seen(or_gone(view), deel),
                audience=audience,
                name=f"{naam}-{deel}",
                limiet=tabel.PDF if deel == "pdf" else limiet,
            )
            for deel, (pad, view) in paginas.items()
        ),
    ]


urlpatterns = [
    route("loket/", views.lijst, audience=Audience.IEDEREEN, name="loket"),
    route(
        "loket/volgen/", volgen.volgen, audience=Audience.IEDEREEN, name="loket-volgen", limiet=tabel.VOLGEN
    ),
    route("loket/<slug:slug>/", views.product, audience=Audience.IEDEREEN, name="loket-product"),
    *_formulier("loket/aanvragen/", "loket", Audience.BETROKKENE, tabel.FORMULIER),
    *_formulier("loket/zonder-inloggen/", "loket-zonder", Audience.IEDEREEN, tabel.FORMULIER_ZONDER),
]
