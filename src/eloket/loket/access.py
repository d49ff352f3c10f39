"""The one door to a concept: it is for who made it, acting for the same party; or for this browser without login."""

import uuid

from django.db.models import QuerySet

from eloket.identity.types import Actor, Soort
from eloket.kernel.crypto import vault
from eloket.loket.concepten import inzage
from eloket.loket.errors import ConceptNietGevonden
from eloket.loket.models import Concept
from eloket.loket.types import ConceptInzage


def eigenaar_key(actor: Actor) -> str:
    """Whose a concept is. The party alone is not enough: a colleague does not see what was not sent.

    Raises ConceptNietGevonden for a civil servant, who has no concepts.
    """
    if actor.soort is Soort.ANONIEM:
        return vault().keyed_hash("concept-anoniem", actor.key)
    if actor.partij is None:
        raise ConceptNietGevonden
    return vault().keyed_hash("concept", f"{actor.key}:{actor.partij.key}:{actor.partij.vestiging_key}")


def concepten_van(actor: Actor, concept_id: str) -> QuerySet[Concept]:
    """The one concept with this id, if it is the actor's. Raises ConceptNietGevonden for what is not an id."""
    try:
        sleutel = uuid.UUID(concept_id)
    except ValueError as error:
        raise ConceptNietGevonden from error
    return Concept.objects.filter(pk=sleutel, eigenaar_key=eigenaar_key(actor))


def get_concept_for(actor: Actor, concept_id: str) -> ConceptInzage:
    """Raises ConceptNietGevonden."""
    # At most one: without the order that first() wants.
    rij = next(iter(concepten_van(actor, concept_id)), None)
    if rij is None:
        raise ConceptNietGevonden
    return inzage(rij)


def lock_concept_for(actor: Actor, concept_id: str) -> Concept:
    """The row, locked until the transaction ends. Raises ConceptNietGevonden."""
    rij = concepten_van(actor, concept_id).select_for_update().first()
    if rij is None:
        raise ConceptNietGevonden
    return rij
