"""The one door to a zaak, its documents and its taken: everything is fetched here, for an actor.

No access and not existing look the same: ZaakNietGevonden or DocumentNietGevonden, both a 404. They cost the same too:
nothing of what is not for somebody is read before that is known, so that the time of an answer tells nothing either
(tests/security/test_onbekend_of_verboden.py).

Who comes by an authorisation of another resident (`act_for`) is that other here, for one request. That it still holds
is asked at each door; who may only look passes those that say `is_reading`, and finds nothing behind the others.
"""

import sys
import uuid
from collections.abc import Collection, Iterable

from eloket.documenten import queries as documenten
from eloket.documenten.types import DocumentInzage
from eloket.identity.hoger import must_be_sure
from eloket.identity.niveaus import is_sure_enough
from eloket.identity.types import Actor, Partij
from eloket.machtigingen.access import list_actors, must_hold
from eloket.machtigingen.errors import MachtigingNietGevonden
from eloket.zaken.betrokkenen import is_van
from eloket.zaken.bronnen import alle, bron_voor
from eloket.zaken.errors import MachtigingTeLaag, ZaakNietGevonden
from eloket.zaken.inkijk import is_looking
from eloket.zaken.ports import ZaakBron
from eloket.zaken.types import Betrokkene, VoorWie, Zaak, ZaakRef

_VAN_NIEMAND = str(uuid.UUID(int=0))  # the id of no zaak in any source


def act_for(actor: Actor, ref: ZaakRef) -> Actor:
    """As whom this person comes to the zaak: as themselves, or for who authorised them when they have no part in it of
    their own. For one request only. A zaak that is not there, or not for them, is found out at the door.

    One query; one more call of the source for who was authorised. Raises ZaakNietGevonden, BronOnbereikbaar.
    """
    anderen = list_actors(actor, str(ref))
    if not anderen:
        return actor
    wie = (actor, *anderen)
    zaak = bron_voor(ref.bron).get_zaak(ref.id, lambda voor: any(_is_voor(een, voor) for een in wie))
    if may_see(actor, zaak):
        return actor
    gevonden = [ander for ander in anderen if may_see(ander, zaak)]
    return next((ander for ander in gevonden if _is_given(ander, zaak)), gevonden[0])


def get_zaak_for(actor: Actor, ref: ZaakRef, *, is_reading: bool = False) -> Zaak:
    """The zaak, if the actor's party has a role in it, or the actor works for its afdeling, may see its zaaktype, and
    is one of the few that a need-to-know zaak is for, or looks at it by noodtoegang now. `is_reading`: nothing is going
    to change, so that an authorisation to look is enough.

    Raises ZaakNietGevonden, BronOnbereikbaar, and for who may see it NiveauNodig (logged in at too low a level) and
    MachtigingTeLaag (authorised at one).
    """
    _must_hold(actor, is_reading=is_reading)
    zaak = bron_voor(ref.bron).get_zaak(
        ref.id, lambda voor: _is_voor(actor, voor) or is_looking(actor, voor.ref)
    )
    if not _is_given(actor, zaak):
        raise MachtigingTeLaag
    must_be_sure(actor, zaak.zekerheid)
    return zaak


def must_have_rol(actor: Actor, refs: Collection[ZaakRef]) -> None:
    """The actor's own party has a part in each of these zaken now: of many at once, for what was read of them before.
    Not for who is somebody else by an authorisation (`act_for`). One query for each source.

    Raises ZaakNietGevonden, BronOnbereikbaar.
    """
    if actor.partij is None or actor.mandaat is not None:
        raise ZaakNietGevonden
    key = actor.partij.profiel_key
    for naam in {ref.bron for ref in refs}:
        rollen = bron_voor(naam).list_rollen(key, limit=sys.maxsize)
        if {ref for ref in refs if ref.bron == naam} - {ref for ref, _ in rollen}:
            raise ZaakNietGevonden


def _is_given(actor: Actor, zaak: Zaak) -> bool:
    """Whether who authorised them was logged in at the level of this zaak then. Otherwise whoever has the lower login
    of somebody would authorise themselves.
    """
    return actor.mandaat is None or is_sure_enough(actor.mandaat.zekerheid, zaak.zekerheid)


def _must_hold(actor: Actor, *, is_reading: bool) -> None:
    if actor.mandaat is None:
        return
    try:
        must_hold(actor)
    except MachtigingNietGevonden as error:
        raise ZaakNietGevonden from error
    if not (is_reading or actor.mandaat.may_handelen):
        raise ZaakNietGevonden


