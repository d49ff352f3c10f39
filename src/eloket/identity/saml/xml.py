"""Reading and writing XML of others: no document type, no entities, no network, nothing large, no comments.

A comment in a name is an old trick: one reader sees all of it and another only what stands before. Providers send none,
so a message with a comment, a CDATA section or a processing instruction is refused whole.
"""

import re

from lxml import etree

from eloket.identity.errors import LoginMislukt

Element = etree._Element  # noqa: SLF001 - the name that lxml gives it, there is no other

SAML = "urn:oasis:names:tc:SAML:2.0:assertion"
SAMLP = "urn:oasis:names:tc:SAML:2.0:protocol"
MD = "urn:oasis:names:tc:SAML:2.0:metadata"
DS = "http://www.w3.org/2000/09/xmldsig#"
XENC = "http://www.w3.org/2001/04/xmlenc#"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
NS = {"saml": SAML, "samlp": SAMLP, "md": MD, "ds": DS, "xenc": XENC, "soap": SOAP}
EXC_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#"

MEESTE_BYTES = 250_000  # an answer with every signature and certificate is some 30,000
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_DECLARATIE = re.compile(r"^\s*<\?xml [^<>?]*\?>")


def parse(inhoud: bytes) -> Element:
    """A message of a provider. Raises LoginMislukt with the rule that it broke."""
    if len(inhoud) > MEESTE_BYTES:
        raise LoginMislukt("xml-te-groot")
    try:
        tekst = inhoud.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LoginMislukt("xml-geen-utf8") from error
    tekst = _DECLARATIE.sub("", tekst, count=1)
    if "<!" in tekst or "<?" in tekst:
        raise LoginMislukt("xml-extra")
    wortel = _read(tekst)
    _check_ids(wortel)
    return wortel


def parse_trusted(inhoud: bytes) -> Element:
    """A file of the municipality itself: comments may be in it. Raises LoginMislukt."""
    try:
        tekst = _DECLARATIE.sub("", inhoud.decode("utf-8-sig"), count=1)
    except UnicodeDecodeError as error:
        raise LoginMislukt("xml-geen-utf8") from error
    if "<!DOCTYPE" in tekst or "<!ENTITY" in tekst:
        raise LoginMislukt("xml-extra")
    return _read(tekst)


def _read(tekst: str) -> Element:
    lezer = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        wortel = etree.fromstring(tekst.strip().encode(), lezer)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise LoginMislukt("xml") from error
    if wortel.getroottree().docinfo.doctype:
        raise LoginMislukt("xml-extra")
    return wortel


def _check_ids(wortel: Element) -> None:
    """An id names one element: else a signature over one could be shown for another."""
    gezien: set[str] = set()
    for element in wortel.iter():
        for naam, waarde in element.attrib.items():
            if naam == _XML_ID:
                raise LoginMislukt("xml-id")
            if str(naam).casefold() == "id":
                if str(waarde) in gezien:
                    raise LoginMislukt("id-dubbel")
                gezien.add(str(waarde))


def canonical(element: Element, prefixen: list[str] | None = None) -> bytes:
    """Exclusive canonical form, without comments."""
    return etree.tostring(
        element, method="c14n", exclusive=True, with_comments=False, inclusive_ns_prefixes=prefixen or None
    )


def children(element: Element, naam: str) -> list[Element]:
    """Direct children only: what hangs elsewhere is never looked at. `naam` is `prefix:Name`."""
    prefix, _, lokaal = naam.partition(":")
    return [een for een in element if een.tag == f"{{{NS[prefix]}}}{lokaal}"]


def only(element: Element, naam: str) -> Element:
    """The one direct child with this name. Raises LoginMislukt when there is none, or another."""
    gevonden = children(element, naam)
    if len(gevonden) != 1:
        raise LoginMislukt(f"{naam.partition(':')[2].lower()}-aantal")
    return gevonden[0]


def text(element: Element) -> str:
    """The text of an element without children. Raises LoginMislukt."""
    if len(element):
        raise LoginMislukt("tekst-vorm")
    return (element.text or "").strip()


def remove(element: Element) -> None:
    """Take it out of its parent; the white space behind it stays, as it does in a signature."""
    ouder = element.getparent()
    assert ouder is not None
    if element.tail:
        vorige = element.getprevious()
        if vorige is None:
            ouder.text = (ouder.text or "") + element.tail
        else:
            vorige.tail = (vorige.tail or "") + element.tail
    ouder.remove(element)
