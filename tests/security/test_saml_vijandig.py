"""A hostile provider, or somebody in between: each flaw alone, in pairs, and the wrappings, are refused."""

import base64
import copy
from collections.abc import Callable
from functools import partial
from itertools import combinations
from typing import Any

import pytest
import xmlsec
from django.test import Client
from lxml import etree

from eloket.identity.errors import LoginMislukt
from eloket.identity.saml.handtekening import check_signed
from tests.saml.aansluiting import TERUG, begin, dienst, idp, is_binnen, melding, probeer
from tests.saml.bouw import DS, NS, SAML, SAMLP, make, sign
from tests.saml.idp import BASIS, ENTITY, PORTAAL, Idp, tijd
from tests.saml.sleutels import gemeente, inlogdienst, vreemd

__all__ = ["dienst", "idp"]  # the fixtures

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.unit.identity.proefsite")]
_C = xmlsec.constants
ANDER = "s00000000:999990020"
Element = etree._Element


def zet(**velden: Any) -> Callable[[Idp], None]:
    """A moment is worked out when the test runs, not when it is read: a whole suite takes longer than some of them."""
    return lambda idp: idp.velden.update(
        {naam: een() if isinstance(een, partial) else een for naam, een in velden.items()}
    )


def assertie_van(omhulsel: Element) -> Element:
    gevonden = omhulsel.find(".//saml:Assertion", NS)
    assert gevonden is not None
    return gevonden


def knoei(omhulsel: Element) -> None:
    naam = assertie_van(omhulsel).find(".//saml:NameID", NS)
    assert naam is not None
    naam.text = ANDER


def knoei_niveau(omhulsel: Element) -> None:
    ref = assertie_van(omhulsel).find(".//saml:AuthnContextClassRef", NS)
    assert ref is not None
    ref.text = f"{ref.text}PKI"


def _geknoeid(idp: Idp) -> None:
    idp.buig = knoei


def _geknoeid_binnen(idp: Idp) -> None:
    """The assertion was changed, and what is around it signed afterwards: its own signature must tell."""

    def wijzig(assertie: Element) -> Element:
        naam = assertie.find(".//saml:NameID", NS)
        assert naam is not None
        naam.text = ANDER
        return assertie

    idp.wijzig = wijzig


def _niet(naam: str) -> Callable[[Idp], None]:
    return lambda idp: setattr(idp, naam, False)


def _onbekende_voorwaarde() -> dict[str, Any]:
    return {"voorwaarden": [make("{urn:verzonnen}AlleenOpDinsdag")]}


