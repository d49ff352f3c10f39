"""Need-to-know zaken that nobody can read: their numbers, and whom to let in. For who divides the work."""

from collections.abc import Collection, Iterable, Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from eloket.identity.actor import actor_of
from eloket.identity.flash import add_flash
from eloket.identity.pagina import render_pagina
from eloket.identity.types import Actor, Recht
from eloket.kernel.errors import NietGevonden, NietToegestaan
from eloket.workbench.aantekenen import Werklijst, record_list
from eloket.workbench.menu import DEEL, menu_context
from eloket.zaken.errors import ZaakNietGevonden
from eloket.zaken.lezers import Vertrek, let_in, list_toe_te_laten, list_zonder_lezer
from eloket.zaken.types import ZaakRef
from eloket.zaken.werk import Afgeschermd

TITEL = "Zaken zonder lezer"


@require_http_methods(["GET", "HEAD", "POST"])
def zonder_lezer(request: HttpRequest) -> HttpResponse:
    """The list; a POST lets the chosen colleague in to one of its zaken."""
    actor = actor_of(request)
    if Recht.VERDELEN not in actor.rechten:
        raise NietGevonden
    if request.method == "POST":
        ref = ZaakRef.parse(request.POST.get("zaak", ""))
        let_in_all(request, actor, [ref], request.POST.get("collega", ""))
        return HttpResponseRedirect(request.path, status=303)
    zaken = list_zonder_lezer(actor)
    record_list(actor, Werklijst.ZONDER_LEZER, [zaak.ref for zaak in zaken])
    context = {
        **menu_context(
            actor,
            None,
            is_pagina=False,
            is_berichten=True,
            kruimels=[("Berichten", reverse("werkplek-berichten"))],
            kruimel_huidig=TITEL,
        ),
        "zaken": [(str(zaak.ref), zaak.identificatie, collegas_for([zaak])) for zaak in zaken],
    }
    return render_pagina(request, "workbench/gesprekken/zonder_lezer.html", context, deel=DEEL)


def let_in_all(
    request: HttpRequest, actor: Actor, refs: Iterable[ZaakRef], wie: str, *, vertrek: Vertrek | None = None
) -> None:
    """Let this colleague (an id as typed) in to these zaken, and say what came of it."""
    if not (wie.isascii() and wie.isdigit() and len(wie) < 10):
        add_flash(request, "error", "Kies een collega die de zaak mag zien.")
        return
    try:
        for ref in refs:
            let_in(actor, ref, medewerker_id=int(wie), vertrek=vertrek)
    except NietToegestaan as fout:
        add_flash(request, "error", fout.tekst)
    except ZaakNietGevonden:
        add_flash(request, "error", "Er is al iemand die deze zaak kan lezen.")
    else:
        add_flash(request, "ok", "Uw collega heeft toegang.")


def collegas_for(zaken: Collection[Afgeschermd], *, zonder: int = 0) -> list[tuple[str, str]]:
    """Whom to let in to each of these, to choose from."""
    passend = list_toe_te_laten(zaken, zonder=zonder)
    return [("", "Kies een collega"), *((str(een.id), een.naam) for een in passend)]


def zonder_lezer_context(actor: Actor) -> Mapping[str, int]:
    """For the pages that tell of it: how many there are."""
    return {"zonder_lezer": len(list_zonder_lezer(actor))}
