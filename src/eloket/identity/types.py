"""Who acts (Actor) and for whom (Partij), as plain values."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from eloket.identity.niveaus import Zekerheid
from eloket.kernel.crypto import vault

NAMENS = " namens "  # in the name under what somebody wrote for another (Actor.afzender)


class Soort(StrEnum):
    INWONER = "inwoner"
    ONDERNEMING = "onderneming"
    MEDEWERKER = "medewerker"
    ANONIEM = "anoniem"  # a form that may be filled in without logging in


class Machtiging(StrEnum):
    """Why somebody acts for another person (facts/login.md)."""

    MACHTIGEN = "machtigen"  # DigiD Machtigen
    BEWIND = "bewind"  # bewindvoerder, curator or mentor
    VOLMACHT = "volmacht"  # given on this site by one resident to another (eloket.machtigingen)


class Recht(StrEnum):
    """What a civil servant may do in the werkplek, besides reading the zaken of their afdelingen.

    Each is given by a functional manager; somebody without any of these only reads.
    """

    BEHANDELEN = "behandelen"  # take zaken, set a status, ask, answer, judge documents
    VERDELEN = "verdelen"  # give zaken to others, read the dashboard
    INZIEN = "inzien"  # search the audit trail: privacy officer, functionaris gegevensbescherming
    VERNIETIGEN = "vernietigen"  # make and approve lists of zaken to destroy: recordmanager, archivaris
    NOODTOEGANG = "noodtoegang"  # read one zaak of somebody else, for an hour, with a reason
    BEHEREN = "beheren"  # zaaktypen, texts, afdelingen and members: functioneel beheer

    @property
    def tekst(self) -> str:
        return self.value.capitalize()

    @property
    def uitleg(self) -> str:
        """What it lets somebody do, for who gives it."""
        return _RECHT_UITLEG[self]

    @classmethod
    def known(cls, bewaard: Iterable[str]) -> "frozenset[Recht]":
        """Of what was kept: a right that a newer release gave is none here, while both run."""
        return frozenset(recht for recht in cls if recht.value in {*bewaard})


_RECHT_UITLEG = {
    Recht.BEHANDELEN: "Zaken nemen, een status geven, vragen stellen, berichten beantwoorden en documenten beoordelen.",
    Recht.VERDELEN: "Zaken aan collega's geven en het dashboard bekijken.",
    Recht.INZIEN: "Zoeken in het logboek van wie welke gegevens bekeek. Voor de privacy officer of de FG.",
    Recht.VERNIETIGEN: "Zaken vernietigen waarvan de bewaartermijn voorbij is. Een collega keurt dat goed.",
    Recht.NOODTOEGANG: (
        "In nood een zaak bekijken van een andere afdeling, of een afgeschermde zaak. Een uur, alleen om te lezen, "
        "en altijd met een reden. De privacy officer en de behandelaar zien dat meteen."
    ),
    Recht.BEHEREN: "Zaaktypen, teksten, afdelingen en medewerkers wijzigen. Ook de rechten van collega's.",
}


class RechtenBron(StrEnum):
    """Who says what a civil servant may do."""

    BEHEER = "beheer"  # a functional manager
    GROEPEN = "groepen"  # their groups at the login provider, at every login (identity.groepen)
    VAST = "vast"  # the command line: an account for when the groups are wrong; groups never change it


class Audience(StrEnum):
    """For whom a route is. Every URL declares one; a URL without it stops the start."""

    IEDEREEN = "iedereen"  # no session needed
    BETROKKENE = "betrokkene"  # a logged-in resident or business
    MEDEWERKER = "medewerker"  # a logged-in civil servant
    BEHEERDER = "beheerder"  # a civil servant with Recht.BEHEREN
    DEMO = "demo"  # exists in demo and test only


@dataclass(frozen=True, slots=True)
class Partij:
    """The resident or business that a zaak belongs to.

    `nummer` is the BSN (9 digits) or KvK number (8); it never leaves this object for a URL, log or page title.
    `key` is its keyed hash: what rows refer to. `vestiging_key` is set when the login is limited to one branch:
    then only zaken of that branch are theirs (facts/login.md, ServiceRestriction:Vestigingsnr).
    """

    soort: Soort
    nummer: str = field(repr=False)
    key: str
    vestigingsnummer: str = field(default="", repr=False)
    vestiging_key: str = ""

    @classmethod
    def inwoner(cls, bsn: str) -> "Partij":
        return cls(soort=Soort.INWONER, nummer=bsn, key=vault().keyed_hash("bsn", bsn))

    @classmethod
    def onderneming(cls, kvk_nummer: str, vestigingsnummer: str = "") -> "Partij":
        return cls(
            soort=Soort.ONDERNEMING,
            nummer=kvk_nummer,
            key=vault().keyed_hash("kvk", kvk_nummer),
            vestigingsnummer=vestigingsnummer,
            vestiging_key=vault().keyed_hash("vestiging", f"{kvk_nummer}:{vestigingsnummer}")
            if vestigingsnummer
            else "",
        )

    @property
    def profiel_key(self) -> str:
        """By which the party is known where a branch counts apart: the branch's own when the login is limited to it.

        Whose contact details somebody changes is Actor.profiel_key.
        """
        return self.vestiging_key or self.key


def partij_ref(profiel_key: str) -> str:
    """How a line of the audit trail names a party, when it is not about one of their zaken."""
    return f"partij-{profiel_key}"


@dataclass(frozen=True, slots=True)
class Mandaat:
    """What somebody may do by an authorisation of this site. Looked up in each request and asked again at each door:
    never kept in a session, so that withdrawing it works at the very next click.
    """

    machtiging_id: str
    zaak_ref: str  # the only zaak that it opens; "" is every zaak of the giver
    may_handelen: bool  # False: only look
    eigen: Partij = field(repr=False)  # who acts, as the party that they are for themselves
    zekerheid: Zekerheid | None = None  # at which the giver was logged in: it opens nothing above that


@dataclass(frozen=True, slots=True)
class Inkijk:
    """A look at one zaak by noodtoegang, for the request at hand: `zaken.access` checks each time that it still is."""

    id: str
    zaak_ref: str
    tot: datetime


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind this request. Made by `identity` from the session; passed on, never looked up."""

    soort: Soort
    key: str  # keyed hash of the acting person: BSN, eHerkenning pseudonym, or staff subject
    naam: str = field(repr=False)
    middel: str  # code of the login means (identity.middelen)
    niveau: str  # level of assurance as the provider named it
    partij: Partij | None = None  # residents and businesses
    medewerker_id: int | None = None  # civil servants
    afdelingen: frozenset[str] = frozenset()  # codes of the afdelingen of a civil servant
    rechten: frozenset[Recht] = frozenset()  # of a civil servant
    zaaktypen: frozenset[str] = frozenset()  # the only zaaktypen that a civil servant may see; empty: all
    machtiging: Machtiging | None = None  # acts for the person that `partij` is, who is somebody else
    # Of who acts, when `naam` is of the party; "" when unknown.
    eigen_naam: str = field(default="", repr=False)
    mandaat: Mandaat | None = None  # with Machtiging.VOLMACHT, and only then
    zekerheid: Zekerheid | None = None  # what `niveau` stands for; None: of a means without levels
    inkijk: Inkijk | None = None  # never in the session: a page that only shows asks for it

    @property
    def is_medewerker(self) -> bool:
        return self.soort is Soort.MEDEWERKER

    @property
    def is_alleen_zelf(self) -> bool:
        """A resident who logged in with their own means, and acts for nobody else now."""
        return (
            self.soort is Soort.INWONER
            and self.machtiging is None
            and self.partij is not None
            and self.partij.key == self.key
        )

    @property
    def is_contactpersoon(self) -> bool:
        """Acts for a business. How they are reached is theirs, not the business's: it has several of them."""
        return self.soort is Soort.ONDERNEMING and self.partij is not None

    @property
    def profiel_key(self) -> str:
        """Whose contact details this actor sees and changes; "" for who acts for no party.

        Of a resident: that of the party. Of a contactpersoon: their own, and of this business or branch alone, so that
        a bookkeeper of two bakeries has two, and no page says that it is the same person.
        """
        if self.partij is None:
            return ""
        if self.is_contactpersoon:
            return vault().keyed_hash("contactpersoon", f"{self.key}:{self.partij.profiel_key}")
        return self.partij.profiel_key

    @property
    def eigen_partij(self) -> Partij | None:
        """Whose menu and counts these are: of who looks at a zaak of another by an authorisation, their own."""
        return self.mandaat.eigen if self.mandaat else self.partij

    @property
    def sporen(self) -> dict[str, str]:
        """What a line in the audit trail says besides who: for whom, when that is somebody else. An employee may act
        for several businesses and branches, and a zaak may have several of them."""
        if self.partij is None or (self.machtiging is None and self.soort is not Soort.ONDERNEMING):
            return {}
        return {"namens": self.partij.profiel_key}

    @property
    def hoedanigheid(self) -> str:
        """As what they act, for the audit trail: the kind of actor, or the kind of authorisation."""
        return _HOEDANIGHEID[self.machtiging] if self.machtiging else self.soort.value

    @property
    def namens(self) -> str:
        """For whom they act, in words for the page; "" for who acts for themselves or for the municipality."""
        if self.machtiging is None and self.soort is not Soort.ONDERNEMING:
            return ""
        vestiging = self.partij.vestigingsnummer if self.partij else ""
        return f"{self.naam}, alleen voor vestiging {vestiging}" if vestiging else self.naam

    @property
    def persoon(self) -> str:
        """Who is logged in, in words for the page."""
        if self.machtiging is None:
            return self.naam
        return self.eigen_naam or _HOEDANIGHEID[self.machtiging].capitalize()

    @property
    def afzender(self) -> str:
        """The name under what they write: of whom it is, and who wrote it for them."""
        return f"{self.persoon}{NAMENS}{self.naam}" if self.machtiging else self.naam

    @property
    def verstuurd_door(self) -> str:
        """Who sends something for whom, in the words of the page and of messages, for its receipt; "" for who sends it
        for themselves or for the municipality. A contactpersoon has no name here: eHerkenning tells a pseudonym, and
        nobody reads that."""
        if not self.namens:
            return ""
        return f"{'Contactpersoon' if self.is_contactpersoon else self.persoon}{NAMENS}{self.namens}"

    @property
    def handelt_key(self) -> str:
        """Of what is kept for who acts and not yet for the party: what somebody types for themselves is never mixed
        with what they type for another."""
        if self.machtiging is None or self.partij is None:
            return self.key
        return vault().keyed_hash("namens", f"{self.key}:{self.partij.key}")


_HOEDANIGHEID = {
    Machtiging.MACHTIGEN: "gemachtigde",
    Machtiging.BEWIND: "bewindvoerder",
    Machtiging.VOLMACHT: "gemachtigde",
}
