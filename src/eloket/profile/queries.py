"""Reads: contact details, where and when somebody may be mailed, and what the registers know."""

import hashlib
from collections.abc import Iterable, Mapping

from eloket.identity.types import Partij, Soort
from eloket.kernel.klok import nu
from eloket.profile.bron import personen_bron
from eloket.profile.errors import BevestigingOngeldig
from eloket.profile.models import Profiel
from eloket.profile.types import (
    Afmeldstand,
    Bereikbaarheid,
    Bevestiging,
    ContactGegevens,
    Onderneming,
    Persoon,
    Rubriek,
    Taal,
    Voorkeuren,
    Wanneer,
)
from eloket.profile.velden import schrijf_telefoon


def get_contact(partij: Partij) -> ContactGegevens:
    """What the party told us; all empty when it never did."""
    return list_contact([partij.profiel_key]).get(partij.profiel_key, ContactGegevens())


def profiel_ref(partij: Partij) -> tuple[str, ...]:
    """How the audit trail names the contact details of this party; nothing when it never gave any. One query."""
    sleutels = Profiel.objects.filter(profiel_key=partij.profiel_key).values_list("pk", flat=True)
    return tuple(f"profiel-{sleutel}" for sleutel in sleutels)


def list_contact(profiel_keys: Iterable[str]) -> dict[str, ContactGegevens]:
    """The same for several, by key; who never told us anything is not in it. One query. The empty key is nobody."""
    rijen = Profiel.objects.filter(profiel_key__in={key for key in profiel_keys if key})
    return {rij.profiel_key: _contact(rij) for rij in rijen}


def _contact(rij: Profiel) -> ContactGegevens:
    return ContactGegevens(
        email=rij.email,
        email_in_afwachting=rij.email_nieuw,
        telefoon=rij.telefoon,
        telefoon_getoond=schrijf_telefoon(rij.telefoon),
        wil_mail=rij.wil_mail,
        bevestiging_verstuurd_op=rij.bevestiging_verstuurd_op if rij.email_nieuw else None,
        email_kapot_op=rij.email_kapot_op,
    )


def get_bereikbaarheid(profiel_key: str) -> Bereikbaarheid | None:
    """Where and when this party may be mailed; None when they never told us anything. The empty key is nobody.

    One query. Of what is mailed to an address that waits for its link, or to an old one, this says nothing.
    """
    if not profiel_key:
        return None
    rij = Profiel.objects.filter(profiel_key=profiel_key).first()
    return bereikbaarheid_van(rij) if rij else None


def get_voorkeuren(partij: Partij) -> Voorkeuren:
    """What the party chose; at once, without quiet hours and in Dutch when they never did. One query."""
    rij = Profiel.objects.filter(profiel_key=partij.profiel_key).first()
    if rij is None:
        return Voorkeuren(Bereikbaarheid())
    return Voorkeuren(bereikbaarheid_van(rij), rij.voorkeuren_versie, bool(rij.email_nieuw))


def get_afmeldstand(profiel_key: str, *, link: str) -> Afmeldstand:
    """What is off for this party, and whether this link may undo that. One query.

    Who never told us an address gets no mail: everything is off.
    """
    rij = Profiel.objects.filter(profiel_key=profiel_key).first() if profiel_key else None
    if rij is None:
        return Afmeldstand(uit=frozenset(Rubriek), kan_terug=False)
    bereik = bereikbaarheid_van(rij)
    return Afmeldstand(
        uit=frozenset(rubriek for rubriek in Rubriek if bereik.wanneer_voor(rubriek) is Wanneer.NOOIT),
        kan_terug=bool(can_undo(rij.afgemeld, link)),
    )


def can_undo(afgemeld: Mapping[str, list[str]], link: str) -> tuple[str, ...]:
    """What this link switched off, and can switch on again."""
    return tuple(wat for wat, (door, _) in afgemeld.items() if door == link)


def bereikbaarheid_van(rij: Profiel) -> Bereikbaarheid:
    """The row as others may know it."""
    return Bereikbaarheid(
        email=rij.email if rij.email_bevestigd_op else "",
        wil_mail=rij.wil_mail,
        werkt=rij.email_kapot_op is None,
        wanneer={Rubriek(rubriek): Wanneer(keuze) for rubriek, keuze in rij.meldingen.items()},
        stil_van=rij.stil_van,
        stil_tot=rij.stil_tot,
        taal=Taal(rij.taal),
    )


def get_bevestiging(token: str) -> Bevestiging:
    """Whether the link with this token waits to be used or was used. Writes nothing. Raises BevestigingOngeldig."""
    return stand_van(find_by_token(token))


def find_by_token(token: str) -> Profiel:
    """The row that this link is of. Raises BevestigingOngeldig, also when the link is too old."""
    rij = Profiel.objects.filter(token_hash=hash_token(token), token_verloopt_op__gt=nu()).first()
    if rij is None:
        raise BevestigingOngeldig
    return rij


def stand_van(rij: Profiel) -> Bevestiging:
    return Bevestiging.OPEN if rij.email_nieuw else Bevestiging.AL_GEDAAN


def hash_token(token: str) -> str:
    """What we keep of a token: 64 hex digits. The token has 256 random bits, so no salt is needed."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def get_persoon(partij: Partij) -> Persoon:
    """What the register knows of this resident. Raises PersoonNietGevonden, BronOnbereikbaar."""
    return personen_bron().get_persoon(partij.nummer)


def get_onderneming(partij: Partij) -> Onderneming:
    """What the register knows of this business, or of the branch that the login is limited to.

    Raises PersoonNietGevonden, BronOnbereikbaar.
    """
    return personen_bron().get_onderneming(partij.nummer, partij.vestigingsnummer)


def get_naam(partij: Partij) -> str:
    """`J. van Drouwen`, or the trade name. Raises PersoonNietGevonden, BronOnbereikbaar."""
    if partij.soort is Soort.INWONER:
        return get_persoon(partij).korte_naam
    return get_onderneming(partij).handelsnaam
