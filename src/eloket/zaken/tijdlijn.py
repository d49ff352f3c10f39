"""The timeline of a zaak: steps done, the current one, steps to come, and the events in between."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from eloket.identity.types import Partij
from eloket.zaken.betrokkenen import is_alone, is_van
from eloket.zaken.types import Gebeurtenis, GebeurtenisSoort, Status, Zaak


class StapStand(StrEnum):
    GEDAAN = "gedaan"
    HUIDIG = "huidig"
    KOMEND = "komend"


@dataclass(frozen=True, slots=True)
class Stap:
    """A step. `moment` is when it was reached; `uiterlijk` (last day) stands on the step that ends the term."""

    volgnummer: int
    titel: str
    stand: StapStand
    moment: datetime | None
    tekst: str
    uiterlijk: date | None
    gebeurtenissen: tuple[Gebeurtenis, ...]


@dataclass(frozen=True, slots=True)
class Termijn:
    """`Dag x van y`: eight weeks are 56 days. The term begins the day after receipt (Awb), so day 1 is that day;
    the day of receipt itself is shown as day 1 too. `dag` stops at suspension, and exceeds `van` when it is late.
    """

    dag: int
    van: int
    uiterlijk: date
    is_te_laat: bool


@dataclass(frozen=True, slots=True)
class Teksten:
    """An event in two texts: for whose it is ("u"), and for the others in the zaak."""

    tekst: str
    voor_anderen: str


def ontvangen_tekst(aantal: int) -> Teksten:
    """That documents came in."""
    wat = "een document" if aantal == 1 else f"{aantal} documenten"
    return Teksten(f"Wij hebben {wat} van u ontvangen", f"Wij hebben {wat} ontvangen")


def verplaatst_teksten(van: str, naar: str) -> tuple[Teksten, Teksten]:
    """That a document moved, in the zaak that it left and in the one where it came. A zaaknummer (`van`, `naar`) only
    for who has that zaak too: '' when who sent it has not."""
    weg = "Wij hebben een document verplaatst naar een andere zaak"
    erbij = "Wij hebben een document toegevoegd"
    return (
        Teksten(f"Wij hebben een document verplaatst naar uw zaak {naar}" if naar else weg, weg),
        Teksten(f"Wij hebben een document verplaatst uit uw zaak {van}" if van else erbij, erbij),
    )


# Told to one betrokkene ("u"). A release before this one kept of none of these whom it told; only the applicant could
# be asked something then.
_VAN_AANVRAGER = frozenset(
    {
        GebeurtenisSoort.DOCUMENT_GEVRAAGD,
        GebeurtenisSoort.ANTWOORD_GEVRAAGD,
        GebeurtenisSoort.TAAK_VERVULD,
        GebeurtenisSoort.TAAK_GOEDGEKEURD,
        GebeurtenisSoort.TAAK_AFGEKEURD,
    }
)
BESMET = "In een bestand bij deze zaak zit een virus. Niemand kan het openen"
BESMET_VAN_ONS = "In een bestand van de gemeente zit een virus. Niemand kan het openen. U hoeft niets te doen"
_VAN_NIEMAND = frozenset({BESMET, BESMET_VAN_ONS})
_VAN_WIE_HET_STUURDE = frozenset(
    {
        GebeurtenisSoort.DOCUMENT_BESMET,
        GebeurtenisSoort.DOCUMENT_ONTVANGEN,
        GebeurtenisSoort.DOCUMENT_VERPLAATST,
        GebeurtenisSoort.BERICHT_ONTVANGEN,
        GebeurtenisSoort.BERICHT_VERSTUURD,
    }
)
# What others read of an event of a release that wrote no text for them (GebeurtenisRegel.voor_anderen).
_VOOR_ANDEREN = {
    GebeurtenisSoort.DOCUMENT_ONTVANGEN: "Wij hebben documenten ontvangen",
    GebeurtenisSoort.DOCUMENT_VERPLAATST: "Wij hebben een document verplaatst",
    GebeurtenisSoort.DOCUMENT_BESMET: BESMET,
}
_EEN_DOCUMENT = ontvangen_tekst(1)


@dataclass(frozen=True, slots=True)
class Vastgelegd:
    """An event as it was written: `tekst` to whom it is told, with what it is about (`onderwerp`), and `voor_anderen`
    to everybody else in the zaak; "" tells them nothing. `van` is (betrokkene_key, vestiging_key)."""

    soort: GebeurtenisSoort
    tekst: str
    onderwerp: str
    voor_anderen: str
    van: tuple[str, str]


def text_for(partij: Partij | None, zaak: Zaak, een: Vastgelegd) -> str:
    """What this party (None: staff, all of it) reads of an event; "" is nothing. Others than whose it is find the
    document on the page too, but no title here; and nothing of a message, a request or an answer."""
    if _is_about(partij, zaak, een):
        return f"{een.tekst}: {een.onderwerp}" if een.onderwerp else een.tekst
    if een.voor_anderen:
        return een.voor_anderen
    if een.tekst == _EEN_DOCUMENT.tekst:
        return _EEN_DOCUMENT.voor_anderen
    return _VOOR_ANDEREN.get(een.soort, "")


def _is_about(partij: Partij | None, zaak: Zaak, een: Vastgelegd) -> bool:
    """Whether this party may read all of an event: it is theirs, or of everybody in the zaak.

    Of an older release there is no key. What was asked was asked of the applicant then; of a message or document it is
    known whose it was when this party is the only one in the zaak, and else nobody reads it as theirs.
    """
    if partij is None:
        return True
    if een.van[0]:
        return is_van(partij, *een.van)
    if een.soort in _VAN_AANVRAGER and zaak.initiator is not None:
        return is_van(partij, zaak.initiator.key, zaak.initiator.vestiging_key)
    is_van_iemand = een.soort in _VAN_WIE_HET_STUURDE and een.tekst not in _VAN_NIEMAND
    return not is_van_iemand or is_alone(zaak, partij)


def build_tijdlijn(zaak: Zaak, gebeurtenissen: tuple[Gebeurtenis, ...]) -> tuple[Stap, ...]:
    """Steps in order; each event stands under the step that was current when it happened.

    A step that was skipped (the handler went further at once) is left out. In a closed zaak every step is done.
    """
    gezet: dict[int, Status] = {status.volgnummer: status for status in zaak.statussen}
    getoond = [t for t in zaak.statustypen if t.volgnummer in gezet or t.volgnummer > zaak.stap]
    eerste_komende_eind = next((t.volgnummer for t in getoond if t.volgnummer > zaak.stap), 0)
    uiterlijk_bij = _step_of_term(zaak, eerste_komende_eind)
    stappen = []
    for statustype in getoond:
        nummer = statustype.volgnummer
        status = gezet.get(nummer)
        stand = _stand(zaak, nummer)
        stappen.append(
            Stap(
                volgnummer=nummer,
                titel=statustype.omschrijving,
                stand=stand,
                moment=status.datum_status_gezet if status else None,
                tekst=_tekst(status, statustype.statustekst, stand),
                uiterlijk=zaak.uiterlijke_einddatum if nummer == uiterlijk_bij else None,
                gebeurtenissen=tuple(g for g in gebeurtenissen if _current_at(zaak, g.moment) == nummer),
            )
        )
    return tuple(stappen)


def _stand(zaak: Zaak, nummer: int) -> StapStand:
    if nummer < zaak.stap or not zaak.is_open:
        return StapStand.GEDAAN
    return StapStand.HUIDIG if nummer == zaak.stap else StapStand.KOMEND


def _tekst(status: Status | None, statustekst: str, stand: StapStand) -> str:
    if status and status.statustoelichting:
        return status.statustoelichting
    return statustekst if stand is StapStand.HUIDIG else ""


def _step_of_term(zaak: Zaak, eerste_komende: int) -> int:
    """The term ends with the decision: the first coming step with that badge, else the last step."""
    if not zaak.is_open or not eerste_komende:
        return 0
    besluit = [
        t.volgnummer for t in zaak.statustypen if t.badge == "besluit_genomen" and t.volgnummer > zaak.stap
    ]
    return besluit[0] if besluit else zaak.statustypen[-1].volgnummer


def _current_at(zaak: Zaak, moment: datetime) -> int:
    """The status that was current at `moment`; before the first one: the first."""
    bereikt = [s.volgnummer for s in zaak.statussen if s.datum_status_gezet <= moment]
    return bereikt[-1] if bereikt else (zaak.statussen[0].volgnummer if zaak.statussen else 1)


def build_termijn(zaak: Zaak, vandaag: date) -> Termijn | None:
    """Where today is in the term of the zaak; None when it has none or is closed."""
    if zaak.uiterlijke_einddatum is None or not zaak.is_open:
        return None
    peildag = zaak.opschorting.sinds if zaak.opschorting else vandaag
    return Termijn(
        dag=max(1, (peildag - zaak.startdatum).days),
        van=max(1, (zaak.uiterlijke_einddatum - zaak.startdatum).days),
        uiterlijk=zaak.uiterlijke_einddatum,
        is_te_laat=peildag > zaak.uiterlijke_einddatum,
    )
