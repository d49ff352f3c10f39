"""Who fills in a form on this page: who is logged in, or this browser without a login."""

from django.http import HttpRequest

from eloket.identity.actor import actor_of, anonymous_actor, begin_anonymous
from eloket.identity.types import Actor
from eloket.loket.errors import ConceptNietGevonden
from eloket.portal.loket.paden import ZONDER


def is_anoniem(request: HttpRequest) -> bool:
    """Whether this is the page of a form without a login: also when somebody is logged in."""
    return request.path.startswith(ZONDER)


def invuller(request: HttpRequest) -> Actor:
    """Raises ConceptNietGevonden when nobody began a form in this browser, or that was more than an hour ago."""
    if not is_anoniem(request):
        return actor_of(request)
    actor = anonymous_actor(request)
    if actor is None:
        raise ConceptNietGevonden
    return actor


def nieuwe_invuller(request: HttpRequest) -> Actor:
    """The same, for who begins or goes on: the hour without a login starts anew."""
    return begin_anonymous(request) if is_anoniem(request) else actor_of(request)
