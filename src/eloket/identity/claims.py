"""From what a provider tells (facts/login.md, "What brokers send") to an Actor."""

from collections.abc import Callable, Mapping
from typing import Any

from eloket.identity.access import get_medewerker_by_subject, medewerker_key
from eloket.identity.errors import AccountOnbekend, LoginMislukt, NiveauTeLaag
from eloket.identity.middelen import Middel
from eloket.identity.types import Actor, Partij, Soort
from eloket.kernel.crypto import vault
from eloket.kernel.nummers import Bsn, KvkNummer, OngeldigNummer, Vestigingsnummer

_LEGAL = "urn:etoegang:core:LegalSubjectID"
_ACTING = "urn:etoegang:core:ActingSubjectID"
_VESTIGING = "urn:etoegang:1.9:ServiceRestriction:Vestigingsnr"
NaamVan = Callable[[Partij], str]


def actor_from_claims(middel: Middel, claims: Mapping[str, Any], naam_van: NaamVan) -> Actor:
    """Who logged in. Raises NiveauTeLaag, AccountOnbekend, LoginMislukt.

    `naam_van` gives the name to show when the claims hold none; it must not raise.
    """
    niveau = _tekst(claims, "loa") or _tekst(claims, "acr")
    if not middel.is_hoog_genoeg(niveau):
        raise NiveauTeLaag("onbekend" if not niveau else "te-laag")
    try:
        return _MAKERS[middel.code](middel, claims, niveau, naam_van)
    except OngeldigNummer as error:
        raise LoginMislukt("nummer") from error


def _inwoner(middel: Middel, claims: Mapping[str, Any], niveau: str, naam_van: NaamVan) -> Actor:
    partij = Partij.inwoner(Bsn(_tekst(claims, middel.bsn_claim)).waarde)
    naam = _tekst(claims, "name") or naam_van(partij) or "Inwoner"
    return Actor(Soort.INWONER, partij.key, naam, middel.code, niveau, partij=partij)


def _onderneming(middel: Middel, claims: Mapping[str, Any], niveau: str, naam_van: NaamVan) -> Actor:
    if _is_rsin(claims):
        raise LoginMislukt(
            "geen-kvk", "Uw organisatie heeft geen KvK-nummer. Daarom kunt u hier niet inloggen. Bel ons."
        )
    persoon = _tekst(claims, _ACTING)
    if not persoon:
        raise LoginMislukt("geen-persoon")
    vestiging = _tekst(claims, _VESTIGING)
    partij = Partij.onderneming(
        KvkNummer(_tekst(claims, _LEGAL)).waarde, Vestigingsnummer(vestiging).waarde if vestiging else ""
    )
    naam = _tekst(claims, "name") or naam_van(partij) or "Onderneming"
    key = vault().keyed_hash("eherkenning", persoon)
    return Actor(Soort.ONDERNEMING, key, naam, middel.code, niveau, partij=partij)


def _is_rsin(claims: Mapping[str, Any]) -> bool:
    kwalificatie = _tekst(claims, "namequalifier")
    return bool(kwalificatie) and not kwalificatie.endswith("KvKnr")


def _medewerker(middel: Middel, claims: Mapping[str, Any], niveau: str, _naam_van: NaamVan) -> Actor:
    gevonden = get_medewerker_by_subject(_tekst(claims, "sub"))
    if gevonden is None:
        raise AccountOnbekend("medewerker")
    return Actor(
        Soort.MEDEWERKER,
        medewerker_key(gevonden.subject),
        gevonden.naam,
        middel.code,
        niveau,
        medewerker_id=gevonden.id,
        afdelingen=gevonden.afdelingen,
        rechten=gevonden.rechten,
        zaaktypen=gevonden.zaaktypen,
    )


def _tekst(claims: Mapping[str, Any], naam: str) -> str:
    waarde = claims.get(naam)
    return waarde.strip() if isinstance(waarde, str) else ""


_MAKERS = {"digid": _inwoner, "eherkenning": _onderneming, "medewerker": _medewerker}
