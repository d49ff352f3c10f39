"""From a checked assertion to claims in the shape that an OpenID provider gives (identity.claims).

An attribute is a claim by its own name. An identifier of eHerkenning says in its NameQualifier what it is, and one
attribute may hold several (KvK and RSIN): such a one is a claim called `name#qualifier`, and by the name alone only
when there is one.
"""

from eloket.identity.errors import LoginMislukt
from eloket.identity.saml.koppeling import SamlKoppeling
from eloket.identity.saml.ontsleutelen import decrypt
from eloket.identity.saml.xml import SAML, Element, children, only, text

LEGAL = "urn:etoegang:core:LegalSubjectID"
_BSN = "s00000000:"  # the sector code of a BSN in a NameID of DigiD; s00000001 is an old sofi number


def read_name_id(onderwerp: Element, koppeling: SamlKoppeling) -> str:
    """Who it is about, as the provider writes it; "" when it says so in attributes only."""
    namen = children(onderwerp, "saml:NameID")
    versleuteld = children(onderwerp, "saml:EncryptedID")
    if len(namen) + len(versleuteld) > 1:
        raise LoginMislukt("nameid-aantal")
    if versleuteld:
        namen = [_opened(versleuteld[0], koppeling)]
    return text(namen[0]) if namen else ""


def claims_of(assertie: Element, koppeling: SamlKoppeling, *, niveau: str) -> dict[str, str]:
    """Raises LoginMislukt for an attribute that is there twice, or is no text."""
    naam_id = read_name_id(only(assertie, "saml:Subject"), koppeling)
    claims = {"loa": niveau, "sub": naam_id}
    if naam_id.startswith(_BSN):
        claims["bsn"] = naam_id.removeprefix(_BSN)
    gezien: set[str] = set()
    for verklaring in children(assertie, "saml:AttributeStatement"):
        for kenmerk in children(verklaring, "saml:Attribute"):
            naam = kenmerk.get("Name") or ""
            if not naam or naam in gezien or naam in claims:
                raise LoginMislukt("kenmerk-dubbel")
            gezien.add(naam)
            claims |= _claims(naam, _values(kenmerk, koppeling))
    return claims


def _claims(naam: str, waarden: list[tuple[str, str]]) -> dict[str, str]:
    """(qualifier, value) of one attribute."""
    soorten = [soort for soort, _ in waarden]
    if len({*soorten}) != len(soorten):
        raise LoginMislukt("kenmerk-dubbel")
    claims = {f"{naam}#{soort}": waarde for soort, waarde in waarden if soort}
    if len(waarden) == 1:
        claims[naam] = waarden[0][1]
    if naam == LEGAL and claims:
        # identity.claims tells an organisation without a KvK number that it needs one.
        claims["namequalifier"] = next((een for een in soorten if een.endswith(":KvKnr")), soorten[0])
    return claims


def _values(kenmerk: Element, koppeling: SamlKoppeling) -> list[tuple[str, str]]:
    return [
        _identifier(deel, koppeling) if len(waarde) else ("", text(waarde))
        for waarde in children(kenmerk, "saml:AttributeValue")
        for deel in (list(waarde) or [waarde])
    ]


def _identifier(deel: Element, koppeling: SamlKoppeling) -> tuple[str, str]:
    naam = _opened(deel, koppeling) if deel.tag == f"{{{SAML}}}EncryptedID" else deel
    if naam.tag != f"{{{SAML}}}NameID":
        raise LoginMislukt("kenmerk-vorm")
    return naam.get("NameQualifier") or "", text(naam)


def _opened(versleuteld: Element, koppeling: SamlKoppeling) -> Element:
    naam = decrypt(versleuteld, koppeling.ontsleutelen, koppeling.entity_id)
    if naam.tag != f"{{{SAML}}}NameID":
        raise LoginMislukt("versleuteling-inhoud")
    return naam