# name -> what is wrong. Each is refused for itself, and with each other.
FOUTEN: dict[str, Callable[[Idp], None]] = {
    "audience": zet(audiences=["https://een-ander.example"]),
    "verlopen": zet(conditions_tot=partial(tijd, minutes=-5)),
    "issuer": zet(assertie_issuer="https://kwaad.example"),
    "recipient": zet(recipient="https://kwaad.example/acs"),
    "inresponseto": zet(inresponseto="_ander"),
    "sleutel": zet(sleutel_assertie=vreemd()),
    "omhulsel-sleutel": zet(sleutel_antwoord=vreemd()),
    "ongetekend": _niet("teken_assertie"),
    "omhulsel-ongetekend": _niet("teken_antwoord"),
    "geknoeid": _geknoeid,
    "geknoeid-binnen": _geknoeid_binnen,
    "niveau": zet(niveau=BASIS),
}
# Refused for themselves.
MEER: dict[str, Callable[[Idp], None]] = {
    "geen-audience": zet(audiences=[]),
    "ook-audience": lambda idp: idp.velden.update(audiences=[PORTAAL, "https://een-ander.example"]),
    "audience-langer": zet(audiences=[f"{PORTAAL}/"]),
    "onbekende-voorwaarde": lambda idp: idp.velden.update(_onbekende_voorwaarde()),
    "omhulsel-issuer": zet(issuer="https://kwaad.example"),
    "antwoord-issuer": zet(response_issuer="https://kwaad.example"),
    "destination": zet(destination="https://kwaad.example/acs"),
    "antwoord-inresponseto": zet(response_inresponseto="_ander"),
    "omhulsel-inresponseto": zet(artifact_inresponseto="_ander"),
    "geen-inresponseto": zet(inresponseto=None),
    "geen-recipient": zet(recipient=None),
    "bevestiging-verlopen": zet(subject_tot=partial(tijd, minutes=-5)),
    "bevestiging-zonder-einde": zet(subject_tot=None),
    "nog-niet": zet(not_before=partial(tijd, minutes=5)),
    "lang-geleden-ingelogd": zet(ingelogd=partial(tijd, hours=-2)),
    "straks-ingelogd": zet(ingelogd=partial(tijd, hours=2)),
    "geen-tijd": zet(conditions_tot="morgen"),
    "tijd-zonder-zone": zet(conditions_tot="2099-01-01T00:00:00"),
    "geen-bearer": zet(methode="urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"),
    "versie": zet(versie="1.1"),
    "niveau-onbekend": zet(niveau="urn:verzonnen:hoog"),
    "niveau-leeg": zet(niveau=""),
    "niveau-van-eherkenning": zet(niveau="urn:etoegang:core:assurance-class:loa4"),
    "niveau-geknoeid": lambda idp: setattr(idp, "buig", knoei_niveau),
    "sofinummer": zet(name_id="s00000001:999990019"),
    "zonder-sector": zet(name_id="999990019"),
    "geen-bsn": zet(name_id="s00000000:123456789"),
    "leeg": zet(name_id=""),
    "sha1": zet(hoe={"methode": _C.TransformRsaSha1}),
    "hash-sha1": zet(hoe={"hash_": _C.TransformSha1}),
    "c14n": zet(hoe={"c14n": _C.TransformInclC14N}),
    "c14n-met-commentaar": zet(hoe={"stappen": (_C.TransformEnveloped, _C.TransformExclC14NWithComments)}),
    "stap-te-weinig": zet(hoe={"stappen": (_C.TransformEnveloped,)}),
    "stap-te-veel": zet(hoe={"stappen": (_C.TransformEnveloped, _C.TransformExclC14N, _C.TransformExclC14N)}),
    "heel-het-document": zet(hoe={"uri": ""}),
}


# The rule that refuses it, as the log says: a flaw that another rule stops by chance is not tested.
REDEN = {
    "audience": "assertie-audience", "verlopen": "assertie-tijd-voorwaarden", "issuer": "assertie-issuer",
    "recipient": "assertie-recipient", "inresponseto": "assertie-inresponseto", "sleutel": "handtekening",
    "omhulsel-sleutel": "handtekening", "ongetekend": "signature-aantal", "omhulsel-ongetekend": "signature-aantal",
    "geknoeid": "handtekening", "geknoeid-binnen": "handtekening", "niveau": "te-laag",
    "geen-audience": "assertie-audience", "ook-audience": "assertie-audience", "audience-langer": "assertie-audience",
    "onbekende-voorwaarde": "assertie-voorwaarde", "omhulsel-issuer": "antwoord-issuer",
    "antwoord-issuer": "antwoord-issuer", "destination": "antwoord-destination",
    "antwoord-inresponseto": "antwoord-inresponseto", "omhulsel-inresponseto": "antwoord-inresponseto",
    "geen-inresponseto": "assertie-inresponseto", "geen-recipient": "assertie-recipient",
    "bevestiging-verlopen": "assertie-tijd-bevestiging", "bevestiging-zonder-einde": "tijd-notonorafter",
    "nog-niet": "assertie-tijd-voorwaarden", "lang-geleden-ingelogd": "assertie-tijd-ingelogd",
    "straks-ingelogd": "assertie-tijd-ingelogd", "geen-tijd": "tijd-notonorafter",
    "tijd-zonder-zone": "tijd-notonorafter", "geen-bearer": "assertie-bearer", "versie": "assertie-versie",
    "niveau-onbekend": "te-laag", "niveau-leeg": "onbekend", "niveau-van-eherkenning": "te-laag",
    "niveau-geknoeid": "handtekening", "sofinummer": "nummer", "zonder-sector": "nummer", "geen-bsn": "nummer",
    "leeg": "nummer", "sha1": "handtekening-algoritme", "hash-sha1": "handtekening-algoritme",
    "c14n": "handtekening-c14n", "c14n-met-commentaar": "handtekening-stappen",
    "stap-te-weinig": "handtekening-stappen", "stap-te-veel": "handtekening-stappen",
    "heel-het-document": "handtekening-verwijzing",
}  # fmt: skip


