"""Contact details, and what the registers know of a person or business, as plain values that no repr shows."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True, repr=False)
class Persoon:
    """A resident as the Basisregistratie Personen knows them. Empty text is unknown."""

    voornamen: str
    voorvoegsel: str
    achternaam: str
    geboortedatum: date
    straat_huisnummer: str
    postcode: str
    woonplaats: str

    @property
    def geslachtsnaam(self) -> str:
        """`van Drouwen`"""
        return _join(self.voorvoegsel, self.achternaam)

    @property
    def naam(self) -> str:
        """`Jeroen Pieter van Drouwen`"""
        return _join(self.voornamen, self.geslachtsnaam)

    @property
    def korte_naam(self) -> str:
        """`J. van Drouwen`: what fits in the header of a page."""
        eerste = self.voornamen.strip()[:1].upper()
        return _join(f"{eerste}." if eerste else "", self.geslachtsnaam)


@dataclass(frozen=True, slots=True, repr=False)
class Onderneming:
    """A business, or one branch of it, as the Handelsregister knows it. `vestigingsnummer` "" is the whole business."""

    handelsnaam: str
    kvk_nummer: str
    vestigingsnummer: str
    vestiging_naam: str
    straat_huisnummer: str
    postcode: str
    woonplaats: str


@dataclass(frozen=True, slots=True, repr=False)
class ContactGegevens:
    """What somebody told us: `email` is confirmed, `email_in_afwachting` is not and gets nothing but its link.

    `telefoon` is E.164 (`+31612345678`), `telefoon_getoond` the same for reading. Empty text is: not given.
    """

    email: str = ""
    email_in_afwachting: str = ""
    telefoon: str = ""
    telefoon_getoond: str = ""
    wil_mail: bool = False
    bevestiging_verstuurd_op: datetime | None = None

    @property
    def email_in_formulier(self) -> str:
        """What the form shows: the newest address given, so that saving the form unchanged changes nothing."""
        return self.email_in_afwachting or self.email


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """What `update_contact` did."""

    is_gewijzigd: bool
    is_bevestiging_verstuurd: bool
    is_mail_uitgezet: bool

    @property
    def tekst(self) -> str:
        """What the person reads on the next page."""
        if self.is_bevestiging_verstuurd:
            return (
                "Uw gegevens zijn opgeslagen. Wij hebben een e-mail gestuurd naar het nieuwe adres. "
                "Klik op de link in die e-mail om uw adres te bevestigen."
            )
        if self.is_mail_uitgezet:
            return (
                "Uw gegevens zijn opgeslagen. U heeft geen e-mailadres meer. "
                "Daarom krijgt u geen e-mail meer bij wijzigingen in uw zaken."
            )
        return "Uw gegevens zijn opgeslagen."


class Bevestiging(StrEnum):
    """Where the confirmation of an address stands. `tekst` is what opening the link says."""

    OPEN = "open"
    GELUKT = "gelukt"
    AL_GEDAAN = "al_gedaan"

    @property
    def tekst(self) -> str:
        return _BEVESTIGING_TEKST[self]


_BEVESTIGING_TEKST = {
    Bevestiging.OPEN: "Klik op de knop om uw e-mailadres te bevestigen.",
    Bevestiging.GELUKT: "Uw e-mailadres is bevestigd.",
    Bevestiging.AL_GEDAAN: "Uw e-mailadres was al bevestigd. U hoeft niets meer te doen.",
}


def _join(*delen: str) -> str:
    return " ".join(deel.strip() for deel in delen if deel.strip())
