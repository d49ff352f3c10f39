"""The paths of these pages, as text. tests/web/test_loket.py holds them to the URL table."""

from eloket.loket.types import ConceptInzage
from eloket.portal.paden import LOKET


def product(slug: str) -> str:
    return f"{LOKET}{slug}/"


def melden(slug: str) -> str:
    return f"{product(slug)}melden/"


def aanpassen(concept: ConceptInzage) -> str:
    return f"{melden(concept.product)}{concept.id}/"


def controleren(concept: ConceptInzage) -> str:
    return f"{aanpassen(concept)}controleren/"


def verstuurd(concept: ConceptInzage) -> str:
    return f"{aanpassen(concept)}verstuurd/"
