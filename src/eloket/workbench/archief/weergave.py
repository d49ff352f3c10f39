"""The pages of lists of zaken to destroy: texts, dates and links worked out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse

from eloket.archief.types import (
    LijstInzage,
    LijstSamenvatting,
    LijstStand,
    RegelInzage,
    RegelStand,
    StopInzage,
)
from eloket.archief.uitvoer import describe
from eloket.identity.access import namen_van
from eloket.identity.types import Actor
from eloket.kernel.klok import schrijf_datum, schrijf_moment, schrijf_zaken

TELLEN_TOT = 200
_WEG = "Een medewerker die hier niet meer werkt"
_NIET_GENOTEERD = "Er is toen niet genoteerd door wie en waarom."


@dataclass(frozen=True, slots=True)
class LijstRij:
    titel: str
    href: str
    badge: str
    badge_soort: str
    uitleg: str


@dataclass(frozen=True, slots=True)
class StopRij:
    id: str
    nummer: str
    uitleg: str = field(repr=False)
    reden: str = field(repr=False)
    actie: str
    opgeheven: str = field(default="", repr=False)
    opgeheven_reden: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ZaakRij:
    """`gekozen` is the value of its box; '' when it cannot be taken off (any more). `stop`: what was lifted."""

    id: str
    nummer: str
    zaaktype: str
    resultaat: str
    afgerond: str
    vanaf: str
    stand: str
    reden: str = field(repr=False)
    kan_eraf: bool
    stop: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class LijstPagina:
    """What can be done now: change it, approve it, or (`waarom_niet`) neither, and why."""

    titel: str
    badge: str
    badge_soort: str
    versie: int
    inleiding: str
    gegevens: list[tuple[str, str]]
    terug_reden: str = field(repr=False)
    zaken: list[ZaakRij]
    is_concept: bool
    mag_goedkeuren: bool
    mag_terugsturen: bool
    waarom_niet: str
    is_uitgevoerd: bool
    aantal: str
    is_leeg: bool


def count_due(zaken: Sequence[object]) -> tuple[int, str]:
    """(how many zaken are due, in words); more than TELLEN_TOT are not counted."""
    if len(zaken) > TELLEN_TOT:
        return len(zaken), f"Van meer dan {TELLEN_TOT} zaken is de bewaartermijn voorbij."
    return len(zaken), f"Van {schrijf_zaken(len(zaken))} is de bewaartermijn voorbij."


def make_lijsten(lijsten: Sequence[LijstSamenvatting]) -> list[LijstRij]:
    namen = namen_van({een.gemaakt_door for een in lijsten})
    return [
        LijstRij(
            een.titel,
            reverse("werkplek-vernietigingslijst", args=[een.id]),
            een.stand.tekst,
            een.stand.soort,
            f"{schrijf_zaken(een.aantal)}. Gemaakt door {namen.get(een.gemaakt_door, _WEG)}"
            f" op {schrijf_moment(een.gemaakt_op)}",
        )
        for een in lijsten
    ]


def make_stoppen(stoppen: Sequence[StopInzage]) -> list[StopRij]:
    """Those that count, or that were lifted. One query, for the names."""
    namen = namen_van({een.door for een in stoppen} | {een.opgeheven_door for een in stoppen})
    return [
        StopRij(
            str(een.id),
            een.zaaknummer,
            f"Sinds {schrijf_moment(een.sinds)}, door {namen.get(een.door, _WEG)}",
            een.reden,
            reverse("werkplek-vernietigen-stop-opheffen", args=[een.id]),
            _lifted(een, namen),
            een.opgeheven_reden,
        )
        for een in stoppen
    ]


def _lifted(een: StopInzage, namen: Mapping[str, str]) -> str:
    """Without who, when it was lifted before that was noted."""
    if een.opgeheven_op is None:
        return ""
    door = f", door {namen.get(een.opgeheven_door, _WEG)}" if een.opgeheven_door else ""
    return f"Opgeheven op {schrijf_moment(een.opgeheven_op)}{door}"


_INLEIDING = {
    LijstStand.CONCEPT: "Kijk de zaken na. Moet een zaak blijven? Haal die dan van de lijst. Bied de lijst daarna aan.",
    LijstStand.AANGEBODEN: "Een collega die niet aan deze lijst werkte, keurt de lijst goed of stuurt de lijst terug.",
    LijstStand.GOEDGEKEURD: "E-loket vernietigt deze zaken. Dat gaat vanzelf. Kijk later weer op deze pagina.",
    LijstStand.UITGEVOERD: "De lijst is uitgevoerd. Wat er met elke zaak is gebeurd, staat hieronder.",
    LijstStand.INGETROKKEN: "Deze lijst is ingetrokken. Er is niets vernietigd.",
}


def make_lijst(inzage: LijstInzage, actor: Actor) -> LijstPagina:
    """As this actor sees it. Two queries, for the names of colleagues."""
    kop = inzage.samenvatting
    is_aangeboden, is_eigen = kop.stand is LijstStand.AANGEBODEN, actor.key in inzage.makers
    return LijstPagina(
        titel=kop.titel,
        badge=kop.stand.tekst,
        badge_soort=kop.stand.soort,
        versie=inzage.versie,
        inleiding=_INLEIDING[kop.stand],
        gegevens=_gegevens(inzage),
        terug_reden=inzage.terug_reden if kop.stand is LijstStand.CONCEPT else "",
        zaken=_zaken(inzage.regels, is_concept=kop.stand is LijstStand.CONCEPT),
        is_concept=kop.stand is LijstStand.CONCEPT,
        mag_goedkeuren=is_aangeboden and not is_eigen,
        mag_terugsturen=is_aangeboden,
        waarom_niet="U werkte zelf aan deze lijst, of u hief een vernietigingsstop op van een zaak op deze lijst. "
        "Een collega moet de lijst goedkeuren."
        if is_aangeboden and is_eigen
        else "",
        is_uitgevoerd=kop.stand is LijstStand.UITGEVOERD,
        aantal=schrijf_zaken(kop.aantal),
        is_leeg=not kop.aantallen.get(RegelStand.OP_LIJST),
    )


def _gegevens(inzage: LijstInzage) -> list[tuple[str, str]]:
    kop = inzage.samenvatting
    namen = namen_van({kop.gemaakt_door, inzage.besloten_door})
    regels = [("Gemaakt", f"{schrijf_moment(kop.gemaakt_op)}, door {namen.get(kop.gemaakt_door, _WEG)}")]
    if inzage.aangeboden_op:
        regels.append(("Aangeboden", schrijf_moment(inzage.aangeboden_op)))
    if inzage.besloten_op:
        wie = namen.get(inzage.besloten_door, _WEG)
        regels.append(("Goedgekeurd", f"{schrijf_moment(inzage.besloten_op)}, door {wie}"))
    if inzage.klaar_op:
        regels.append(("Uitgevoerd", schrijf_moment(inzage.klaar_op)))
    return [*regels, *_aantallen(kop)]


def _aantallen(kop: LijstSamenvatting) -> list[tuple[str, str]]:
    """How many zaken in each stand that occurs."""
    return [
        (stand.tekst, schrijf_zaken(kop.aantallen[stand])) for stand in RegelStand if kop.aantallen.get(stand)
    ]


def _zaken(regels: Sequence[RegelInzage], *, is_concept: bool) -> list[ZaakRij]:
    namen = namen_van({regel.stop.opgeheven_door for regel in regels if regel.stop})
    return [_zaak(regel, namen, is_concept=is_concept) for regel in regels]


def _stop(stop: StopInzage | None, namen: Mapping[str, str]) -> str:
    """What who approves must know."""
    if stop is None:
        return ""
    waarom = f": {stop.opgeheven_reden}" if stop.opgeheven_door else f". {_NIET_GENOTEERD}"
    return f"Had een vernietigingsstop: {stop.reden}\n{_lifted(stop, namen)}{waarom}"


def _zaak(regel: RegelInzage, namen: Mapping[str, str], *, is_concept: bool) -> ZaakRij:
    return ZaakRij(
        id=str(regel.id),
        nummer=regel.zaaknummer,
        zaaktype=regel.zaaktype,
        resultaat=regel.resultaat or "Onbekend",
        afgerond=schrijf_datum(regel.einddatum),
        vanaf=schrijf_datum(regel.archiefactiedatum),
        stand=describe(regel),
        reden=regel.reden,
        kan_eraf=is_concept and regel.stand is RegelStand.OP_LIJST,
        stop=_stop(regel.stop, namen),
    )
