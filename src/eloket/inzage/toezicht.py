"""What a privacy officer does with the audit trail: search it and take it along. Both are noted in it.

It opens no zaak: of a zaak only its number is told, also of one that the officer could not see.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from eloket.archief.queries import find_vernietigd, numbers_of
from eloket.audit import service as audit
from eloket.audit.service import LOGBOEK as TOEZICHT
from eloket.audit.zoeken import AuditVraag, GevondenRegel, Plek, search
from eloket.identity.access import get_medewerker, list_alle_namen, medewerker_key, namen_van
from eloket.identity.types import Actor, Recht, Soort
from eloket.inzage.errors import ZoekvraagOngeldig
from eloket.inzage.gericht import Gericht, Kant, about_whom, aim, is_by_person
from eloket.inzage.kenmerken import Bekend, Kenmerk, describe, names_civil_servant, refs_in
from eloket.inzage.opvallend.types import ref_of
from eloket.inzage.spoor import note_aimed, note_zaak_sought
from eloket.inzage.toezichtwoorden import ACTIES
from eloket.kernel.errors import BronOnbereikbaar, NietGevonden
from eloket.kernel.klok import begin_van
from eloket.zaken.access import find_ref
from eloket.zaken.bronnen import alle
from eloket.zaken.errors import ZaakNietGevonden
from eloket.zaken.historie import SOORTEN
from eloket.zaken.queries import samenvat
from eloket.zaken.types import ZaakRef
from eloket.zaken.zaaknummer import may_be_zaaknummer

PER_PAGINA = 100
_MEDEWERKER = "medewerker:"  # how the trail names what is about a civil servant, with their number
GEEN_ZAAKNUMMER = (
    "Er is geen zaak met dit zaaknummer. Typ het zoals het in de brief staat, bijvoorbeeld Z-2026-000123."
)


@dataclass(frozen=True, slots=True)
class Zoekvraag:
    """What the officer filled in: dates are days in Amsterdam, both included."""

    zaaknummer: str = ""
    medewerker_id: int | None = None
    actie: str = ""
    van: date | None = None
    tot: date | None = None
    regel: int | None = None  # the line that names the person whom this is about, with `kant`
    kant: Kant = Kant.OVER


@dataclass(frozen=True, slots=True)
class Logregel:
    """A line as the officer reads it. `waarover` is a zaaknummer, or the kind of thing it was about, with enough to
    tell two of them apart. `kenmerken`: what else it says. `is_van_persoon` and `over_wie`: from here one can go on to
    all lines of whom it is, or about whom it is ("": about nobody)."""

    id: int
    moment: datetime
    wie: str = field(repr=False)
    actie: str
    wat: str
    waarover: str
    kenmerken: tuple[Kenmerk, ...]
    zegel: int | None
    is_van_persoon: bool
    over_wie: str


@dataclass(frozen=True, slots=True)
class Bladzijde:
    """`volgende`: where the next page begins (None: there is none). `gericht`: at whom the search was aimed, if any."""

    regels: tuple[Logregel, ...]
    volgende: Plek | None
    gericht: Gericht | None


def may_inspect(actor: Actor) -> bool:
    return actor.is_medewerker and Recht.INZIEN in actor.rechten


def must_inspect(actor: Actor) -> None:
    """Raises NietGevonden: for who lacks the right there is no such page."""
    if not may_inspect(actor):
        raise NietGevonden


def aim_of(actor: Actor, vraag: Zoekvraag) -> Gericht | None:
    """At whom this search is aimed. Raises ZoekvraagOngeldig (field regel), BronOnbereikbaar."""
    if vraag.regel is None:
        return None
    return aim(vraag.regel, vraag.kant, zonder_ref=ref_of(actor.key))


def zaak_of(vraag: Zoekvraag) -> str:
    """The reference of the zaak whose number was typed, also when it was destroyed; "" when none was.

    Raises ZoekvraagOngeldig (field zaaknummer), BronOnbereikbaar.
    """
    if not vraag.zaaknummer:
        return ""
    try:
        if may_be_zaaknummer(vraag.zaaknummer):
            return str(find_ref(vraag.zaaknummer))
    except ZaakNietGevonden:
        if vernietigd := find_vernietigd(vraag.zaaknummer):
            return vernietigd
    raise ZoekvraagOngeldig({"zaaknummer": GEEN_ZAAKNUMMER})


def must_be_zaaknummer(actor: Actor, getypt: str) -> None:
    """What was typed is the number of a zaak of any source, or of a destroyed one ("" is no question). Only then may it
    stand in an address, and in the trail. Raises NietGevonden, ZoekvraagOngeldig, BronOnbereikbaar.
    """
    must_inspect(actor)
    zaak_of(Zoekvraag(zaaknummer=getypt))


def to_vraag(actor: Actor, vraag: Zoekvraag, gericht: Gericht | None, zaak_ref: str) -> AuditVraag:
    """Never what is about a signal about the actor. `zaak_ref` as `zaak_of` gives it.

    Raises ZoekvraagOngeldig (per field: medewerker, tot).
    """
    if vraag.van and vraag.tot and vraag.tot < vraag.van:
        raise ZoekvraagOngeldig({"tot": "De laatste dag ligt voor de eerste. Draai ze om."})
    return AuditVraag(
        object_refs=_both(zaak_ref, gericht.object_refs if gericht else None),
        zonder_ref=ref_of(actor.key),
        actor_keys=_both(_key(vraag.medewerker_id), gericht.actor_keys if gericht else None),
        actie=vraag.actie,
        vanaf=begin_van(vraag.van) if vraag.van else None,
        tot=begin_van(vraag.tot + timedelta(days=1)) if vraag.tot else None,
    )


def _both(gekozen: str, gericht: frozenset[str] | None) -> frozenset[str] | None:
    """What was chosen in the form, within whom the search is aimed at; None is everything."""
    if not gekozen:
        return gericht
    return frozenset({gekozen}) if gericht is None else gericht & {gekozen}


def search_log(actor: Actor, vraag: Zoekvraag, *, na: Plek | None) -> Bladzijde:
    """At most six queries, and the line that says so. Of one zaak also a line about that zaak; when it is aimed at a
    person those of `gericht.aim` too, and the line about that person (spoor.note_aimed).

    Raises NietGevonden, ZoekvraagOngeldig, BronOnbereikbaar.
    """
    must_inspect(actor)
    gericht = aim_of(actor, vraag)
    zaak_ref = zaak_of(vraag)
    gevonden = search(to_vraag(actor, vraag, gericht, zaak_ref), na=na, limit=PER_PAGINA + 1)
    bladzijde = gevonden[:PER_PAGINA]
    note_aimed(actor, gericht)
    record_inspection(actor, "audit.doorzocht", vraag, zaak_ref)
    volgende = Plek(bladzijde[-1].moment, bladzijde[-1].id) if len(gevonden) > PER_PAGINA else None
    namen = namen_van({rij.actor_key for rij in bladzijde if rij.actor_soort == Soort.MEDEWERKER})
    return Bladzijde(to_regels(bladzijde, namen, _by_number(bladzijde)), volgende, gericht)


def _by_number(rijen: tuple[GevondenRegel, ...]) -> dict[int, str]:
    """The name of each civil servant, when one of these lines names one. At most one query."""
    noemt = any(rij.object_ref.startswith(_MEDEWERKER) for rij in rijen)
    return dict(list_alle_namen()) if noemt or names_civil_servant(rij.kenmerken for rij in rijen) else {}


def record_inspection(actor: Actor, actie: str, vraag: Zoekvraag, zaak_ref: str) -> None:
    """Who guards is guarded: what was asked is noted, by code; about a zaak in the trail of the zaak too."""
    if zaak_ref:
        note_zaak_sought(actor, zaak_ref)
    audit.record(
        actor_soort=actor.soort,
        actor_key=actor.key,
        actie=actie,
        object_ref=TOEZICHT,
        zaaknummer=vraag.zaaknummer,
        medewerker=vraag.medewerker_id or 0,
        wat=vraag.actie,
        van=vraag.van.isoformat() if vraag.van else "",
        tot=vraag.tot.isoformat() if vraag.tot else "",
        **_aimed(vraag),
    )


def _aimed(vraag: Zoekvraag) -> dict[str, str | int]:
    return {} if vraag.regel is None else {"regel": vraag.regel, "kant": vraag.kant.value}


def to_regels(
    rijen: tuple[GevondenRegel, ...], namen: Mapping[str, str], medewerkers: Mapping[int, str]
) -> tuple[Logregel, ...]:
    """In words; the names of civil servants by their key, and by their number. One query, whatever their number. When a
    source of zaken does not answer, the lines say that.
    """
    nummers = _zaaknummers({ref for rij in rijen for ref in (rij.object_ref, *refs_in(rij.kenmerken))})
    bekend = Bekend(nummers or {}, medewerkers)
    return tuple(
        Logregel(
            id=rij.id,
            moment=rij.moment,
            wie=_wie(rij, namen),
            actie=rij.actie,
            wat=ACTIES.get(rij.actie, rij.actie),
            waarover=_waarover(rij.object_ref, bekend, is_bereikbaar=nummers is not None),
            kenmerken=describe(rij.kenmerken, bekend),
            zegel=rij.zegel,
            is_van_persoon=is_by_person(rij),
            over_wie=about_whom(rij, nummers or {}),
        )
        for rij in rijen
    )


def _key(medewerker_id: int | None) -> str:
    if medewerker_id is None:
        return ""
    try:
        return medewerker_key(get_medewerker(medewerker_id).subject)
    except NietGevonden:
        raise ZoekvraagOngeldig({"medewerker": "Deze medewerker is er niet. Kies een andere."}) from None


def _wie(rij: GevondenRegel, namen: Mapping[str, str]) -> str:
    """A civil servant by name; of others the kind, and enough of the keyed hash to tell two apart. The same of whom
    they acted for, when that was somebody else: a resident, a business or one branch of it.
    """
    if rij.actor_soort == Soort.MEDEWERKER:
        return namen.get(rij.actor_key, f"Medewerker die er niet meer is ({rij.actor_key[:8]})")
    soort = SOORTEN.get(rij.actor_soort, rij.actor_soort)
    namens = rij.kenmerken.get("namens", "")
    voor = f", namens {namens[:8]}" if isinstance(namens, str) and namens else ""
    return f"{soort} ({rij.actor_key[:8]}){voor}" if rij.actor_key else soort


def _zaaknummers(object_refs: set[str]) -> dict[str, str] | None:
    """By reference; None when a source of zaken does not answer."""
    refs = []
    for een in object_refs:
        try:
            refs.append(ZaakRef.parse(een))
        except NietGevonden:
            continue
    try:
        gevonden = samenvat(tuple(ref for ref in refs if ref.bron in _bronnen()))
    except BronOnbereikbaar:
        return None
    nummers = {str(ref): naam.identificatie for ref, naam in gevonden.items()}
    weg = [str(ref) for ref in refs if str(ref) not in nummers]
    return nummers | {ref: f"{nummer} (vernietigd)" for ref, nummer in numbers_of(weg).items()}


def _bronnen() -> set[str]:
    return {bron.naam for bron in alle()}


def _waarover(object_ref: str, bekend: Bekend, *, is_bereikbaar: bool) -> str:
    """The zaaknummer, or the kind of thing that a line is about; of a person as much of the key as of who acts."""
    if object_ref in bekend.zaken:
        return bekend.zaken[object_ref]
    soort, _, naam = object_ref.partition("-")
    soort, _, nummer = soort.partition(":")
    if tekst := _SOORT_VAN.get(soort):
        wie = bekend.medewerkers.get(int(nummer), nummer) if nummer.isdecimal() else nummer
        return tekst.format(naam=naam, kort=naam[:8], wie=wie)
    if not naam:
        return object_ref
    if is_bereikbaar:
        return "Een zaak die er niet meer is"
    return "Een zaak, het nummer is nu niet op te halen"


_SOORT_VAN = {
    "partij": "Gegevens van een persoon of bedrijf ({kort})",
    "profiel": "Contactgegevens (nummer {naam})",
    "contactpersoon": "Contactpersoon ({kort})",
    "lijst": "Lijst {naam}",
    "formulier": "Formulier {naam}, zonder inloggen",
    "briefbundel": "Brieven om te printen ({kort})",
    "medewerker": "Medewerker ({wie})",
    "vernietigingslijst": "Vernietigingslijst ({kort})",
    "beheer": "Beheer",
    "opvallend": "Opvallend inzien",  # that there was a signal, and not about whom
    TOEZICHT: "Dit logboek",
    "": "Inloggen",
}
