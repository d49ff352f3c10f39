"""One message for the next page, kept in the session."""

from dataclasses import dataclass

from django.http import HttpRequest

_SLEUTEL = "flash"
SOORTEN = frozenset({"ok", "info", "warning", "error"})


@dataclass(frozen=True, slots=True)
class Flash:
    soort: str
    tekst: str


def add_flash(request: HttpRequest, soort: str, tekst: str) -> None:
    """Show `tekst` on the next page. `soort` is ok, info, warning or error; a double click says it once."""
    if soort not in SOORTEN:
        raise ValueError(soort)
    wachtend = request.session.get(_SLEUTEL, [])
    if [soort, tekst] not in wachtend:
        request.session[_SLEUTEL] = [*wachtend, [soort, tekst]]


def take_flashes(request: HttpRequest) -> list[Flash]:
    """The messages for this page, once; they wait on when nobody reads this answer. No write when there are none."""
    if _SLEUTEL not in request.session:
        return []
    if not is_read(request):
        return [Flash(soort, tekst) for soort, tekst in request.session[_SLEUTEL]]
    return [Flash(soort, tekst) for soort, tekst in request.session.pop(_SLEUTEL)]


def is_read(request: HttpRequest) -> bool:
    """Whether a person gets to see the answer: it is not for HEAD, nor for a browser that fetches a page in advance."""
    vooraf = (request.headers.get(naam, "") for naam in ("Sec-Purpose", "Purpose", "X-Moz"))
    return request.method != "HEAD" and not any("prefetch" in waarde for waarde in vooraf)
