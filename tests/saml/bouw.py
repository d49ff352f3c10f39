"""Building and signing XML, for the provider of the tests."""

from typing import Any

import xmlsec
from lxml import etree

from tests.saml.sleutels import Paar

SAML = "urn:oasis:names:tc:SAML:2.0:assertion"
SAMLP = "urn:oasis:names:tc:SAML:2.0:protocol"
MD = "urn:oasis:names:tc:SAML:2.0:metadata"
DS = "http://www.w3.org/2000/09/xmldsig#"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
XENC = "http://www.w3.org/2001/04/xmlenc#"
BINDINGS = "urn:oasis:names:tc:SAML:2.0:bindings:"
NS = {"samlp": SAMLP, "saml": SAML, "ds": DS, "soap": SOAP, "md": MD, "xenc": XENC}
_C = xmlsec.constants


def make(naam: str, *kinderen: Any, **kenmerken: str) -> etree._Element:
    """An element with text and children; the prefixes are those of the standards."""
    element = etree.Element(naam, nsmap=NS)
    for kind in kinderen:
        if isinstance(kind, str):
            element.text = kind
        else:
            element.append(kind)
    for sleutel, waarde in kenmerken.items():
        element.set(sleutel, waarde)
    return element


def sign(
    element: etree._Element,
    paar: Paar,
    *,
    methode: Any = _C.TransformRsaSha256,
    hash_: Any = _C.TransformSha256,
    c14n: Any = _C.TransformExclC14N,
    stappen: tuple[Any, ...] = (_C.TransformEnveloped, _C.TransformExclC14N),
    uri: str | None = None,
    prefixen: list[str] | None = None,
) -> etree._Element:
    """Sign this element as a whole; the signature stands behind its Issuer."""
    blok = xmlsec.template.create(element, c14n, methode, ns="ds")
    element.insert(1, blok)
    doel = f"#{element.get('ID')}" if uri is None else uri
    verwijzing = xmlsec.template.add_reference(blok, hash_, uri=doel)
    for stap in stappen:
        transformatie = xmlsec.template.add_transform(verwijzing, stap)
        if prefixen and stap is _C.TransformExclC14N:
            xmlsec.template.transform_add_c14n_inclusive_namespaces(transformatie, prefixen)
    xmlsec.template.x509_data_add_certificate(
        xmlsec.template.add_x509_data(xmlsec.template.ensure_key_info(blok))
    )
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(paar.sleutel_pem, _C.KeyDataFormatPem)
    context.key.load_cert_from_memory(paar.certificaat_pem, _C.KeyDataFormatPem)
    context.register_id(element, "ID")
    context.sign(blok)
    return blok


def encrypt(
    inhoud: etree._Element,
    voor: Paar,
    omhulsel: str,
    *,
    methode: Any = _C.TransformAes256Cbc,
    vervoer: Any = _C.TransformRsaOaep,
    ontvanger: str = "",
    sleutel_ernaast: bool = True,
) -> etree._Element:
    """As eHerkenning encrypts an identifier: the key stands beside the data, with the name of who it is for."""
    houder = make(f"{{{SAML}}}{omhulsel}", inhoud)
    blok = xmlsec.template.encrypted_data_create(
        houder, methode, type="http://www.w3.org/2001/04/xmlenc#Element", ns="xenc"
    )
    xmlsec.template.encrypted_data_ensure_cipher_value(blok)
    info = xmlsec.template.encrypted_data_ensure_key_info(blok, ns="ds")
    sleutel = xmlsec.template.add_encrypted_key(info, vervoer)
    xmlsec.template.encrypted_data_ensure_cipher_value(sleutel)
    beheer = xmlsec.KeysManager()
    beheer.add_key(xmlsec.Key.from_memory(voor.certificaat_pem, _C.KeyDataFormatCertPem))
    context = xmlsec.EncryptionContext(beheer)
    soort, bits = (_C.KeyDataDes, 192) if methode is _C.TransformDes3Cbc else (_C.KeyDataAes, _bits(methode))
    context.key = xmlsec.Key.generate(soort, bits, _C.KeyDataTypeSession)
    klaar = context.encrypt_xml(blok, inhoud)
    if ontvanger:
        sleutel.set("Recipient", ontvanger)
    if sleutel_ernaast:
        houder.append(next(klaar.iter(f"{{{XENC}}}EncryptedKey")))
    return houder


def _bits(methode: Any) -> int:
    return next(bits for bits in (128, 192, 256) if str(bits) in methode.name)
