"""SMTP with an envelope of our own: what comes back can be matched to the mail that it is about.

With `ELOKET_MAIL_RETOUR` the envelope sender is that address with the id of the mail behind a plus (VERP), and a server
that can (RFC 3461) is asked to report delivery, delay and failure with that id. Without it nothing is asked for.
"""

import smtplib
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import EmailMessage, sanitize_address

IN_KEREN = 5  # times EMAIL_TIMEOUT


class GeduldigeSmtp(smtplib.SMTP):
    """Waits longer for the answer to a whole mail than to a word.

    A server may look for viruses before it answers (RFC 5321, 4.5.3.2.6: ten minutes). Whoever hangs up too soon sends
    the mail again, and again.
    """

    def data(self, msg: Any) -> tuple[int, bytes]:
        """As of smtplib."""
        assert self.sock is not None
        geduld = self.sock.gettimeout()
        self.sock.settimeout(geduld and geduld * IN_KEREN)
        try:
            return super().data(msg)
        finally:
            if self.sock is not None:
                self.sock.settimeout(geduld)


class SmtpBackend(EmailBackend):
    """Django's, with an envelope per mail."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """STARTTLS is what the settings offer."""
        return GeduldigeSmtp

    def _send(self, email_message: EmailMessage) -> bool:
        """True when the server took it. Raises smtplib.SMTPException, OSError."""
        ontvangers = [sanitize_address(adres, "utf-8") for adres in email_message.recipients()]
        if not ontvangers:
            return False
        assert self.connection is not None
        self.connection.ehlo_or_helo_if_needed()
        zending_id = zending_of(email_message)
        afzender = envelope_sender(settings.ELOKET.mail_retour, zending_id)
        if not afzender:
            afzender, vraag, per_ontvanger = sanitize_address(email_message.from_email, "utf-8"), [], []
        elif self.connection.has_extn("dsn"):
            vraag = ["RET=HDRS", f"ENVID={zending_id}"]
            per_ontvanger = ["NOTIFY=SUCCESS,FAILURE,DELAY"]
        else:
            vraag, per_ontvanger = [], []
        bericht: Any = email_message.message()  # of Django: its as_bytes takes a linesep
        self.connection.sendmail(afzender, ontvangers, bericht.as_bytes(linesep="\r\n"), vraag, per_ontvanger)
        return True


def zending_of(mail: EmailMessage) -> str:
    """The id in the Message-ID, or "" when it is not one of ours."""
    merk = str(mail.extra_headers.get("Message-ID", "")).strip("<>").partition("@")[0]
    try:
        return str(UUID(merk))
    except ValueError:
        return ""


def envelope_sender(retour: str, zending_id: str) -> str:
    """`retour+<id>@gemeente.example`; "" when there is no return address, or nothing to put in it."""
    naam, at, domein = retour.partition("@")
    return f"{naam}+{zending_id.replace('-', '')}@{domein}" if at and zending_id else ""
