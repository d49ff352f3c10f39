"""Whether this municipality has local accounts (ELOKET_LOKALE_ACCOUNTS)."""

from django.conf import settings

from eloket.identity.middelen import has_groepen
from eloket.identity.models import Medewerker
from eloket.identity.types import RechtenBron
from eloket.kernel.errors import NietGevonden


def is_on() -> bool:
    return bool(settings.ELOKET.lokale_accounts)


def may_have(wie: Medewerker) -> bool:
    """Whether this civil servant may log in with a local account. Not who is managed by groups at the login provider:
    who leaves those would keep a way in here (identity.groepen)."""
    return wie.is_actief and not (wie.rechten_van == RechtenBron.GROEPEN and has_groepen())


def must_be_on() -> None:
    """Raises NietGevonden: without local accounts there is nothing here."""
    if not is_on():
        raise NietGevonden