@pytest.mark.parametrize("naam", [*FOUTEN, *MEER])
def test_a_flaw_is_refused(client: Client, idp: Idp, naam: str, caplog: pytest.LogCaptureFixture):
    ({**FOUTEN, **MEER})[naam](idp)
    assert probeer(client, idp) == "/inloggen/"
    assert not is_binnen(client)
    assert f"({REDEN[naam]})" in caplog.text
    assert ("niet gelukt" in melding(client)) or "niveau" in naam


@pytest.mark.parametrize(("een", "twee"), list(combinations(FOUTEN, 2)), ids=str)
def test_so_is_each_pair_of_them(client: Client, idp: Idp, een: str, twee: str):
    FOUTEN[een](idp)
    FOUTEN[twee](idp)
    assert probeer(client, idp) == "/inloggen/"
    assert not is_binnen(client)


# --- wrapping: a right signature over one element, shown with another (XSW) ---


def _kwaad(echt: Element, *, zelfde_id: bool = False) -> Element:
    """As the real one, about another person, and without a signature."""
    kopie = copy.deepcopy(echt)
    for blok in kopie.findall("ds:Signature", NS):
        kopie.remove(blok)
    for naam in kopie.iterfind(".//saml:NameID", NS):
        naam.text = ANDER
    if not zelfde_id:
        for nummer, element in enumerate(kopie.iter()):
            if "ID" in element.attrib:
                element.set("ID", f"_kwaad{nummer}")
    return kopie


def _ontdaan(echt: Element) -> tuple[Element, Element]:
    """The real one without its signature, and that signature."""
    kopie = copy.deepcopy(echt)
    blok = kopie.find("ds:Signature", NS)
    assert blok is not None
    kopie.remove(blok)
    return kopie, blok


def in_object(echt: Element, **hoe: bool) -> Element:
    """The real one inside the signature of the false one."""
    kern, blok = _ontdaan(echt)
    kwaad = _kwaad(echt, **hoe)
    blok.append(make(f"{{{DS}}}Object", kern))
    kwaad.insert(1, blok)
    return kwaad


def in_advies(echt: Element, **hoe: bool) -> Element:
    """The real one, whole, deep inside the false one, whose signature is a copy."""
    kwaad, (_, blok) = _kwaad(echt, **hoe), _ontdaan(echt)
    kwaad.insert(1, blok)
    kwaad.append(make(f"{{{SAML}}}Advice", copy.deepcopy(echt)))
    return kwaad


def in_uitbreiding(echt: Element, **hoe: bool) -> Element:
    """The real one without its signature elsewhere in the false one, which has that signature."""
    kern, blok = _ontdaan(echt)
    kwaad = _kwaad(echt, **hoe)
    kwaad.insert(1, blok)
    kwaad.insert(0, make(f"{{{SAMLP}}}Extensions", kern))
    return kwaad


def zonder_eigen(echt: Element, **hoe: bool) -> Element:
    """The false one without a signature of its own, around the real one."""
    kwaad = _kwaad(echt, **hoe)
    kwaad.append(copy.deepcopy(echt))
    return kwaad


def twee_handtekeningen(echt: Element, **hoe: bool) -> Element:
    kwaad, (kern, blok) = _kwaad(echt, **hoe), _ontdaan(echt)
    kwaad.insert(1, blok)
    kwaad.insert(1, copy.deepcopy(blok))
    kwaad.append(kern)
    return kwaad


