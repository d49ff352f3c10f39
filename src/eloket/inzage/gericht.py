"""Whom a search in the audit trail is aimed at: a person, named by a line of that trail.

An officer must be able to say who looked at the data of somebody (AVG 15), and what somebody did (after a report of
misuse). Neither a BSN nor the key of a person may stand in an address, so an address names a line: its number tells
nothing of whom the line is about or by, and every officer may read each line.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, groupby

from eloket.audit.zoeken import GevondenRegel, find_regel, is_actor
from eloket.identity.types import Soort, partij_ref
from eloket.inzage.errors import ZoekvraagOngeldig
from eloket.kernel.errors import NietGevonden
from eloket.profile.queries import list_refs_van, list_refs_van_contactpersoon, party_of
from eloket.zaken.access import get_aanvrager, list_rollen
from eloket.zaken.types import ZaakRef

MEESTE_ZAKEN = 5_000  # of one party in one source: its newest; a page says when it has more
_PERSONEN = {Soort.INWONER, Soort.ONDERNEMING, Soort.MEDEWERKER, "gemachtigde", "bewindvoerder"}
_INWONERS = {Soort.INWONER, "gemachtigde"}  # who act under the key of their own BSN
_WEG = "Deze regel is er niet. Zoek opnieuw."
_VAN_NIEMAND = "Deze regel is niet van een persoon. Kies een andere regel."
_OVER_NIEMAND = "Deze regel gaat niet over een inwoner of onderneming. Kies een andere regel."
_NIETS_ZELF = (
    "Hier staat niets dat zij zelf deden. Wat iemand voor een onderneming deed, staat bij die medewerker."
)
_ZAAK_WEG = "De zaak van deze regel is er niet meer. Wij weten niet meer van wie de zaak was."


class Kant(StrEnum):
    """Which lines, seen from the one that names the person."""

    OVER = "over"  # about the data of whom that line is about, and about their zaken
    DOOR = "door"  # of whom that line is
    ZELF = "zelf"  # of whom that line is about


@dataclass(frozen=True, slots=True)
class Gericht:
    """The lines of one person. `kenmerk` is as much of their key as every line shows of it. `persoon_ref`: by what the
    trail names them where they read it themselves; "" of a civil servant, and of who acts for a business. `kan_zelf`:
    they can act themselves; a business cannot. `is_contactpersoon`: about their contact details alone. `zaak_ref`: the
    zaak that was read to know who they are."""

    kant: Kant
    kenmerk: str
    persoon_ref: str = ""
    zaak_ref: str = ""
    soort: Soort | None = None  # of that person, when it is known
    is_medewerker: bool = False
    is_contactpersoon: bool = False
    object_refs: frozenset[str] | None = None
    actor_keys: frozenset[str] | None = None
    kan_zelf: bool = True
    is_afgekapt: bool = False


@dataclass(frozen=True, slots=True)
class _Persoon:
    """Who a line is about; `soort` is None when the line does not tell. `contactpersoon_key`: of a business, and then
    the line is about their contact details, `profiel_ref`. `zaak_ref`: of which zaak they are the applicant."""

    profiel_key: str
    contactpersoon_key: str = ""
    profiel_ref: str = ""
    zaak_ref: str = ""
    soort: Soort | None = None

    @property
    def key(self) -> str:
        return self.contactpersoon_key or self.profiel_key

    @property
    def ref(self) -> str:
        """What stands on their own page (inzage.eigen): of a contactpersoon only what is about their details."""
        return self.profiel_ref if self.contactpersoon_key else partij_ref(self.profiel_key)


def is_by_person(rij: GevondenRegel) -> bool:
    return bool(rij.actor_key) and rij.actor_soort in _PERSONEN


def about_whom(rij: GevondenRegel, zaaknummers: Mapping[str, str]) -> str:
    """Who `Kant.OVER` of this line is, in words; "" when it is about nobody, or about a zaak that is not there."""
    if rij.object_ref.startswith(("partij-", "profiel-", "contactpersoon-")):
        return "deze persoon"
    return "de aanvrager" if rij.object_ref in zaaknummers else ""


def aim(regel_id: int, kant: Kant, *, zonder_ref: str) -> Gericht:
    """At the person of this line; a line about `zonder_ref` is not there. At most eight queries, four of
    them to read the whole zaak of a line about one.

    Raises ZoekvraagOngeldig (field `regel`), BronOnbereikbaar.
    """
    rij = find_regel(regel_id, zonder_ref=zonder_ref)
    if rij is None:
        raise ZoekvraagOngeldig({"regel": _WEG})
    if kant is Kant.DOOR:
        return _by_actor(rij)
    persoon = _about(rij)
    if kant is Kant.ZELF:
        if not _can_act(persoon):
            raise ZoekvraagOngeldig({"regel": _NIETS_ZELF})
        return Gericht(
            kant,
            persoon.key[:8],
            persoon_ref=persoon.ref,
            zaak_ref=persoon.zaak_ref,
            soort=persoon.soort,
            actor_keys=frozenset({persoon.key}),
        )
    return _all_about(persoon)


def _by_actor(rij: GevondenRegel) -> Gericht:
    if not is_by_person(rij):
        raise ZoekvraagOngeldig({"regel": _VAN_NIEMAND})
    is_inwoner = rij.actor_soort in _INWONERS
    return Gericht(
        Kant.DOOR,
        rij.actor_key[:8],
        persoon_ref=partij_ref(rij.actor_key) if is_inwoner else "",
        soort=Soort.INWONER if is_inwoner else None,
        is_medewerker=rij.actor_soort == Soort.MEDEWERKER,
        actor_keys=frozenset({rij.actor_key}),
    )


def _about(rij: GevondenRegel) -> _Persoon:
    soort, _, sleutel = rij.object_ref.partition("-")
    if soort == "partij" and sleutel:
        return _Persoon(sleutel, soort=_soort_in(rij))
    if soort in {"profiel", "contactpersoon"}:
        # The line about a contactpersoon names the details that went.
        profiel_ref = rij.object_ref if soort == "profiel" else str(rij.kenmerken.get("profiel", ""))
        gevonden = party_of(profiel_ref)
        if gevonden is None:
            raise ZoekvraagOngeldig({"regel": _OVER_NIEMAND})
        return _Persoon(*gevonden, profiel_ref=profiel_ref)
    return applicant_of(rij.object_ref)


def _soort_in(rij: GevondenRegel) -> Soort | None:
    soort = rij.kenmerken.get("soort")
    return next((een for een in (Soort.INWONER, Soort.ONDERNEMING) if een.value == soort), None)


def _can_act(persoon: _Persoon) -> bool:
    """Under the key of a business nobody acts. Of whom the line does not say what they are (most lines about a party,
    and contact details of before the people of a business had their own): who did something."""
    if persoon.contactpersoon_key:
        return True
    return persoon.soort is Soort.INWONER if persoon.soort else is_actor(persoon.key)


def applicant_of(zaak_ref: str) -> _Persoon:
    """Raises ZoekvraagOngeldig (field `regel`), BronOnbereikbaar."""
    try:
        aanvrager = get_aanvrager(ZaakRef.parse(zaak_ref))
    except NietGevonden:
        raise ZoekvraagOngeldig({"regel": _ZAAK_WEG}) from None
    if aanvrager is None:
        raise ZoekvraagOngeldig({"regel": _OVER_NIEMAND})
    soort = Soort.ONDERNEMING if aanvrager.is_onderneming else Soort.INWONER
    return _Persoon(aanvrager.vestiging_key or aanvrager.key, zaak_ref=zaak_ref, soort=soort)


def _all_about(persoon: _Persoon) -> Gericht:
    """Of a business with its branches, and with the contact details of who acts for it; of one of those people: their
    own contact details, at every business."""
    kenmerk = persoon.key[:8]
    if persoon.contactpersoon_key:
        refs = list_refs_van_contactpersoon(persoon.contactpersoon_key)
        return Gericht(
            Kant.OVER,
            kenmerk,
            persoon_ref=persoon.ref,
            is_contactpersoon=True,
            object_refs=frozenset(refs),
        )
    rollen = list_rollen(persoon.profiel_key, limit=MEESTE_ZAKEN + 1)
    vestigingen = {vestiging for _, vestiging in rollen}
    profielen = list_refs_van({persoon.profiel_key})
    partijen = ({persoon.profiel_key} | vestigingen | {*profielen.values()}) - {""}
    per_bron = [[str(ref) for ref, _ in van] for _, van in groupby(rollen, key=lambda rol: rol[0].bron)]
    zaken = chain.from_iterable(een[:MEESTE_ZAKEN] for een in per_bron)
    return Gericht(
        Kant.OVER,
        kenmerk,
        persoon_ref=persoon.ref,
        zaak_ref=persoon.zaak_ref,
        soort=persoon.soort,
        object_refs=frozenset([*map(partij_ref, partijen), *profielen, *zaken]),
        kan_zelf=_can_act(persoon),
        is_afgekapt=any(len(een) > MEESTE_ZAKEN for een in per_bron),
    )
