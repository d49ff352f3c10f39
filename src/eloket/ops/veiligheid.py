"""Where somebody who finds a leak tells us (RFC 9116). Governments must have this file (Forum Standaardisatie)."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from eloket.kernel import klok
from eloket.kernel.errors import NietGevonden

# RFC 9116, 2.5.5: less than a year, so that nobody trusts what nobody looks after.
GELDIG = timedelta(days=180)


@require_safe
def security_txt(_request: HttpRequest) -> HttpResponse:
    """Raises NietGevonden when no contact is set: a file without one is not valid."""
    contact = settings.ELOKET.security_contact
    if not contact:
        raise NietGevonden
    tot = datetime.combine((klok.nu() + GELDIG).astimezone(UTC).date(), time.min, UTC)
    velden = {
        "Contact": contact if contact.startswith("https://") else f"mailto:{contact}",
        "Expires": tot.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Preferred-Languages": "nl, en",
        "Canonical": f"{settings.ELOKET.base_url.rstrip('/')}/.well-known/security.txt",
    }
    regels = "".join(f"{veld}: {waarde}\n" for veld, waarde in velden.items())
    return HttpResponse(regels, content_type="text/plain; charset=utf-8")
