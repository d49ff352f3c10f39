"""Moments in SAML messages: UTC, as XML Schema writes them (SAML core 1.3.3)."""

import re
from datetime import UTC, datetime, timedelta

from eloket.identity.errors import LoginMislukt
from eloket.identity.saml.xml import Element

SPELING = timedelta(seconds=60)  # that two clocks may differ, as for OpenID Connect
_VORM = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z", re.ASCII)


def moment(tekst: str) -> datetime:
    """Raises ValueError for anything but a moment in UTC."""
    if not _VORM.fullmatch(tekst):
        raise ValueError("tijdstip")
    return datetime.strptime(tekst[:19], "%Y-%m-%dT%H:%M:%S").replace(tzinfo=UTC)


def read_moment(element: Element, naam: str) -> datetime:
    """A moment that must be there. Raises LoginMislukt."""
    try:
        return moment(element.get(naam) or "")
    except ValueError as error:
        raise LoginMislukt(f"tijd-{naam.lower()}") from error


def maybe_moment(element: Element, naam: str) -> datetime | None:
    """The same; None when it is not there."""
    return read_moment(element, naam) if element.get(naam) is not None else None


def write(tijdstip: datetime) -> str:
    return tijdstip.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
