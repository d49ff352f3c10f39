"""Who must know of an event, and through which of their profiles.

Everybody with a role in the zaak is told, each by their own choices: one who did not choose never silences another. A
zaak of a branch is seen by a login for that branch and by one for the whole business, so both their profiles count; a
mail box gets an event once. Who has no address is told too, without a mail: every event is accounted for.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from eloket.kernel.klok import nu
from eloket.notifications.service import Adressering, adresseer, enqueue
from eloket.notifications.types import NotificatieSoort, Uitkomst
from eloket.profile.queries import get_bereikbaarheid
from eloket.zaken.types import Betrokkene, Zaak


def tell(
    soort: NotificatieSoort,
    zaak: Zaak,
    betrokkenen: Iterable[Betrokkene],
    *,
    onderwerp_id: str = "",
    deadline: date | None = None,
    ontvangen_op: datetime | None = None,
    kenmerk: str = "",
) -> None:
    """One notification per profile of these betrokkenen that can be mailed, or per betrokkene when none can. Who is in
    more than one role is told once."""
    bekend: set[str] = set()
    verteld: set[str] = set()
    for betrokkene in betrokkenen:
        for key, hoe in _profielen(soort, betrokkene):
            if key in verteld:
                continue
            verteld.add(key)
            if hoe.adres and hoe.adres.lower() in bekend:
                hoe = replace(hoe, uitkomst=Uitkomst.ZELFDE_ADRES)  # noqa: PLW2901
            bekend.add(hoe.adres.lower())
            enqueue(
                soort,
                betrokkene_key=key,
                zaak_ref=str(zaak.ref),
                onderwerp_id=onderwerp_id,
                deadline=deadline,
                ontvangen_op=ontvangen_op,
                kenmerk=kenmerk,
                hoe=hoe,
            )


def initiator(zaak: Zaak) -> tuple[Betrokkene, ...]:
    """Who applied, as the one to tell; nobody for a report without a login."""
    return (zaak.initiator,) if zaak.initiator else ()


def with_key(zaak: Zaak, key: str, vestiging_key: str) -> tuple[Betrokkene, ...]:
    """The betrokkene of the zaak with this key, in one of its roles; of its branches the one that is meant."""
    eigen = [een for een in zaak.betrokkenen if een.key == key]
    eigen.sort(key=lambda een: een.vestiging_key != vestiging_key)
    return tuple(eigen[:1])


def _profielen(soort: NotificatieSoort, betrokkene: Betrokkene) -> list[tuple[str, Adressering]]:
    moment = nu()
    keys = dict.fromkeys(key for key in (betrokkene.vestiging_key, betrokkene.key) if key)
    alle = [(key, adresseer(soort, get_bereikbaarheid(key), moment)) for key in keys]
    return [een for een in alle if een[1].uitkomst is None] or _meest_bekend(alle)


def _meest_bekend(alle: list[tuple[str, Adressering]]) -> list[tuple[str, Adressering]]:
    """The profile that says most about why there is no mail; at most one."""
    return sorted(alle, key=lambda een: een[1].uitkomst is Uitkomst.GEEN_ADRES)[:1]
