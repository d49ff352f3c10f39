"""Whether somebody logged in shortly before: for the few things that a computer that was left alone must not give."""

from datetime import timedelta

from django.http import HttpRequest

from eloket.identity.sessie import SessionStore
from eloket.kernel import klok

MEENEMEN = timedelta(minutes=10)


def is_fresh(request: HttpRequest, binnen: timedelta) -> bool:
    """The login of this session is at most this long ago; every login begins a new session. A click does not count:
    that is what another at the same keyboard does too.
    """
    sessie = request.session
    if not isinstance(sessie, SessionStore):
        return False
    sessie.is_empty()  # reads it, when nobody did
    return sessie.begin is not None and klok.nu() - sessie.begin <= binnen
