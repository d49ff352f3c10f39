"""Our own metadata: what a provider must know of a means of ours (SAML metadata 2.0), signed."""

import base64

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from lxml.builder import ElementMaker

from eloket.identity.saml.berichten import new_id
from eloket.identity.saml.handtekening import sign, to_bytes
from eloket.identity.saml.idp import ARTIFACT, POST, SOAP
from eloket.identity.saml.koppeling import (
    Binding,
    SamlKoppeling,
    Sleutelpaar,
    acs_url,
    slo_url,
    uitgelogd_url,
)
from eloket.identity.saml.xml import DS, MD, SAMLP, Element

_M = ElementMaker(namespace=MD, nsmap={"md": MD, "ds": DS})
_D = ElementMaker(namespace=DS, nsmap={"ds": DS})
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def make_metadata(code: str, koppeling: SamlKoppeling) -> bytes:
    """The EntityDescriptor of the means `code`, as it is registered at the provider."""
    rol = _M(
        "SPSSODescriptor",
        *_keys(koppeling),
        _M("SingleLogoutService", Binding=SOAP, Location=slo_url(code)),
        _M("SingleLogoutService", Binding=POST, Location=uitgelogd_url(code)),
        _M(
            "AssertionConsumerService",
            Binding=ARTIFACT if koppeling.binding is Binding.ARTIFACT else POST,
            Location=acs_url(code),
            index="0",
            isDefault="true",
        ),
        *_service(koppeling),
        AuthnRequestsSigned="true",
        WantAssertionsSigned="true",
        protocolSupportEnumeration=SAMLP,
    )
    document = _M("EntityDescriptor", rol, ID=new_id(), entityID=koppeling.entity_id)
    sign(document, koppeling.ondertekenen, plek=0)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + to_bytes(document)


def _keys(koppeling: SamlKoppeling) -> list[Element]:
    """To sign with; that of the back channel too when it is another (DigiD asks one list); and to encrypt for us."""
    tekenen = dict.fromkeys((koppeling.ondertekenen, koppeling.tls))
    sleutels = [_key("signing", paar) for paar in tekenen]
    if koppeling.ontsleutelen:
        sleutels.append(_key("encryption", koppeling.ontsleutelen[0]))
    return sleutels


def _key(gebruik: str, paar: Sleutelpaar) -> Element:
    certificaat = paar.load_certificate()
    der = base64.b64encode(certificaat.public_bytes(Encoding.DER)).decode()
    return _M(
        "KeyDescriptor",
        _D(
            "KeyInfo",
            _D("KeyName", certificaat.fingerprint(hashes.SHA256()).hex()),
            _D("X509Data", _D("X509Certificate", der)),
        ),
        use=gebruik,
    )


def _service(koppeling: SamlKoppeling) -> list[Element]:
    """The service in the catalogue of eHerkenning."""
    if not koppeling.dienst_id:
        return []
    return [
        _M(
            "AttributeConsumingService",
            _M("ServiceName", koppeling.dienst_naam, {_LANG: "nl"}),
            _M("RequestedAttribute", Name=koppeling.dienst_id),
            index=str(koppeling.dienst_index),
        )
    ]
