"""Where a request ends is never in doubt: otherwise one server sees one request where another sees two (smuggling)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_OMVANG = (
    "Dit verzoek zegt niet duidelijk hoe lang het is (Transfer-Encoding). Er is niets verwerkt. "
    "Stuur het opnieuw, met alleen Content-Length.\n"
)
_HOST = "In dit verzoek staat niet voor welke website het is (Host). Er is niets verwerkt.\n"


def find_doubt(environ: "WSGIEnvironment") -> str:
    """Why this request is refused, for who wrote the program that sent it; "" when it is not.

    - Transfer-Encoding: the web server leaves Content-Length out when both are there, whichever came first (RFC 9112,
      6.1 and 6.3), so it cannot be told from Transfer-Encoding alone. That one is no loss: Django reads a body by its
      Content-Length, and would take what came in chunks for nothing. Browsers and nginx do not send it.
    - HTTP/1.1 without Host (RFC 9112, 3.2).
    """
    if "HTTP_TRANSFER_ENCODING" in environ:
        return _OMVANG
    if environ.get("SERVER_PROTOCOL") == "HTTP/1.1" and not environ.get("HTTP_HOST"):
        return _HOST
    return ""


def refuse(start_response: "StartResponse", tekst: str) -> Iterable[bytes]:
    """400, and the connection ends: nothing that came behind it is taken for a next request."""
    inhoud = tekst.encode()
    start_response(
        "400 Bad Request",
        [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(inhoud))),
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "no-store"),
            ("Connection", "close"),
        ],
    )
    return [inhoud]
