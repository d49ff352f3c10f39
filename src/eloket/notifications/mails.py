"""What a mail says. Discreet: its nature, whether and by when a reaction is expected, and a link that asks to log in.

No name, no zaaknummer, no subject of the zaak and no text of anybody: mail is read on shared screens (Awb 2:10 lid 2).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import quote, urlsplit

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from eloket.kernel.klok import schrijf_datum, schrijf_moment
from eloket.notifications.types import NotificatieSoort

ONDERWERPEN = {
    NotificatieSoort.ZAAK_ONTVANGEN: "Wij hebben uw aanvraag of melding ontvangen",
    NotificatieSoort.STATUS_GEWIJZIGD: "Er is iets gewijzigd in uw zaak",
    NotificatieSoort.DOCUMENT_TOEGEVOEGD: "Er staat een document voor u klaar",
    NotificatieSoort.DOCUMENT_GEVRAAGD: "Wij hebben een document van u nodig",
    NotificatieSoort.ANTWOORD_GEVRAAGD: "Wij hebben een vraag aan u",
    NotificatieSoort.TAAK_HERINNERING: "Wij wachten nog op iets van u",
    NotificatieSoort.TAAK_GOEDGEKEURD: "Wat u stuurde is goedgekeurd",
    NotificatieSoort.TAAK_AFGEKEURD: "Wat u stuurde kunnen wij niet gebruiken",
    NotificatieSoort.TAAK_INGETROKKEN: "Wij hebben iets niet meer van u nodig",
    NotificatieSoort.DOCUMENT_VERPLAATST: "Een document staat nu bij een andere zaak",
    NotificatieSoort.TERMIJN_GEWIJZIGD: "De termijn van uw zaak is gewijzigd",
    NotificatieSoort.ZAAK_HEROPEND: "Uw zaak is opnieuw geopend",
    NotificatieSoort.BERICHT_BEANTWOORD: "Er staat een bericht voor u klaar",
    NotificatieSoort.FORMULIER_HERINNERING: "Uw formulier is nog niet verstuurd",
    NotificatieSoort.MELDING_ONTVANGEN: "Wij hebben uw formulier ontvangen",
    NotificatieSoort.ADRES_BEVESTIGEN: "Bevestig uw e-mailadres",
    NotificatieSoort.ADRES_GEWIJZIGD: "Uw e-mailadres bij ons is gewijzigd",
}
# Where the links go, held to the URL table by tests/unit/notifications/test_paden.py.
PAD_ZAAK = "/mijn/zaken/{ref}/"
PAD_GEGEVENS = "/mijn/gegevens/"
PAD_ZAKEN = "/mijn/zaken/"
PAD_VOLGEN = "/loket/volgen/"
PAD_BEVESTIGEN = "/bevestigen/{token}/"
_VASTE_PADEN = {
    NotificatieSoort.ADRES_GEWIJZIGD: PAD_GEGEVENS,
    NotificatieSoort.FORMULIER_HERINNERING: PAD_ZAKEN,
    NotificatieSoort.MELDING_ONTVANGEN: PAD_VOLGEN,
}


@dataclass(frozen=True, slots=True)
class Brief:
    """What is needed to write one mail. `basis` is the address of the portal, without a slash at the end."""

    id: str
    soort: NotificatieSoort
    aan: str = field(repr=False)
    onderwerp: str
    context: Mapping[str, str]
    zaak_ref: str
    token: str = field(repr=False)
    basis: str


def build(brief: Brief) -> EmailMultiAlternatives:
    """The mail, as text and HTML. Its Message-ID is that of the notification: sent twice, it is one mail."""
    inhoud = _inhoud(brief)
    mail = EmailMultiAlternatives(
        subject=brief.onderwerp,
        body=render_to_string(f"notifications/mails/{brief.soort}.txt", inhoud).strip() + "\n",
        to=[brief.aan],
        headers={
            "Message-ID": f"<{brief.id}@{urlsplit(brief.basis).hostname}>",
            # RFC 3834: an out-of-office reply to a machine helps nobody.
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(render_to_string(f"notifications/mails/{brief.soort}.html", inhoud), "text/html")
    return mail


def _inhoud(brief: Brief) -> dict[str, str]:
    inhoud = {
        "onderwerp": brief.onderwerp,
        "link": brief.basis + _pad(brief),
        "gegevens": brief.basis + PAD_GEGEVENS,
    }
    if deadline := brief.context.get("deadline"):
        inhoud["deadline"] = schrijf_datum(date.fromisoformat(deadline))
    if ontvangen_op := brief.context.get("ontvangen_op"):
        inhoud["ontvangen_op"] = schrijf_moment(datetime.fromisoformat(ontvangen_op))
    return inhoud


def _pad(brief: Brief) -> str:
    if brief.soort is NotificatieSoort.ADRES_BEVESTIGEN:
        return PAD_BEVESTIGEN.format(token=quote(brief.token, safe=""))
    if vast := _VASTE_PADEN.get(brief.soort):
        return vast
    return PAD_ZAAK.format(ref=quote(brief.zaak_ref, safe=""))
