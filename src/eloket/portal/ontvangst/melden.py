"""What the page after an act says: that it was received, when, and the reference, with the receipt to keep."""

from django.http import HttpRequest

from eloket.identity.actor import actor_of
from eloket.identity.flash import add_flash
from eloket.notifications.ontvangst.queries import find_ontvangst
from eloket.notifications.ontvangst.types import OntvangstSoort
from eloket.portal import paden

BEWAAR = "Bewaar het ontvangstbewijs (pdf)"


def confirm(request: HttpRequest, tekst: str, soort: OntvangstSoort, onderwerp_id: str) -> None:
    """Say `tekst` on the next page, and below it what was received. One query; a double click says it once.

    Without an `onderwerp_id` nothing was received, and there is only the `tekst`.
    """
    bewijs = find_ontvangst(soort, onderwerp_id, actor=actor_of(request)) if onderwerp_id else None
    if bewijs is None:
        add_flash(request, "ok", tekst)
        return
    if actor_of(request).mandaat:  # the receipt is kept for the giver, whose page it is
        add_flash(request, "ok", f"{tekst} {bewijs.zin}")
        return
    add_flash(
        request,
        "ok",
        tekst,
        bewijs=bewijs.zin,
        linktekst=BEWAAR,
        href=paden.ontvangstbewijs(bewijs.id),
    )
