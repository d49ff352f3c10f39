"""Dividing work: several zaken to one civil servant at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from eloket.identity.types import Actor
from eloket.kernel.errors import NietGevonden, NietToegestaan
from eloket.zaken.access import get_zaak_for
from eloket.zaken.errors import ZaakGewijzigd
from eloket.zaken.levensloop import hand_over
from eloket.zaken.types import Zaak, ZaakRef

MEESTE = 25  # zaken at a time: one page of the work list


@dataclass(frozen=True, slots=True)
class Gekozen:
    """A zaak that was chosen in a list, with the behandelaar that stood beside it there."""

    ref: ZaakRef
    behandelaar_id: int | None

    def __str__(self) -> str:
        return f"{self.ref}:{self.behandelaar_id or ''}"

    @classmethod
    def parse(cls, tekst: str) -> "Gekozen":
        """As a form of the list sends it. Raises NietGevonden: it was not on a page of ours."""
        ref, scheiding, wie = tekst.rpartition(":")
        if not scheiding or (wie and not (wie.isascii() and wie.isdigit() and len(wie) < 18)):
            raise NietGevonden
        return cls(ZaakRef.parse(ref), int(wie) if wie else None)


@dataclass(frozen=True, slots=True)
class Toewijzing:
    """What became of each zaak: how many have the behandelaar now, and (zaaknummer, reason) of the others."""

    gelukt: int
    mislukt: tuple[tuple[str, str], ...]


def assign_zaken(actor: Actor, keuzes: Iterable[Gekozen], *, medewerker_id: int | None) -> Toewijzing:
    """Give these zaken (at most MEESTE are looked at) to a colleague, or back to the afdeling (None).

    Each is a transaction of its own: what cannot go is named, and the rest goes. One that has another behandelaar than
    the list showed cannot go: somebody else was first. Assigning twice changes nothing. A zaak that the actor may not
    see is left out without a word. Raises BronOnbereikbaar.
    """
    gelukt, mislukt = 0, []
    for keuze in list({een.ref: een for een in keuzes}.values())[:MEESTE]:
        try:
            zaak = get_zaak_for(actor, keuze.ref)
        except NietGevonden:
            continue
        try:
            _assign(actor, zaak, keuze, medewerker_id)
        except NietToegestaan as fout:
            mislukt.append((zaak.identificatie, fout.tekst))
        else:
            gelukt += 1
    return Toewijzing(gelukt=gelukt, mislukt=tuple(mislukt))


def _assign(actor: Actor, zaak: Zaak, keuze: Gekozen, medewerker_id: int | None) -> None:
    if zaak.behandelaar_id == medewerker_id and zaak.is_open:
        return
    if zaak.is_open and zaak.behandelaar_id != keuze.behandelaar_id:
        wie = (
            f"Nu behandelt {zaak.behandelaar_naam} de zaak."
            if zaak.behandelaar_id
            else "Nu is er geen behandelaar."
        )
        raise ZaakGewijzigd(
            f"De behandelaar is net gewijzigd. {wie} Kies de zaak opnieuw als u de zaak toch wilt toewijzen."
        )
    with transaction.atomic():
        hand_over(actor, zaak.ref, medewerker_id=medewerker_id, afdeling="", notitie="", versie=zaak.versie)
