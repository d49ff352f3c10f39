"""The actor of a request, and how it is kept in the session."""

import secrets
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from eloket.identity.niveaus import Zekerheid
from eloket.identity.samenloop import BEZOEKER, BEZOEKER_TOT
from eloket.identity.sessie import ACTOR, ANONIEM
from eloket.identity.types import Actor, Machtiging, Partij, Recht, Soort
from eloket.kernel import klok
from eloket.kernel.crypto import vault
from eloket.kernel.errors import NietGevonden

_GEEN = object()


def maybe_actor(request: HttpRequest) -> Actor | None:
    """Who is logged in, or None. One query for the whole request (the session's)."""
    bekend = getattr(request, "_eloket_actor", _GEEN)
    if bekend is _GEEN:
        sessie = getattr(request, "session", None)
        bewaard = sessie.get(ACTOR) if sessie is not None else None
        bekend = actor_from_dict(bewaard) if bewaard else None
        set_actor(request, bekend)
    assert bekend is None or isinstance(bekend, Actor)
    return bekend


def known_actor(request: HttpRequest) -> Actor | None:
    """Who this request knows already, or None. Asks nothing of the session: for a page about an error."""
    bekend = getattr(request, "_eloket_actor", None)
    return bekend if isinstance(bekend, Actor) else None


def actor_of(request: HttpRequest) -> Actor:
    """Who is logged in. Raises NietGevonden if nobody is: a route with an audience never gets that far."""
    actor = maybe_actor(request)
    if actor is None:
        raise NietGevonden
    return actor


def partij_of(actor: Actor) -> Partij:
    """For whom somebody acts. Raises NietGevonden: only residents and businesses have pages of a party."""
    if actor.partij is None:
        raise NietGevonden
    return actor.partij


def anonymous_actor(request: HttpRequest) -> Actor | None:
    """Who fills in a form in this browser without logging in; None when nobody began. Ends with an hour without a step,
    also in the session of who logged in meanwhile, and with logging out.
    """
    geheim, tot = request.session.get(BEZOEKER), request.session.get(BEZOEKER_TOT, 0)
    return _anonymous(geheim) if isinstance(geheim, str) and tot > klok.nu().timestamp() else None


def begin_anonymous(request: HttpRequest) -> Actor:
    """The same, and it begins now when it had not. Call it with every step, so that the hour starts anew."""
    is_nieuw = anonymous_actor(request) is None  # what is over is not opened by who begins after it
    if is_nieuw:
        request.session[BEZOEKER] = secrets.token_urlsafe(32)
    request.session[BEZOEKER_TOT] = (klok.nu() + ANONIEM).timestamp()
    if is_nieuw:
        request.session.save()  # before anything is kept under it: another tab may have begun at this moment
    return _anonymous(request.session[BEZOEKER])


def visitor_of(session: SessionBase) -> dict[str, Any]:
    """What a login takes along of a session: who fills in a form without a login stays that, in this browser. Who can
    open its pages could do so without logging in too, for that hour.
    """
    return {naam: session[naam] for naam in (BEZOEKER, BEZOEKER_TOT) if naam in session}


def _anonymous(geheim: str) -> Actor:
    return Actor(
        soort=Soort.ANONIEM, key=vault().keyed_hash("anoniem", geheim), naam="", middel="", niveau=""
    )


def set_actor(request: HttpRequest, actor: Actor | None) -> None:
    """Remember the actor for the rest of this request; does not log in."""
    request._eloket_actor = actor  # type: ignore[attr-defined]  # noqa: SLF001 - our own mark on Django's request


def actor_to_dict(actor: Actor) -> dict[str, Any]:
    """What the (encrypted) session holds of an actor."""
    partij = actor.partij
    return {
        "soort": actor.soort.value,
        "key": actor.key,
        "naam": actor.naam,
        "middel": actor.middel,
        "niveau": actor.niveau,
        "medewerker_id": actor.medewerker_id,
        "afdelingen": sorted(actor.afdelingen),
        "rechten": sorted(actor.rechten),
        "zaaktypen": sorted(actor.zaaktypen),
        "machtiging": actor.machtiging and actor.machtiging.value,
        "eigen_naam": actor.eigen_naam,
        "zekerheid": actor.zekerheid and actor.zekerheid.value,
        "partij": partij
        and {
            "soort": partij.soort.value,
            "nummer": partij.nummer,
            "key": partij.key,
            "vestigingsnummer": partij.vestigingsnummer,
            "vestiging_key": partij.vestiging_key,
        },
    }


def actor_from_dict(bewaard: dict[str, Any]) -> Actor:
    """The reverse of `actor_to_dict`. A session of before a new version may lack the rights: then there are none, and
    a right that this version does not know is no right."""
    partij = bewaard["partij"]
    return Actor(
        soort=Soort(bewaard["soort"]),
        key=bewaard["key"],
        naam=bewaard["naam"],
        middel=bewaard["middel"],
        niveau=bewaard["niveau"],
        partij=Partij(**{**partij, "soort": Soort(partij["soort"])}) if partij else None,
        medewerker_id=bewaard["medewerker_id"],
        afdelingen=frozenset(bewaard["afdelingen"]),
        rechten=Recht.known(bewaard.get("rechten", ())),
        zaaktypen=frozenset(bewaard.get("zaaktypen", ())),
        machtiging=Machtiging(bewaard["machtiging"]) if bewaard.get("machtiging") else None,
        eigen_naam=bewaard.get("eigen_naam", ""),
        zekerheid=Zekerheid(bewaard["zekerheid"]) if bewaard.get("zekerheid") else None,
    )