def met_xml_id(echt: Element, **_: bool) -> Element:
    """Another element claims the id in the way that every reader of XML knows."""
    kwaad, (kern, blok) = _kwaad(echt, zelfde_id=True), _ontdaan(echt)
    kwaad.insert(1, blok)
    kern.set("{http://www.w3.org/XML/1998/namespace}id", kern.attrib.pop("ID"))
    kwaad.append(kern)
    return kwaad


WIKKELS = [in_object, in_advies, in_uitbreiding, zonder_eigen, twee_handtekeningen, met_xml_id]


@pytest.mark.parametrize("zelfde_id", [False, True])
@pytest.mark.parametrize("wikkel", WIKKELS, ids=lambda w: w.__name__)
def test_a_wrapped_assertion(client: Client, idp: Idp, wikkel: Callable[..., Element], zelfde_id: bool):
    """What is around it is signed after the wrapping, so that only the signature of the assertion can tell."""
    idp.wijzig = lambda echt: wikkel(echt, zelfde_id=zelfde_id)
    assert probeer(client, idp) == "/inloggen/"
    assert not is_binnen(client)


@pytest.mark.parametrize("zelfde_id", [False, True])
@pytest.mark.parametrize("wikkel", WIKKELS, ids=lambda w: w.__name__)
def test_a_wrapped_answer(client: Client, idp: Idp, wikkel: Callable[..., Element], zelfde_id: bool):
    """The same one layer out: the ArtifactResponse, with the real one kept whole inside."""

    def buig(omhulsel: Element) -> None:
        lijf = omhulsel[0]
        echt = lijf[0]
        lijf.replace(echt, wikkel(echt, zelfde_id=zelfde_id))

    idp.buig = buig
    assert probeer(client, idp) == "/inloggen/"
    assert not is_binnen(client)


@pytest.mark.parametrize("zelfde_id", [False, True])
@pytest.mark.parametrize("wikkel", WIKKELS, ids=lambda w: w.__name__)
def test_a_wrapped_assertion_by_its_signature_alone(wikkel: Callable[..., Element], zelfde_id: bool):
    """Even where nobody looked at the ids first: what the signature covers is never about the other person."""
    echt = make(f"{{{SAML}}}Assertion", make(f"{{{SAML}}}Issuer", ENTITY), ID="_echt")
    echt.append(make(f"{{{SAML}}}NameID", "s00000000:999990019"))
    sign(echt, inlogdienst())
    kwaad = wikkel(echt, zelfde_id=zelfde_id)
    with pytest.raises(LoginMislukt):
        check_signed(kwaad, [inlogdienst().certificaat_pem])


@pytest.mark.parametrize("plek", [0, 3])
def test_a_second_assertion_beside_the_real_one(client: Client, idp: Idp, plek: int):
    def buig(omhulsel: Element) -> None:
        antwoord = omhulsel.find(".//samlp:Response", NS)
        assert antwoord is not None
        antwoord.insert(plek, _kwaad(assertie_van(omhulsel)))
        sign_anew(omhulsel, idp)

    idp.buig = buig
    assert probeer(client, idp) == "/inloggen/"
    assert not is_binnen(client)


def sign_anew(omhulsel: Element, idp: Idp) -> None:
    """As if the provider itself had signed it so."""
    antwoord = omhulsel.find(".//samlp:ArtifactResponse", NS)
    assert antwoord is not None
    for blok in antwoord.findall("ds:Signature", NS):
        antwoord.remove(blok)
    sign(antwoord, idp.paar)


def test_an_assertion_that_it_leans_on_is_not_read(client: Client, idp: Idp):
    """eHerkenning puts those of others into Advice, with a signature that we cannot check: they change nothing."""

    def met_advies(assertie: Element) -> Element:
        blok = assertie.find("ds:Signature", NS)
        assert blok is not None
        assertie.remove(blok)
        ander = sign(_kwaad(assertie), vreemd()).getparent()
        assertie.insert(3, make(f"{{{SAML}}}Advice", ander))
        sign(assertie, idp.paar)
        return assertie

    idp.wijzig = met_advies
    assert probeer(client, idp) == "/mijn/"
    assert client.session["actor"]["partij"]["nummer"] == "999990019"


