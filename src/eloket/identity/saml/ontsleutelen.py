"""What a provider encrypted for us alone: the identifiers of eHerkenning (EncryptedID), or a whole assertion.

Only modern ways are taken: RSA-OAEP for the key (RSA 1.5 leaks by its errors: Bleichenbacher) and AES. Whatever was
encrypted stands inside something that was signed; who calls this has checked that first.
"""

from collections.abc import Sequence
from copy import deepcopy

import xmlsec
from lxml import etree

from eloket.identity.errors import LoginMislukt
from eloket.identity.saml.koppeling import Sleutelpaar
from eloket.identity.saml.xml import DS, XENC, Element, children, only, parse

_HOUDER = "urn:eloket:houder"
_OAEP = {f"{XENC}rsa-oaep-mgf1p", "http://www.w3.org/2009/xmlenc11#rsa-oaep"}
_AES = {
    *(f"{XENC}aes{bits}-cbc" for bits in (128, 192, 256)),
    *(f"http://www.w3.org/2009/xmlenc11#aes{bits}-gcm" for bits in (128, 192, 256)),
}


def decrypt(omhulsel: Element, paren: Sequence[Sleutelpaar], ontvanger: str) -> Element:
    """The element inside an EncryptedID or EncryptedAssertion, read with the same care as any message.

    `ontvanger` is our entity id: of several keys, ours is chosen by it. Raises LoginMislukt.
    """
    gegevens = deepcopy(only(omhulsel, "xenc:EncryptedData"))
    sleutel = deepcopy(_choose_key(omhulsel, ontvanger))
    if _algoritme(gegevens) not in _AES or _algoritme(sleutel) not in _OAEP:
        raise LoginMislukt("versleuteling-algoritme")
    for info in children(gegevens, "ds:KeyInfo"):
        gegevens.remove(info)
    houder = gegevens.makeelement(f"{{{DS}}}KeyInfo", nsmap={"ds": DS})
    gegevens.insert(1, houder)
    houder.append(sleutel)
    for info in children(sleutel, "ds:KeyInfo"):
        sleutel.remove(info)  # which of our keys it is, we try ourselves
    gegevens.attrib.pop("Type", None)  # so that it gives bytes, for our own reader
    return _in_place(_decrypt(gegevens, paren), omhulsel)


def _in_place(inhoud: bytes, omhulsel: Element) -> Element:
    """The element that was encrypted, with the prefixes that are known where it stood (XML Encryption 4.4)."""
    houder = etree.Element(f"{{{_HOUDER}}}houder", nsmap={**omhulsel.nsmap, "houder": _HOUDER})
    houder.text = " "
    voor, achter = etree.tostring(houder).split(b"> <")
    delen = list(parse(voor + b">" + inhoud + b"<" + achter))
    if len(delen) != 1:
        raise LoginMislukt("versleuteling-inhoud")
    return delen[0]


def _choose_key(omhulsel: Element, ontvanger: str) -> Element:
    """Beside the data (as eHerkenning does) or inside them."""
    alle = children(omhulsel, "xenc:EncryptedKey")
    for info in children(only(omhulsel, "xenc:EncryptedData"), "ds:KeyInfo"):
        alle += children(info, "xenc:EncryptedKey")
    voor_ons = [een for een in alle if een.get("Recipient", ontvanger) == ontvanger]
    if len(voor_ons) != 1:
        raise LoginMislukt("versleuteling-sleutel")
    return voor_ons[0]


def _algoritme(deel: Element) -> str | None:
    return only(deel, "xenc:EncryptionMethod").get("Algorithm")


def _decrypt(gegevens: Element, paren: Sequence[Sleutelpaar]) -> bytes:
    for paar in paren:
        beheer = xmlsec.KeysManager()
        beheer.add_key(xmlsec.Key.from_memory(paar.sleutel.read_bytes(), xmlsec.constants.KeyDataFormatPem))
        try:
            # Without a Type it gives what it found as bytes, and puts nothing into the document.
            gevonden: object = xmlsec.EncryptionContext(beheer).decrypt(deepcopy(gegevens))
        except xmlsec.Error:
            continue
        if isinstance(gevonden, bytes):
            return gevonden
    raise LoginMislukt("versleuteling")
