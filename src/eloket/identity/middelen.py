"""The login means of this municipality, in the order of the login page.

They come from a file (ELOKET_MIDDELEN_BESTAND, see identity.middelenbestand), or else from the variables
ELOKET_DIGID_*, ELOKET_EHERKENNING_*, ELOKET_EIDAS_* and ELOKET_MEDEWERKER_*. In demo and test DigiD, eHerkenning and
the staff login are simulated when they are not configured.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from eloket.identity.koppeling import Groep
from eloket.identity.niveaus import LADDERS, ONDERGRENS, MiddelSoort, Niveau, Zekerheid, minimum_of
from eloket.identity.saml.koppeling import SamlKoppeling
from eloket.kernel.crypto import vault

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
_GESIMULEERD = frozenset({MiddelSoort.DIGID, MiddelSoort.EHERKENNING, MiddelSoort.MEDEWERKER})
NAMEN = {soort.value: teksten.naam for soort, teksten in TEKSTEN.items()}


def list_middelen() -> tuple[Middel, ...]:
    """The means that are offered here, in order. Raises ImproperlyConfigured for what may not be."""
    eloket = settings.ELOKET
    if eloket.middelen_bestand:
        # Read here and not above: the file's module builds on this one.
        from eloket.identity.middelenbestand import load_middelen  # noqa: PLC0415

        return load_middelen(eloket.middelen_bestand, is_productie=not eloket.is_demo)
    return tuple(middel for soort in MiddelSoort if (middel := _from_environment(soort)))


def get_middel(code: str) -> Middel | None:
    """The means with this code, or None when it does not exist or is not offered here. Raises ImproperlyConfigured."""
    if not settings.ELOKET.middelen_bestand:
        return _from_environment(MiddelSoort(code)) if code in NAMEN else None
    return next((middel for middel in list_middelen() if middel.code == code), None)


def has_groepen() -> bool:
    """Whether the groups at the login provider say which civil servants there are, and what they may."""
    return any(een.groepen for een in list_middelen())


def middel_naam(code: str) -> str:
    """How a person knows this means, also when it is offered no more."""
    middel = get_middel(code)
    return middel.naam if middel else NAMEN.get(code, "een ander inlogmiddel")


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


def _from_environment(soort: MiddelSoort) -> Middel | None:
    """Without an issuer a means is simulated in demo and test, and not offered in production."""
    eloket, code = settings.ELOKET, soort.value
    issuer: str = getattr(eloket, f"{code}_issuer")
    if issuer:
        check_issuer(issuer, f"ELOKET_{code.upper()}_ISSUER", is_productie=not eloket.is_demo)
        middel = make_middel(
            code,
            soort,
            issuer=issuer,
            client_id=getattr(eloket, f"{code}_client_id"),
            client_secret=getattr(eloket, f"{code}_client_secret"),
        )
        if soort is MiddelSoort.DIGID:
            return replace(middel, claims=replace(middel.claims, bsn=eloket.digid_bsn_claim))
        return middel
    if not eloket.is_demo or soort not in _GESIMULEERD:
        return None
    middel = make_middel(
        code,
        soort,
        issuer=f"{eloket.base_url.rstrip('/')}/simulatie/{code}",
        client_id=f"eloket-{code}",
        client_secret=vault().keyed_hash("simulatie", code),
    )
    return replace(middel, is_simulatie=True)
