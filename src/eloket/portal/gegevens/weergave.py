"""The contact form and the register data as the page shows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from eloket.identity.types import Actor, Partij, Soort
from eloket.kernel.klok import datum_van, schrijf_datum, schrijf_moment
from eloket.profile.contactpersonen import Collega, Gestopt
from eloket.profile.types import ContactGegevens, Onderneming, Persoon


@dataclass(frozen=True, slots=True)
class ContactFormulier:
    """What stands in the form, and what is wrong with it (text per field)."""

    email: str = field(repr=False)
    telefoon: str = field(repr=False)
    wil_mail: bool
    fouten: Mapping[str, str]

    @property
    def foutenlijst(self) -> list[tuple[str, str]]:
        """(id of the field, text), in the order of the form."""
        return [(veld, self.fouten[veld]) for veld in ("email", "telefoon") if veld in self.fouten]

    @property
    def fouttitel(self) -> str:
        aantal = len(self.fouten)
        er_zijn = "Er is 1 fout." if aantal == 1 else f"Er zijn {aantal} fouten."
        return f"{er_zijn} Uw wijzigingen zijn nog niet opgeslagen."


@dataclass(frozen=True, slots=True)
class Registergegevens:
    """A part of the page that the person cannot change; `fout` when it could not be fetched."""

    titel: str
    uitleg: str
    regels: list[tuple[str, str]] = field(repr=False)
    adres: list[tuple[str, str]] = field(repr=False)
    fout: str = ""


@dataclass(frozen=True, slots=True)
class AdresKapot:
    """The alert about an address that does not work; `kan_nogmaals` when a link may be asked for it."""

    adres: str = field(repr=False)
    tekst: str
    kan_nogmaals: bool


def make_kapot(contact: ContactGegevens) -> AdresKapot | None:
    """None when the address works, as far as we know."""
    if contact.email_kapot_op is None:
        return None
    wacht = contact.email_in_afwachting
    sinds = f"Sinds {schrijf_datum(datum_van(contact.email_kapot_op))} komen onze e-mails bij u niet aan."
    if not wacht:
        wat = "Wijzig uw e-mailadres. Of laat ons weten dat dit adres wel klopt: dan sturen wij u een link."
    elif wacht == contact.email:
        wat = "Wij hebben een e-mail met een link naar dit adres gestuurd. Klik op die link, of wijzig uw e-mailadres."
    else:
        wat = "Klik op de link in de e-mail die wij naar uw nieuwe adres hebben gestuurd."
    return AdresKapot(contact.email, f"{sinds} {wat}", kan_nogmaals=not wacht)


@dataclass(frozen=True, slots=True)
class CollegaRegel:
    """A colleague who is mailed as well, and what is known of them."""

    nummer: int
    adres: str = field(repr=False)
    tekst: str


def make_collegas(collegas: Iterable[Collega]) -> list[CollegaRegel]:
    return [CollegaRegel(een.nummer, een.adres, _write_collega(een)) for een in collegas]


def _write_collega(een: Collega) -> str:
    if een.gezien_op is None:
        return "Dit adres gaf uw bedrijf eerder op, voor alle collega's samen."
    waarover = " Krijgt alleen e-mails over een vestiging." if een.is_vestiging else ""
    return f"Logde voor het laatst in op {schrijf_datum(datum_van(een.gezien_op))}.{waarover}"


def write_gestopt(een: Gestopt) -> str:
    """What is true of this address: not each can be told, and nobody can switch on what was shared."""
    wat = "Naar dit adres sturen wij" if een.is_gedeeld else "Deze collega krijgt"
    delen = (
        f"{wat} geen e-mails meer over uw zaken.",
        "Dat hebben wij in een laatste e-mail laten weten." if een.is_verteld else "",
        "" if een.is_gedeeld else "Uw collega kan de e-mails zelf weer aanzetten.",
    )
    return " ".join(filter(None, delen))


def uitleg_contact(actor: Actor) -> str:
    """Whose the contact details are; "" for who can be nobody else."""
    if not actor.is_contactpersoon:
        return ""
    return (
        f"Dit zijn uw eigen contactgegevens. Collega's die ook inloggen voor {actor.naam}, hebben hun eigen "
        "contactgegevens. U krijgt e-mails zolang u minstens één keer per jaar inlogt."
    )


def form_from_contact(contact: ContactGegevens) -> ContactFormulier:
    return ContactFormulier(
        email=contact.email_in_formulier,
        telefoon=contact.telefoon_getoond,
        wil_mail=contact.wil_mail,
        fouten={},
    )


def form_from_typed(
    velden: Mapping[str, str | list[str]], fouten: Mapping[str, str] | None = None
) -> ContactFormulier:
    """The form as it was typed."""
    return ContactFormulier(
        email=str(velden.get("email", "")),
        telefoon=str(velden.get("telefoon", "")),
        wil_mail="wil_mail" in velden,
        fouten=fouten or {},
    )


def write_afwachting(contact: ContactGegevens) -> str:
    """What still has to happen to the new address; "" when nothing does."""
    if not contact.email_in_afwachting:
        return ""
    wanneer = (
        f" op {schrijf_moment(contact.bevestiging_verstuurd_op)}" if contact.bevestiging_verstuurd_op else ""
    )
    is_anders = contact.email not in ("", contact.email_in_afwachting)
    tot_dan = f" Tot die tijd gebruiken wij {contact.email}." if is_anders else ""
    return (
        f"Bevestig nog uw e-mailadres {contact.email_in_afwachting}. Wij hebben u{wanneer} een e-mail gestuurd. "
        f"Klik op de link in die e-mail.{tot_dan}"
    )


def from_persoon(partij: Partij, persoon: Persoon) -> Registergegevens:
    """The only place on screen that shows a BSN."""
    return Registergegevens(
        titel=titel_van(partij),
        uitleg=uitleg_van(partij),
        regels=[
            ("Voornamen", persoon.voornamen),
            ("Achternaam", persoon.geslachtsnaam),
            ("Geboortedatum", schrijf_datum(persoon.geboortedatum)),
            ("Burgerservicenummer", write_bsn(partij.nummer)),
        ],
        adres=_make_adres(persoon),
    )


def from_onderneming(partij: Partij, onderneming: Onderneming) -> Registergegevens:
    vestiging = (
        [
            ("Vestiging", onderneming.vestiging_naam),
            ("Vestigingsnummer", onderneming.vestigingsnummer),
        ]
        if onderneming.vestigingsnummer
        else []
    )
    return Registergegevens(
        titel=titel_van(partij),
        uitleg=uitleg_van(partij),
        regels=[
            ("Handelsnaam", onderneming.handelsnaam),
            ("KvK-nummer", onderneming.kvk_nummer),
            *((naam, waarde) for naam, waarde in vestiging if waarde),
        ],
        adres=_make_adres(onderneming),
    )


def titel_van(partij: Partij) -> str:
    return "Persoonsgegevens" if partij.soort is Soort.INWONER else "Bedrijfsgegevens"


def uitleg_van(partij: Partij) -> str:
    if partij.soort is Soort.INWONER:
        return "Deze gegevens komen uit de Basisregistratie Personen (BRP). U kunt ze hier niet wijzigen."
    return "Deze gegevens komen uit het Handelsregister van de Kamer van Koophandel. U kunt ze hier niet wijzigen."


def anders_wijzigen(partij: Partij) -> str:
    """Where what is not ours is put right: the registers go by another law than the AVG (Wet BRP, article 2.58)."""
    if partij.soort is Soort.INWONER:
        return (
            "Klopt er iets niet in de BRP, zoals uw naam of geboortedatum? Dat wijzigen wij op een andere manier. "
            "Maak een afspraak bij Burgerzaken, of bel ons. Bent u verhuisd? Geef dat door in het E-loket."
        )
    return (
        "Klopt er iets niet in het Handelsregister? Geef dat door aan de Kamer van Koophandel. "
        "Wij krijgen het dan vanzelf."
    )


def write_bsn(nummer: str) -> str:
    """`9999 90 019`"""
    return f"{nummer[:4]} {nummer[4:6]} {nummer[6:]}"


def _make_adres(wie: Persoon | Onderneming) -> list[tuple[str, str]]:
    plaats = f"{wie.postcode} {wie.woonplaats}".strip()
    regels = [("Straat en huisnummer", wie.straat_huisnummer), ("Postcode en woonplaats", plaats)]
    return [(naam, waarde) for naam, waarde in regels if waarde]
