"""What the page of a zaak and the page of a conversation share: send what was typed, and keep it when that fails."""

from django.http import HttpRequest, HttpResponse

from eloket.berichten.errors import BerichtLeeg, BerichtTeLang
from eloket.berichten.service import mark_read, send_bericht
from eloket.berichten.types import BerichtInzage
from eloket.identity.flash import add_flash
from eloket.identity.types import Actor
from eloket.portal import paden
from eloket.portal.pagina import Menu, is_prefetch, render_mijn
from eloket.portal.storing import note
from eloket.zaken.types import ZaakRef


def send_typed(request: HttpRequest, actor: Actor, ref: ZaakRef) -> str:
    """Send the typed message. "" when it was sent (and the next page says so), else the text for beside the field.

    Raises ZaakNietGevonden, BronOnbereikbaar.
    """
    try:
        send_bericht(
            actor, ref, tekst=request.POST.get("bericht", ""), sleutel=request.POST.get("sleutel", "")
        )
    except (BerichtLeeg, BerichtTeLang) as fout:
        return fout.tekst
    add_flash(request, "ok", "Uw bericht is verstuurd.")
    return ""


def typed(request: HttpRequest) -> dict[str, str | list[str]]:
    """What was typed in this post, to be shown again."""
    return {naam: request.POST.get(naam, "") for naam in ("bericht", "sleutel")}


def render_not_sent(request: HttpRequest, ref: ZaakRef, storing: Exception) -> HttpResponse:
    """503 with the typed text in it: what must take the message, and show the zaak, does not answer."""
    note(storing, "bericht")
    context = {"actie": request.path, "terug": paden.gesprek(ref), **typed(request)}
    return render_mijn(
        request,
        "portal/berichten/niet_verstuurd.html",
        context,
        menu=Menu.BERICHTEN,
        huidig="Uw bericht is niet verstuurd",
        status=503,
    )


def read_all(request: HttpRequest, actor: Actor, ref: ZaakRef, berichten: tuple[BerichtInzage, ...]) -> None:
    """The conversation is on the screen now: its messages are read. No query when they all were already."""
    if any(b.is_van_gemeente and not b.is_gelezen for b in berichten) and not is_prefetch(request):
        mark_read(actor, ref, tot=berichten[0].verzonden_op)
