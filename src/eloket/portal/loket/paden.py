"""The paths of the E-loket. Every page of a form has two: after logging in, and without."""

from urllib.parse import urlencode

from eloket.portal.paden import LOKET
from eloket.zaken.types import ZaakRef

AANVRAGEN = f"{LOKET}aanvragen/"
ZONDER = f"{LOKET}zonder-inloggen/"
VOLGEN = f"{LOKET}volgen/"
AVG = "avg-verzoek"  # the product, and its form, with which somebody asks to put their data right
CHECK = "check"  # the parameter that carries the answers of a check along
OVER = "over"  # the parameter with the zaak that a form is about
ZAAK, TAAK = "zaak", "taak"  # the parameters that say which request of the municipality a form answers


def product(slug: str) -> str:
    return f"{LOKET}{slug}/"


def start(formulier: str, *, is_anoniem: bool = False, check: str = "") -> str:
    """The page that begins a form."""
    pad = f"{ZONDER if is_anoniem else AANVRAGEN}{formulier}/"
    return f"{pad}?{urlencode({CHECK: check})}" if check else pad


def over_zaak(formulier: str, ref: ZaakRef) -> str:
    """The page that begins the form, about this zaak."""
    return f"{start(formulier)}?{urlencode({OVER: str(ref)})}"


def vraag(ref: ZaakRef, taak_id: str, formulier: str) -> str:
    """The page that begins the form with which this request is answered."""
    return f"{start(formulier)}?{urlencode({ZAAK: str(ref), TAAK: taak_id})}"


def concept(formulier: str, concept_id: str, *, is_anoniem: bool) -> str:
    """Where a form goes on: its first step that is not done."""
    return f"{start(formulier, is_anoniem=is_anoniem)}{concept_id}/"


def stap(basis: str, stap_id: str) -> str:
    """A step; `basis` is `concept(...)`."""
    return f"{basis}stap/{stap_id}/"


def controleren(basis: str) -> str:
    return f"{basis}controleren/"


def verstuurd(basis: str) -> str:
    return f"{basis}verstuurd/"


def pdf(basis: str) -> str:
    return f"{basis}pdf/"


def stoppen(basis: str) -> str:
    return f"{basis}stoppen/"
