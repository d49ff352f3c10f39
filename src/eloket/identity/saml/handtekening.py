"""Signatures in XML: ours, and those of a provider.

Of a provider's signature only one form is taken: enveloped in the element that it covers whole, exclusive canonical
form, RSA with SHA-256 or better, with a key from the metadata. The key that a message brings along is not looked at.
What `check_signed` gives back is a copy of that element alone, and the hash is of that copy: nothing else can be read
(signature wrapping: Somorovsky and others, "On Breaking SAML", 2012).
"""

import base64
import hashlib
from collections.abc import Sequence
from hmac import compare_digest

import xmlsec
from lxml import etree

from eloket.identity.errors import LoginMislukt, LoginNietBereikbaar
from eloket.identity.saml.koppeling import Sleutelpaar
from eloket.identity.saml.xml import DS, EXC_C14N, Element, canonical, children, only, parse, remove

_ENVELOPED = f"{DS}enveloped-signature"
_ONDERTEKEN = {f"http://www.w3.org/2001/04/xmldsig-more#rsa-sha{n}" for n in (256, 384, 512)}
_HASHES = {
    "http://www.w3.org/2001/04/xmlenc#sha256": hashlib.sha256,
    "http://www.w3.org/2001/04/xmldsig-more#sha384": hashlib.sha384,
    "http://www.w3.org/2001/04/xmlenc#sha512": hashlib.sha512,
}


def sign(element: Element, paar: Sleutelpaar, *, plek: int = 1) -> None:
    """Sign the whole element (RSA-SHA256); the signature becomes child number `plek`, behind the Issuer.

    Raises LoginNietBereikbaar when our key is not there any more.
    """
    blok = xmlsec.template.create(
        element, xmlsec.constants.TransformExclC14N, xmlsec.constants.TransformRsaSha256, ns="ds"
    )
    element.insert(plek, blok)
    verwijzing = xmlsec.template.add_reference(
        blok, xmlsec.constants.TransformSha256, uri=f"#{element.attrib['ID']}"
    )
    xmlsec.template.add_transform(verwijzing, xmlsec.constants.TransformEnveloped)
    xmlsec.template.add_transform(verwijzing, xmlsec.constants.TransformExclC14N)
    x509 = xmlsec.template.add_x509_data(xmlsec.template.ensure_key_info(blok))
    xmlsec.template.x509_data_add_certificate(x509)
    try:
        context = xmlsec.SignatureContext()
        context.key = xmlsec.Key.from_memory(paar.sleutel.read_bytes(), xmlsec.constants.KeyDataFormatPem)
        context.key.load_cert_from_memory(paar.certificaat.read_bytes(), xmlsec.constants.KeyDataFormatPem)
        context.register_id(element, "ID")
        context.sign(blok)
    except (OSError, xmlsec.Error) as error:  # a file that was there at the start
        raise LoginNietBereikbaar("eigen-sleutel") from error


def check_signed(element: Element, certificaten: Sequence[bytes]) -> Element:
    """What the signature of this element covers, as a document of its own, without the signature.

    `certificaten` are PEM, of the metadata. Raises LoginMislukt.
    """
    blok = only(element, "ds:Signature")
    prefixen = _check_form(element, blok)
    _check_key(element, blok, certificaten)
    # With every namespace that is known here: a signature further inside may count on one.
    gedekt = parse(etree.tostring(element, encoding="UTF-8", with_tail=False))
    remove(only(gedekt, "ds:Signature"))
    _check_digest(gedekt, blok, prefixen)
    return gedekt


def _check_form(element: Element, blok: Element) -> list[str]:
    """Raises LoginMislukt; returns the prefixes that the canonical form keeps."""
    info = only(blok, "ds:SignedInfo")
    if children(blok, "ds:Object"):
        raise LoginMislukt("handtekening-object")
    if _algoritme(info, "ds:CanonicalizationMethod") != EXC_C14N:
        raise LoginMislukt("handtekening-c14n")
    if _algoritme(info, "ds:SignatureMethod") not in _ONDERTEKEN:
        raise LoginMislukt("handtekening-algoritme")
    verwijzing = only(info, "ds:Reference")
    if not element.get("ID") or verwijzing.get("URI") != f"#{element.get('ID')}":
        raise LoginMislukt("handtekening-verwijzing")
    if _algoritme(verwijzing, "ds:DigestMethod") not in _HASHES:
        raise LoginMislukt("handtekening-algoritme")
    stappen = children(only(verwijzing, "ds:Transforms"), "ds:Transform")
    if [een.get("Algorithm") for een in stappen] != [_ENVELOPED, EXC_C14N]:
        raise LoginMislukt("handtekening-stappen")
    return _prefixes(stappen[1])


def _prefixes(stap: Element) -> list[str]:
    lijst = [een.get("PrefixList", "") for een in stap if een.tag == f"{{{EXC_C14N}}}InclusiveNamespaces"]
    if len(lijst) != len(stap) or len(lijst) > 1:
        raise LoginMislukt("handtekening-stappen")
    return " ".join(lijst).split()


def _algoritme(ouder: Element, naam: str) -> str | None:
    return only(ouder, naam).get("Algorithm")


def _check_key(element: Element, blok: Element, certificaten: Sequence[bytes]) -> None:
    for pem in certificaten:
        context = xmlsec.SignatureContext()
        try:
            context.key = xmlsec.Key.from_memory(pem, xmlsec.constants.KeyDataFormatCertPem)
            context.register_id(element, "ID")
            context.verify(blok)
        except xmlsec.Error:
            continue
        return
    raise LoginMislukt("handtekening")


def _check_digest(gedekt: Element, blok: Element, prefixen: list[str]) -> None:
    """The same sum once more, over what we go on to read: it does not lean on how a reference is looked up."""
    verwijzing = only(only(blok, "ds:SignedInfo"), "ds:Reference")
    bereken = _HASHES[_algoritme(verwijzing, "ds:DigestMethod") or ""]
    try:
        beloofd = base64.b64decode(only(verwijzing, "ds:DigestValue").text or "")
    except ValueError as error:
        raise LoginMislukt("handtekening-hash") from error
    if not compare_digest(bereken(canonical(gedekt, prefixen)).digest(), beloofd):
        raise LoginMislukt("handtekening-hash")


def to_bytes(element: Element) -> bytes:
    """As it is sent: nothing that was signed is laid out anew."""
    return etree.tostring(element, encoding="UTF-8")
