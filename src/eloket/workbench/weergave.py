"""How zaken read in the werkplek: the badge and the term in words. Pure: no I/O."""

from dataclasses import dataclass
from datetime import date

from eloket.kernel.klok import schrijf_dagen, schrijf_datum
from eloket.zaken.types import Badge

DICHTBIJ = 7  # days before the end of the term from which it is marked


@dataclass(frozen=True, slots=True)
class TermijnTekst:
    """The end of a term: `tekst` says how near it is, in words; `soort` ('', 'dichtbij', 'te-laat') only colours."""

    datum: date
    tekst: str
    soort: str


def describe_termijn(uiterlijk: date, vandaag: date) -> TermijnTekst:
    """How many days are left until (and including) `uiterlijk`."""
    over = (uiterlijk - vandaag).days
    if over < 0:
        return TermijnTekst(uiterlijk, f"{schrijf_dagen(-over)} te laat", "te-laat")
    if over == 0:
        return TermijnTekst(uiterlijk, "Vandaag", "dichtbij")
    return TermijnTekst(uiterlijk, f"Nog {schrijf_dagen(over)}", "dichtbij" if over <= DICHTBIJ else "")


def describe_stilstand(uiterlijk: date, sinds: date) -> TermijnTekst:
    """A term that stands still has no days left: its end moves as long as that lasts."""
    return TermijnTekst(uiterlijk, f"Staat stil sinds {schrijf_datum(sinds)}", "")


def badge_tekst(badge: Badge) -> str:
    """The badge as a civil servant reads it: `Wacht op u` is written for the resident."""
    return "Wacht op aanvrager" if badge is Badge.WACHT_OP_U else badge.tekst
