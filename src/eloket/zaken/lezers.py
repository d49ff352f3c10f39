"""Who can read a need-to-know zaak today: so that what comes in never waits for somebody who is not there.

While nobody can, who divides the work learns that the zaak exists (its number and nothing else) and lets somebody in.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from eloket.identity.access import MedewerkerInfo, get_medewerker, list_medewerkers
from eloket.identity.afwezigheid import list_afwezigen
from eloket.identity.beheer import may_manage
from eloket.identity.types import Actor, Recht
from eloket.kernel.klok import vandaag
from eloket.zaken.access import lock_zaak
from eloket.zaken.bronnen import alle, bron_voor
from eloket.zaken.errors import OverdrachtNietToegestaan, ZaakNietGevonden
from eloket.zaken.types import ZaakRef
from eloket.zaken.vastleggen import note
from eloket.zaken.werk import Afgeschermd


@dataclass(frozen=True, slots=True)
class Vertrek:
    """A civil servant who is not there from this day on."""

    medewerker_id: int
    dag: date


def list_zonder_lezer(actor: Actor) -> tuple[Afgeschermd, ...]:
    """The need-to-know zaken that nobody can read today, for who divides the work of their afdeling; else nothing.

    One query when there are no need-to-know zaken. Raises BronOnbereikbaar.
    """
    if Recht.VERDELEN not in actor.rechten:
        return ()
    eigen = [
        zaak for zaak in _list(actor.afdelingen) if (not actor.zaaktypen or zaak.zaaktype in actor.zaaktypen)
    ]
    lezers = list_lezers(actor.afdelingen, vandaag()) if eigen else ()
    return tuple(zaak for zaak in eigen if not any(may_read(wie, zaak) for wie in lezers))


def list_alleen_van(vertrek: Vertrek) -> tuple[Afgeschermd, ...]:
    """The need-to-know zaken that this civil servant can see, and nobody else who is there on this day.

    Raises NietGevonden, BronOnbereikbaar.
    """
    wie = get_medewerker(vertrek.medewerker_id)
    eigen = [zaak for zaak in _list(wie.afdelingen) if may_read(wie, zaak)]
    anderen = [een for een in list_lezers(wie.afdelingen, vertrek.dag) if een.id != wie.id] if eigen else []
    return tuple(zaak for zaak in eigen if not any(may_read(ander, zaak) for ander in anderen))


def list_lezers(afdelingen: Iterable[str], dag: date) -> tuple[MedewerkerInfo, ...]:
    """Who of these afdelingen is there on this day."""
    weg = list_afwezigen(dag)
    return tuple(een for een in list_medewerkers(afdelingen) if een.id not in weg)


def list_toe_te_laten(zaken: Collection[Afgeschermd], *, zonder: int = 0) -> tuple[MedewerkerInfo, ...]:
    """Who is there today and may be let in to each of these, but for the civil servant `zonder`."""
    lezers = list_lezers({zaak.afdeling for zaak in zaken}, vandaag())
    return tuple(
        een for een in lezers if een.id != zonder and all(_may_be_let_in(een, zaak) for zaak in zaken)
    )


def may_read(wie: MedewerkerInfo, zaak: Afgeschermd) -> bool:
    """The rule of zaken.access, of somebody who is not asking."""
    return wie.id in zaak.toegang and _may_be_let_in(wie, zaak)


def _may_be_let_in(wie: MedewerkerInfo, zaak: Afgeschermd) -> bool:
    """Somebody of its afdeling who sees its zaaktype."""
    return zaak.afdeling in wie.afdelingen and (not wie.zaaktypen or zaak.zaaktype in wie.zaaktypen)


def let_in(actor: Actor, ref: ZaakRef, *, medewerker_id: int, vertrek: Vertrek | None = None) -> None:
    """Let a colleague who is there see this need-to-know zaak too. For who divides the work, while nobody can read it;
    with `vertrek` for a functional manager, or for that civil servant, while nobody else can on that day.

    Raises ZaakNietGevonden, OverdrachtNietToegestaan, BronOnbereikbaar.
    """
    _get_within_reach(actor, ref, vertrek)  # who may not do this holds nothing
    with transaction.atomic():
        lock_zaak(ref)
        zaak = _get_within_reach(actor, ref, vertrek)
        collega = next(
            (een for een in list_lezers([zaak.afdeling], vandaag()) if een.id == medewerker_id), None
        )
        if collega is None or not _may_be_let_in(collega, zaak):
            raise OverdrachtNietToegestaan("Deze collega mag dit soort zaken niet zien. Kies iemand anders.")
        bron = bron_voor(ref.bron)
        bron.set_toegang(
            ref.id, medewerkers=zaak.toegang | {medewerker_id}, versie=bron.get_zaak(ref.id).versie
        )
        note(actor, "zaak.toegang_gegeven", ref, aan=medewerker_id)


def _get_within_reach(actor: Actor, ref: ZaakRef, vertrek: Vertrek | None) -> Afgeschermd:
    zaak = next((een for een in _within_reach(actor, vertrek) if een.ref == ref), None)
    if zaak is None:
        raise ZaakNietGevonden
    return zaak


def _within_reach(actor: Actor, vertrek: Vertrek | None) -> tuple[Afgeschermd, ...]:
    if vertrek is None:
        return list_zonder_lezer(actor)
    is_allowed = may_manage(actor) or (actor.is_medewerker and actor.medewerker_id == vertrek.medewerker_id)
    return list_alleen_van(vertrek) if is_allowed else ()


def _list(afdelingen: frozenset[str]) -> tuple[Afgeschermd, ...]:
    return alle()[0].list_afgeschermd(afdelingen)
