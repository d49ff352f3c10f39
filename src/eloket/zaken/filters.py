"""Saved questions to the work list: each civil servant keeps their own."""

from dataclasses import dataclass, field

from django.db import transaction

from eloket.identity.types import Actor
from eloket.zaken.errors import FilterOngeldig
from eloket.zaken.models import BewaardFilter

MEESTE = 20
MEESTE_TEKENS = 60
MEESTE_IN_VRAAG = 2_000  # a search of a hundred characters is at most 1200 of them in a query


@dataclass(frozen=True, slots=True)
class Filter:
    """`vraag` is the query string of the work list, without the question mark, and with the search in clear."""

    id: int
    naam: str
    vraag: str = field(repr=False)


def list_filters(actor: Actor) -> tuple[Filter, ...]:
    """The actor's own, by name."""
    rijen = BewaardFilter.objects.filter(medewerker_id=actor.medewerker_id or 0).order_by("naam")
    return tuple(Filter(rij.pk, rij.naam, rij.vraag) for rij in rijen[:MEESTE])


def save_filter(actor: Actor, *, naam: str, vraag: str) -> bool:
    """Keep this question; one with the same name makes place. True when it is a new name. Raises FilterOngeldig."""
    schoon = " ".join(naam.replace("\x00", "").split())
    if not schoon or len(schoon) > MEESTE_TEKENS:
        raise FilterOngeldig
    with transaction.atomic():
        eigen = BewaardFilter.objects.filter(medewerker_id=actor.medewerker_id or 0)
        if not eigen.filter(naam=schoon).exists() and eigen.count() >= MEESTE:
            raise FilterOngeldig("U heeft al 20 filters bewaard. Verwijder er eerst een.")
        _, is_nieuw = BewaardFilter.objects.update_or_create(
            medewerker_id=actor.medewerker_id or 0, naam=schoon, defaults={"vraag": vraag[:MEESTE_IN_VRAAG]}
        )
    return is_nieuw


def delete_filter(actor: Actor, filter_id: int) -> None:
    """Somebody else's stays; one that is gone already is fine."""
    BewaardFilter.objects.filter(medewerker_id=actor.medewerker_id or 0, pk=filter_id).delete()
