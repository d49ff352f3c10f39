"""One message for the next page, kept in the session."""

from dataclasses import dataclass

from django.http import HttpRequest

_SLEUTEL = "flash"
SOORTEN = frozenset({"ok", "info", "warning", "error"})


@dataclass(frozen=True, slots=True)
class Flash:
    """`bewijs` is a second sentence, with a link to our own page `href` in the words `linktekst`; all "" without."""

    soort: str
    tekst: str
    bewijs: str = ""
    linktekst: str = ""
    href: str = ""


def add_flash(
    request: HttpRequest, soort: str, tekst: str, *, bewijs: str = "", linktekst: str = "", href: str = ""
) -> None:
    """Show `tekst` on the next page, and below it `bewijs` with its link. `soort` is ok, info, warning or error; a
    double click says it once. Raises ValueError for another kind, and for a link that leads out of the house.
    """
    if soort not in SOORTEN:
        raise ValueError(soort)
    if href and (not href.startswith("/") or href.startswith(("//", "/\\"))):
        raise ValueError("een melding linkt alleen naar onze eigen paginas")
    nieuw = [soort, tekst, bewijs, linktekst, href] if bewijs else [soort, tekst]
    wachtend = request.session.get(_SLEUTEL, [])
    if nieuw not in wachtend:
        request.session[_SLEUTEL] = [*wachtend, nieuw]


def take_flashes(request: HttpRequest) -> list[Flash]:
    """The messages for this page, once; they wait on when nobody reads this answer. No write when there are none."""
    if _SLEUTEL not in request.session:
        return []
    if not is_read(request):
        return [Flash(*delen) for delen in request.session[_SLEUTEL]]
    return [Flash(*delen) for delen in request.session.pop(_SLEUTEL)]


def is_read(request: HttpRequest) -> bool:
    """Whether a person gets to see the answer: it is not for HEAD, nor for a browser that fetches a page in advance."""
    vooraf = (request.headers.get(naam, "") for naam in ("Sec-Purpose", "Purpose", "X-Moz"))
    return request.method != "HEAD" and not any("prefetch" in waarde for waarde in vooraf)