def get_followed_zaak(ref: ZaakRef) -> Zaak:
    """A zaak without initiator, for who has the code of its report (loket.versturen checks that). Raises
    ZaakNietGevonden for any other zaak, BronOnbereikbaar.
    """
    zaak = bron_voor(ref.bron).get_zaak(ref.id)
    if zaak.initiator is not None:
        raise ZaakNietGevonden
    return zaak


def get_partij(ref: ZaakRef, profiel_key: str) -> Partij:
    """Who this key of a betrokkene stands for: only to write them a letter, and never for a page. Raises
    ZaakNietGevonden, BetrokkeneNietGevonden, BronOnbereikbaar.
    """
    return bron_voor(ref.bron).get_partij(ref.id, profiel_key)


def lock_zaak(ref: ZaakRef) -> None:
    """Hold the zaak until the transaction ends: closing it and adding to it wait for each other. Tells nothing about
    it, not even whether it exists.
    """
    bron_voor(ref.bron).lock(ref.id)


def lock_zaken(refs: Iterable[ZaakRef]) -> None:
    """As `lock_zaak`, each of these, in the one order in which everybody holds several: so nobody waits for who waits
    for them (docs/architecture.md, "In which order rows are held")."""
    for ref in sorted(set(refs), key=str):
        lock_zaak(ref)


def find_ref(identificatie: str) -> ZaakRef:
    """Which zaak has this zaaknummer, whoever it is for: only to search the audit trail, and for noodtoegang, which
    decides by itself. Never to show the zaak.

    Raises ZaakNietGevonden, BronOnbereikbaar.
    """
    for bron in alle():
        try:
            return bron.find_zaak(identificatie)
        except ZaakNietGevonden:
            continue
    raise ZaakNietGevonden


def list_rollen(profiel_key: str, *, limit: int) -> tuple[tuple[ZaakRef, str], ...]:
    """In which zaken of all sources this party or branch has a role (ports.ZaakBron.list_rollen), whoever they are for:
    only to search the audit trail. Of each source at most `limit`, its newest zaak first; one source after the other.

    Raises BronOnbereikbaar when any source does not answer: half of who looked is no answer.
    """
    return tuple(rol for bron in alle() for rol in bron.list_rollen(profiel_key, limit=limit))


def get_aanvrager(ref: ZaakRef) -> Betrokkene | None:
    """Who started the zaak, whoever it is for: only to search the audit trail, by their key. None for a report of
    somebody who did not log in. The source reads the whole zaak for it.

    Raises ZaakNietGevonden, BronOnbereikbaar.
    """
    return bron_voor(ref.bron).get_zaak(ref.id).initiator


def find_zaak_for(actor: Actor, identificatie: str) -> Zaak:
    """The zaak with this zaaknummer, if it is for this actor. Raises ZaakNietGevonden, BronOnbereikbaar."""
    for bron in alle():
        try:
            return get_zaak_for(actor, _find(bron, identificatie))
        except ZaakNietGevonden:
            continue
    raise ZaakNietGevonden


def _find(bron: ZaakBron, identificatie: str) -> ZaakRef:
    try:
        return bron.find_zaak(identificatie)
    except ZaakNietGevonden:
        return ZaakRef(bron.naam, _VAN_NIEMAND)


def ref_of_nobody() -> ZaakRef:
    """What to ask for when there is nothing to ask for, so that it takes as long as what is not for somebody."""
    return ZaakRef(alle()[0].naam, _VAN_NIEMAND)


def may_see(actor: Actor, zaak: Zaak) -> bool:
    """Whether the zaak is for this actor. Of an authorisation: whether it is about this zaak, not whether it holds."""
    return _is_voor(actor, zaak.voor_wie)


def _is_voor(actor: Actor, voor: VoorWie) -> bool:
    if actor.is_medewerker:
        return (
            voor.afdeling in actor.afdelingen
            and (not actor.zaaktypen or voor.zaaktype in actor.zaaktypen)
            and (voor.toegang is None or actor.medewerker_id in voor.toegang)
        )
    if actor.mandaat is not None and actor.mandaat.zaak_ref not in {"", str(voor.ref)}:
        return False
    return actor.partij is not None and any(is_van(actor.partij, *rol) for rol in voor.rollen)


def get_document_for(
    actor: Actor, ref: ZaakRef, document_id: str, *, is_reading: bool = False
) -> tuple[Zaak, DocumentInzage]:
    """A document of this zaak; who is no civil servant gets what the applicant sees of it. Of the municipality that is
    the last version: an earlier one may have been the letter of somebody else.

    Raises ZaakNietGevonden, DocumentNietGevonden, BronOnbereikbaar.
    """
    zaak = get_zaak_for(actor, ref, is_reading=is_reading)
    return zaak, documenten.get_document(
        document_id, zaak_ref=str(zaak.ref), is_voor_aanvrager=not actor.is_medewerker
    )
