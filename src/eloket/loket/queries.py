"""Reads: the products, and the forms that somebody is filling in."""

from dataclasses import replace
from functools import cache

from eloket.documenten.vasthouden import list_held
from eloket.identity.types import Actor
from eloket.kernel.klok import vandaag
from eloket.loket.access import eigenaar_key, get_concept_for
from eloket.loket.concepten import houder_of, inzage
from eloket.loket.errors import ProductNietGevonden
from eloket.loket.formulier.basis import Bestand
from eloket.loket.formulier.definitie import Definitie
from eloket.loket.formulier.doorloop import doorloop
from eloket.loket.formulier.samengesteld import BestandVeld
from eloket.loket.lezer import read_producten
from eloket.loket.models import Concept
from eloket.loket.types import ConceptInzage, Formulier, Product
from eloket.loket.versies import definitie_of
from eloket.loket.vullen import fetch_omgeving
from eloket.loket.zoeken import search

MEESTE = 20  # concepts in a list


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


def find_product_of(formulier: str) -> Product | None:
    """The product that is done with this form."""
    return next((een for een in list_producten() if een.inhoud.formulier == formulier), None)


def search_producten(zoek: str) -> tuple[Product, ...]:
    """What somebody looks for, also with typing errors (zoeken.search); every product when `zoek` is empty."""
    return search(list_producten(), zoek)


def get_formulier_for(actor: Actor, concept_id: str) -> Formulier:
    """The concept with its form worked out. Two queries, one when no file can be added. Raises ConceptNietGevonden,
    BronOnbereikbaar (what is only for reading cannot be fetched now)."""
    return work_out(actor, get_concept_for(actor, concept_id))


def work_out(actor: Actor, concept: ConceptInzage) -> Formulier:
    definitie = definitie_of(concept.formulier, concept.versie)
    omgeving = fetch_omgeving(actor, definitie, list_bestanden(concept.id, definitie), vandaag())
    return Formulier(concept, definitie, doorloop(definitie, concept.invoer, omgeving), omgeving)


def list_bestanden(concept_id: str, definitie: Definitie) -> dict[str, tuple[Bestand, ...]]:
    """The files that stand ready, per field."""
    if not any(isinstance(veld, BestandVeld) for _, veld in definitie.velden()):
        return {}
    per_veld: dict[str, tuple[Bestand, ...]] = {}
    for een in list_held(houder_of(concept_id)):
        bestand = Bestand(een.id, een.bestand.titel, een.bestand.omvang, een.bestand.formaat.code)
        per_veld[een.plek] = (*per_veld.get(een.plek, ()), bestand)
    return per_veld


def list_concepten(actor: Actor, formulier: str = "") -> tuple[ConceptInzage, ...]:
    """What the actor did not send yet, the last changed first; of one form, or of all. One query."""
    eigen = Concept.objects.filter(eigenaar_key=eigenaar_key(actor), verstuurd_op=None)
    if formulier:
        eigen = eigen.filter(formulier=formulier)
    return tuple(map(_with_title, eigen.order_by("-gewijzigd_op", "pk")[:MEESTE]))


def list_verstuurd(actor: Actor, formulier: str) -> tuple[ConceptInzage, ...]:
    """What the actor sent before with this form and is still kept, the newest first. One query."""
    eigen = Concept.objects.filter(
        eigenaar_key=eigenaar_key(actor), formulier=formulier, verstuurd_op__isnull=False, aanvulling_ref=""
    )
    return tuple(map(_with_title, eigen.order_by("-verstuurd_op")[:5]))


def _with_title(rij: Concept) -> ConceptInzage:
    waarde = inzage(rij)
    return replace(waarde, titel=definitie_of(waarde.formulier, waarde.versie).titel)
