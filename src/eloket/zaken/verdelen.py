"""Dividing work: several zaken to one civil servant at once."""

from dataclasses import dataclass

from django.db import transaction

from eloket.identity.types import Actor
from eloket.kernel.errors import NietGevonden, NietToegestaan
from eloket.zaken.access import get_zaak_for
from eloket.zaken.levensloop import hand_over
from eloket.zaken.types import ZaakRef

MEESTE = 25  # zaken at a time: one page of the work list


@dataclass(frozen=True, slots=True)
class Toewijzing:
    """What became of each zaak: how many have the behandelaar now, and (zaaknummer, reason) of the others."""

    gelukt: int
    mislukt: tuple[tuple[str, str], ...]


def assign_zaken(actor: Actor, refs: tuple[ZaakRef, ...], *, medewerker_id: int | None) -> Toewijzing:
    """Give these zaken (at most MEESTE are looked at) to a colleague, or back to the afdeling (None).

    Each is a transaction of its own: what cannot go is named, and the rest goes. Assigning twice changes nothing.
    A zaak that the actor may not see is left out without a word. Raises BronOnbereikbaar.
    """
    gelukt, mislukt = 0, []
    for ref in dict.fromkeys(refs[:MEESTE]):
        try:
            zaak = get_zaak_for(actor, ref)
        except NietGevonden:
            continue
        if zaak.behandelaar_id == medewerker_id and zaak.is_open:
            gelukt += 1
            continue
        try:
            with transaction.atomic():
                hand_over(
                    actor, ref, medewerker_id=medewerker_id, afdeling="", notitie="", versie=zaak.versie
                )
        except NietToegestaan as fout:
            mislukt.append((zaak.identificatie, fout.tekst))
        else:
            gelukt += 1
    return Toewijzing(gelukt=gelukt, mislukt=tuple(mislukt))
