"""/.well-known/security.txt, as RFC 9116 asks it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from pydantic import ValidationError

from eloket.config.omgeving import Settings
from eloket.kernel.klok import op_moment

PAD = "/.well-known/security.txt"


def ask(settings: Any, contact: str) -> Any:
    settings.ELOKET = settings.ELOKET.model_copy(
        update={"security_contact": contact, "base_url": "https://mijn.gemeente.test"}
    )
    with op_moment(datetime(2026, 11, 3, 23, 30, tzinfo=UTC)):
        return Client().get(PAD)


def test_it_says_where_to_go_and_until_when(settings):
    antwoord = ask(settings, "ciso@gemeente.test")
    assert antwoord.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert antwoord.content.decode().splitlines() == [
        "Contact: mailto:ciso@gemeente.test",
        "Expires: 2027-05-02T00:00:00Z",
        "Preferred-Languages: nl, en",
        "Canonical: https://mijn.gemeente.test/.well-known/security.txt",
    ]


def test_a_page_to_tell_it_on_is_a_contact_too(settings):
    assert (
        "Contact: https://gemeente.test/lek\n" in ask(settings, "https://gemeente.test/lek").content.decode()
    )


def test_without_a_contact_there_is_no_file(settings):
    assert ask(settings, "").status_code == 404


@pytest.mark.parametrize(
    "contact", ["ciso", "http://gemeente.test/lek", "ciso@gemeente.test\nContact: mailto:x@y.nl", "tel:112"]
)
def test_what_is_no_contact_stops_the_start(contact):
    with pytest.raises(ValidationError, match="geef een e-mailadres"):
        Settings(omgeving="test", security_contact=contact)  # type: ignore[arg-type]
