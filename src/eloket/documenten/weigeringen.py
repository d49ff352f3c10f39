"""Why a file is not taken, in words that say how to mend it (B1 Dutch). Pure text: no I/O."""

from datetime import datetime
from enum import StrEnum

from eloket.documenten.errors import DocumentBestaatAl
from eloket.documenten.formaten import MAX_AANTAL, OPSOMMING, beweerd_formaat, schrijf_omvang
from eloket.documenten.namen import leesbaar
from eloket.documenten.types import Aangeboden, Geweigerd


class Reden(StrEnum):
    """The stable code of a refusal."""

    TE_VEEL = "document-te-veel"
    TE_GROOT = "document-te-groot"
    LEEG = "document-leeg"
    SOORT = "document-soort"
    ANDERS = "document-anders"
    WEBPAGINA = "document-webpagina"
    MACRO = "document-macro"
    OUD_OFFICE = "document-oud-office"
    BESCHADIGD = "document-beschadigd"
    UITGEPAKT = "document-uitgepakt"
    BESMET = "document-besmet"
    DUBBEL = "document-dubbel"
    MISLUKT = "document-mislukt"


_TEKSTEN = {
    Reden.TE_VEEL: f"‘{{naam}}’ is niet toegevoegd. U kunt {MAX_AANTAL} bestanden per keer toevoegen. "
    "Voeg dit bestand daarna toe.",
    Reden.TE_GROOT: "‘{naam}’ is te groot ({omvang}). Een bestand mag 50 MB zijn. "
    "Maak het kleiner, of verdeel het over meer bestanden.",
    Reden.LEEG: "‘{naam}’ is leeg. Controleer het bestand en kies het opnieuw.",
    Reden.SOORT: f"‘{{naam}}’ kunnen wij niet aannemen. Kies een bestand in {OPSOMMING}.",
    Reden.ANDERS: "‘{naam}’ is geen echt {soort}-bestand, of het is beschadigd. "
    "Open het zelf, sla het opnieuw op als {soort}-bestand en kies het nog een keer. "
    "Kunt u het ook zelf niet openen? Kies dan een ander bestand.",
    Reden.WEBPAGINA: "‘{naam}’ is een webpagina of een programma. Dat kunnen wij niet aannemen. "
    "Maak er een pdf van en kies die.",
    Reden.MACRO: "In ‘{naam}’ zitten macro’s. Dat kunnen wij niet aannemen. "
    "Sla het bestand op zonder macro’s of als pdf, en kies dat.",
    Reden.OUD_OFFICE: "‘{naam}’ is een ouder soort bestand, of er zit een wachtwoord op. "
    "Sla het op als pdf, docx of xlsx zonder wachtwoord, en kies dat.",
    Reden.BESCHADIGD: "‘{naam}’ kunnen wij niet lezen: het bestand is beschadigd of niet compleet. "
    "Open het zelf, sla het opnieuw op en kies het nog een keer.",
    Reden.UITGEPAKT: "‘{naam}’ wordt veel te groot als iemand het opent. "
    "Maak er een pdf van, of haal grote afbeeldingen eruit, en kies het opnieuw.",
    Reden.BESMET: "In ‘{naam}’ zit een virus. Wij hebben het bestand niet bewaard. "
    "Laat uw computer of telefoon controleren en stuur daarna een veilig bestand.",
    Reden.DUBBEL: "‘{naam}’ is hetzelfde bestand als ‘{ander}’. Wij bewaren het één keer.",
    Reden.MISLUKT: "‘{naam}’ is niet goed bij ons aangekomen. Dat ligt niet aan uw bestand. "
    "Probeer het over een paar minuten opnieuw.",
}


def weiger(bestand: Aangeboden, reden: Reden, *, ander: str = "") -> Geweigerd:
    """The refusal of this file; `ander` is the name of the file that it equals (only for DUBBEL)."""
    naam = leesbaar(bestand.naam)
    beweerd = beweerd_formaat(bestand.naam)
    tekst = _TEKSTEN[reden].format(
        naam=naam,
        omvang=schrijf_omvang(bestand.omvang),
        ander=leesbaar(ander),
        soort=beweerd.naam if beweerd else "",
    )
    return Geweigerd(naam=naam, code=reden.value, tekst=tekst)


def bestaat_al(bestand: Aangeboden, ontvangen_op: datetime) -> Geweigerd:
    """The refusal of a file whose content stands in the zaak since `ontvangen_op`."""
    naam = leesbaar(bestand.naam)
    fout = DocumentBestaatAl(naam=naam, ontvangen_op=ontvangen_op)
    return Geweigerd(naam=naam, code=fout.code, tekst=fout.tekst)
