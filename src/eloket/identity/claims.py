"""From what a provider tells (facts/login.md, "What brokers send") to an Actor."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from eloket.identity.access import get_medewerker_by_subject, medewerker_key
from eloket.identity.errors import AccountOnbekend, GeenBsn, LoginMislukt, NiveauTeLaag
from eloket.identity.koppeling import check_subject
from eloket.identity.middel import Middel
from eloket.identity.niveaus import MiddelSoort, Zekerheid, is_sure_enough
from eloket.identity.types import Actor, Machtiging, Partij, Soort
from eloket.kernel.crypto import vault
from eloket.kernel.nummers import Bsn, KvkNummer, OngeldigNummer, Vestigingsnummer

NaamVan = Callable[[Partij], str]


def actor_from_claims(
    middel: Middel, claims: Mapping[str, Any], naam_van: NaamVan, *, nodig: Zekerheid | None = None
) -> Actor:
    """Who logged in, at the level that was asked for. Raises NiveauTeLaag, AccountOnbekend, GeenBsn, LoginMislukt.

    `naam_van` gives the name to show when the claims hold none; it must not raise.
    """
    niveau = next(filter(None, (_tekst(claims, naam, may_leeg=True) for naam in middel.claims.niveau)), "")
    if not middel.is_hoog_genoeg(niveau):
        raise NiveauTeLaag("onbekend" if not niveau else "te-laag", middel=middel)
    gekregen = middel.get_niveau(niveau)
    zekerheid = gekregen.zekerheid if gekregen else None
    if not is_sure_enough(zekerheid, nodig):
        raise NiveauTeLaag("lager-dan-gevraagd", middel=middel, nodig=middel.lowest_for(nodig))
    try:
        return replace(_MAKERS[middel.soort](middel, claims, niveau, naam_van), zekerheid=zekerheid)
    except OngeldigNummer as error:
        raise LoginMislukt("nummer") from error


def _inwoner(middel: Middel, claims: Mapping[str, Any], niveau: str, naam_van: NaamVan) -> Actor:
    """Somebody for themselves, or (DigiD Machtigen) for another. Who acts is in a claim of its own: when that one is
    missing or odd, nobody is logged in as the person who is acted for."""
    namen = middel.claims
    eigen, handelend = _tekst(claims, namen.bsn), _tekst(claims, namen.acting)
    voor = _tekst(claims, namen.represented)
    if not handelend:
        if voor and namen.represented != namen.bsn:
            raise LoginMislukt("geen-persoon")
        return _zelf(middel, claims, niveau, naam_van)
    if not voor:
        raise LoginMislukt("geen-vertegenwoordigde")
    if eigen and eigen not in (handelend, voor):
        raise LoginMislukt("drie-personen")
    persoon, partij = Partij.inwoner(Bsn(handelend).waarde), Partij.inwoner(Bsn(voor).waarde)
    if persoon.key == partij.key:
        return _zelf(middel, {**claims, namen.bsn: handelend}, niveau, naam_van)
    return Actor(
        Soort.INWONER,
        persoon.key,
        naam_van(partij) or "Inwoner",
        middel.code,
        niveau,
        partij=partij,
        machtiging=_machtiging(middel, claims, Machtiging.MACHTIGEN),
        eigen_naam=_naam(claims, middel) or naam_van(persoon),
    )


def _zelf(middel: Middel, claims: Mapping[str, Any], niveau: str, naam_van: NaamVan) -> Actor:
    bsn = _tekst(claims, middel.claims.bsn)
    if not bsn and middel.soort is MiddelSoort.EIDAS:
        raise GeenBsn("eidas")
    partij = Partij.inwoner(Bsn(bsn).waarde)
    naam = _naam(claims, middel) or naam_van(partij) or "Inwoner"
    return Actor(Soort.INWONER, partij.key, naam, middel.code, niveau, partij=partij)


def _onderneming(middel: Middel, claims: Mapping[str, Any], niveau: str, naam_van: NaamVan) -> Actor:
    """A business, or an employee of one for a resident (bewindvoering)."""
    namen = middel.claims
    persoon = _tekst(claims, namen.acting)
    if not persoon:
        raise LoginMislukt("geen-persoon")
    key = vault().keyed_hash("eherkenning", persoon)
    if voor := _tekst(claims, namen.represented):
        return Actor(
            Soort.INWONER,
            key,
            naam_van(Partij.inwoner(Bsn(voor).waarde)) or "Inwoner",
            middel.code,
            niveau,
            partij=Partij.inwoner(voor),
            machtiging=_machtiging(middel, claims, Machtiging.BEWIND),
            eigen_naam=_naam(claims, middel),
        )
    if _is_rsin(middel, claims):
        raise LoginMislukt(
            "geen-kvk", "Uw organisatie heeft geen KvK-nummer. Daarom kunt u hier niet inloggen. Bel ons."
        )
    vestiging = _tekst(claims, namen.vestiging)
    partij = Partij.onderneming(
        KvkNummer(_tekst(claims, namen.kvk)).waarde,
        Vestigingsnummer(vestiging).waarde if vestiging else "",
    )
    naam = _naam(claims, middel) or naam_van(partij) or "Onderneming"
    return Actor(Soort.ONDERNEMING, key, naam, middel.code, niveau, partij=partij)


def _is_rsin(middel: Middel, claims: Mapping[str, Any]) -> bool:
    kwalificatie = _tekst(claims, middel.claims.kvk_soort)
    return bool(kwalificatie) and not kwalificatie.endswith("KvKnr")


def _machtiging(middel: Middel, claims: Mapping[str, Any], standaard: Machtiging) -> Machtiging:
    """For one of our services: an authorisation for the tax office opens nothing here."""
    dienst = _tekst(claims, middel.claims.dienst)
    if middel.diensten and dienst not in middel.diensten:
        raise LoginMislukt(
            "andere-dienst",
            "Uw machtiging is niet voor deze site. Vraag of u ook voor de gemeente wordt gemachtigd.",
        )
    return Machtiging.BEWIND if dienst in middel.bewind_diensten else standaard


def _medewerker(middel: Middel, claims: Mapping[str, Any], niveau: str, _naam_van: NaamVan) -> Actor:
    gevonden = get_medewerker_by_subject(subject_of(middel, claims))
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


def subject_of(middel: Middel, claims: Mapping[str, Any]) -> str:
    """By what a civil servant is known here, also when their name or mail address changes. Raises LoginMislukt."""
    return check_subject(_tekst(claims, middel.claims.subject))


def name_of(middel: Middel, claims: Mapping[str, Any]) -> str:
    """The name that the provider sent, or ''."""
    return "".join(teken for teken in _naam(claims, middel) if teken.isprintable())


def _tekst(claims: Mapping[str, Any], naam: str, *, may_leeg: bool = False) -> str:
    """The claim; "" when it was not sent. One that is there and is no text is never read as not there: a person who
    acts for another would be taken for the other. Raises LoginMislukt."""
    waarde = claims.get(naam) if naam else None
    if waarde is None:
        return ""
    if not isinstance(waarde, str) or not (waarde.strip() or may_leeg):
        raise LoginMislukt("claim-vorm")
    return waarde.strip()


def _naam(claims: Mapping[str, Any], middel: Middel) -> str:
    """A name is for the page only, so one that cannot be read is none."""
    waarde = claims.get(middel.claims.naam)
    return " ".join(waarde.split())[:120] if isinstance(waarde, str) else ""


_MAKERS = {
    MiddelSoort.DIGID: _inwoner,
    MiddelSoort.EIDAS: _inwoner,
    MiddelSoort.EHERKENNING: _onderneming,
    MiddelSoort.MEDEWERKER: _medewerker,
}
