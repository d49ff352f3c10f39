from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from eloket.identity.actor import maybe_actor
from eloket.identity.niveaus import is_sure_enough
from eloket.identity.pagina import render_pagina
from eloket.loket.queries import get_product, search_producten
from eloket.loket.versies import list_gepubliceerd
from eloket.portal.loket.weergave import make_product, make_themas
from eloket.portal.paden import LOKET

_ZOEK_MAX = 100


@require_safe
def lijst(request: HttpRequest) -> HttpResponse:
    """What can be applied for or reported, by theme; `q` narrows it to products that hold every word."""
    zoek = " ".join(request.GET.get("q", "")[:_ZOEK_MAX].split())
    producten = search_producten(zoek)
    context = {"zoek": zoek, "aantal": len(producten), "themas": make_themas(producten)}
    return render_pagina(request, "portal/loket/lijst.html", context, deel=LOKET)


@require_safe
def product(request: HttpRequest, slug: str) -> HttpResponse:
    """What you need, what it costs, how long it takes, and how to do it."""
    actor = maybe_actor(request)
    pagina = make_product(get_product(slug), list_gepubliceerd())
    context = {
        "product": pagina,
        "is_ingelogd": actor is not None,
        "moet_hoger": actor is not None and not is_sure_enough(actor.zekerheid, pagina.zekerheid),
        "is_medewerker": actor is not None and actor.is_medewerker,
    }
    return render_pagina(request, "portal/loket/product.html", context, deel=LOKET)
