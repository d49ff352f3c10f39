"""An answer of the provider, from outside to inside: each layer signed, of them, to our question, and a success."""

from datetime import datetime

from eloket.identity.errors import LoginGeannuleerd, LoginMislukt, NiveauTeLaag
from eloket.identity.middel import Middel
from eloket.identity.saml.assertie import check_assertie
from eloket.identity.saml.attributen import claims_of
from eloket.identity.saml.handtekening import check_signed
from eloket.identity.saml.idp import Idp
from eloket.identity.saml.koppeling import SamlKoppeling, acs_url
from eloket.identity.saml.ontsleutelen import decrypt
from eloket.identity.saml.xml import SAML, SAMLP, Element, children, only, text

_STATUS = "urn:oasis:names:tc:SAML:2.0:status:"
_GOED = f"{_STATUS}Success"


def check_artifact_response(bericht: Element, idp: Idp, *, vraag_id: str) -> Element:
    """What they signed in answer to our question, whatever the answer is. Raises LoginMislukt."""
    if bericht.tag != f"{{{SAMLP}}}ArtifactResponse":
        raise LoginMislukt("artifact-antwoord")
    gedekt = check_signed(bericht, idp.certificaten)
    _check_kop(gedekt, idp, antwoord_op=vraag_id, naar="")
    return gedekt


def open_artifact_response(bericht: Element, idp: Idp, *, vraag_id: str) -> Element:
    """The Response that stands in a signed ArtifactResponse. Raises LoginMislukt.

    An artifact that was used before, or never was, gives one without a Response.
    """
    gedekt = check_artifact_response(bericht, idp, vraag_id=vraag_id)
    if _statuses(gedekt)[0] != _GOED:
        raise LoginMislukt("artifact-geweigerd")
    if not children(gedekt, "samlp:Response"):
        raise LoginMislukt("artifact-gebruikt")
    return only(gedekt, "samlp:Response")


def read_claims(
    antwoord: Element, middel: Middel, koppeling: SamlKoppeling, idp: Idp, *, verzoek_id: str, nu: datetime
) -> dict[str, str]:
    """The claims in a Response that stands in something signed, or was signed itself.

    Raises LoginGeannuleerd, NiveauTeLaag, KlokLooptScheef, and LoginMislukt for everything that does not add up.
    """
    acs = acs_url(middel.code)
    if antwoord.tag != f"{{{SAMLP}}}Response":
        raise LoginMislukt("antwoord")
    _check_kop(antwoord, idp, antwoord_op=verzoek_id, naar=acs)
    _check_status(antwoord, middel)
    assertie = check_signed(_assertion(antwoord, koppeling), idp.certificaten)
    niveau = check_assertie(assertie, koppeling, idp=idp.entity_id, verzoek_id=verzoek_id, acs=acs, nu=nu)
    return claims_of(assertie, koppeling, niveau=niveau)


def _assertion(antwoord: Element, koppeling: SamlKoppeling) -> Element:
    """The one assertion. Those that it leans on (Advice) are inside it, and never looked at."""
    gewoon = children(antwoord, "saml:Assertion")
    versleuteld = children(antwoord, "saml:EncryptedAssertion")
    if len(gewoon) + len(versleuteld) != 1:
        raise LoginMislukt("assertie-aantal")
    if gewoon:
        return gewoon[0]
    assertie = decrypt(versleuteld[0], koppeling.ontsleutelen, koppeling.entity_id)
    if assertie.tag != f"{{{SAML}}}Assertion":
        raise LoginMislukt("versleuteling-inhoud")
    return assertie


def _check_kop(bericht: Element, idp: Idp, *, antwoord_op: str, naar: str) -> None:
    """From whom, to what question, and (when it says so) to where."""
    regels = {
        "versie": bericht.get("Version") == "2.0",
        "issuer": text(only(bericht, "saml:Issuer")) == idp.entity_id,
        "inresponseto": bericht.get("InResponseTo") == antwoord_op,
        "destination": not naar or bericht.get("Destination", naar) == naar,
    }
    for naam, klopt in regels.items():
        if not klopt:
            raise LoginMislukt(f"antwoord-{naam}")


def _statuses(bericht: Element) -> list[str]:
    """The status codes, from outside to inside."""
    codes, nog = [], children(only(bericht, "samlp:Status"), "samlp:StatusCode")
    while len(nog) == 1:
        codes.append(nog[0].get("Value") or "")
        nog = children(nog[0], "samlp:StatusCode")
    if not codes or nog:
        raise LoginMislukt("status-vorm")
    return codes


def _check_status(antwoord: Element, middel: Middel) -> None:
    codes = _statuses(antwoord)
    if codes == [_GOED]:
        return
    if f"{_STATUS}NoAuthnContext" in codes:
        raise NiveauTeLaag("provider", middel=middel)
    if f"{_STATUS}AuthnFailed" in codes:
        raise LoginGeannuleerd("provider")
    raise LoginMislukt("provider")
