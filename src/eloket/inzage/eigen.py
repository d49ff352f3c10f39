"""What others did with the data of one party, for that party: over all their zaken, or of one.

Who did it is told by function and afdeling, never by name: ADR 11 says why. A page costs the same number of queries
whatever there is on it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from eloket.audit import service as audit
from eloket.audit.inzien import AlleenVan, DagRegel, count_acties, count_per_dag, list_per_dag
from eloket.documenten.queries import find_documenten
from eloket.identity.access import functies_van
from eloket.identity.niveaus import is_sure_enough
from eloket.identity.types import Actor, Partij, Soort, partij_ref
from eloket.inzage.woorden import words_of
from eloket.kernel.errors import BronOnbereikbaar, NietGevonden
from eloket.machtigingen.access import may_manage
from eloket.machtigingen.queries import namen_van_gemachtigden
from eloket.profile.queries import profiel_ref
from eloket.zaken.access import get_zaak_for
from eloket.zaken.historie import OP_LIJST, VAN_EEN
from eloket.zaken.queries import list_zaken, samenvat
from eloket.zaken.service import record_view
from eloket.zaken.types import ZaakFilter, ZaakRef

MEESTE_ZAKEN = 500  # of each kind, open and closed: of older ones, the page of the zaak itself tells
_WIE = {
    audit.SYSTEEM: "E-loket zelf, automatisch",
    "link": "Iemand met de link uit onze e-mail",
    "inlogdienst": "De dienst waarmee u inlogt",
    "opdracht": "Een technisch beheerder van de gemeente",
    Soort.ANONIEM: "Iemand die niet was ingelogd",
    Soort.INWONER: "Iemand die bij deze zaak hoort of namens u handelt",
    "gemachtigde": "Iemand die is gemachtigd",
    "bewindvoerder": "Een bewindvoerder",
    Soort.ONDERNEMING: "Iemand die bij deze zaak hoort of namens u handelt",
}
# Who typed a code belongs to no zaak yet, and their name is not known: that comes when they accept.
_MET_CODE = frozenset({"machtiging.voorgelegd", "machtiging.afgewezen"})
_IEMAND_MET_CODE = "Iemand met de code van uw machtiging"
_VERTROKKEN = "Een medewerker die hier niet meer werkt"
_ZELF = "U zelf"
_TITEL_GEMIST = "de titel is nu niet op te halen"


@dataclass(frozen=True, slots=True)
class Onderwerp:
    """Whose trail is read: what it is about, and how they call their zaken. `gemist` names what could not be asked."""

    refs: tuple[str, ...] = field(repr=False)
    zaken: dict[str, tuple[str, str]] = field(repr=False)  # (omschrijving, zaaknummer) by reference
    gemist: tuple[str, ...] = ()
    is_afgekapt: bool = False


@dataclass(frozen=True, slots=True)
class InzageRegel:
    """One line: who did what with which zaak on this day, and how often. `zaak_ref` is '' when it was about none."""

    dag: date
    wie: str
    wat: str
    document: str = field(repr=False)
    zaak_ref: str
    zaak: str = field(repr=False)
    zaaknummer: str
    aantal: int
    eerste: datetime
    laatste: datetime


def all_of(actor: Actor, partij: Partij) -> Onderwerp:
    """Everything of this party, and the contact details of who acts for it; of its branch only, when the login is
    limited to one. Three queries.

    Raises BronOnbereikbaar when no source answers.
    """
    namen: dict[str, tuple[str, str]] = {}
    gemist: set[str] = set()
    is_afgekapt = False
    for is_open in (True, False):
        deel = list_zaken(partij, ZaakFilter(is_open=is_open, limit=MEESTE_ZAKEN))
        namen |= {str(een.ref): (een.omschrijving, een.identificatie) for een in deel.zaken}
        gemist.update(deel.onbereikbaar)
        is_afgekapt = is_afgekapt or deel.aantal > MEESTE_ZAKEN
    eigen = (partij_ref(partij.profiel_key), *profiel_ref(actor))
    return Onderwerp((*eigen, *namen), namen, tuple(sorted(gemist)), is_afgekapt)


def one_zaak(actor: Actor, ref: ZaakRef) -> Onderwerp:
    """This zaak only; not by an authorisation, because it tells of everybody. Raises ZaakNietGevonden,
    BronOnbereikbaar."""
    zaak = get_zaak_for(actor, ref)
    return Onderwerp((str(ref),), {str(ref): (zaak.omschrijving, zaak.identificatie)})


@dataclass(frozen=True, slots=True)
class Keuze:
    """What is shown that would bury the rest: what the person did themself, and the lists of the werkplek on which
    their zaken stood."""

    ook_zelf: bool = False
    ook_lijsten: bool = False


ALLES = Keuze(ook_zelf=True, ook_lijsten=True)


def count_regels(actor: Actor, onderwerp: Onderwerp, keuze: Keuze) -> int:
    """How many lines there are for this actor. One query."""
    return count_per_dag(
        onderwerp.refs,
        zonder_actor=_zonder(actor, keuze),
        zonder_acties=_zonder_acties(keuze),
        alleen_van=_alleen_van(actor, onderwerp),
    )


def was_on_a_list(onderwerp: Onderwerp) -> bool:
    """Whether somebody had one of these zaken on a list before them. One query."""
    return count_acties(onderwerp.refs, acties=OP_LIJST) > 0


def list_regels(
    actor: Actor, onderwerp: Onderwerp, keuze: Keuze, *, offset: int, limit: int
) -> tuple[InzageRegel, ...]:
    """The last day first; what somebody did ten times on one day is one line. At most six queries."""
    rijen = list_per_dag(
        onderwerp.refs,
        zonder_actor=_zonder(actor, keuze),
        zonder_acties=_zonder_acties(keuze),
        alleen_van=_alleen_van(actor, onderwerp),
        offset=offset,
        limit=limit,
    )
    functies = functies_van({rij.actor_key for rij in rijen if rij.actor_soort == Soort.MEDEWERKER})
    namen = _gemachtigden(actor, rijen)
    titels = _titels(actor, onderwerp, {rij.document for rij in rijen if rij.document})
    return tuple(_regel(actor, rij, onderwerp, functies | namen, titels) for rij in rijen)


def record_seen(actor: Actor, ref: ZaakRef | None = None) -> None:
    """Note that somebody read this, of one zaak or of all: also that is a reading of personal data."""
    if actor.partij is None:
        raise NietGevonden
    if ref is not None:
        record_view(actor, ref, "zaak.inzage_bekeken")
        return
    audit.record(
        actor_soort=actor.hoedanigheid,
        actor_key=actor.key,
        actie="inzage.bekeken",
        object_ref=partij_ref(actor.partij.profiel_key),
        **actor.sporen,
    )


def _zonder(actor: Actor, keuze: Keuze) -> str:
    return "" if keuze.ook_zelf else actor.key


def _zonder_acties(keuze: Keuze) -> frozenset[str]:
    return frozenset() if keuze.ook_lijsten else OP_LIJST


def _alleen_van(actor: Actor, onderwerp: Onderwerp) -> AlleenVan:
    """In a zaak, which may have several parties, what is about one of them is told to that one (VAN_EEN)."""
    van = actor.partij.profiel_key if actor.partij else actor.key
    return AlleenVan(frozenset(onderwerp.zaken), VAN_EEN, van)


def _gemachtigden(actor: Actor, rijen: Iterable[DagRegel]) -> dict[str, str]:
    """Of residents the name, when this party authorised them: they know it. Also of what somebody did who typed the
    code, and of what they did for somebody else in the same zaak."""
    if not may_manage(actor) or actor.partij is None:
        return {}
    keys = {rij.actor_key for rij in rijen if rij.actor_soort in {Soort.INWONER, "gemachtigde"}}
    namen = namen_van_gemachtigden(actor.partij, keys - {actor.key})
    return {key: f"{naam}, die u heeft gemachtigd" for key, naam in namen.items()}


def _titels(actor: Actor, onderwerp: Onderwerp, document_ids: Collection[str]) -> dict[str, str]:
    """The titles of what the party may see itself: of their zaken, for which they logged in at a high enough level, and
    not what a colleague put a next version over."""
    if not document_ids:
        return {}
    try:
        gevonden = find_documenten(document_ids)
        refs = {een.zaak_ref for een in gevonden.values()} & onderwerp.zaken.keys()
        namen = samenvat(tuple(map(ZaakRef.parse, refs)))
    except BronOnbereikbaar:
        return dict.fromkeys(document_ids, _TITEL_GEMIST)  # who, when and what are told all the same
    zichtbaar = {str(ref) for ref, een in namen.items() if is_sure_enough(actor.zekerheid, een.zekerheid)}
    return {
        sleutel: een.titel
        for sleutel, een in gevonden.items()
        if een.zaak_ref in zichtbaar and een.is_voor_aanvrager
    }


def _regel(
    actor: Actor, rij: DagRegel, onderwerp: Onderwerp, functies: dict[str, str], titels: dict[str, str]
) -> InzageRegel:
    omschrijving, nummer = onderwerp.zaken.get(rij.object_ref, ("", ""))
    return InzageRegel(
        dag=rij.dag,
        wie=_wie(actor, rij, functies),
        wat=words_of(rij.actie, rij.lijst),
        document=titels.get(rij.document, ""),
        zaak_ref=rij.object_ref if nummer else "",
        zaak=omschrijving,
        zaaknummer=nummer,
        aantal=rij.aantal,
        eerste=rij.eerste,
        laatste=rij.laatste,
    )


def _wie(actor: Actor, rij: DagRegel, functies: dict[str, str]) -> str:
    if rij.actor_soort == Soort.MEDEWERKER:
        return functies.get(rij.actor_key, _VERTROKKEN)
    if rij.actor_key and rij.actor_key == actor.key:
        return _ZELF
    if naam := functies.get(rij.actor_key):
        return naam
    if rij.actie in _MET_CODE:
        return _IEMAND_MET_CODE
    return _WIE.get(rij.actor_soort, "Iemand")
