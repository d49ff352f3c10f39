"""What comes back is read as it is written by the servers that people really use, and everything else is left alone."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eloket.notifications.retour.parser import MAX_BYTES, lees_retour
from eloket.notifications.retour.types import Actie, Klasse, Retour

MAILS = Path(__file__).parent / "mails"
ID = "0f8e3c52-6d1b-4c9e-9a52-7b1d3f0a2c41"
ANDER = "1c9e3c52-6d1b-4c9e-9a52-7b1d3f0a2c99"


def sample(naam: str) -> bytes:
    return (MAILS / f"{naam}.eml").read_bytes()


@pytest.mark.parametrize(
    ("naam", "actie", "klasse", "status"),
    [
        ("postfix_onbekend", Actie.FAILED, Klasse.PERMANENT, "5.1.1"),
        ("postfix_vertraagd", Actie.DELAYED, Klasse.TIJDELIJK, "4.4.1"),
        ("postfix_verlopen", Actie.FAILED, Klasse.OPGEGEVEN, "4.4.1"),
        ("postfix_bezorgd", Actie.DELIVERED, Klasse.BEZORGD, "2.0.0"),
        ("postfix_doorgegeven", Actie.RELAYED, Klasse.DOORGEGEVEN, "2.0.0"),
        ("exim_onbekend", Actie.FAILED, Klasse.PERMANENT, "5.0.0"),
        ("exim_oud", Actie.FAILED, Klasse.PERMANENT, "5.1.1"),
        ("exchange_online", Actie.FAILED, Klasse.PERMANENT, "5.1.10"),
        ("sendmail_vol", Actie.FAILED, Klasse.OPGEGEVEN, "5.2.2"),
        ("qmail", Actie.FAILED, Klasse.PERMANENT, "5.1.1"),
        ("gmail_onbekend", Actie.FAILED, Klasse.PERMANENT, "5.1.1"),
        ("filter_weigert", Actie.FAILED, Klasse.OPGEGEVEN, "5.7.1"),
    ],
)
@pytest.mark.parametrize("regeleinde", [b"\n", b"\r\n"], ids=["lf", "crlf"])
def test_what_real_servers_write_is_understood(naam, actie, klasse, status, regeleinde):
    gelezen = lees_retour(sample(naam).replace(b"\n", regeleinde))
    assert gelezen == Retour(ID, actie, klasse, status)


@pytest.mark.parametrize(
    "naam", ["afwezig", "leesbevestiging", "klacht", "antwoord_met_citaat", "spam", "postfix_onbekend"]
)
def test_what_says_nothing_about_delivery_does_nothing(naam):
    inhoud = sample(naam)
    if naam == "postfix_onbekend":  # a notification about a mail of somebody else
        inhoud = inhoud.replace(ID.encode(), b"20260302.9@ergens")
    assert lees_retour(inhoud) is None


def test_the_envelope_id_is_trusted_before_the_address_and_that_before_the_returned_headers():
    mail = sample("postfix_onbekend")
    assert mail.count(ID.encode()) == 4
    envelop = b"Original-Envelope-Id: " + ID.encode()
    kop, rest = mail.split(envelop)
    rest_ander = rest.replace(ID.encode(), ANDER.encode())
    gevonden = lees_retour(kop.replace(ID.encode(), ANDER.encode()) + envelop + rest_ander)
    assert gevonden is not None
    assert gevonden.zending_id == ID
    gevonden = lees_retour(kop + b"X-Niets: 1" + rest_ander)
    assert gevonden is not None
    assert gevonden.zending_id == ID
    gevonden = lees_retour(kop.replace(b"+" + ID.encode(), b"") + b"X-Niets: 1" + rest_ander)
    assert gevonden is not None
    assert gevonden.zending_id == ANDER


def test_the_id_is_read_with_and_without_its_dashes_and_in_capitals():
    mail = sample("postfix_onbekend").replace(b"Original-Envelope-Id", b"X-Niets")
    for vorm in (ID.replace("-", ""), ID.upper()):
        gelezen = lees_retour(mail.replace(ID.encode(), vorm.encode()))
        assert gelezen is not None
        assert gelezen.zending_id == ID


@pytest.mark.parametrize(
    ("van", "naar"),
    [
        (b"Action: failed", b"Action: delivered"),  # with 5.1.1: a contradiction
        (b"Action: failed", b"Action: opgegeten"),
        (b"Action: failed\n", b""),
        (b"Status: 5.1.1", b"Status: 2.0.0"),
    ],
)
def test_a_notification_that_contradicts_itself_says_nothing(van, naar):
    assert lees_retour(sample("postfix_onbekend").replace(van, naar)) is None


def test_of_a_mail_that_was_forwarded_to_two_one_that_arrived_is_enough():
    groep = b"Final-Recipient: rfc822; ander@mail.example\nAction: delivered\nStatus: 2.1.5\n\n"
    mail = sample("postfix_onbekend").replace(b"Final-Recipient", groep + b"Final-Recipient", 1)
    gelezen = lees_retour(mail)
    assert gelezen is not None
    assert gelezen.klasse is Klasse.BEZORGD


def test_without_a_status_the_reply_of_the_server_counts_and_without_that_the_address_is_not_blamed():
    mail = sample("exim_onbekend").replace(b"Status: 5.0.0\n", b"")
    gelezen = lees_retour(mail)
    assert gelezen is not None
    assert (gelezen.klasse, gelezen.status) == (Klasse.PERMANENT, "5.0.0")
    gelezen = lees_retour(mail.replace(b"Diagnostic-Code: smtp; 550 No such user here\n", b""))
    assert gelezen is not None
    assert (gelezen.klasse, gelezen.status) == (Klasse.OPGEGEVEN, "")


def test_a_notification_with_letters_outside_ascii_is_read_too():
    mail = sample("postfix_onbekend").replace(b"message/delivery-status", b"message/global-delivery-status")
    gelezen = lees_retour(mail.replace(b"Original-Envelope-Id", b"X").replace(b"+" + ID.encode(), b""))
    assert gelezen is not None
    assert gelezen.klasse is Klasse.PERMANENT


@pytest.mark.parametrize(
    "zonder",
    [b"550 5.1.1 sorry, no mailbox here by that name (#5.1.1)", b"Message-ID:", b"MAILER-DAEMON@"],
    ids=["code", "id", "server"],
)
def test_the_plain_text_of_an_old_server_needs_a_code_our_id_and_a_server(zonder):
    mail = sample("qmail").replace(b"Return-Path: <>\n", b"")
    assert lees_retour(mail) is not None
    assert lees_retour(mail.replace(zonder, b"x")) is None


def test_a_code_in_the_returned_mail_itself_is_no_refusal():
    mail = sample("qmail").replace(b"550 5.1.1 sorry, no mailbox here by that name (#5.1.1)", b"please wait")
    assert lees_retour(mail + b"\n550 5.1.1 User unknown \n") is None


def test_a_phone_number_or_an_address_is_no_code():
    mail = sample("qmail").replace(
        b"550 5.1.1 sorry, no mailbox here by that name (#5.1.1)", b"call 088-5501122 or 5550, host 10.5.1.1"
    )
    assert lees_retour(mail) is None


def test_what_stands_beyond_the_limit_is_not_read():
    vulling = b"X-Vulling: " + b"x" * 70 + b"\n"
    mail = sample("postfix_onbekend")
    assert lees_retour(vulling * (MAX_BYTES // len(vulling) + 1) + mail) is None
    assert lees_retour(mail + vulling * 20_000) is not None


BOMMEN = {
    "nested": b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(6000)
    ),
    "messages": b"Content-Type: message/rfc822\n\n" * 8000,
    "parameters": b'Content-Type: multipart/report; a="' + b";" * 250_000,
    "folded": b"Content-Type: multipart/report;\n" + b' a=";;;;;;;;;;;;;";\n' * 12_000,
    "headers": b"To: a@b\n" * 30_000,
    "groups": b"Content-Type: message/delivery-status\n\n" + b"A: b\n\n" * 40_000,
    "report": b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n"
    b"Content-Type: message/delivery-status\n\n" + b"Action: failed\n\n" * 15_000 + b"--b--\n",
    "quoted": b'Content-Type: multipart/report; report-type="' + b'\\"' * 100_000,
    "blanks": b"From: MAILER-DAEMON@x\n\n" + b"5" * 100_000 + b" " * 100_000,
    "dashes": b"From: MAILER-DAEMON@x\n\n" + b"-" * 200_000,
    "words": b"From: MAILER-DAEMON@x\n\n" + b"550 " * 60_000,
}


@pytest.mark.parametrize("bom", BOMMEN.values(), ids=BOMMEN.keys())
def test_a_mail_made_to_keep_us_busy_takes_no_time(bom):
    begin = time.process_time()
    assert lees_retour(bom) is None
    assert time.process_time() - begin < 3


STUKJES = [regel + b"\n" for pad in sorted(MAILS.glob("*.eml")) for regel in pad.read_bytes().splitlines()]


@settings(max_examples=300, deadline=3000)
@given(st.one_of(st.binary(max_size=4000), st.lists(st.sampled_from(STUKJES), max_size=80).map(b"".join)))
def test_rubbish_never_raises(inhoud):
    gelezen = lees_retour(inhoud)
    assert gelezen is None or len(gelezen.zending_id) == 36


@settings(max_examples=200, deadline=3000)
@given(st.sampled_from(sorted(MAILS.glob("*.eml"))), st.data())
def test_a_notification_that_was_damaged_never_raises(pad, data):
    mail = bytearray(pad.read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        plek = data.draw(st.integers(0, len(mail) - 1))
        mail[plek : plek + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=20))
    lees_retour(bytes(mail))
