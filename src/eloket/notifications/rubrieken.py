"""Which choice of the receiver a notification falls under (profile.types.Rubriek)."""

from eloket.notifications.types import NotificatieSoort
from eloket.profile.types import Rubriek

_RUBRIEK = {
    NotificatieSoort.ZAAK_ONTVANGEN: Rubriek.ONTVANGST,
    NotificatieSoort.STATUS_GEWIJZIGD: Rubriek.STATUS,
    NotificatieSoort.TERMIJN_GEWIJZIGD: Rubriek.STATUS,
    NotificatieSoort.ZAAK_HEROPEND: Rubriek.STATUS,
    NotificatieSoort.DOCUMENT_TOEGEVOEGD: Rubriek.DOCUMENTEN,
    NotificatieSoort.DOCUMENT_VERPLAATST: Rubriek.DOCUMENTEN,
    NotificatieSoort.BERICHT_BEANTWOORD: Rubriek.BERICHTEN,
    NotificatieSoort.DOCUMENT_GEVRAAGD: Rubriek.VRAGEN,
    NotificatieSoort.ANTWOORD_GEVRAAGD: Rubriek.VRAGEN,
    NotificatieSoort.TAAK_GOEDGEKEURD: Rubriek.VRAGEN,
    NotificatieSoort.TAAK_AFGEKEURD: Rubriek.VRAGEN,
    NotificatieSoort.TAAK_INGETROKKEN: Rubriek.VRAGEN,
    NotificatieSoort.TAAK_HERINNERING: Rubriek.HERINNERINGEN,
    NotificatieSoort.FORMULIER_HERINNERING: Rubriek.HERINNERINGEN,
    # Nobody chooses these: the link for an address, what its owner must know, and mail to who did not log in.
    NotificatieSoort.ADRES_BEVESTIGEN: None,
    NotificatieSoort.ADRES_GEWIJZIGD: None,
    NotificatieSoort.MELDING_ONTVANGEN: None,
}


def rubriek_van(soort: NotificatieSoort) -> Rubriek | None:
    """The rubriek of this kind; None for what goes out whatever somebody chose. Every kind has a line above."""
    return _RUBRIEK[soort]
