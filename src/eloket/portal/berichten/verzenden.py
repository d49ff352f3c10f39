"""What the page of a zaak and the page of a conversation share: send what was typed, and keep it when that fails."""

from django.http import HttpRequest, HttpResponse

from eloket.berichten.errors import BerichtLeeg, BerichtTeLang, BijlagenGeweigerd, OnderwerpOngeldig
from eloket.berichten.service import mark_read, save_concept, send_bericht
from eloket.berichten.types import NIEUW, BerichtInzage
from eloket.documenten.upload import aangeboden
from eloket.identity.flash import add_flash
from eloket.identity.types import Actor
from eloket.kernel.errors import NietToegestaan
from eloket.notifications.ontvangst.types import OntvangstSoort
from eloket.portal import paden
from eloket.portal.berichten.weergave import make_uitgebreid
from eloket.portal.namens import leest_zelf
from eloket.portal.ontvangst.melden import confirm
from eloket.portal.pagina import Menu, is_prefetch, render_mijn
from eloket.portal.storing import note
from eloket.zaken.types import ZaakRef

_CONCEPT_BEWAARD = "Uw concept is bewaard. Alleen u ziet het. U kunt later verder schrijven."


def send_typed(request: HttpRequest, actor: Actor, ref: ZaakRef) -> str:
    """Send the typed message. "" when it was sent (and the next page says so), else the text for beside the field.

    Raises ZaakNietGevonden, BronOnbereikbaar.
    """
    return " ".join(post_typed(request, actor, ref).values())


def post_typed(request: HttpRequest, actor: Actor, ref: ZaakRef, gesprek_id: str = "") -> dict[str, str]:
    """Send the typed message with its files, or (the button of that name) keep it as draft. {} when it was done, and
    the next page says so; else what is wrong, by the id of the field.

    Raises ZaakNietGevonden, GesprekNietGevonden, BronOnbereikbaar.
    """
    tekst, onderwerp = request.POST.get("bericht", ""), request.POST.get("onderwerp", "")
    sleutel = request.POST.get("sleutel", "")
    try:
        if request.POST.get("knop") == "concept":
            bewaard = save_concept(
                actor, ref, tekst=tekst, gesprek_id=gesprek_id, onderwerp=onderwerp, sleutel=sleutel
            )
            add_flash(request, "ok", _CONCEPT_BEWAARD if bewaard else "Er is geen concept meer.")
            return {}
        bericht_id = send_bericht(
            actor,
            ref,
            tekst=tekst,
            sleutel=sleutel,
            gesprek_id=gesprek_id,
            onderwerp=onderwerp if gesprek_id == NIEUW else "",
            bestanden=aangeboden(request.FILES.getlist("bijlagen")),
        )
    except OnderwerpOngeldig as fout:
        return {"onderwerp": fout.tekst}
    except (BerichtLeeg, BerichtTeLang) as fout:
        return {"bericht": fout.tekst}
    except BijlagenGeweigerd as fout:
        return {"bijlagen": " ".join(een.tekst for een in fout.geweigerd)}
    except NietToegestaan as fout:
        return {"bijlagen": fout.tekst}
    confirm(request, "Uw bericht is verstuurd.", OntvangstSoort.BERICHT, bericht_id)
    return {}


def typed(request: HttpRequest) -> dict[str, str | list[str]]:
    """What was typed in this post, to be shown again."""
    return {naam: request.POST.get(naam, "") for naam in ("onderwerp", "bericht", "sleutel")}


def render_not_sent(
    request: HttpRequest, ref: ZaakRef, storing: Exception, *, gesprek_id: str | None = None
) -> HttpResponse:
    """503 with the typed text in it: what must take the message, and show the zaak, does not answer."""
    note(storing, "bericht")
    invoer = typed(request)
    context: dict[str, object] = {"actie": request.path, "terug": paden.gesprek(ref), **invoer}
    context["uitgebreid"] = (
        None
        if gesprek_id is None
        else make_uitgebreid(ref, gesprek_id, concept=None, invoer=invoer, fouten={})
    )
    return render_mijn(
        request,
        "portal/berichten/niet_verstuurd.html",
        context,
        menu=Menu.BERICHTEN,
        huidig="Uw bericht is niet verstuurd",
        status=503,
    )


def read_all(
    request: HttpRequest,
    actor: Actor,
    ref: ZaakRef,
    berichten: tuple[BerichtInzage, ...],
    gesprek_id: str = "",
) -> None:
    """These messages are on the screen now, so they are read, but not by who looks for another. No query when they all
    were already."""
    if (
        leest_zelf(actor)
        and any(b.is_van_gemeente and not b.is_gelezen for b in berichten)
        and not is_prefetch(request)
    ):
        mark_read(actor, ref, tot=berichten[0].verzonden_op, gesprek_id=gesprek_id)