def test_the_key_that_a_message_brings_is_not_looked_at(client: Client, idp: Idp):
    """A signature with somebody else's key, and their certificate beside it."""
    idp.paar = vreemd()
    assert probeer(client, idp) == "/inloggen/"


# --- XML that is no message ---

_BOM = (
    b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(f'<!ENTITY {n} "{f"&{v};" * 10}">'.encode() for v, n in zip("abcdefg", "bcdefgh", strict=True))
    + b"]><a>&h;</a>"
)


@pytest.mark.parametrize(
    "inhoud",
    [
        _BOM,
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        b'<!DOCTYPE a SYSTEM "http://127.0.0.1:1/x.dtd"><a/>',
        b'<?xml version="1.0" encoding="UTF-16"?><a/>',
        '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'.encode("utf-16"),
        b'<?xml-stylesheet href="http://kwaad.example"?><a/>',
        b"<a>" * 5000 + b"</a>" * 5000,
        b"<a>" + b"x" * 2_000_000 + b"</a>",
        b"<a>" + b"<b/>" * 60_000 + b"</a>",
        b"geen xml",
        b"",
        b"\xff\xfe\x00",
        b"<a",
        b"<a/>",
        b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body/></s:Envelope>',
        b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault/></s:Body></s:Envelope>',
    ],
    ids=lambda inhoud: repr(inhoud[:40]),
)
def test_xml_that_is_no_message(client: Client, idp: Idp, inhoud: bytes):
    idp.buig_bytes = lambda _: inhoud
    assert probeer(client, idp) == "/inloggen/"
    assert not is_binnen(client)


@pytest.mark.parametrize("teken", ["commentaar", "cdata", "instructie", "doctype"])
def test_a_right_answer_with_something_extra(client: Client, idp: Idp, teken: str):
    """The canonical form leaves comments out: the signature of all of these but the last is right."""
    erbij = {
        "commentaar": (b"999990019", b"999990<!-- -->019"),
        "cdata": (b"999990019", b"<![CDATA[999990019]]>"),
        "instructie": (b"</saml:NameID>", b"<?x y?></saml:NameID>"),
        "doctype": (b"<soap:Envelope", b"<!DOCTYPE x><soap:Envelope"),
    }[teken]

    def buig(inhoud: bytes) -> bytes:
        assert erbij[0] in inhoud
        return inhoud.replace(*erbij, 1)

    idp.buig_bytes = buig
    assert probeer(client, idp) == "/inloggen/"
    assert not is_binnen(client)


def test_a_comment_in_a_name_that_was_signed_so(client: Client, idp: Idp):
    """`999990019<!-- -->2`: one reader sees the first nine digits, another ten."""

    def wijzig(assertie: Element) -> Element:
        naam = assertie.find(".//saml:NameID", NS)
        assert naam is not None
        commentaar = etree.Comment(" ")
        commentaar.tail = "2"
        naam.append(commentaar)
        blok = assertie.find("ds:Signature", NS)
        assert blok is not None
        assertie.remove(blok)
        sign(assertie, idp.paar)
        return assertie

    idp.wijzig = wijzig
    assert probeer(client, idp) == "/inloggen/"
    assert not is_binnen(client)


def test_white_space_around_a_number_is_not_part_of_it(client: Client, idp: Idp):
    idp.velden = {"name_id": "\n  s00000000:999990019\n "}
    assert probeer(client, idp) == "/mijn/"


def test_an_answer_through_the_browser_is_not_taken_when_we_fetch_it(client: Client, idp: Idp):
    vraag, merk = begin(client, idp)
    antwoord = idp.make_response(vraag)
    sign(antwoord, idp.paar)
    velden = {"SAMLResponse": base64.b64encode(etree.tostring(antwoord)).decode(), "RelayState": merk}
    assert client.post(TERUG, velden).headers["Location"] == "/inloggen/"
    assert not is_binnen(client)


def test_our_own_signature_is_not_that_of_the_provider(client: Client, idp: Idp):
    idp.paar = gemeente()
    idp.velden = {"issuer": ENTITY}
    assert probeer(client, idp) == "/inloggen/"
