"""A login means as the standards have it: what it is called, and how its provider names claims and levels."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ImproperlyConfigured

from eloket.identity.niveaus import LADDERS, ONDERGRENS, MiddelSoort, Niveau, Zekerheid, minimum_of
from eloket.identity.saml.koppeling import SamlKoppeling
from eloket.identity.types import Recht

_LEGAL = "urn:etoegang:core:LegalSubjectID"
_ACTING = "urn:etoegang:core:ActingSubjectID"
_GDI = "urn:nl-eid-gdi:1.0:"


@dataclass(frozen=True, slots=True)
class ClaimNamen:
    """How the provider of a means names what it tells (facts/login.md, "What brokers send"). "" is: never sent.

    `represented` is the BSN of whom is acted for, `acting` who acts: a BSN (DigiD Machtigen) or a pseudonym
    (eHerkenning).
    """

    bsn: str = "bsn"
    represented: str = f"{_GDI}LegalSubjectID"
    acting: str = f"{_GDI}ActingSubjectID"
    dienst: str = f"{_GDI}ServiceUUID"
    kvk: str = ""
    kvk_soort: str = ""  # says whether `kvk` is a KvK number or an RSIN
    vestiging: str = ""
    niveau: tuple[str, ...] = ("loa", "acr")
    naam: str = "name"
    subject: str = "sub"  # by which a civil servant is known (Entra ID: `oid`)
    groepen: tuple[str, ...] = ("groups",)  # the way to the groups of a civil servant, level by level


@dataclass(frozen=True, slots=True)
class Teksten:
    """What the login page says about a means."""

    naam: str
    titel: str
    uitleg: str
    logo: str
    link: str = ""
    linktekst: str = ""


@dataclass(frozen=True, slots=True)
class Groep:
    """One group, exactly as the provider calls it (Entra ID: its object id), and what its members have here."""

    groep: str
    afdelingen: frozenset[str] = frozenset()
    rechten: frozenset[Recht] = frozenset()
    zaaktypen: frozenset[str] = frozenset()  # the only ones; empty: all of the afdelingen


@dataclass(frozen=True, slots=True)
class Middel:
    """One way to log in, at one provider: of OpenID Connect, or of SAML when `saml` is there."""

    code: str
    soort: MiddelSoort
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    claims: ClaimNamen
    teksten: Teksten
    niveaus: tuple[Niveau, ...] = ()  # low to high
    minimum: str = ""  # as the provider spells it; "" when the means has no levels
    acr_values: str = ""  # what to ask for instead of a level: some brokers choose the means by it
    scope: str = "openid"
    diensten: frozenset[str] = frozenset()  # the services for which somebody may be authorised; empty: any
    bewind_diensten: frozenset[str] = frozenset()  # those of them that stand for bewindvoering
    groepen: tuple[Groep, ...] = ()  # what groups give; empty: civil servants are managed here
    tweede_factor: Mapping[str, frozenset[str]] = field(default_factory=dict)  # a claim -> what is enough
    tweede_factor_elders: str = ""  # or how the provider asks for one by itself, as an administrator declares
    has_auth_time: bool = True  # the ID token says when the person logged in at the provider (identity.oidc)
    is_simulatie: bool = False
    saml: SamlKoppeling | None = None  # then `issuer`, `client_id` and `client_secret` are empty

    @property
    def naam(self) -> str:
        return self.teksten.naam

    @property
    def is_voor_medewerkers(self) -> bool:
        return self.soort is MiddelSoort.MEDEWERKER

    @property
    def minimumniveau(self) -> Niveau | None:
        return self.get_niveau(self.minimum)

    def get_niveau(self, waarde: str) -> Niveau | None:
        """The level that the provider spells like this."""
        return next((een for een in self.niveaus if een.waarde == waarde), None)

    def is_hoog_genoeg(self, niveau: str) -> bool:
        """Whether `niveau` is known and not below the minimum."""
        ladder = [een.waarde for een in self.niveaus]
        return not ladder or (niveau in ladder and ladder.index(niveau) >= ladder.index(self.minimum))

    def lowest_for(self, nodig: Zekerheid | None) -> Niveau | None:
        """The lowest level that may log in and gives this much assurance; None when this means has none."""
        goed = (
            een
            for een in self.niveaus
            if self.is_hoog_genoeg(een.waarde) and (nodig is None or een.zekerheid.rang >= nodig.rang)
        )
        return next(goed, None)


CLAIMS: dict[MiddelSoort, ClaimNamen] = {
    MiddelSoort.DIGID: ClaimNamen(),
    MiddelSoort.EIDAS: ClaimNamen(represented="", acting="", dienst=""),
    MiddelSoort.EHERKENNING: ClaimNamen(
        bsn="",
        represented="urn:etoegang:1.12:EntityConcernedID:BSN",
        acting=_ACTING,
        dienst="urn:etoegang:core:ServiceUUID",
        kvk=_LEGAL,
        kvk_soort="namequalifier",
        vestiging="urn:etoegang:1.9:ServiceRestriction:Vestigingsnr",
    ),
    MiddelSoort.MEDEWERKER: ClaimNamen(bsn="", represented="", acting="", dienst=""),
}
TEKSTEN: dict[MiddelSoort, Teksten] = {
    MiddelSoort.DIGID: Teksten(
        "DigiD",
        "Voor uzelf",
        "Log in als inwoner met uw eigen DigiD.",
        "DigiD",
        "https://www.digid.nl/aanvragen",
        "Nog geen DigiD? Vraag uw DigiD aan",
    ),
    MiddelSoort.EHERKENNING: Teksten(
        "eHerkenning",
        "Voor uw bedrijf of organisatie",
        "Log in als ondernemer of vertegenwoordiger. U heeft minimaal betrouwbaarheidsniveau EH3 nodig.",
        "eH",
        "https://www.eherkenning.nl",
        "Nog geen eHerkenning? Vraag een inlogmiddel aan",
    ),
    MiddelSoort.EIDAS: Teksten(
        "eIDAS",
        "Met een inlogmiddel van een ander land",
        "Log in met een Europees erkend inlogmiddel. U heeft ook een burgerservicenummer (BSN) nodig.",
        "eIDAS",
    ),
    MiddelSoort.MEDEWERKER: Teksten("het account van de gemeente", "", "", ""),
}
NAMEN = {soort.value: teksten.naam for soort, teksten in TEKSTEN.items()}


def name_for(soort: MiddelSoort, nodig: Zekerheid | None) -> str:
    """How a person knows logging in like this, with the level when one is asked for: `DigiD Substantieel`."""
    naam = TEKSTEN[soort].naam
    rang = ONDERGRENS[soort]
    ladder = LADDERS[soort]
    laagste = next((nr for nr, een in enumerate(ladder) if een.code == rang), 0)
    genoeg = next((een for een in ladder[laagste:] if nodig and een.zekerheid.rang >= nodig.rang), None)
    if genoeg is None or genoeg is ladder[laagste]:
        return naam
    return genoeg.naam if naam in genoeg.naam else f"{naam} {genoeg.naam}"


def make_middel(code: str, soort: MiddelSoort, *, issuer: str, client_id: str, client_secret: str) -> Middel:
    """A means as the standards have it, at the lowest level that the product allows."""
    return Middel(
        code=code,
        soort=soort,
        issuer=issuer,
        client_id=client_id,
        client_secret=client_secret,
        claims=CLAIMS[soort],
        teksten=TEKSTEN[soort],
        niveaus=LADDERS[soort],
        minimum=minimum_of(soort),
        scope="openid profile" if soort is MiddelSoort.MEDEWERKER else "openid",
    )


def check_issuer(issuer: str, naam: str, *, is_productie: bool) -> None:
    """Raises ImproperlyConfigured for a production issuer that is not https."""
    if is_productie and not issuer.startswith("https://"):
        raise ImproperlyConfigured(f"{naam} moet met https:// beginnen")
