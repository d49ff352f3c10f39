"""Reads: the products, and the concept that somebody still has."""

from functools import cache

from eloket.identity.types import Actor
from eloket.kernel.tekst import normalise
from eloket.loket.access import eigenaar_key
from eloket.loket.concepten import inzage
from eloket.loket.errors import ProductNietGevonden
from eloket.loket.lezer import read_producten
from eloket.loket.models import Concept
from eloket.loket.types import ConceptInzage, Product


@cache
def list_producten() -> tuple[Product, ...]:
    """Every product, by title; read once per process. Raises ProductenOngeldig."""
    return read_producten()


def get_product(slug: str) -> Product:
    """Raises ProductNietGevonden."""
    for product in list_producten():
        if product.slug == slug:
            return product
    raise ProductNietGevonden


def search_producten(zoek: str) -> tuple[Product, ...]:
    """The products that hold every word of `zoek` (also as part of a word); all of them when it is empty."""
    woorden = normalise(zoek).split()
    return tuple(p for p in list_producten() if all(woord in p.zoektekst for woord in woorden))


def find_open_concept(actor: Actor, product: str) -> ConceptInzage | None:
    """The newest concept of this product that the actor has not sent, or None."""
    eigen = Concept.objects.filter(eigenaar_key=eigenaar_key(actor), product=product, zaak_ref="")
    rij = eigen.order_by("-gewijzigd_op").first()
    return inzage(rij) if rij else None
