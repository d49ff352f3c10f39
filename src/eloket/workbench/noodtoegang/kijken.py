"""Pages of a zaak that only show: they let in who looks by noodtoegang, and say so. A page that changes something never
asks for it, so that to noodtoegang such a zaak does not exist."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from eloket.identity.actor import actor_of, set_actor
from eloket.identity.flash import add_flash
from eloket.identity.types import Actor
from eloket.kernel.klok import schrijf_tijd
from eloket.zaken.inkijk import find_inkijk, was_looking
from eloket.zaken.types import ZaakRef

_VOORBIJ = "Uw noodtoegang tot deze zaak is voorbij. Moet u de zaak nog zien? Vraag dan opnieuw noodtoegang."


@dataclass(frozen=True, slots=True)
class Banner:
    """On top of every page of the zaak: how long it still is, and how to end it."""

    resterend: str
    tot: str
    einde_href: str


def looking_actor(request: HttpRequest, ref: ZaakRef) -> Actor:
    """Who is logged in, for the rest of this request with their noodtoegang to this zaak, when they have it. Only for
    views that show. No query for who cannot have it."""
    actor = actor_of(request)
    inkijk = find_inkijk(actor, ref)
    if inkijk is not None:
        actor = replace(actor, inkijk=inkijk)
        set_actor(request, actor)
    return actor


def tell_ended(request: HttpRequest, actor: Actor, ref: ZaakRef) -> HttpResponseRedirect | None:
    """For who looked at this zaak a while ago: to the page where they can ask again. Others learn nothing."""
    if not was_looking(actor, ref):
        return None
    add_flash(request, "info", _VOORBIJ)
    return HttpResponseRedirect(reverse("werkplek-noodtoegang"))


def build_banner(actor: Actor, moment: datetime) -> Banner | None:
    """None for who sees the zaak as ever. No query."""
    inkijk = actor.inkijk
    if inkijk is None:
        return None
    return Banner(
        write_rest(inkijk.tot, moment),
        schrijf_tijd(inkijk.tot),
        reverse("werkplek-noodtoegang-einde", args=[inkijk.id]),
    )


def write_rest(tot: datetime, moment: datetime) -> str:
    """How long it still is."""
    minuten = int((tot - moment).total_seconds()) // 60
    if minuten < 1:
        return "nog geen minuut"
    return "nog 1 minuut" if minuten == 1 else f"nog {minuten} minuten"


def kruimel() -> tuple[str, str]:
    """The page that this zaak was reached from."""
    return "Noodtoegang", reverse("werkplek-noodtoegang")
