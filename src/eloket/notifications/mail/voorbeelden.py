"""A mail to look at: with invented values, to nobody. Nothing is kept or sent."""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from eloket.kernel.klok import nu, vandaag
from eloket.notifications.mail.mailsoorten import MailTekst
from eloket.notifications.mail.maken import Brief, compose, make_inhoud
from eloket.notifications.types import Melding, NotificatieSoort
from eloket.profile.types import Taal

_STIJL = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_KENMERK = "VOORBEELD-1"


@dataclass(frozen=True, slots=True)
class MailVoorbeeld:
    """`html` is a whole page of its own (`csp_of`); `inhoud` is what stands in it (maken.make_inhoud)."""

    onderwerp: str
    inhoud: Mapping[str, object]
    tekst: str
    html: str


def make_voorbeeld(soort: NotificatieSoort, taal: Taal, tekst: MailTekst, *, basis: str) -> MailVoorbeeld:
    """As it would be sent. Raises ValueError for a text that could not be (tekstcontrole.check_mailtekst)."""
    context = {
        "deadline": (vandaag() + timedelta(days=14)).isoformat(),
        "ontvangen_op": nu().isoformat(),
        "kenmerk": _KENMERK,
    }
    brief = Brief(
        id="voorbeeld",
        aan="inwoner@voorbeeld.example",
        meldingen=(Melding(soort, context, "voorbeeld"),),
        taal=taal,
        basis=basis,
        token="voorbeeld",  # noqa: S106 - an example: it opens nothing
    )
    teksten = {soort: tekst}
    mail = compose(brief, teksten)
    return MailVoorbeeld(
        onderwerp=str(mail.subject),
        inhoud=make_inhoud(brief, teksten),
        tekst=str(mail.body),
        html=str(mail.alternatives[0][0]),
    )


def csp_of(html: str) -> str:
    """The policy to show the HTML of a mail with: nothing may run or load but its own style block."""
    hashes = (hashlib.sha256(stijl.encode()).digest() for stijl in _STIJL.findall(html))
    bronnen = " ".join(f"'sha256-{base64.b64encode(hash_).decode('ascii')}'" for hash_ in hashes) or "'none'"
    niets = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"
    return f"{niets}; style-src {bronnen}"
