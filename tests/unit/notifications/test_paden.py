"""The links in mails lead to pages that exist, and that let somebody log in first when needed."""

import pytest
from django.urls import resolve

from eloket.identity.audience import audience_of
from eloket.identity.types import Audience
from eloket.notifications.mail.paden import (
    PAD_AFMELDEN,
    PAD_BERICHTEN,
    PAD_BEVESTIGEN,
    PAD_GEGEVENS,
    PAD_MACHTIGINGEN,
    PAD_MEENEMEN,
    PAD_TAKEN,
    PAD_VOLGEN,
    PAD_ZAAK,
    PAD_ZAKEN,
)


@pytest.mark.parametrize(
    ("pad", "audience"),
    [
        (PAD_ZAAK.format(ref="register-a1b2"), Audience.BETROKKENE),
        (PAD_GEGEVENS, Audience.BETROKKENE),
        (PAD_MACHTIGINGEN, Audience.BETROKKENE),
        (PAD_MEENEMEN, Audience.BETROKKENE),
        (PAD_ZAKEN, Audience.BETROKKENE),
        (PAD_TAKEN, Audience.BETROKKENE),
        (PAD_BERICHTEN, Audience.BETROKKENE),
        (PAD_VOLGEN, Audience.IEDEREEN),
        (PAD_BEVESTIGEN.format(token="geheim-token_1"), Audience.IEDEREEN),
        (PAD_AFMELDEN.format(token="a1b2.c3d4"), Audience.IEDEREEN),
    ],
)
def test_a_link_from_a_mail_leads_to_a_page(pad, audience):
    assert audience_of(resolve(pad).func) is audience


@pytest.mark.django_db
@pytest.mark.parametrize("pad", [PAD_ZAAK.format(ref="register-a1b2"), PAD_GEGEVENS])
def test_a_link_survives_logging_in(client, pad):
    antwoord = client.get(pad)
    assert antwoord.status_code == 302
    assert f"terug={pad.replace('/', '%2F')}" in antwoord["Location"]
