"""A form that answers a request of the municipality: its answers and files go to the zaak that asked for them."""

from dataclasses import dataclass

from django.db.models import QuerySet

from eloket.identity.types import Actor
from eloket.kernel.errors import EloketFout
from eloket.loket.access import eigenaar_key
from eloket.loket.formulier.basis import Wie
from eloket.loket.models import Concept
from eloket.loket.types import ConceptInzage
from eloket.loket.versies import list_gepubliceerd
from eloket.zaken.access import get_zaak_for
from eloket.zaken.errors import TaakAlVervuld, TaakNietGevonden, ZaakIsGesloten, ZaakNietGevonden
from eloket.zaken.queries import list_taken_van_zaak
from eloket.zaken.types import TaakInzage, TaakSoort, Zaak, ZaakRef

INGETROKKEN = (
    "Wij hebben dit formulier niet meer van u nodig. Kijk bij uw zaak hoe het ermee staat. "
    "Wat u heeft ingevuld, is nog niet verstuurd."
)


@dataclass(frozen=True, slots=True)
class TeVragen:
    """(name, title) of the published forms that the initiator of a zaak can fill in, and the names of those that this
    release cannot read: whether those fit is not known."""

    formulieren: tuple[tuple[str, str], ...] = ()
    onleesbaar: tuple[str, ...] = ()


def list_te_vragen(zaak: Zaak) -> TeVragen:
    """What the initiator of this zaak can be asked to fill in. One query."""
    if zaak.initiator is None:
        return TeVragen()
    wie = Wie.ONDERNEMING if zaak.initiator.is_onderneming else Wie.INWONER
    gepubliceerd = list_gepubliceerd()
    passend = (
        (slug, versie.definitie)
        for slug, versie in gepubliceerd.versies.items()
        if wie in versie.definitie.wie and not versie.definitie.is_check
    )
    op_titel = sorted(((slug, een.titel) for slug, een in passend), key=lambda een: een[1].lower())
    return TeVragen(tuple(op_titel), tuple(sorted(gepubliceerd.onleesbaar)))


def get_vraag_for(actor: Actor, ref: ZaakRef, taak_id: str, formulier: str) -> tuple[Zaak, TaakInzage]:
    """The open request for this form, asked of this actor, with its zaak.

    Raises ZaakNietGevonden, ZaakIsGesloten, TaakNietGevonden (withdrawn, or asked of somebody else), TaakAlVervuld.
    """
    zaak = get_zaak_for(actor, ref)
    if actor.partij is None:
        raise TaakNietGevonden
    gevonden = (een for een in list_taken_van_zaak(ref, partij=actor.partij) if een.id == taak_id)
    taak = next((een for een in gevonden if een.soort is TaakSoort.FORMULIER), None)
    if taak is None or taak.formulier != formulier:
        raise TaakNietGevonden
    if taak.vervuld_op is not None:
        raise TaakAlVervuld
    if not zaak.is_open:
        raise ZaakIsGesloten
    return zaak, taak


def waarom_niet_meer(actor: Actor, concept: ConceptInzage) -> str:
    """'' when the request that this concept answers still stands, or when it answers none; else why not, in words.

    Raises BronOnbereikbaar.
    """
    if concept.aanvulling is None:
        return ""
    ref, taak_id = concept.aanvulling
    try:
        get_vraag_for(actor, ref, taak_id, concept.formulier)
    except (TaakNietGevonden, ZaakNietGevonden, TaakAlVervuld, ZaakIsGesloten) as error:
        return reden_van(error)
    return ""


def reden_van(error: EloketFout) -> str:
    """Why a form cannot be added to its zaak any more, in words."""
    if isinstance(error, TaakNietGevonden | ZaakNietGevonden):
        return INGETROKKEN
    return error.tekst


def earlier_answer(actor: Actor, taak: TaakInzage) -> str:
    """The id of what the actor sent for the request that this one asks again; '' when there is none."""
    if not taak.vervolg_van:
        return ""
    eerder: QuerySet[Concept] = Concept.objects.filter(
        eigenaar_key=eigenaar_key(actor), aanvulling_taak=taak.vervolg_van, verstuurd_op__isnull=False
    )
    return str(eerder.values_list("pk", flat=True).first() or "")
