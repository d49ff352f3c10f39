"""Who must know of an event, and through which of their profiles.

Everybody with a role in the zaak is told, each by their own choices: one who did not choose never silences another. A
zaak of a branch is seen by a login for that branch and by one for the whole business, so the contactpersonen of both
count; a mail box gets an event once. A party that nobody can be mailed for is told too, without a mail: every event is
accounted for.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from eloket.identity.types import Actor
from eloket.kernel.klok import nu
from eloket.notifications.rubrieken import rubriek_van
from eloket.notifications.service import Adressering, adresseer, enqueue
from eloket.notifications.types import NotificatieSoort, Uitkomst
from eloket.profile.queries import list_ontvangers
from eloket.profile.types import Ontvanger, Rubriek
from eloket.zaken.types import Betrokkene, Zaak

# Of several profiles that cannot be mailed, the one that says most: a broken address gets a letter.
_ZEGT_MEEST = (Uitkomst.ADRES_KAPOT, Uitkomst.NIET_GEKOZEN, Uitkomst.GEEN_ADRES)


def tell(
    soort: NotificatieSoort,
    zaak: Zaak,
    betrokkenen: Iterable[Betrokkene],
    *,
    door: Actor | None = None,
    onderwerp_id: str = "",
    deadline: date | None = None,
    ontvangen_op: datetime | None = None,
    kenmerk: str = "",
) -> None:
    """One notification per profile of these betrokkenen that can be mailed, or per betrokkene when none can. Who is in
    more than one role is told once. `door` did it: a receipt is proof for them, whatever they chose about other mail.
    """
    bekend: set[str] = set()
    verteld: set[str] = set()
    for betrokkene in betrokkenen:
        nieuw = [een for een in _profielen(soort, betrokkene, door) if een.key not in verteld]
        verteld.update(een.key for een in nieuw)
        for wie in _once_per_address(nieuw, bekend):
            enqueue(
                soort,
                betrokkene_key=wie.key,
                partij_key=wie.partij_key,
                zaak_ref=str(zaak.ref),
                onderwerp_id=onderwerp_id,
                deadline=deadline,
                ontvangen_op=ontvangen_op,
                kenmerk=kenmerk,
                hoe=wie.hoe,
            )


def tell_again(soort: NotificatieSoort, partij_key: str, *, zaak_ref: str, onderwerp_id: str) -> int:
    """Tell a party (Partij.profiel_key) once more what it was told before, through who can be mailed for it now: of a
    business somebody may have left since, or come. Says how many notifications; as `tell`."""
    moment = nu()
    alle = [
        _Profiel(een.profiel_key, een.partij_key, adresseer(soort, een.bereik, moment))
        for een in list_ontvangers((partij_key,))
    ]
    gekozen = list(_once_per_address(_mailable(alle), set()))
    for wie in gekozen:
        enqueue(
            soort,
            betrokkene_key=wie.key,
            partij_key=wie.partij_key,
            zaak_ref=zaak_ref,
            onderwerp_id=onderwerp_id,
            hoe=wie.hoe,
        )
    return len(gekozen)


def initiator(zaak: Zaak) -> tuple[Betrokkene, ...]:
    """Who applied, as the one to tell; nobody for a report without a login."""
    return (zaak.initiator,) if zaak.initiator else ()


def with_key(zaak: Zaak, key: str, vestiging_key: str) -> tuple[Betrokkene, ...]:
    """The betrokkene of the zaak with this key, in one of its roles; of its branches the one that is meant."""
    eigen = [een for een in zaak.betrokkenen if een.key == key]
    eigen.sort(key=lambda een: een.vestiging_key != vestiging_key)
    return tuple(eigen[:1])


@dataclass(frozen=True, slots=True)
class _Profiel:
    """Whose choices and address count, of which business when it is a contactpersoon ("" else), and what follows."""

    key: str
    partij_key: str
    hoe: Adressering


def _profielen(soort: NotificatieSoort, betrokkene: Betrokkene, door: Actor | None) -> list[_Profiel]:
    moment = nu()
    alle = [
        _Profiel(een.profiel_key, een.partij_key, _adresseer(soort, een, betrokkene, door, moment))
        for een in list_ontvangers((betrokkene.vestiging_key, betrokkene.key))
    ]
    return _mailable(alle)


def _adresseer(
    soort: NotificatieSoort, wie: Ontvanger, betrokkene: Betrokkene, door: Actor | None, moment: datetime
) -> Adressering:
    """A receipt goes to who sent something, also when they want no mail; not to all their colleagues who want none."""
    is_eigen = not betrokkene.is_onderneming or (door is not None and door.profiel_key == wie.profiel_key)
    hoe = adresseer(soort, wie.bereik, moment)
    is_bewijs_van_ander = rubriek_van(soort) is Rubriek.ONTVANGST and not is_eigen
    if is_bewijs_van_ander and hoe.uitkomst is None and wie.bereik and not wie.bereik.wil_mail:
        return Adressering("", moment, Uitkomst.NIET_GEKOZEN)
    return hoe


def _mailable(alle: list[_Profiel]) -> list[_Profiel]:
    """Who can be mailed, who wants it first in front; or the party itself, when nobody can."""
    wel = [een for een in alle if een.hoe.uitkomst is None]
    return sorted(wel, key=lambda een: een.hoe.gepland_op) or _meest_bekend(alle)


def _once_per_address(profielen: list[_Profiel], bekend: set[str]) -> Iterator[_Profiel]:
    """The same profiles, without a mail for an address that is in `bekend`; adds theirs to it."""
    for een in profielen:
        adres = een.hoe.adres.lower()
        is_dubbel = bool(adres) and adres in bekend
        bekend.add(adres)
        yield replace(een, hoe=replace(een.hoe, uitkomst=Uitkomst.ZELFDE_ADRES)) if is_dubbel else een


def _meest_bekend(alle: list[_Profiel]) -> list[_Profiel]:
    """The party itself, with what says most about why there is no mail; at most one."""
    op_volgorde = sorted(alle, key=lambda een: _ZEGT_MEEST.index(een.hoe.uitkomst or Uitkomst.GEEN_ADRES))
    return [_Profiel(een.partij_key or een.key, "", een.hoe) for een in op_volgorde[:1]]
