"""Contact details, preferences, and what the registers know of somebody, as plain values that no repr shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
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
    email_kapot_op: datetime | None = None  # since when mail to `email` comes back

    @property
    def email_in_formulier(self) -> str:
        """What the form shows: the newest address given, so that saving the form unchanged changes nothing."""
        return self.email_in_afwachting or self.email


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """What `update_contact` did. `wijziging_id` is that of the change (ContactGewijzigd), "" when nothing changed."""

    is_gewijzigd: bool
    is_bevestiging_verstuurd: bool
    is_mail_uitgezet: bool
    wijziging_id: str = ""

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


class Rubriek(StrEnum):
    """What a mail is about, as somebody chooses it: few enough to choose from on one page."""

    VRAGEN = "vragen"
    BERICHTEN = "berichten"
    DOCUMENTEN = "documenten"
    STATUS = "status"
    HERINNERINGEN = "herinneringen"
    ONTVANGST = "ontvangst"

    @property
    def tekst(self) -> str:
        return _RUBRIEK[self][0]

    @property
    def uitleg(self) -> str:
        """What these mails are, and what somebody who chooses otherwise must know."""
        return _RUBRIEK[self][1]


_RUBRIEK = {
    Rubriek.VRAGEN: (
        "Vragen aan u",
        (
            "Wij hebben iets van u nodig, of wij hebben bekeken wat u stuurde. Soms moet u voor een datum reageren. "
            "Die datum verandert niet als u de e-mail later of niet krijgt."
        ),
    ),
    Rubriek.BERICHTEN: ("Berichten", "Er staat een bericht van ons voor u klaar."),
    Rubriek.DOCUMENTEN: ("Documenten", "Er staat een document van ons voor u klaar."),
    Rubriek.STATUS: (
        "Wijzigingen in uw zaak",
        "Uw zaak heeft een nieuwe status, een andere termijn of een besluit.",
    ),
    Rubriek.HERINNERINGEN: ("Herinneringen", "U moet nog iets doen, bijvoorbeeld een formulier afmaken."),
    Rubriek.ONTVANGST: (
        "Ontvangstbevestigingen",
        (
            "Wij hebben ontvangen wat u stuurde. Deze e-mail krijgt u ook als u geen e-mail wilt bij wijzigingen in "
            "uw zaken. Kies Nooit als u ook deze e-mail niet wilt."
        ),
    ),
}


class Wanneer(StrEnum):
    """When somebody wants to be mailed."""

    DIRECT = "direct"
    DAGELIJKS = "dagelijks"
    NOOIT = "nooit"

    @property
    def tekst(self) -> str:
        return _WANNEER_TEKST[self]


_WANNEER_TEKST = {
    Wanneer.DIRECT: "Meteen",
    Wanneer.DAGELIJKS: "Eén keer per dag",
    Wanneer.NOOIT: "Nooit",
}


class Taal(StrEnum):
    """The language of mails. `tekst` is its name in that language."""

    NL = "nl"
    EN = "en"

    @property
    def tekst(self) -> str:
        return {Taal.NL: "Nederlands", Taal.EN: "English"}[self]


@dataclass(frozen=True, slots=True)
class Bereikbaarheid:
    """Where, when and in which language one party may be mailed.

    `email` is confirmed, "" when there is none. `werkt` is False when mail to it came back for good. `wanneer` holds
    only what differs from at once: ask `wanneer_voor`. The quiet hours are of the clock in Amsterdam, from `stil_van`
    until `stil_tot`, past midnight when that is earlier; both None, or both the same, is none.
    """

    email: str = field(default="", repr=False)
    wil_mail: bool = False
    werkt: bool = True
    wanneer: Mapping[Rubriek, Wanneer] = field(default_factory=dict)
    stil_van: time | None = None
    stil_tot: time | None = None
    taal: Taal = Taal.NL

    def wanneer_voor(self, rubriek: Rubriek) -> Wanneer:
        """The choice for this kind of mail.

        Who does not want mail gets none, except the receipt: sending something gives proof of it (Awb 2:11, from the
        Wmebv), unless they said that they want no receipts either.
        """
        gekozen = self.wanneer.get(rubriek, Wanneer.DIRECT)
        return gekozen if self.wil_mail or rubriek is Rubriek.ONTVANGST else Wanneer.NOOIT


@dataclass(frozen=True, slots=True)
class Ontvanger:
    """Through whom a party may be mailed. `partij_key` is set of a contactpersoon: the business or branch; "" of the
    party's own details. `bereik` None: they never told us anything."""

    profiel_key: str
    partij_key: str
    bereik: Bereikbaarheid | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Partijcontact:
    """How a party can be reached. `kapot_sinds`: since when no address that we have of them works; None when one does,
    or when there is none."""

    telefoon: str = field(default="", repr=False)
    kapot_sinds: datetime | None = None


@dataclass(frozen=True, slots=True)
class Voorkeuren:
    """What somebody chose, for the page on which they choose. `versie` is 0 before the first choice."""

    bereik: Bereikbaarheid
    versie: int = 0
    is_adres_in_afwachting: bool = False


@dataclass(frozen=True, slots=True)
class VoorkeurenWens:
    """The choices as they were sent, as text: every rubriek, both quiet hours ("" is none), the language."""

    wanneer: Mapping[str, str]
    stil_van: str
    stil_tot: str
    taal: str


@dataclass(frozen=True, slots=True)
class Afmeldstand:
    """How it stands for who opens the link in a mail. `kan_terug`: this link switched something off."""

    uit: frozenset[Rubriek]
    kan_terug: bool

    @property
    def is_alles_uit(self) -> bool:
        return self.uit == frozenset(Rubriek)


def _join(*delen: str) -> str:
    return " ".join(deel.strip() for deel in delen if deel.strip())
