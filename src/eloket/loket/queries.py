"""Reads: the products, and the forms that somebody is filling in."""

import logging
from collections.abc import Collection
from functools import cache

from django.db.models import F, Q, QuerySet

from eloket.documenten.types import Controle
from eloket.documenten.vasthouden import list_held
from eloket.identity.hoger import must_be_sure
from eloket.identity.types import Actor
from eloket.kernel.errors import BronOnbereikbaar
from eloket.kernel.klok import vandaag
from eloket.loket.access import eigenaar_key, get_concept_for
from eloket.loket.concepten import houder_of, inzage
from eloket.loket.errors import ProductNietGevonden
from eloket.loket.formulier.basis import Bestand, Omgeving
from eloket.loket.formulier.definitie import Definitie
from eloket.loket.formulier.doorloop import doorloop
from eloket.loket.formulier.samengesteld import BestandVeld
from eloket.loket.lezer import read_producten
from eloket.loket.models import Concept
from eloket.loket.types import ConceptInzage, ConceptRegel, Formulier, Product
from eloket.loket.versies import definitie_of
from eloket.loket.vullen import fetch_omgeving, known_before, wie_of
from eloket.loket.zoeken import search
from eloket.zaken.types import ZaakRef

log = logging.getLogger(__name__)
MEESTE = 50  # concepts in a list


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
    NiveauNodig, BronOnbereikbaar (what is only for reading cannot be fetched now)."""
    return work_out(actor, get_concept_for(actor, concept_id))


def work_out(actor: Actor, concept: ConceptInzage) -> Formulier:
    definitie = definitie_of(concept.formulier, concept.versie)
    must_be_sure(actor, definitie.nodig)
    omgeving = fetch_omgeving(actor, definitie, list_bestanden(concept.id, definitie), vandaag())
    return Formulier(concept, definitie, doorloop(definitie, concept.invoer, omgeving), omgeving)


def work_out_now(actor: Actor, concept: ConceptInzage) -> Formulier:
    """As `work_out`, but a register that does not answer leaves what it said when the form was begun. Only to keep what
    is typed: nothing is sent with it."""
    try:
        return work_out(actor, concept)
    except BronOnbereikbaar as error:
        log.warning("zonder %s: formulier bewaard met wat eerder bekend was", error.bron)
    definitie = definitie_of(concept.formulier, concept.versie)
    bestanden = list_bestanden(concept.id, definitie)
    omgeving = Omgeving(wie_of(actor), vandaag(), bestanden, vast=known_before(definitie, concept.invoer))
    loop = doorloop(definitie, concept.invoer, omgeving)
    return Formulier(concept, definitie, loop, omgeving, is_nagevraagd=False)


def list_bestanden(concept_id: str, definitie: Definitie) -> dict[str, tuple[Bestand, ...]]:
    """The files that stand ready, per field."""
    if not any(isinstance(veld, BestandVeld) for _, veld in definitie.velden()):
        return {}
    per_veld: dict[str, tuple[Bestand, ...]] = {}
    for een in list_held(houder_of(concept_id)):
        bestand = Bestand(
            een.id,
            een.bestand.titel,
            een.bestand.omvang,
            een.bestand.formaat.code,
            een.controle is Controle.BESMET,
        )
        per_veld[een.plek] = (*per_veld.get(een.plek, ()), bestand)
    return per_veld


def list_concepten(actor: Actor) -> tuple[ConceptRegel, ...]:
    """What the actor did not send yet, the last changed first; a check is nothing to send. One query, none for a civil
    servant."""
    if actor.partij is None:
        return ()
    open_ = Concept.objects.filter(eigenaar_key=eigenaar_key(actor), verstuurd_op=None)
    regels = _regels(open_.order_by("-gewijzigd_op", "pk")[:MEESTE])
    return tuple(een for een in regels if not definitie_of(een.formulier, een.versie).is_check)


def list_van_formulier(
    actor: Actor, formulier: str
) -> tuple[tuple[ConceptRegel, ...], tuple[ConceptRegel, ...]]:
    """What the actor has of this form: what was not sent, the last changed first; and what was, the newest first and
    at most five. One query."""
    eigen = Concept.objects.filter(eigenaar_key=eigenaar_key(actor), formulier=formulier)
    eigen = eigen.filter(Q(verstuurd_op=None) | Q(aanvulling_ref=""))
    op_tijd = eigen.order_by(F("verstuurd_op").desc(nulls_first=True), "-gewijzigd_op", "pk")
    regels = _regels(op_tijd[: MEESTE + 5])
    return (
        tuple(een for een in regels if een.verstuurd_op is None),
        tuple(een for een in regels if een.verstuurd_op is not None)[:5],
    )


def find_zaak_of(concept_id: str) -> str:
    """The reference of the zaak that this form answers a request of, or became; "" of what is not sent, and of what is
    not there. One query. For the audit trail: it asks nobody whether they may see it."""
    rijen = Concept.objects.filter(pk=concept_id).values_list("aanvulling_ref", "zaak_ref")
    return next((aanvulling or zaak for aanvulling, zaak in rijen), "")


def list_verstuurd(ref: ZaakRef, profiel_keys: Collection[str]) -> tuple[ConceptInzage, ...]:
    """The forms that these parties sent and that are in this zaak, the first one in front; kept for a year after
    sending. One query. The caller has passed zaken.access."""
    rijen = Concept.objects.filter(
        Q(zaak_ref=str(ref)) | Q(aanvulling_ref=str(ref)),
        profiel_key__in=[key for key in profiel_keys if key],
        verstuurd_op__isnull=False,
    )
    return tuple(inzage(een) for een in rijen.order_by("verstuurd_op", "pk"))


def list_onverstuurd(actor: Actor) -> tuple[ConceptInzage, ...]:
    """All that the actor began for this party and did not send, with what was typed; checks too. One query."""
    rijen = Concept.objects.filter(eigenaar_key=eigenaar_key(actor), verstuurd_op=None)
    return tuple(inzage(een) for een in rijen.order_by("-gewijzigd_op", "pk"))


def _regels(rijen: QuerySet[Concept]) -> tuple[ConceptRegel, ...]:
    velden = (
        "pk", "formulier", "versie", "gewijzigd_op", "verstuurd_op", "zaaknummer", "verlengd_tot", "verlengd_om",
    )  # fmt: skip
    return tuple(
        ConceptRegel(
            id=str(pk),
            formulier=formulier,
            versie=versie,
            titel=definitie_of(formulier, versie).titel,
            gewijzigd_op=gewijzigd_op,
            verstuurd_op=verstuurd_op,
            zaaknummer=zaaknummer,
            verlengd_tot=verlengd_tot,
            verlengd_om=verlengd_om,
        )
        for pk, formulier, versie, gewijzigd_op, verstuurd_op, zaaknummer, verlengd_tot, verlengd_om in (
            rijen.values_list(*velden)
        )
    )
