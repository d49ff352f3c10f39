"""The afschrift that a receiver can ask for: when everything about a zaak was sent, delivered and opened (Wmebv)."""

from datetime import datetime

from eloket.design_system.pdf import render_pdf
from eloket.kernel.klok import schrijf_moment
from eloket.notifications.verantwoorden.levensloop import Levensloop, Stap
from eloket.notifications.verantwoorden.verzending import Stuk, VanPartij
from eloket.zaken.types import Zaak

TITEL = "Bewijs van berichten en meldingen"
_INLEIDING = (
    "Dit is een overzicht van wat er over deze zaak is verstuurd, en van wat er daarna mee gebeurde. Wij leggen dit"
    " vast op het moment dat het gebeurt. Daarna verandert er niets meer aan. De tijden zijn die in Nederland."
)


def make_verzendbewijs(zaak: Zaak, partij: VanPartij, *, gemeente: str, moment: datetime) -> bytes:
    """For this party, as PDF/UA-1: oldest first, without an address and without what a message says."""
    gegevens = {
        "gemeente": gemeente,
        "zaaknummer": zaak.identificatie,
        "inleiding": _INLEIDING,
        "regels": [
            ("Zaak", zaak.omschrijving),
            ("Zaaknummer", zaak.identificatie),
            *([("Voor", partij.naam)] if partij.naam else []),
            ("Gemaakt op", f"{schrijf_moment(moment)}, door {gemeente}"),
        ],
        "stukken": [_stuk(een) for een in partij.stukken],
    }
    return render_pdf("verzendbewijs", gegevens, titel=TITEL, moment=moment)


def _stuk(stuk: Stuk) -> dict[str, object]:
    stappen = _stappen(stuk.stappen)
    if stuk.is_ongeopend:
        stappen.append(("", "Nog niet geopend door de ontvanger."))
    return {
        "titel": stuk.titel,
        "stappen": stappen,
        "meldingen": [_melding(een, is_los=not stuk.stappen) for een in stuk.meldingen],
    }


def _melding(melding: Levensloop, *, is_los: bool) -> dict[str, object]:
    """One that stands by itself has its title above it already."""
    wacht = (
        [("", f"Wacht op een e-mail, die op zijn vroegst gaat op {schrijf_moment(melding.wacht_tot)}.")]
        if melding.wacht_tot
        else []
    )
    return {
        "titel": "" if is_los else f"Melding hierover: {melding.titel}",
        "stappen": [*_stappen(melding.stappen), *wacht],
        "uitleg": melding.uitleg,
    }


def _stappen(stappen: tuple[Stap, ...]) -> list[tuple[str, str]]:
    return [(schrijf_moment(stap.moment), stap.tekst) for stap in stappen]
