"""Why a document is saved and not shown, in words for whoever would open it (B1 Dutch). Pure text."""

from eloket.documenten.types import DocumentInzage, Kenmerk

_SOORT = "Uw browser kan dit soort bestand niet laten zien. Sla het op en open het daarna."
_TEKSTEN = {
    Kenmerk.VERSLEUTELD: "Op dit bestand zit een wachtwoord. Daarom kunnen wij het hier niet laten zien. "
    "Sla het op en open het daarna met het wachtwoord.",
    Kenmerk.ACTIEF: "In dit bestand zitten scripts of andere bestanden. "
    "Voor uw veiligheid laten wij het hier niet zien. "
    "U kunt het wel opslaan. Open het alleen als u weet van wie het komt.",
    Kenmerk.ONLEESBAAR: "Wij kunnen niet goed lezen wat er in dit bestand zit. "
    "Voor uw veiligheid laten wij het hier niet zien. "
    "U kunt het wel opslaan. Open het alleen als u weet van wie het komt.",
}


def waarom_opslaan(document: DocumentInzage) -> str:
    """What to know before saving it; '' for a document that a browser may show."""
    if document.is_toonbaar:
        return ""
    return next((tekst for kenmerk, tekst in _TEKSTEN.items() if kenmerk in document.kenmerken), _SOORT)
