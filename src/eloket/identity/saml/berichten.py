"""The messages that we send: asking to log in, and fetching the answer. Signed by the caller."""

import secrets
from datetime import datetime

from lxml.builder import ElementMaker

from eloket.identity.saml.idp import ARTIFACT, POST, Idp
from eloket.identity.saml.koppeling import Binding, SamlKoppeling, acs_url
from eloket.identity.saml.tijd import write
from eloket.identity.saml.xml import SAML, SAMLP, SOAP, Element

_P = ElementMaker(namespace=SAMLP, nsmap={"samlp": SAMLP, "saml": SAML})
_S = ElementMaker(namespace=SAML, nsmap={"saml": SAML})
_SOAP = ElementMaker(namespace=SOAP, nsmap={"soapenv": SOAP})


def new_id() -> str:
    """160 random bits, and a letter first: it is an xs:ID (SAML core 1.3.4)."""
    return f"_{secrets.token_hex(20)}"


def make_authn_request(
    koppeling: SamlKoppeling, idp: Idp, *, code: str, verzoek_id: str, niveau: str, nu: datetime
) -> Element:
    """Log in anew, at this level or above.

    Sources: Logius, koppelvlakspecificatie DigiD SAML; Afsprakenstelsel eToegang, interface DV-HM.
    """
    kenmerken = {
        "ID": verzoek_id,
        "Version": "2.0",
        "IssueInstant": write(nu),
        "Destination": idp.sso,
        "ForceAuthn": "true",
        "AssertionConsumerServiceURL": acs_url(code),
        "ProtocolBinding": ARTIFACT if koppeling.binding is Binding.ARTIFACT else POST,
    }
    if koppeling.dienst_index is not None:
        kenmerken["AttributeConsumingServiceIndex"] = str(koppeling.dienst_index)
    return _P(
        "AuthnRequest",
        _S("Issuer", koppeling.entity_id),
        _P("RequestedAuthnContext", _S("AuthnContextClassRef", niveau), Comparison="minimum"),
        **kenmerken,
    )


def make_artifact_resolve(
    koppeling: SamlKoppeling, *, artifact: str, bericht_id: str, url: str, nu: datetime
) -> Element:
    return _P(
        "ArtifactResolve",
        _S("Issuer", koppeling.entity_id),
        _P("Artifact", artifact),
        ID=bericht_id,
        Version="2.0",
        IssueInstant=write(nu),
        Destination=url,
    )


def make_logout_request(koppeling: SamlKoppeling, *, url: str, naam_id: str, nu: datetime) -> Element:
    return _P(
        "LogoutRequest",
        _S("Issuer", koppeling.entity_id),
        _S("NameID", naam_id),
        ID=new_id(),
        Version="2.0",
        IssueInstant=write(nu),
        Destination=url,
    )


def make_logout_response(koppeling: SamlKoppeling, *, antwoord_op: str, nu: datetime) -> Element:
    return _P(
        "LogoutResponse",
        _S("Issuer", koppeling.entity_id),
        _P("Status", _P("StatusCode", Value="urn:oasis:names:tc:SAML:2.0:status:Success")),
        ID=new_id(),
        Version="2.0",
        IssueInstant=write(nu),
        InResponseTo=antwoord_op,
    )


def envelope(bericht: Element) -> Element:
    """Around a message that goes over SOAP. Sign what is inside first."""
    return _SOAP("Envelope", _SOAP("Body", bericht))
