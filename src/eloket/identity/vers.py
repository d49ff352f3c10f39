"""Whether somebody logged in shortly before: for the few things that a computer that was left alone must not give."""

from datetime import timedelta

from django.http import HttpRequest

from eloket.identity.sessie import ACTOR, SessionStore
from eloket.kernel import klok

MEENEMEN = timedelta(minutes=10)


def is_fresh(request: HttpRequest, binnen: timedelta) -> bool:
    """Somebody is logged in, and that login is at most this long ago; every login begins a new session. A click does
    not count: that is what another at the same keyboard does too. Nor does a login of a clock that was ahead.
    """
    sessie = request.session
    if not isinstance(sessie, SessionStore) or ACTOR not in sessie or sessie.begin is None:
        return False
    return abs(klok.nu() - sessie.begin) <= binnen
