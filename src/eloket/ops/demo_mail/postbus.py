"""The folder that notifications.bezorgen.demo_mail writes, as plain values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_binary_file, policy
from email.message import EmailMessage
from pathlib import Path

from eloket.kernel.errors import NietGevonden

_NAAM = re.compile(r"(\d{8}T\d{12})-[0-9a-f]{12}\.eml")
_LINK = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail. `naam` is that of its file, `moment` is when it was written (aware, UTC)."""

    naam: str
    moment: datetime
    aan: str = field(repr=False)
    onderwerp: str
    tekst: str = field(repr=False)
    html: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Stuk:
    """A piece of a line: text, or a link when `href` is set."""

    tekst: str
    href: str = ""


def list_mails(folder: Path, limit: int) -> tuple[Mail, ...]:
    """The newest mails first; none when nothing was ever sent. Raises OSError when the folder cannot be read."""
    if not folder.exists():
        return ()
    namen = sorted((pad.name for pad in folder.iterdir() if _NAAM.fullmatch(pad.name)), reverse=True)
    return tuple(get_mail(folder, naam) for naam in namen[:limit])


def get_mail(folder: Path, naam: str) -> Mail:
    """Raises NietGevonden, also for a name that we never give."""
    passend = _NAAM.fullmatch(naam)
    if passend is None:
        raise NietGevonden
    try:
        with (folder / naam).open("rb") as bestand:
            bericht = message_from_binary_file(bestand, policy=policy.default)
    except FileNotFoundError:
        raise NietGevonden from None
    return Mail(
        naam=naam,
        moment=datetime.strptime(passend[1], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC),
        aan=str(bericht["To"] or ""),
        onderwerp=str(bericht["Subject"] or ""),
        tekst=_deel(bericht, "plain"),
        html=_deel(bericht, "html"),
    )


def _deel(bericht: EmailMessage, soort: str) -> str:
    deel = bericht.get_body(preferencelist=(soort,))
    return str(deel.get_content()) if deel is not None else ""


def split_links(tekst: str) -> tuple[tuple[Stuk, ...], ...]:
    """The lines of a text, each in pieces, so that a template can make links without trusting the text."""
    return tuple(tuple(_stukken(regel)) for regel in tekst.strip().splitlines())


def _stukken(regel: str) -> Iterator[Stuk]:
    vanaf = 0
    for link in _LINK.finditer(regel):
        if link.start() > vanaf:
            yield Stuk(regel[vanaf : link.start()])
        yield Stuk(link[0], href=link[0])
        vanaf = link.end()
    if vanaf < len(regel):
        yield Stuk(regel[vanaf:])
