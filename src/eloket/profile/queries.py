"""Reads: contact details, where and when somebody may be mailed, and what the registers know."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import Q

from eloket.identity.types import Actor, Partij, Soort, partij_ref
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
    Ontvanger,
    Partijcontact,
    Persoon,
    Rubriek,
    Taal,
    Voorkeuren,
    Wanneer,
)
from eloket.profile.velden import schrijf_telefoon
from eloket.profile.vergeten import contactpersoon_ref, list_forgotten

GEZIEN_TERMIJN = timedelta(days=365)  # who did not log in for a business for a year, may well have left it


def telt(moment: datetime) -> Q:
    """Who may still be mailed: a resident always, a contactpersoon while they are of their business as far as we can
    know (profile.contactpersonen). So do the details that a business had before its people had their own."""
    is_gezien = Q(telt_mee=True, gestopt_op=None, gezien_op__gt=moment - GEZIEN_TERMIJN)
    return Q(partij_key="") | is_gezien


def get_contact(actor: Actor) -> ContactGegevens:
    """What they told us: the resident, or the contactpersoon of a business; all empty when they never did."""
    rij = Profiel.objects.filter(profiel_key=actor.profiel_key).first() if actor.profiel_key else None
    return _contact(rij) if rij else ContactGegevens()


def profiel_ref(actor: Actor) -> tuple[str, ...]:
    """How the audit trail names the contact details of this actor; nothing when they never gave any. One query."""
    sleutels = Profiel.objects.filter(profiel_key=actor.profiel_key).values_list("pk", flat=True)
    return tuple(f"profiel-{sleutel}" for sleutel in sleutels)


def list_refs_van(sleutels: Collection[str]) -> dict[str, str]:
    """How the audit trail names the contact details of these parties (Partij.profiel_key) and of who acts for them, by
    reference: the branch or business that each is of, "" of a resident. Also of those that were removed since. Two
    queries."""
    van = Q(profiel_key__in=sleutels) | Q(partij_key__in=sleutels) | Q(onderneming_key__in=sleutels)
    rijen = Profiel.objects.filter(van).values_list("pk", "partij_key")
    weg = list_forgotten(map(partij_ref, sleutels))
    vergeten = {een.ref: een.partij_key if een.contactpersoon_key else "" for een in weg}
    return vergeten | {f"profiel-{pk}": partij_key for pk, partij_key in rijen}


def list_refs_van_contactpersoon(contactpersoon_key: str) -> tuple[str, ...]:
    """How the audit trail names the contact details of this person, at each business that they act for, also when they
    were removed since. Two queries."""
    if not contactpersoon_key:
        return ()
    rijen = Profiel.objects.filter(contactpersoon_key=contactpersoon_key)
    ref = contactpersoon_ref(contactpersoon_key)
    weg = (een.ref for een in list_forgotten([ref]))
    return (*(f"profiel-{pk}" for pk in rijen.values_list("pk", flat=True)), ref, *weg)


def party_of(ref: str) -> tuple[str, str] | None:
    """Of contact details as the audit trail names them: of which party they are, and the contactpersoon whose they are
    ("" of a resident), also when they were removed since. None when nobody knows. At most two queries."""
    pk = ref.removeprefix("profiel-")
    rij = Profiel.objects.filter(pk=int(pk)).first() if pk.isascii() and pk.isdigit() else None
    if rij:
        return rij.partij_key or rij.profiel_key, rij.contactpersoon_key
    return next(((een.partij_key, een.contactpersoon_key) for een in list_forgotten([ref])), None)


def list_ontvangers(partij_keys: Iterable[str]) -> tuple[Ontvanger, ...]:
    """Through whom these parties (Partij.profiel_key) are mailed, in this order: their own details, known or not, and
    then those of their contactpersonen. One query. The empty key is nobody."""
    van = _rijen_per_partij(partij_keys)
    eigen = {key: next((rij for rij in rijen if not rij.partij_key), None) for key, rijen in van.items()}
    personen = [rij for rijen in van.values() for rij in rijen if rij.partij_key]
    return (
        *(Ontvanger(key, "", bereikbaarheid_van(rij) if rij else None) for key, rij in eigen.items()),
        *(Ontvanger(rij.profiel_key, rij.partij_key, bereikbaarheid_van(rij)) for rij in personen),
    )


def list_partijcontact(partij_keys: Iterable[str]) -> dict[str, Partijcontact]:
    """How these parties can be reached, by key; who never told us anything is not in it. One query."""
    return {key: _partijcontact(rijen) for key, rijen in _rijen_per_partij(partij_keys).items() if rijen}


def _rijen_per_partij(partij_keys: Iterable[str]) -> dict[str, list[Profiel]]:
    """The details of these parties and of their contactpersonen who still count."""
    van: dict[str, list[Profiel]] = {key: [] for key in partij_keys if key}
    rijen = Profiel.objects.filter(Q(partij_key__in=van) | Q(profiel_key__in=van), telt(nu()))
    for rij in rijen.order_by("pk"):
        van[rij.partij_key or rij.profiel_key].append(rij)
    return van


def _partijcontact(rijen: Sequence[Profiel]) -> Partijcontact:
    """A business that one of its people can still be reached through, can be reached; who wants no mail is no such
    person. Of several numbers the first is of who wants to be reached."""
    is_bedrijf = any(rij.partij_key for rij in rijen)
    adressen = [rij for rij in rijen if rij.email and (rij.wil_mail or not is_bedrijf)]
    kapot = [rij.email_kapot_op for rij in adressen if rij.email_kapot_op]
    op_voorkeur = sorted(rijen, key=lambda rij: not rij.wil_mail)
    telefoons = (schrijf_telefoon(rij.telefoon) for rij in op_voorkeur if rij.telefoon)
    return Partijcontact(
        telefoon=next(telefoons, ""),
        kapot_sinds=max(kapot) if kapot and len(kapot) == len(adressen) else None,
    )


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
    """Where and when a resident or a contactpersoon (Actor.profiel_key) may be mailed. None when they never told us
    anything, and for a contactpersoon who does not count any more. The empty key is nobody.

    One query. Of what is mailed to an address that waits for its link, or to an old one, this says nothing.
    """
    if not profiel_key:
        return None
    rij = Profiel.objects.filter(telt(nu()), profiel_key=profiel_key).first()
    return bereikbaarheid_van(rij) if rij else None


def get_voorkeuren(actor: Actor) -> Voorkeuren:
    """What they chose; at once, without quiet hours and in Dutch when they never did. One query."""
    rij = Profiel.objects.filter(profiel_key=actor.profiel_key).first() if actor.profiel_key else None
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
