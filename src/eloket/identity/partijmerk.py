"""The mark in every form of a page for who is logged in: who filled it in, and for which party.

Somebody may act for several parties one after another in one browser, and several people may use one browser. The CSRF
token does not tell them apart: it is of the browser. This mark does, so that what was filled in for one party is never
carried out for another (identity.partijcontrole).

It is encrypted and different on every page. So only we read it, it tells nobody that two pages are of one person, and
it outlives a session: the same person who logs in again for the same party can still send the form.
"""

import json
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from cryptography.fernet import InvalidToken, MultiFernet
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from eloket.identity.actor import actor_from_dict
from eloket.identity.sessie import ACTOR, wie_van
from eloket.kernel.crypto import keten

VELD = "partij-merk"  # with a hyphen: no question of a form of the municipality can have this name
_TEKENS = 32  # of a hash: 128 bits tell people apart


@dataclass(frozen=True, slots=True)
class Merk:
    """`wie` is the same person for the same party (`sessie.wie_van`), `persoon` who acts, whatever the party, and
    `naam` the party in words: for the eyes of that person only."""

    wie: str
    persoon: str
    naam: str = field(repr=False)

    def is_of(self, wie: str) -> bool:
        """Whether this is the mark of who `wie_van` names so."""
        return self.wie == wie[:_TEKENS]


def actor_merk(request: HttpRequest) -> Merk | None:
    """The mark of who is logged in, or None. Of the session, and not of for whom they look at one zaak by an
    authorisation of ours: that is in the address of the page."""
    sessie = getattr(request, "session", None)
    bewaard: dict[str, Any] | None = sessie.get(ACTOR) if sessie is not None else None
    return merk_of(bewaard) if bewaard else None


def merk_of(bewaard: dict[str, Any]) -> Merk:
    """Of an actor as the session keeps it."""
    actor = actor_from_dict(bewaard)
    return Merk(wie_van(bewaard)[:_TEKENS], actor.key[:_TEKENS], actor.namens or actor.naam)


def write_merk(merk: Merk) -> str:
    """The value of the hidden field."""
    inhoud = json.dumps([merk.wie, merk.persoon, merk.naam], ensure_ascii=False)
    return _fernet(settings.ELOKET.secrets).encrypt(inhoud.encode()).decode("ascii")


def read_merk(waarde: str) -> Merk | None:
    """None for what we did not make, or made with a secret that was withdrawn."""
    try:
        return Merk(*json.loads(_fernet(settings.ELOKET.secrets).decrypt(waarde.encode())))
    except (InvalidToken, ValueError):
        return None


def merken_of(post: QueryDict) -> tuple[str, ...]:
    """The marks in a form that came in, as they came: one, unless somebody made the form themselves."""
    return tuple(dict.fromkeys(post.getlist(VELD)))


def merk_input(waarde: str) -> SafeString:
    """The hidden field; empty for nobody."""
    return format_html('<input type="hidden" name="{}" value="{}">', VELD, waarde) if waarde else SafeString()


@lru_cache(maxsize=4)
def _fernet(geheimen: tuple[str, ...]) -> MultiFernet:
    return keten(geheimen, "eloket/partijmerk")
