"""Whether an assertion is for us, from them, about this login, and of now (SAML core 2, profiles 4.1.4.3)."""

from datetime import datetime, timedelta

from eloket.identity.errors import KlokLooptScheef, LoginMislukt
from eloket.identity.saml.koppeling import SamlKoppeling
from eloket.identity.saml.tijd import SPELING, maybe_moment, read_moment
from eloket.identity.saml.xml import SAML, Element, children, only, text

_BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
_OUDSTE = timedelta(minutes=15)  # as long as somebody may take to log in
_EEN_DAG = timedelta(days=1)  # further off is no clock
_VOORWAARDEN = {f"{{{SAML}}}{naam}" for naam in ("AudienceRestriction", "OneTimeUse", "ProxyRestriction")}


def check_assertie(
    assertie: Element, koppeling: SamlKoppeling, *, idp: str, verzoek_id: str, acs: str, nu: datetime
) -> str:
    """The level of assurance of an assertion whose signature was checked.

    Raises LoginMislukt with the rule that does not hold, and KlokLooptScheef when only the moments do not.
    """
    uitgegeven = read_moment(assertie, "IssueInstant")
    bevestiging = _confirmation(assertie)
    verklaring = only(assertie, "saml:AuthnStatement")
    regels = {
        "versie": assertie.get("Version") == "2.0",
        "issuer": text(only(assertie, "saml:Issuer")) == idp,
        "audience": _is_for(only(assertie, "saml:Conditions"), koppeling.entity_id),
        "recipient": bevestiging.get("Recipient") == acs,
        "inresponseto": bevestiging.get("InResponseTo") == verzoek_id,
    }
    for naam, klopt in regels.items():
        if not klopt:
            raise LoginMislukt(f"assertie-{naam}")
    niveau = text(only(only(verklaring, "saml:AuthnContext"), "saml:AuthnContextClassRef"))
    tijden = {
        "uitgegeven": nu - _OUDSTE < uitgegeven < nu + SPELING,
        "voorwaarden": _is_now(only(assertie, "saml:Conditions"), nu),
        "bevestiging": _is_now(bevestiging, nu),
        "ingelogd": nu - _OUDSTE < read_moment(verklaring, "AuthnInstant") < nu + SPELING,
        "sessie": (tot := maybe_moment(verklaring, "SessionNotOnOrAfter")) is None or tot > nu - SPELING,
    }
    _check_times(tijden, uitgegeven, nu)
    return niveau


def _check_times(tijden: dict[str, bool], uitgegeven: datetime, nu: datetime) -> None:
    fout = [naam for naam, klopt in tijden.items() if not klopt]
    verschil = uitgegeven - nu
    # It answers the question that we asked just now, so it was made just now: then only our clocks differ.
    if fout and SPELING <= abs(verschil) < _EEN_DAG:
        raise KlokLooptScheef(f"verschil {round(verschil.total_seconds())} seconden")
    if fout:
        raise LoginMislukt(f"assertie-tijd-{fout[0]}")


def _confirmation(assertie: Element) -> Element:
    """The one bearer confirmation: it binds the assertion to our question and our address."""
    bevestiging = only(only(assertie, "saml:Subject"), "saml:SubjectConfirmation")
    if bevestiging.get("Method") != _BEARER:
        raise LoginMislukt("assertie-bearer")
    return only(bevestiging, "saml:SubjectConfirmationData")


def _is_for(voorwaarden: Element, entity_id: str) -> bool:
    """Each restriction must name us; a condition that we do not know is one that we cannot keep."""
    if any(een.tag not in _VOORWAARDEN for een in voorwaarden):
        raise LoginMislukt("assertie-voorwaarde")
    beperkingen = children(voorwaarden, "saml:AudienceRestriction")
    return bool(beperkingen) and all(
        entity_id in [text(een) for een in children(beperking, "saml:Audience")] for beperking in beperkingen
    )


def _is_now(deel: Element, nu: datetime) -> bool:
    """It must have an end."""
    vanaf = maybe_moment(deel, "NotBefore")
    return read_moment(deel, "NotOnOrAfter") > nu - SPELING and (vanaf is None or vanaf < nu + SPELING)
