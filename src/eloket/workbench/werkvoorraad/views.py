from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from eloket.identity.actor import actor_of
from eloket.identity.pagina import render_pagina
from eloket.kernel.klok import vandaag
from eloket.workbench.menu import DEEL, menu_context
from eloket.workbench.werkvoorraad.weergave import Vraag, build_lijst
from eloket.zaken import queries


@require_safe
def werkvoorraad(request: HttpRequest) -> HttpResponse:
    """One page of one work list. Two queries: the session and the list."""
    actor = actor_of(request)
    vraag = Vraag.parse(request.GET)
    gevonden = queries.list_werkvoorraad(actor, vraag.filter_for(actor))
    context = {
        **menu_context(actor, vraag.lijst, is_pagina=True),
        "lijst": build_lijst(actor, vraag, gevonden, vandaag()),
    }
    return render_pagina(request, "workbench/werkvoorraad/lijst.html", context, deel=DEEL)
