"""Civil servants, as plain values."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from eloket.identity.models import Afdeling, Medewerker
from eloket.identity.types import Recht
from eloket.kernel.crypto import vault
from eloket.kernel.errors import NietGevonden


@dataclass(frozen=True, slots=True)
class MedewerkerInfo:
    """A civil servant and the codes of the afdelingen they work for."""

    id: int
    subject: str = field(repr=False)
    naam: str = field(repr=False)
    functie: str
    is_actief: bool
    afdelingen: frozenset[str]
    rechten: frozenset[Recht] = frozenset()
    zaaktypen: frozenset[str] = frozenset()  # empty: all of their afdelingen


def medewerker_key(subject: str) -> str:
    """The keyed hash that stands for a civil servant in sessions and the audit trail."""
    return vault().keyed_hash("medewerker", subject)


def get_medewerker(medewerker_id: int) -> MedewerkerInfo:
    """Raises NietGevonden. One that is no longer active is found too: their name stays on what they did."""
    rij = Medewerker.objects.prefetch_related("afdelingen").filter(pk=medewerker_id).first()
    if rij is None:
        raise NietGevonden
    return _info(rij)


def get_medewerker_by_subject(subject: str) -> MedewerkerInfo | None:
    """The active civil servant with this login subject, or None."""
    if not subject:
        return None
    rij = Medewerker.objects.prefetch_related("afdelingen").filter(subject=subject, is_actief=True).first()
    return _info(rij) if rij else None


def lock_medewerker(subject: str) -> None:
    """Hold the row of this civil servant until the end of the transaction; nothing when there is none."""
    Medewerker.objects.select_for_update(of=("self",)).filter(subject=subject).first()


def list_medewerkers(afdelingen: Iterable[str]) -> tuple[MedewerkerInfo, ...]:
    """The active civil servants of these afdelingen, by name. Two queries, whatever their number."""
    rijen = Medewerker.objects.filter(afdelingen__code__in=list(afdelingen), is_actief=True).distinct()
    return tuple(_info(rij) for rij in rijen.order_by("naam", "pk").prefetch_related("afdelingen"))


def list_afdelingen() -> tuple[tuple[str, str], ...]:
    """(code, name) of every afdeling, by name."""
    return tuple(Afdeling.objects.order_by("naam").values_list("code", "naam"))


def list_alle_namen() -> tuple[tuple[int, str], ...]:
    """(id, name) of every civil servant there is or was, by name."""
    return tuple(Medewerker.objects.order_by("naam", "pk").values_list("pk", "naam"))


def namen_van(keys: Collection[str]) -> dict[str, str]:
    """The name of each civil servant that stands in the audit trail by this key. One query for all."""
    return {key: naam for key, naam in namen_per_key().items() if key in keys} if keys else {}


def namen_per_key() -> dict[str, str]:
    """The name of every civil servant there is or was, by the key of the audit trail. One query."""
    return {
        medewerker_key(subject): naam for subject, naam in Medewerker.objects.values_list("subject", "naam")
    }


def medewerkers_per_key() -> dict[str, MedewerkerInfo]:
    """Every civil servant there is or was, by the key of the audit trail. Two queries."""
    rijen = Medewerker.objects.prefetch_related("afdelingen")
    return {medewerker_key(rij.subject): _info(rij) for rij in rijen}


def functies_van(keys: Collection[str]) -> dict[str, str]:
    """What each civil servant that stands in the audit trail by this key is for the outside: afdeling and function,
    as they are now, and never a name. Two queries for all; none without keys.
    """
    if not keys:
        return {}
    rijen = Medewerker.objects.prefetch_related("afdelingen")
    return {key: _functie(rij) for rij in rijen if (key := medewerker_key(rij.subject)) in keys}


def _functie(rij: Medewerker) -> str:
    namen = sorted(afdeling.naam for afdeling in rij.afdelingen.all())
    wie = f"Een medewerker van {' en '.join(namen)}" if namen else "Een medewerker van de gemeente"
    return f"{wie} ({rij.functie})" if rij.functie else wie


def _info(rij: Medewerker) -> MedewerkerInfo:
    codes = frozenset(afdeling.code for afdeling in rij.afdelingen.all())
    return MedewerkerInfo(
        id=rij.pk,
        subject=rij.subject,
        naam=rij.naam,
        functie=rij.functie,
        is_actief=rij.is_actief,
        afdelingen=codes,
        rechten=Recht.known(rij.rechten),
        zaaktypen=frozenset(rij.zaaktypen),
    )
