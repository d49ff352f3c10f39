"""Reads: what somebody gave and got."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from eloket.identity.niveaus import Zekerheid
from eloket.identity.types import Partij
from eloket.kernel.compiled import CompiledQuery
from eloket.kernel.klok import nu
from eloket.machtigingen.models import MachtigingRegel
from eloket.machtigingen.regels import stand_van
from eloket.machtigingen.types import Bevoegdheid, MachtigingInzage

MEESTE = 100  # of each kind
# What nobody ended comes first, and of that what lasts longest: what runs never falls off the end behind what is over.
_EINDE = Coalesce("ingetrokken_op", "gestopt_op", "afgewezen_op")
_VOLGORDE = (_EINDE.desc(nulls_first=True), "-tot", "-gegeven_op", "-id")

# On the page of every zaak: building its SQL takes longer than asking it (kernel.compiled).
_AANVAARD = CompiledQuery(
    lambda key: (
        MachtigingRegel.objects.filter(
            ontvanger_key=key,
            aanvaard_op__isnull=False,
            ingetrokken_op__isnull=True,
            gestopt_op__isnull=True,
        )
        .order_by("gegeven_op", "id")
        .values_list()
    ),
    arguments=1,
)


def list_gegeven(partij: Partij, *, limit: int | None = MEESTE) -> tuple[MachtigingInzage, ...]:
    """What this resident gave: what runs, the newest first, and below it what is over; all of it without a `limit`. One
    query."""
    return _lijst(MachtigingRegel.objects.filter(gever_key=partij.key), limit)


def list_ontvangen(partij: Partij, *, limit: int | None = MEESTE) -> tuple[MachtigingInzage, ...]:
    """What this resident was given, since they typed its code; as `list_gegeven`."""
    return _lijst(MachtigingRegel.objects.filter(ontvanger_key=partij.key), limit)


def list_geldig(partij: Partij) -> tuple[MachtigingInzage, ...]:
    """For whom this resident may look or act today, the oldest first. One query."""
    return tuple(inzage for _, inzage in rijen_geldig(partij, nu()))


def namen_van_gemachtigden(partij: Partij, keys: Iterable[str]) -> dict[str, str]:
    """Of these actors the name of who accepted an authorisation of this party, ever. One query, none without keys."""
    gezocht = set(keys)
    if not gezocht:
        return {}
    rijen = MachtigingRegel.objects.filter(
        gever_key=partij.key, ontvanger_key__in=gezocht, aanvaard_op__isnull=False
    )
    return {rij.ontvanger_key: rij.ontvanger_naam for rij in rijen}


def rijen_geldig(partij: Partij, moment: datetime) -> list[tuple[MachtigingRegel, MachtigingInzage]]:
    """For access: the rows too, which hold the number of the giver."""
    rijen = (MachtigingRegel(*rij) for rij in _AANVAARD(partij.key))  # type: ignore[misc]  # a row has every field
    alle = ((rij, make_inzage(rij, moment)) for rij in rijen)
    return [(rij, inzage) for rij, inzage in alle if inzage.is_geldig]


def _lijst(rijen: "QuerySet[MachtigingRegel]", limit: int | None) -> tuple[MachtigingInzage, ...]:
    moment = nu()
    alle = [make_inzage(rij, moment) for rij in rijen.order_by(*_VOLGORDE)[:limit]]
    alle.sort(key=lambda een: een.gegeven_op, reverse=True)
    return tuple(sorted(alle, key=lambda een: een.stand.is_voorbij))


def make_inzage(rij: MachtigingRegel, moment: datetime) -> MachtigingInzage:
    return MachtigingInzage(
        id=str(rij.id),
        gever_key=rij.gever_key,
        gever_naam=rij.gever_naam,
        ontvanger_key=rij.ontvanger_key,
        ontvanger_naam=rij.ontvanger_naam,
        zaak_ref=rij.zaak_ref,
        bevoegdheid=Bevoegdheid(rij.bevoegdheid),
        van=rij.van,
        tot=rij.tot,
        code_tot=rij.code_tot,
        gegeven_op=rij.gegeven_op,
        aanvaard_op=rij.aanvaard_op,
        einde_op=rij.ingetrokken_op or rij.gestopt_op or rij.afgewezen_op,
        stand=stand_van(rij.feiten, moment),
        zekerheid=Zekerheid(rij.zekerheid) if rij.zekerheid else None,
    )
