"""Which choice of the receiver a notification falls under (profile.types.Rubriek)."""

from eloket.notifications.mail.mailsoorten import mailsoort
from eloket.notifications.types import NotificatieSoort
from eloket.profile.types import Rubriek


def rubriek_van(soort: NotificatieSoort) -> Rubriek | None:
    """The rubriek of this kind (its file in teksten/ says it); None for what goes out whatever somebody chose: the link
    for an address, what its owner must know, and mail to who did not log in."""
    return mailsoort(soort).rubriek


def is_vast(soort: NotificatieSoort) -> bool:
    """Travels alone, and waits for no burst: a receipt, and what nobody chooses about."""
    return mailsoort(soort).is_vast


def may_pass_stilte(soort: NotificatieSoort) -> bool:
    """Goes on in the quiet hours of its receiver: only what they do not choose about. A receipt waits."""
    return rubriek_van(soort) is None
