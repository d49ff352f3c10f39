"""What a failure to send means: for this mail, for its address, or for the whole server (RFC 5321)."""

import smtplib

from eloket.notifications.retour import codes

_SLUIT = 421  # the server closes the connection
# Transient, and about the server rather than the mail, once it has the text: 421 closes, 45x and 454 cannot now.
_SERVER_CODES = {_SLUIT, 450, 451, 452, 454}


def is_permanent(error: Exception) -> bool:
    """Whether trying again is useless: the server refuses this recipient or this mail for good (RFC 5321, 5yz).

    A refused sender or login is our own configuration: that gets mended, and the mail must still go.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return bool(error.recipients) and all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500


def is_about_address(error: Exception) -> bool:
    """Whether the refusal was of the recipient, and not of what the mail says or of us as the sender: a server that has
    us on a block list refuses every recipient (5.7), and that kills no address."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    antwoorden = [f"{code} {tekst.decode('ascii', 'replace')}" for code, tekst in error.recipients.values()]
    return bool(antwoorden) and all(codes.is_about_address(codes.status_of_reply(een)) for een in antwoorden)


def is_about_server(error: Exception) -> bool:
    """Whether any other mail would fail now as well. A refused recipient says nothing of the others, unless the server
    closes with it (421): that it may say to any command (RFC 5321, 3.8)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return any(code == _SLUIT for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code in _SERVER_CODES
    return isinstance(error, OSError)  # the socket, and every other error of smtplib


def is_ours(error: Exception) -> bool:
    """Whether the mail could not even be made: a row that cannot be read, or a text with a fault."""
    return not isinstance(error, OSError)


def describe(error: Exception) -> str:
    """The class and the SMTP code. Never the text: servers put addresses in it."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = sorted({code for code, _ in error.recipients.values()})
        return " ".join([type(error).__name__, *map(str, codes)])[:80]
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{type(error).__name__} {error.smtp_code}"[:80]
    return type(error).__name__[:80]
