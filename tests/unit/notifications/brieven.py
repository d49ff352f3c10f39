"""Mails to look at."""

from collections.abc import Mapping
from typing import Any

from eloket.notifications.mail.maken import Brief, build
from eloket.notifications.types import Melding, NotificatieSoort
from eloket.profile.types import Taal
from tests.unit.notifications.zaken import MOMENT

BASIS = "https://loket.gemeente.example"
CONTEXT = {"deadline": "2026-12-01", "ontvangen_op": MOMENT.isoformat(), "kenmerk": "O-7F3A"}


def melding(
    soort: NotificatieSoort, *, context: Mapping[str, str] = CONTEXT, zaak_ref: str = "register-a1b2"
) -> Melding:
    return Melding(soort, context, zaak_ref)


def brief(*wat: NotificatieSoort | Melding, taal: Taal = Taal.NL, **anders: Any) -> Brief:
    """A mail about these."""
    meldingen = tuple(een if isinstance(een, Melding) else melding(een) for een in wat)
    velden = {
        "id": "0b6f7d58-0000-4000-8000-000000000000",
        "aan": "j@voorbeeld.nl",
        "token": "geheim-token_1",
    }
    return Brief(**{**velden, "meldingen": meldingen, "taal": taal, "basis": BASIS, **anders})


def parts(een: Brief) -> tuple[str, str, str]:
    """Its subject, text and html."""
    mail = build(een)
    html = mail.alternatives[0][0]
    assert isinstance(html, str)
    return str(mail.subject), str(mail.body), html
