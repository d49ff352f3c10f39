"""What a mail says. Discreet: its nature, whether and by when a reaction is expected, and a link that asks to log in.

No name, no zaaknummer, no subject of the zaak and no text of anybody: mail is read on shared screens (Awb 2:10 lid 2).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from eloket.kernel.tekst import one_line
from eloket.notifications.mail.bundel import make_regels
from eloket.notifications.mail.invullen import fill, fill_alineas, values_of
from eloket.notifications.mail.mailsoorten import (
    MailTekst,
    Pad,
    Plaatshouder,
    Reactie,
    Waarom,
    algemeen,
    mailsoort,
)
from eloket.notifications.mail.mailteksten import read_teksten
from eloket.notifications.mail.paden import PAD_GEGEVENS, make_pad
from eloket.notifications.types import Melding, NotificatieSoort
from eloket.profile.types import Taal

Teksten = Mapping[NotificatieSoort, MailTekst]


@dataclass(frozen=True, slots=True)
class Brief:
    """What is needed to write one mail.

    `basis` is the address of the portal, without a slash at the end. `token` is of the link that confirms an address.
    `afmeld_url` stops these mails without a login (RFC 8058).
    """

    id: str
    aan: str = field(repr=False)
    meldingen: tuple[Melding, ...]
    taal: Taal
    basis: str
    token: str = field(default="", repr=False)
    afmeld_url: str = field(default="", repr=False)


def build(brief: Brief) -> EmailMultiAlternatives:
    """The mail in the words of the municipality, or of the product where it has none. One query.

    Its Message-ID is that of the brief: sent twice, it is one mail. Raises ValueError for a brief that cannot be a
    mail: without notifications, with one that goes alone among others, or without what its text must say.
    """
    soorten = {melding.soort for melding in brief.meldingen}
    return compose(brief, read_teksten(soorten, brief.taal))


def compose(brief: Brief, teksten: Teksten) -> EmailMultiAlternatives:
    """The mail in these words. Reads nothing; raises ValueError as `build` does."""
    inhoud = make_inhoud(brief, teksten)
    mail = EmailMultiAlternatives(
        subject=str(inhoud["onderwerp"]),
        body=render_to_string("notifications/mail/brief.txt", inhoud).strip() + "\n",
        to=[brief.aan],
        headers=_headers(brief),
    )
    mail.attach_alternative(render_to_string("notifications/mail/brief.html", inhoud), "text/html")
    return mail


def make_inhoud(brief: Brief, teksten: Teksten) -> dict[str, object]:
    """What both layouts show (brief.html says which names). Raises ValueError as `build` does."""
    inhoud = _one(brief, teksten) if len(brief.meldingen) == 1 else _several(brief)
    return {
        **inhoud,
        "taal": brief.taal.value,
        "vast": algemeen(brief.taal),
        "vragen": _questions(brief.taal),
        "gegevens": brief.basis + PAD_GEGEVENS,
        "afmeld_url": brief.afmeld_url,
    }


def _headers(brief: Brief) -> dict[str, str]:
    headers = {
        "Message-ID": f"<{brief.id}@{urlsplit(brief.basis).hostname}>",
        # RFC 3834: an out-of-office reply to a machine helps nobody.
        "Auto-Submitted": "auto-generated",
    }
    if brief.afmeld_url:
        headers["List-Unsubscribe"] = f"<{brief.afmeld_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _one(brief: Brief, teksten: Teksten) -> dict[str, object]:
    [melding] = brief.meldingen
    soort, tekst = mailsoort(melding.soort), teksten[melding.soort]
    deel = soort.deel(brief.taal)
    waarden = {Plaatshouder.REACTIE.value: deel.reactie, **values_of(melding.context, brief.taal)}
    try:
        alineas = fill_alineas(tekst.alineas, waarden, soort.mag)
    except KeyError as error:
        raise ValueError(f"een notificatie van de soort {melding.soort} mist {error}") from error
    return {
        # Also what was written around the checks of the service: a header is one line.
        "onderwerp": one_line(tekst.onderwerp),
        "alineas": alineas,
        "knop": tekst.knop,
        "link": brief.basis + make_pad(melding, brief.token),
        "is_link_zichtbaar": soort.pad is Pad.BEVESTIGEN,
        "waarom": soort.waarom.value,
        "regels": (),
        "slot": "",
    }


def _several(brief: Brief) -> dict[str, object]:
    soorten = [mailsoort(melding.soort) for melding in brief.meldingen]
    if not soorten or any(een.is_vast for een in soorten):
        raise ValueError("zonder melding, of met een melding die alleen gaat, is er geen e-mail")
    vast = algemeen(brief.taal)
    is_gevraagd = any(een.reactie is Reactie.GEVRAAGD for een in soorten)
    return {
        "onderwerp": fill(vast.bundel_onderwerp, {"aantal": str(len(brief.meldingen))}),
        "alineas": (vast.bundel_gevraagd if is_gevraagd else vast.bundel_anders,),
        "knop": "",
        "link": "",
        "is_link_zichtbaar": False,
        "waarom": Waarom.KEUZE.value,
        "regels": make_regels(brief.meldingen, brief.taal, brief.basis),
        "slot": vast.bundel_slot,
    }


def _questions(taal: Taal) -> str:
    """Whom to call. The opening hours are a setting in Dutch, and only in the Dutch mail."""
    waarden = {"telefoon": settings.ELOKET.telefoon, "openingstijden": settings.ELOKET.openingstijden}
    return fill(algemeen(taal).vragen, waarden)
