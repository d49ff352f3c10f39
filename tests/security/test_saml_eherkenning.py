"""eHerkenning by SAML, and eIDAS through it: identifiers that are encrypted for us, and answers through the browser."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

import pytest
import xmlsec
from django.test import Client
from lxml import etree

from eloket.identity.testing import hidden_field
from eloket.identity.types import Partij
from tests.saml.aansluiting import aangesloten, begin, dienst, is_binnen, melding, probeer, terug_van
from tests.saml.bouw import NS, SAML, encrypt, make, sign
from tests.saml.eherkenning import (
    ACTING,
    BSN,
    DIENST,
    KVK,
    LEGAL,
    LOA3,
    PSEUDO,
    RSIN,
    VESTIGING,
    bedrijf,
    kenmerk,
    naam,
)
from tests.saml.idp import PORTAAL, Idp
from tests.saml.sleutels import gemeente, gezag, vreemd
from tests.saml.sleutels import make as maak_paar

__all__ = ["dienst"]  # the fixture

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.unit.identity.proefsite")]
_C = xmlsec.constants
Element = etree._Element


@contextmanager
def verbonden(dienst: Idp, soort: str = "eherkenning", **saml: Any) -> Iterator[Idp]:
    with aangesloten(dienst, saml={**DIENST, **saml}, code=soort, soort=soort):
        yield dienst


@pytest.fixture
def idp(dienst: Idp) -> Iterator[Idp]:
    dienst.velden = {"kenmerken": bedrijf(), "name_id": "b964780b-3441", "niveau": LOA3}
    with verbonden(dienst):
        yield dienst


def log_in(client: Client, idp: Idp, middel: str = "eherkenning") -> str:
    return probeer(client, idp, middel=middel)


def actor(client: Client) -> dict[str, Any]:
    bewaard: dict[str, Any] = client.session["actor"]
    return bewaard


def test_an_employee_logs_in_for_a_business(client: Client, idp: Idp):
    assert log_in(client, idp) == "/mijn/"
    assert actor(client)["partij"]["nummer"] == "69599084"
    assert actor(client)["soort"] == "onderneming"
    assert actor(client)["niveau"] == LOA3
    assert is_binnen(client)


def test_the_question_names_the_service_and_the_level(client: Client, idp: Idp):
    vraag, _ = begin(client, idp, middel="eherkenning")
    assert vraag["niveau"] == LOA3
    assert vraag["dienst"] == "4"


def test_the_metadata_name_the_service_and_the_key_to_encrypt_with(client: Client, idp: Idp):
    wortel = etree.fromstring(client.get("/inloggen/saml/eherkenning/metadata/").content)
    verzoek = wortel.find(".//md:AttributeConsumingService/md:RequestedAttribute", NS)
    assert verzoek is not None
    assert verzoek.get("Name") == DIENST["dienst_id"]
    gebruik = [een.get("use") for een in wortel.iterfind(".//md:KeyDescriptor", NS)]
    assert gebruik == ["signing", "encryption"]


def test_an_employee_of_one_branch(client: Client, idp: Idp):
    idp.velden["kenmerken"][0].append(kenmerk(VESTIGING, "000037178598"))
    log_in(client, idp)
    assert actor(client)["partij"]["vestigingsnummer"] == "000037178598"


def test_a_business_with_two_numbers_is_known_by_the_right_one(client: Client, idp: Idp):
    verklaring = idp.velden["kenmerken"][0]
    verklaring.replace(verklaring[0], kenmerk(LEGAL, naam("999990020", RSIN), naam("69599084", KVK)))
    log_in(client, idp)
    assert actor(client)["partij"]["nummer"] == "69599084"


def test_an_organisation_without_a_kvk_number_is_told_so(client: Client, idp: Idp):
    verklaring = idp.velden["kenmerken"][0]
    verklaring.replace(verklaring[0], kenmerk(LEGAL, naam("999990020", RSIN)))
    assert log_in(client, idp) == "/inloggen/"
    assert "geen KvK-nummer" in melding(client)


def test_a_bewindvoerder_acts_for_a_resident(client: Client, idp: Idp):
    verklaring = idp.velden["kenmerken"][0]
    verklaring.replace(verklaring[0], kenmerk(LEGAL, naam("999990019", BSN)))
    log_in(client, idp)
    assert actor(client)["machtiging"] == "bewind"
    assert actor(client)["partij"]["key"] == Partij.inwoner("999990019").key
    assert actor(client)["key"] != Partij.inwoner("999990019").key


def test_nobody_logs_in_without_saying_who_acts(client: Client, idp: Idp):
    idp.velden["kenmerken"][0].remove(idp.velden["kenmerken"][0][1])
    assert log_in(client, idp) == "/inloggen/"


@pytest.mark.parametrize("niveau", ["loa2", "loa2plus"])
def test_a_level_that_is_too_low(client: Client, idp: Idp, niveau: str):
    idp.velden["niveau"] = f"urn:etoegang:core:assurance-class:{niveau}"
    assert log_in(client, idp) == "/inloggen/"
    assert "minimaal EH3" in melding(client)


# --- eIDAS ---


def persoon(soort: str, waarde: str) -> list[Element]:
    return [make(f"{{{SAML}}}AttributeStatement", kenmerk(ACTING, naam(waarde, soort)))]


def test_somebody_from_another_country_logs_in_through_eherkenning(client: Client, dienst: Idp):
    dienst.velden = {"kenmerken": persoon(BSN, "999990019"), "name_id": "t-1", "niveau": LOA3}
    with verbonden(dienst, "eidas"):
        assert log_in(client, dienst, "eidas") == "/mijn/"
        assert actor(client)["partij"]["nummer"] == "999990019"


def test_without_a_bsn_they_are_told_why(client: Client, dienst: Idp):
    """Their number is a pseudonym: never taken for a BSN, also when it looks like one."""
    dienst.velden = {"kenmerken": persoon(PSEUDO, "999990019"), "name_id": "t-1", "niveau": LOA3}
    with verbonden(dienst, "eidas"):
        assert log_in(client, dienst, "eidas") == "/inloggen/"
    assert "geen burgerservicenummer" in melding(client)


def test_a_low_level_of_eidas_is_refused(client: Client, dienst: Idp):
    laag = "urn:etoegang:core:assurance-class:loa2"
    dienst.velden = {"kenmerken": persoon(BSN, "999990019"), "name_id": "t-1", "niveau": laag}
    with verbonden(dienst, "eidas"):
        assert log_in(client, dienst, "eidas") == "/inloggen/"
    assert "eIDAS Substantieel" in melding(client)


# --- what is encrypted ---


@pytest.mark.parametrize("methode", [_C.TransformAes128Cbc, _C.TransformAes256Cbc, _C.TransformAes256Gcm])
@pytest.mark.parametrize("ernaast", [True, False])
def test_the_ways_to_encrypt_that_are_taken(client: Client, idp: Idp, methode: Any, ernaast: bool):
    idp.velden["kenmerken"] = bedrijf(methode=methode, sleutel_ernaast=ernaast)
    assert log_in(client, idp) == "/mijn/"


@pytest.mark.parametrize(
    ("hoe", "reden"),
    [
        ({"vervoer": _C.TransformRsaPkcs1}, "versleuteling-algoritme"),
        ({"methode": _C.TransformDes3Cbc}, "versleuteling-algoritme"),
        ({"voor": vreemd()}, "versleuteling"),
        ({"ontvanger": "https://een-ander.example"}, "versleuteling-sleutel"),
    ],
    ids=["vervoer", "methode", "vreemde-sleutel", "andere-ontvanger"],
)
def test_another_way_is_refused(
    client: Client, idp: Idp, hoe: dict[str, Any], reden: str, caplog: pytest.LogCaptureFixture
):
    idp.velden["kenmerken"] = bedrijf(**hoe)
    assert log_in(client, idp) == "/inloggen/"
    assert f"({reden})" in caplog.text


def test_what_was_encrypted_with_the_key_before_is_still_read(client: Client, dienst: Idp):
    """Who changes keys has two for a while."""
    oud = gemeente().write(dienst.map, "oud")
    nieuw = maak_paar("nieuw", gezag()).write(dienst.map, "nieuw")
    paren = [{"sleutel": str(een.sleutel), "certificaat": str(een.certificaat)} for een in (nieuw, oud)]
    dienst.velden = {"kenmerken": bedrijf(), "name_id": "b-1", "niveau": LOA3}
    with verbonden(dienst, ontsleutelen=paren):
        assert log_in(client, dienst) == "/mijn/"


def _binnenin(inhoud: str) -> list[Element]:
    """Something else than an identifier, encrypted for us."""
    vreemds = encrypt(etree.fromstring(inhoud), gemeente(), "EncryptedID", ontvanger=PORTAAL)
    return [make(f"{{{SAML}}}AttributeStatement", kenmerk(LEGAL, vreemds), *bedrijf()[0][1:])]


@pytest.mark.parametrize(
    ("inhoud", "reden"),
    [
        (f'<a xmlns="{SAML}">69599084</a>', "versleuteling-inhoud"),
        (f'<NameID xmlns="{SAML}"><!-- -->69599084</NameID>', "xml-extra"),
        (f'<NameID xmlns="{SAML}"><b/>69599084</NameID>', "tekst-vorm"),
    ],
)
def test_what_was_encrypted_is_read_with_the_same_care(
    client: Client, idp: Idp, inhoud: str, reden: str, caplog: pytest.LogCaptureFixture
):
    idp.velden["kenmerken"] = _binnenin(inhoud)
    assert log_in(client, idp) == "/inloggen/"
    assert f"({reden})" in caplog.text


def test_an_attribute_that_is_there_twice_is_refused(
    client: Client, idp: Idp, caplog: pytest.LogCaptureFixture
):
    for dubbel in (
        [kenmerk(VESTIGING, "000037178598"), kenmerk(VESTIGING, "000037178599")],
        [kenmerk("loa", "urn:etoegang:core:assurance-class:loa4")],
        [kenmerk(VESTIGING, naam("1", KVK), naam("2", KVK))],
    ):
        verklaring = bedrijf()
        verklaring[0].extend(dubbel)
        idp.velden["kenmerken"] = verklaring
        caplog.clear()
        assert log_in(client, idp) == "/inloggen/"
        assert "(kenmerk-dubbel)" in caplog.text


# --- through the browser (POST) ---


@pytest.fixture
def post(dienst: Idp) -> Iterator[Idp]:
    dienst.velden = {"kenmerken": bedrijf(), "name_id": "b964780b-3441", "niveau": LOA3}
    with verbonden(dienst, binding="post"):
        yield dienst


def getekend(antwoord: Element, idp: Idp) -> str:
    sign(antwoord, idp.paar)
    return base64.b64encode(etree.tostring(antwoord)).decode()


def versleuteld(antwoord: Element) -> Element:
    assertie = antwoord.find("saml:Assertion", NS)
    assert assertie is not None
    plek = antwoord.index(assertie)
    antwoord.insert(plek, encrypt(assertie, gemeente(), "EncryptedAssertion", ontvanger=PORTAAL))
    return antwoord


def breng(client: Client, antwoord: str, merk: str) -> str:
    """As a browser does: from another site without our cookie, and from the page that it then gets with it."""
    pad = terug_van("eherkenning")
    pagina = Client(enforce_csrf_checks=True).post(pad, {"SAMLResponse": antwoord, "RelayState": merk})
    assert pagina.status_code == 200
    assert not pagina.cookies
    html = pagina.content.decode()
    assert "U bent bijna ingelogd" in html
    velden = {v: unescape(hidden_field(html, v)) for v in ("SAMLResponse", "RelayState", "nogmaals")}
    return str(client.post(pad, velden).headers["Location"])


@pytest.mark.parametrize("verberg", [lambda antwoord: antwoord, versleuteld], ids=["plat", "versleuteld"])
def test_an_answer_through_the_browser(client: Client, post: Idp, verberg: Any):
    vraag, merk = begin(client, post, middel="eherkenning")
    assert vraag["binding"].endswith("HTTP-POST")
    assert breng(client, getekend(verberg(post.make_response(vraag)), post), merk) == "/mijn/"
    assert is_binnen(client)
    assert post.gevraagd == []


def test_it_is_used_once(client: Client, post: Idp):
    vraag, merk = begin(client, post, middel="eherkenning")
    antwoord = getekend(post.make_response(vraag), post)
    breng(client, antwoord, merk)
    ander = Client()
    _, nieuw = begin(ander, post, middel="eherkenning")
    for een in (merk, nieuw):
        assert breng(ander, antwoord, een) == "/inloggen/"
    assert not is_binnen(ander)


def test_without_a_session_it_does_not_go_round_in_circles(post: Idp):
    pad = terug_van("eherkenning")
    gegevens = {"SAMLResponse": "x", "RelayState": "y", "nogmaals": "1"}
    assert Client().post(pad, gegevens).headers["Location"] == "/inloggen/"


@pytest.mark.parametrize(
    ("soort", "reden"),
    [
        ("antwoord", "signature-aantal"),
        ("assertie", "signature-aantal"),
        ("vreemd", "handtekening"),
        ("geen-base64", "antwoord-vorm"),
        ("leeg", "xml"),
        ("artifact", "xml-geen-utf8"),
    ],
)
def test_an_answer_that_is_not_signed_whole_is_refused(
    client: Client, post: Idp, soort: str, reden: str, caplog: pytest.LogCaptureFixture
):
    """Both the answer and what stands in it, also when that is encrypted: encrypting for us can anybody."""
    vraag, merk = begin(client, post, middel="eherkenning")
    if soort == "assertie":
        post.teken_assertie = False
    antwoord = versleuteld(post.make_response(vraag))
    if soort == "vreemd":
        post.paar = vreemd()
    if soort in {"assertie", "vreemd"}:
        sign(antwoord, post.paar)
    plat = base64.b64encode(etree.tostring(antwoord)).decode()
    anders = {
        "geen-base64": "<xml>",
        "leeg": "",
        "artifact": base64.b64encode(b"\x00\x04" + b"\xff" * 42).decode(),
    }
    assert breng(client, anders.get(soort, plat), merk) == "/inloggen/"
    assert f"({reden})" in caplog.text
    assert not is_binnen(client)


def test_a_cancelled_login_through_the_browser(client: Client, post: Idp):
    post.status = ["Responder", "AuthnFailed"]
    vraag, merk = begin(client, post, middel="eherkenning")
    breng(client, getekend(post.make_response(vraag), post), merk)
    assert "U heeft het inloggen gestopt" in melding(client)


def test_the_page_in_between_shows_nothing_that_is_not_text(client: Client, post: Idp):
    kwaad = '"><script>alert(1)</script>'
    html = (
        Client().post(terug_van("eherkenning"), {"SAMLResponse": kwaad, "RelayState": kwaad}).content.decode()
    )
    assert "<script>alert" not in html
