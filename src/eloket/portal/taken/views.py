from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from eloket.identity.actor import actor_of
from eloket.kernel.errors import BronOnbereikbaar
from eloket.portal.pagina import Menu, render_mijn
from eloket.portal.storing import note, write_storing
from eloket.portal.taken.weergave import make_taken
from eloket.zaken.queries import list_open_taken, list_vervulde_taken


@require_safe
def taken(request: HttpRequest) -> HttpResponse:
    """What is asked, most urgent first, and what was done."""
    actor = actor_of(request)
    try:
        context = {
            "open_taken": make_taken(list_open_taken(actor)),
            "vervulde_taken": make_taken(list_vervulde_taken(actor)),
            "storing": "",
        }
    except BronOnbereikbaar as fout:
        note(fout, "taken")
        context = {"open_taken": [], "vervulde_taken": [], "storing": write_storing("uw taken")}
    return render_mijn(
        request,
        "portal/taken/taken.html",
        context,
        menu=Menu.TAKEN,
        status=503 if context["storing"] else 200,
    )
