"""What eHerkenning tells of an employee: identifiers that say what they are, encrypted for the portal."""

from typing import Any

from lxml import etree

from tests.saml.bouw import SAML, encrypt, make
from tests.saml.idp import PORTAAL
from tests.saml.sleutels import gemeente

LOA3 = "urn:etoegang:core:assurance-class:loa3"
KVK, RSIN = "urn:etoegang:1.9:EntityConcernedID:KvKnr", "urn:etoegang:1.9:EntityConcernedID:RSIN"
BSN = "urn:etoegang:1.12:EntityConcernedID:BSN"
PSEUDO = "urn:etoegang:1.9:EntityConcernedID:Pseudo"
LEGAL, ACTING = "urn:etoegang:core:LegalSubjectID", "urn:etoegang:core:ActingSubjectID"
VESTIGING = "urn:etoegang:1.9:ServiceRestriction:Vestigingsnr"
DIENST: dict[str, Any] = {
    "dienst_index": 4,
    "dienst_id": "urn:etoegang:DV:00000001:services:4",
    "dienst_naam": "Mijn omgeving",
}
Element = etree._Element


def naam(waarde: str, soort: str, **hoe: Any) -> Element:
    """An identifier, encrypted for us."""
    plat = make(f"{{{SAML}}}NameID", waarde, NameQualifier=soort)
    return encrypt(plat, hoe.pop("voor", gemeente()), "EncryptedID", **{"ontvanger": PORTAAL, **hoe})


def kenmerk(van: str, *waarden: Element | str) -> Element:
    return make(
        f"{{{SAML}}}Attribute", *[make(f"{{{SAML}}}AttributeValue", waarde) for waarde in waarden], Name=van
    )


def bedrijf(**hoe: Any) -> list[Element]:
    """What eHerkenning tells about an employee of a business."""
    return [
        make(
            f"{{{SAML}}}AttributeStatement",
            kenmerk(LEGAL, naam("69599084", KVK, **hoe)),
            kenmerk(ACTING, naam("pseudoniem-1", PSEUDO, **hoe)),
            kenmerk("urn:etoegang:core:ServiceID", DIENST["dienst_id"]),
        )
    ]
