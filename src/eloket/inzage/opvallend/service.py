"""What a privacy officer does with the signals: read them, and say that one was looked into. Both are noted.

Nobody finds a signal about themselves, in this list or in the log: also not an officer, who can so never close it.
"""

import uuid
from collections.abc import Iterable

from django.db import transaction

from eloket.audit import service as audit
from eloket.audit.service import LOGBOEK
from eloket.identity.access import MedewerkerInfo, medewerkers_per_key
from eloket.identity.types import Actor
from eloket.inzage.errors import SignaalAlGezien, SignaalnotitieOngeldig
from eloket.inzage.models import Signaal
from eloket.inzage.opvallend.types import Maat, Reden, SignaalInzage, ref_of
from eloket.inzage.toezicht import must_inspect
from eloket.kernel.errors import NietGevonden
from eloket.kernel.klok import nu

MEESTE_OPEN, MEESTE_GEZIEN = 100, 20
LANGSTE_NOTITIE = 2_000
_WEG = "Medewerker die er niet meer is"


def list_signalen(actor: Actor) -> tuple[tuple[SignaalInzage, ...], tuple[SignaalInzage, ...]]:
    """Those that nobody looked into, the oldest first, and those that were looked into last. Four queries and the line
    that says who looked. Raises NietGevonden.
    """
    must_inspect(actor)
    anderen = Signaal.objects.exclude(medewerker_key=actor.key)
    open_ = list(anderen.filter(gezien_op=None).order_by("dag", "gemaakt", "pk")[:MEESTE_OPEN])
    gezien = list(anderen.exclude(gezien_op=None).order_by("-gezien_op", "pk")[:MEESTE_GEZIEN])
    audit.record(
        actor_soort=actor.soort,
        actor_key=actor.key,
        actie="opvallend.bekeken",
        object_ref=LOGBOEK,
        open=len(open_),
    )
    return _to_inzage(open_), _to_inzage(gezien)


def mark_gezien(actor: Actor, signaal_id: str, *, notitie: str) -> None:
    """This was looked into, and what came of it. Sent twice with the same text it counts once.

    Raises NietGevonden (also for a signal about the actor), SignaalnotitieOngeldig, SignaalAlGezien.
    """
    must_inspect(actor)
    tekst = notitie.replace("\x00", "").strip()
    with transaction.atomic():
        rij = _locked(actor, signaal_id)
        if rij.gezien_op is not None:
            if rij.gezien_door == actor.key and rij.notitie == tekst:
                return
            raise SignaalAlGezien
        if not tekst:
            raise SignaalnotitieOngeldig(
                "Vul in wat u heeft gevonden. Bijvoorbeeld: viel in voor een collega."
            )
        if len(tekst) > LANGSTE_NOTITIE:
            raise SignaalnotitieOngeldig(f"Uw notitie is te lang. Gebruik hooguit {LANGSTE_NOTITIE} tekens.")
        rij.gezien_op, rij.gezien_door, rij.notitie = nu(), actor.key, tekst
        rij.save(update_fields=["gezien_op", "gezien_door", "notitie"])
        audit.record(
            actor_soort=actor.soort,
            actor_key=actor.key,
            actie="opvallend.gezien",
            object_ref=ref_of(rij.medewerker_key),
        )


def _locked(actor: Actor, signaal_id: str) -> Signaal:
    try:
        pk = uuid.UUID(signaal_id)
    except ValueError:
        raise NietGevonden from None
    rij = Signaal.objects.select_for_update().exclude(medewerker_key=actor.key).filter(pk=pk).first()
    if rij is None:
        raise NietGevonden
    return rij


def _to_inzage(rijen: Iterable[Signaal]) -> tuple[SignaalInzage, ...]:
    rijen = tuple(rijen)
    bekend = medewerkers_per_key() if rijen else {}
    return tuple(
        SignaalInzage(
            id=str(rij.id),
            dag=rij.dag,
            medewerker_id=bekend[rij.medewerker_key].id if rij.medewerker_key in bekend else None,
            naam=_naam(bekend, rij.medewerker_key),
            redenen=tuple(Reden(**een | {"maat": Maat(een["maat"])}) for een in rij.redenen),
            gezien_op=rij.gezien_op,
            gezien_door=_naam(bekend, rij.gezien_door) if rij.gezien_door else "",
            notitie=rij.notitie,
        )
        for rij in rijen
    )


def _naam(bekend: dict[str, MedewerkerInfo], key: str) -> str:
    return bekend[key].naam if key in bekend else _WEG
