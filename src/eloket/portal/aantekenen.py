"""What looking at a page of the portal leaves in the audit trail, when the page notes nothing itself.

A gemachtigde, a bewindvoerder and who acts for a business look at the data of another: each page that they get to see
is a line, in the trail of the zaak that it shows, else in that of the party (AVG 15: who looked at my data).
Who looks at their own leaves one too: when somebody else got into their account, it tells what was seen there. Once a
day, because who reads a page again sees no more than before; a file each time, because it goes elsewhere.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from eloket.audit import service as audit
from eloket.audit.queries import is_noted
from eloket.identity.actor import actor_of
from eloket.identity.types import Actor, partij_ref
from eloket.kernel.klok import begin_van, vandaag
from eloket.zaken.types import ZaakRef

View = Callable[..., HttpResponseBase]
# Which zaak a page shows something of, of its request and of what stands in its address; "" for none. Asked when the
# page is made, so of what somebody may see.
ZaakVan = Callable[[HttpRequest, dict[str, Any]], str]
# Pages that say that something was wrong, with what somebody may see; a redirect and a 404 show nothing.
_TOONT_OOK = frozenset({409, 422, 503})
# What an address names besides the zaak, and how the line calls it.
_WELKE = {
    "taak_id": "taak",
    "formulier": "formulier",
    "concept_id": "concept",
    "machtiging_id": "machtiging",
}


def _in_address(_request: HttpRequest, deel: dict[str, Any]) -> str:
    return str(deel.get("ref", ""))


def seen_by(view: View, *, actie: str, is_bestand: bool = False, zaak_van: ZaakVan = _in_address) -> View:
    """The view; a page of it that is shown leaves this act: once a day (in Amsterdam) for each object and what the
    address names of it, or each time to who acts for another, and of a file (`is_bestand`). Put it around the view in
    the table of URLs: tests/architecture/inzagetabel.py says which pages need it. When the line cannot be written
    there is no page (django.db.Error)."""

    @wraps(view)
    def noted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        antwoord = view(request, *args, **kwargs)
        if antwoord.status_code < 300 or antwoord.status_code in _TOONT_OOK:
            welke = {naam: str(kwargs[deel]) for deel, naam in _WELKE.items() if deel in kwargs}
            _leave_line(actor_of(request), actie, zaak_van(request, kwargs), welke, elke_keer=is_bestand)
        return antwoord

    return noted


def _leave_line(actor: Actor, actie: str, zaak_ref: str, welke: dict[str, str], *, elke_keer: bool) -> None:
    """`actor`: as whom the view went on (portal.namens.actor_voor). At most two queries."""
    if actor.partij is None:
        return
    object_ref = str(ZaakRef.parse(zaak_ref)) if zaak_ref else partij_ref(actor.partij.profiel_key)
    if not (elke_keer or actor.sporen):
        # Exactly these: to have opened one machtiging is not to have seen the list of them.
        zonder, vanaf = set(_WELKE.values()) - welke.keys(), begin_van(vandaag())
        if is_noted(object_ref, actor_key=actor.key, actie=actie, vanaf=vanaf, zonder=zonder, **welke):
            return
    audit.record(
        actor_soort=actor.hoedanigheid,
        actor_key=actor.key,
        actie=actie,
        object_ref=object_ref,
        **welke,
        **actor.sporen,
    )
