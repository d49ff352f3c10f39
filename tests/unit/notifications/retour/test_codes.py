"""A refusal at the door blames the address only when the code does."""

import smtplib

import pytest

from eloket.notifications.bezorgen.smtpfouten import is_about_address


@pytest.mark.parametrize(
    ("code", "tekst", "is_adres"),
    [
        (550, b"5.1.1 User unknown", True),
        (550, b"no such user", True),
        (554, b"5.7.1 blocked using a list", False),
        (552, b"mailbox full", False),
        (552, b"5.2.2 over quota", False),
        (550, b"5.1.8 sender rejected", False),
    ],
)
def test_a_server_that_refuses_us_or_is_full_kills_no_address(code, tekst, is_adres):
    fout = smtplib.SMTPRecipientsRefused({"j@voorbeeld.nl": (code, tekst)})
    assert is_about_address(fout) is is_adres
