"""Where the links in a mail lead, held to the URL table by tests/unit/notifications/test_paden.py."""

from urllib.parse import quote

from eloket.notifications.mail.mailsoorten import Pad, mailsoort
from eloket.notifications.types import Melding
from eloket.profile.types import Rubriek

PAD_ZAAK = "/mijn/zaken/{ref}/"
PAD_GEGEVENS = "/mijn/gegevens/"
PAD_MACHTIGINGEN = "/mijn/machtigingen/"
PAD_MEENEMEN = "/mijn/gegevens/meenemen/"
PAD_ZAKEN = "/mijn/zaken/"
PAD_TAKEN = "/mijn/taken/"
PAD_BERICHTEN = "/mijn/berichten/"
PAD_VOLGEN = "/loket/volgen/"
PAD_BEVESTIGEN = "/bevestigen/{token}/"
PAD_AFMELDEN = "/afmelden/{token}/"
_VAST = {
    Pad.GEGEVENS: PAD_GEGEVENS,
    Pad.MACHTIGINGEN: PAD_MACHTIGINGEN,
    Pad.MEENEMEN: PAD_MEENEMEN,
    Pad.ZAKEN: PAD_ZAKEN,
    Pad.VOLGEN: PAD_VOLGEN,
}
_OVERZICHT = {Rubriek.VRAGEN: PAD_TAKEN, Rubriek.BERICHTEN: PAD_BERICHTEN}


def make_pad(melding: Melding, token: str = "") -> str:
    """The page that this notification is about."""
    soort = mailsoort(melding.soort)
    if soort.pad is Pad.BEVESTIGEN:
        return PAD_BEVESTIGEN.format(token=quote(token, safe=""))
    if soort.pad is not Pad.ZAAK:
        return _VAST[soort.pad]
    if melding.zaak_ref:
        return PAD_ZAAK.format(ref=quote(melding.zaak_ref, safe=""))
    return _VAST[soort.zonder_zaak]


def make_overzicht(rubriek: Rubriek | None) -> str:
    """The page that has all of this kind, for a line that is about more zaken at once."""
    return _OVERZICHT.get(rubriek, PAD_ZAKEN) if rubriek else PAD_ZAKEN
