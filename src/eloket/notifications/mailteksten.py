"""The words of each kind of mail."""

from collections.abc import Collection

from eloket.notifications.mailsoorten import MailTekst, mailsoort
from eloket.notifications.types import NotificatieSoort
from eloket.profile.types import Taal


def read_teksten(soorten: Collection[NotificatieSoort], taal: Taal) -> dict[NotificatieSoort, MailTekst]:
    """What mails of these kinds say in this language."""
    return {soort: mailsoort(soort).deel(taal).mailtekst for soort in soorten}
