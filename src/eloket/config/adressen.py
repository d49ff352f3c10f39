"""Addresses in the settings that hold a password: taken apart here first, so that nothing later trips over them.

A `/`, `#`, `?` or `@` that stands in a name or password as it is, ends it there: what is left of the password is then
taken for a port or a path, and comes into the text of an error. What is wrong is told without the value.
"""

import re
from urllib.parse import unquote, urlsplit

_NAAM = r"[^:@/?#\s]*"
_HOST = r"([\w.%-]+|\[[0-9a-f:.]+\])"
# Who logs in where: nothing that would end it too early can stand in it.
_WIE = rf"({_NAAM}(:[^@/?#\s]*)?@)?"
_SMTP = re.compile(rf"smtp://{_WIE}{_HOST}(:\d{{1,5}})?/?(\?[\w=&.-]*)?", re.ASCII | re.IGNORECASE)
_DATABASE = re.compile(
    rf"(postgres|postgresql|pgsql)://{_WIE}{_HOST}?(:\d{{1,5}})?/[^@/?#\s]*(\?[^@#\s]*)?",
    re.ASCII | re.IGNORECASE,
)
_ANDERS = "schrijf in een naam of wachtwoord / als %2F, # als %23, ? als %3F en @ als %40"


def check_smtp(value: str) -> str:
    """Raises ValueError."""
    if value and not (_SMTP.fullmatch(value) and _has_port(value)):
        raise ValueError(f"geef smtp://gebruiker:wachtwoord@host:587?tls=1; {_ANDERS}")
    return value


def check_database(value: str) -> str:
    """PostgreSQL, or SQLite by the path of its file. Raises ValueError."""
    if value and not value.startswith("sqlite://") and not (_DATABASE.fullmatch(value) and _has_port(value)):
        raise ValueError(f"geef postgres://gebruiker:wachtwoord@host/naam; {_ANDERS}")
    return value


def check_mailbox(value: str, *, zonder_tls: bool) -> str:
    """`zonder_tls`: without TLS on this machine too, to try it; a password goes over it. Raises ValueError."""
    begin = r"imaps://" + (r"|imap://(?=[^@/]*@(127\.0\.0\.1|localhost)[:/])" if zonder_tls else "")
    vorm = rf"({begin})[^:@/?#\s]+:[^:@/?#\s]+@[\w.-]+(:\d{{1,5}})?/[^/?#\s\"\\]+"
    if value and not (re.fullmatch(vorm, value, re.ASCII) and unquote(value).isascii() and _has_port(value)):
        raise ValueError(f"geef imaps://gebruiker:wachtwoord@host/INBOX; {_ANDERS} en : als %3A")
    return value


def _has_port(value: str) -> bool:
    """Whether its port is one, or there is none."""
    try:
        return urlsplit(value).port != 0
    except ValueError:
        return False
