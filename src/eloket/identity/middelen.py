"""The login means of this municipality, in the order of the login page.

They come from a file (ELOKET_MIDDELEN_BESTAND, see identity.middelenbestand), or else from the variables
ELOKET_DIGID_*, ELOKET_EHERKENNING_*, ELOKET_EIDAS_* and ELOKET_MEDEWERKER_*. In demo and test DigiD, eHerkenning and
the staff login are simulated when they are not configured.
"""

from dataclasses import replace

from django.conf import settings

from eloket.identity.middel import NAMEN, Middel, check_issuer, make_middel
from eloket.identity.middelenbestand import load_middelen
from eloket.identity.niveaus import MiddelSoort
from eloket.kernel.crypto import vault

_GESIMULEERD = frozenset({MiddelSoort.DIGID, MiddelSoort.EHERKENNING, MiddelSoort.MEDEWERKER})


def list_middelen() -> tuple[Middel, ...]:
    """The means that are offered here, in order. Raises ImproperlyConfigured for what may not be."""
    eloket = settings.ELOKET
    if eloket.middelen_bestand:
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
