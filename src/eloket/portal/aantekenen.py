"""What looking at a page of the portal leaves in the audit trail, when the page notes nothing itself.

Who looks at their own overview, list or form is nobody else, and leaves no line. A gemachtigde, a bewindvoerder and who
acts for a business look at the data of another: each page that they get to see is a line, in the trail of the zaak that
its address names, else in that of the party (AVG 15: who looked at my data).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from eloket.audit import service as audit
from eloket.identity.actor import actor_of
from eloket.identity.types import Actor, partij_ref
from eloket.zaken.service import record_view
from eloket.zaken.types import ZaakRef

View = Callable[..., HttpResponseBase]
# Pages that say that something was wrong, with what somebody may see; a redirect and a 404 show nothing.
_TOONT_OOK = frozenset({409, 422, 503})


def seen_by(view: View, *, actie: str) -> View:
    """The view; a page of it that is shown to who acts for another leaves this act. Put it around the view in the table
    of URLs: tests/architecture/inzagetabel.py says which pages need it. When the line cannot be written there is no
    page (django.db.Error)."""

    @wraps(view)
    def noted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        antwoord = view(request, *args, **kwargs)
        if antwoord.status_code < 300 or antwoord.status_code in _TOONT_OOK:
            _record_for_another(actor_of(request), actie, kwargs.get("ref", ""))
        return antwoord

    return noted


def _record_for_another(actor: Actor, actie: str, zaak_ref: str) -> None:
    """`actor`: as whom the view went on (portal.namens.actor_voor)."""
    if not actor.sporen or actor.partij is None:
        return
    if zaak_ref:
        record_view(actor, ZaakRef.parse(zaak_ref), actie)
        return
    audit.record(
        actor_soort=actor.hoedanigheid,
        actor_key=actor.key,
        actie=actie,
        object_ref=partij_ref(actor.partij.profiel_key),
        **actor.sporen,
    )
