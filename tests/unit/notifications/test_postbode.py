"""One connection for many mails, and patience with a server that is away."""

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives

from eloket.notifications.bezorgen.postbode import EERSTE_RUST, LANGSTE_RUST, MEEST_OP_RIJ, Postbode
from tests.unit.notifications.mailservers import Mailserver, Weigert, draaiend


@pytest.fixture
def smtp(settings):
    settings.EMAIL_BACKEND = "eloket.notifications.bezorgen.smtp.SmtpBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 1

    def use(port: int) -> None:
        settings.EMAIL_PORT = port

    return use


def mail(naam: str = "j", merk: str = "") -> EmailMultiAlternatives:
    return EmailMultiAlternatives(
        "x", "y", "van@voorbeeld.nl", [f"{naam}@voorbeeld.nl"], headers={"Message-ID": merk} if merk else {}
    )


class Telt(Mailserver):
    """Counts connections, and remembers the envelope."""

    def __init__(self) -> None:
        super().__init__()
        self.verbindingen = 0
        self.afzenders: list[str] = []

    async def handle_EHLO(self, _server, session, _envelope, hostname, responses):  # noqa: N802
        self.verbindingen += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, _server, _session, envelope, address, mail_options):  # noqa: N802
        self.afzenders.append(address)
        envelope.mail_from = address
        envelope.mail_options.extend(mail_options)
        return "250 goed"


def test_many_mails_share_a_connection(smtp):
    server = Telt()
    with draaiend(server) as port, Postbode() as postbode:
        smtp(port)
        for nummer in range(5):
            postbode.send(mail(str(nummer)))
    assert [aan for aan, _ in server.ontvangen] == [f"{nummer}@voorbeeld.nl" for nummer in range(5)]
    assert server.verbindingen == 1


def test_after_a_refused_mail_the_next_one_goes(smtp):
    weigert, goed = Weigert("RCPT", "550 onbekend"), Mailserver()
    with draaiend(weigert) as port, draaiend(goed) as ander, Postbode() as postbode:
        smtp(port)
        with pytest.raises(OSError, match="550"):
            postbode.send(mail())
        smtp(ander)
        postbode.send(mail())
    assert len(goed.ontvangen) == 1
    assert not postbode.is_weg, "one address says nothing of the server"


def is_left_alone(postbode: Postbode) -> bool:
    return postbode.rust


def test_a_server_that_is_away_is_left_alone_and_tried_again(smtp, monkeypatch):
    uur = [1000.0]
    monkeypatch.setattr("eloket.notifications.bezorgen.postbode.time.monotonic", lambda: uur[0])
    with draaiend(Mailserver()) as port:
        smtp(port)  # and now it is gone
    postbode = Postbode()
    for nummer in range(MEEST_OP_RIJ):
        assert not is_left_alone(postbode)
        with pytest.raises(OSError):  # noqa: PT011 - refused, reset or timed out
            postbode.send(mail(str(nummer)))
    assert is_left_alone(postbode)
    uur[0] += EERSTE_RUST
    assert not is_left_alone(postbode)
    with pytest.raises(OSError):  # noqa: PT011
        postbode.send(mail())
    uur[0] += EERSTE_RUST
    assert is_left_alone(postbode), "each time it waits longer"
    uur[0] += LANGSTE_RUST
    goed = Mailserver()
    with draaiend(goed) as port:
        smtp(port)
        postbode.send(mail())
        postbode.close()
    assert postbode.mislukt_op_rij == 0
    assert len(goed.ontvangen) == 1


def test_the_envelope_brings_a_bounce_back_to_its_mail(smtp, settings):
    settings.ELOKET = settings.ELOKET.model_copy(update={"mail_retour": "retour@gemeente.example"})
    server = Telt()
    merk = "<3f2b6c1e-5f0a-4c8e-9d55-0123456789ab@testserver>"
    with draaiend(server) as port, Postbode() as postbode:
        smtp(port)
        postbode.send(mail(merk=merk))
        postbode.send(mail(merk="<geen-van-ons@elders>"))
    assert server.afzenders == [
        "retour+3f2b6c1e5f0a4c8e9d550123456789ab@gemeente.example",
        "van@voorbeeld.nl",
    ]
    assert server.ontvangen[0][1]["From"] == "van@voorbeeld.nl"


def test_a_mail_to_nobody_is_an_error_and_not_a_success(smtp):
    with draaiend(Mailserver()) as port, Postbode() as postbode:
        smtp(port)
        with pytest.raises(OSError, match="niets verstuurd"):
            postbode.send(EmailMultiAlternatives("x", "y", "van@voorbeeld.nl", []))
    assert EmailMessage().recipients() == []
