"""A receipt to keep, as PDF/UA-1. Made of what was kept when it was received, so it is the same bytes whenever it is
made: two copies can be laid side by side.
"""

from eloket.design_system.pdf import render_pdf
from eloket.documenten.formaten import schrijf_omvang
from eloket.identity.middelen import middel_naam
from eloket.kernel.klok import schrijf_moment
from eloket.notifications.ontvangst.types import OntvangenBestand, OntvangstInzage, OntvangstSoort
from eloket.zaken.types import Kanaal

_TITELS: dict[OntvangstSoort | str, str] = {
    OntvangstSoort.AANVRAAG: "Uw aanvraag of melding",
    OntvangstSoort.BERICHT: "Uw bericht",
    OntvangstSoort.DOCUMENTEN: "Documenten die u stuurde",
    OntvangstSoort.ANTWOORD: "Uw antwoord op onze vraag",
    OntvangstSoort.FORMULIER: "Een formulier dat wij vroegen",
    OntvangstSoort.GEGEVENS: "Een wijziging van uw gegevens",
}
_ONDERWERP: dict[OntvangstSoort | str, str] = {
    OntvangstSoort.BERICHT: "Onderwerp",
    OntvangstSoort.ANTWOORD: "Onze vraag",
    OntvangstSoort.FORMULIER: "Wat wij vroegen",
}
_VELDEN = {
    "email": "e-mailadres",
    "telefoon": "telefoonnummer",
    "wil_mail": "of u e-mail wilt",
    "voorkeuren": "wanneer u e-mail wilt",
}
_KANALEN = {
    Kanaal.PORTAAL: "via de website",
    Kanaal.BALIE: "aan de balie",
    Kanaal.TELEFOON: "aan de telefoon",
    Kanaal.POST: "per post",
}


def titel_van(soort: OntvangstSoort | str) -> str:
    """What was received, as the heading of one receipt among others; of a kind that a later release wrote only that."""
    return _TITELS.get(soort, "Wat u stuurde")


def schrijf_velden(velden: tuple[str, ...]) -> str:
    """`e-mailadres, telefoonnummer`: which contact details changed."""
    return ", ".join(_VELDEN.get(veld, veld) for veld in velden)


def schrijf_weg(ontvangst: OntvangstInzage) -> str:
    """How it came in: `via de website, ingelogd met DigiD`. Never a number."""
    weg = _KANALEN[Kanaal(ontvangst.kanaal)]
    if ontvangst.kanaal != Kanaal.PORTAAL:
        return weg
    return f"{weg}, {f'ingelogd met {middel_naam(ontvangst.middel)}' if ontvangst.middel else 'zonder in te loggen'}"


def bestandsnaam(ontvangst: OntvangstInzage) -> str:
    return f"ontvangstbewijs-{ontvangst.kenmerk}.pdf"


def make_pdf(ontvangst: OntvangstInzage, *, gemeente: str) -> bytes:
    """What, when, who for whom, reference and login means, and of every file its name, size and SHA-256; dated at
    receipt."""
    regels = [
        ("Kenmerk", ontvangst.kenmerk),
        ("Ontvangen op", schrijf_moment(ontvangst.ontvangen_op)),
        ("Hoe", schrijf_weg(ontvangst)),
        (ontvangst.door_kop, ontvangst.verstuurd_door),
        ("Zaak", ontvangst.zaak),
        ("Zaaknummer", ontvangst.zaaknummer),
        (_ONDERWERP.get(ontvangst.soort, "Onderwerp"), ontvangst.onderwerp),
        ("Gewijzigd", schrijf_velden(ontvangst.velden)),
    ]
    gegevens = {
        "gemeente": gemeente,
        "kenmerk": ontvangst.kenmerk,
        "wat": titel_van(ontvangst.soort),
        "regels": [(naam, waarde) for naam, waarde in regels if waarde],
        "bestandenkop": "Bijlagen" if ontvangst.soort is OntvangstSoort.BERICHT else "Documenten",
        "bestanden": [_bestand(een) for een in ontvangst.bestanden],
    }
    return render_pdf("ontvangst", gegevens, titel="Ontvangstbewijs", moment=ontvangst.ontvangen_op)


def _bestand(bestand: OntvangenBestand) -> dict[str, object]:
    return {
        "naam": bestand.naam,
        "omvang": f"{schrijf_omvang(bestand.omvang)} ({bestand.omvang} bytes)",
        "sha256": bestand.sha256,
        "zonder_plaats": bestand.is_zonder_plaats,
    }
