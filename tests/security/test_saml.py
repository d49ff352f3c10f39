"""Logging in by SAML, with a provider that is as strict as a real one."""

import logging
import re

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from lxml import etree

from eloket.identity.middelenbestand import load_middelen
from eloket.identity.saml import terugkanaal
from tests.saml.aansluiting import (
    aangesloten,
    begin,
    dienst,
    idp,
    is_binnen,
    kom_terug,
    melding,
    probeer,
    schrijf,
)
from tests.saml.bouw import NS, SAML, sign
from tests.saml.bouw import make as bouw
from tests.saml.idp import MIDDEN, Idp
from tests.saml.sleutels import gemeente, gezag, inlogdienst, make
from tests.unit.identity.klokken import Klok

__all__ = ["dienst", "idp"]  # the fixtures

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.unit.identity.proefsite")]
_AC = "urn:oasis:names:tc:SAML:2.0:ac:classes:"


def test_a_right_answer_logs_in(client: Client, idp: Idp):
    assert probeer(client, idp, terug="/proef/zaken/z1/") == "/proef/zaken/z1/"
    assert is_binnen(client)
    assert len(idp.gevraagd) == 1


def test_the_provider_sees_our_certificate(client: Client, idp: Idp):
    probeer(client, idp)
    assert idp.clienten == [gemeente().certificaat.public_bytes(Encoding.DER)]


def test_the_question_asks_for_the_minimum_of_the_means(client: Client, dienst: Idp):
    with aangesloten(dienst, minimum="substantieel"):
        vraag, _ = begin(client, dienst)
    assert vraag["niveau"].endswith("ac:classes:Smartcard")
    assert vraag["acs"] == "http://testserver/inloggen/saml/digid/terug/"


def test_who_must_log_in_higher_is_asked_for_that_level_and_no_less_will_do(client: Client, idp: Idp):
    assert probeer(client, idp) == "/mijn/"
    vraag, merk = begin(client, idp, terug="/proef/zaken/z1/", zekerheid="substantieel")
    assert vraag["niveau"].endswith("ac:classes:Smartcard")
    assert kom_terug(client, idp.answer(vraag), merk).headers["Location"] == "/proef/zaken/z1/"
    assert client.session["actor"]["zekerheid"] == "substantieel"
    idp.velden = {"niveau": MIDDEN}
    vraag, merk = begin(client, idp, terug="/proef/zaken/z1/", zekerheid="hoog")
    terug = kom_terug(client, idp.answer(vraag), merk).headers["Location"]
    assert terug.startswith("/inloggen/hoger/?")
    assert client.session["actor"]["zekerheid"] == "substantieel"


@pytest.mark.parametrize("niveau", ["Smartcard", "SmartcardPKI"])
def test_a_higher_level_than_asked_is_fine(client: Client, idp: Idp, niveau: str):
    idp.velden = {"niveau": f"urn:oasis:names:tc:SAML:2.0:ac:classes:{niveau}"}
    assert probeer(client, idp) == "/mijn/"


def test_only_the_page_to_the_provider_may_post_there(client: Client, idp: Idp):
    pagina = client.get("/inloggen/digid/")
    assert f"form-action 'self' {idp.url} https:;" in pagina.headers["Content-Security-Policy"]
    assert "unsafe" not in pagina.headers["Content-Security-Policy"]
    assert pagina.headers["Cache-Control"] == "no-store"
    assert "form-action 'self';" in client.get("/inloggen/").headers["Content-Security-Policy"]
    assert "Verder naar DigiD" in pagina.content.decode()


@pytest.mark.parametrize(
    ("status", "zin"),
    [
        (["Responder", "AuthnFailed"], "U heeft het inloggen gestopt"),
        (["Responder", "NoAuthnContext"], "U heeft minimaal DigiD Midden nodig"),
        (["Responder", "RequestDenied"], "Inloggen is niet gelukt"),
        (["Responder"], "Inloggen is niet gelukt"),
        (["Success", "AuthnFailed"], "U heeft het inloggen gestopt"),
    ],
    ids=str,
)
def test_what_went_wrong_is_said_in_words(client: Client, idp: Idp, status: list[str], zin: str):
    idp.status = status
    assert probeer(client, idp, terug="/mijn/zaken/") == "/inloggen/?terug=%2Fmijn%2Fzaken%2F"
    assert zin in melding(client)
    assert not is_binnen(client)


def test_an_artifact_is_used_once(client: Client, idp: Idp):
    vraag, merk = begin(client, idp)
    artifact = idp.answer(vraag)
    assert kom_terug(client, artifact, merk).headers["Location"] == "/mijn/"
    anders = Client()
    _, merk = begin(anders, idp)
    assert kom_terug(anders, artifact, merk).headers["Location"] == "/inloggen/"
    assert "Inloggen is niet gelukt" in melding(anders)
    assert not is_binnen(anders)


def test_so_is_a_login(client: Client, idp: Idp):
    """The second time it is the back button of somebody who is logged in, and nothing is asked of the provider."""
    vraag, merk = begin(client, idp)
    artifact = idp.answer(vraag)
    for _ in range(2):
        assert kom_terug(client, artifact, merk).headers["Location"] == "/mijn/"
    assert len(idp.gevraagd) == 1


def test_the_answer_to_a_login_of_another_browser_logs_nobody_in(client: Client, idp: Idp):
    """Login CSRF: somebody gives you a link with their own answer in it."""
    vraag, merk = begin(Client(), idp)
    begin(client, idp)
    assert kom_terug(client, idp.answer(vraag), merk).headers["Location"] == "/inloggen/"
    assert not is_binnen(client)
    assert idp.gevraagd == []


def test_nor_with_a_login_of_our_own(client: Client, idp: Idp):
    """Their artifact, our RelayState: the answer is to another question."""
    vraag, _ = begin(Client(), idp)
    _, merk = begin(client, idp)
    assert kom_terug(client, idp.answer(vraag), merk).headers["Location"] == "/inloggen/"
    assert not is_binnen(client)


def test_a_login_with_one_means_is_not_finished_with_another(client: Client, dienst: Idp):
    with aangesloten(dienst, ook={"code": "digid-hoog", "minimum": "hoog"}):
        vraag, merk = begin(client, dienst)
        terug = kom_terug(client, dienst.answer(vraag), merk, "digid-hoog")
        assert terug.headers["Location"] == "/inloggen/"
        assert not is_binnen(client)
        assert dienst.gevraagd == []


def test_an_answer_to_another_means_of_the_same_provider_is_none_of_ours(client: Client, dienst: Idp):
    """The same entity id twice: the address that an answer is for tells them apart."""
    with aangesloten(dienst, ook={"code": "digid-hoog", "minimum": "hoog"}):
        vraag, _ = begin(client, dienst)
        hoog, merk = begin(client, dienst, middel="digid-hoog")
        dienst.velden = {
            "niveau": f"{_AC}SmartcardPKI",
            "inresponseto": hoog["id"],
            "response_inresponseto": hoog["id"],
        }
        terug = kom_terug(client, dienst.answer(vraag), merk, "digid-hoog")
        assert terug.headers["Location"] == "/inloggen/"
        assert not is_binnen(client)


def test_a_signature_that_counts_on_a_prefix_from_outside(client: Client, idp: Idp):
    """As eHerkenning signs: types in attributes name a prefix, which the signature covers by its own list."""
    xsi, xs = "http://www.w3.org/2001/XMLSchema-instance", "http://www.w3.org/2001/XMLSchema"

    def wijzig(assertie: etree._Element) -> etree._Element:
        blok = assertie.find("ds:Signature", NS)
        assert blok is not None
        assertie.remove(blok)
        waarde = bouw(f"{{{SAML}}}AttributeValue", "x", **{f"{{{xsi}}}type": "xs:string"})
        kenmerk = bouw(f"{{{SAML}}}Attribute", waarde, Name="soort")
        assertie.append(bouw(f"{{{SAML}}}AttributeStatement", kenmerk))
        houder = etree.Element("houder", nsmap={"xs": xs, "xsi": xsi})
        houder.append(assertie)
        sign(assertie, idp.paar, prefixen=["xs", "onbekend"])
        return assertie

    idp.wijzig = wijzig
    idp.nsmap = {"xs": xs, "xsi": xsi}
    assert probeer(client, idp) == "/mijn/"


def test_a_provider_that_changes_keys_has_two_for_a_while(client: Client, dienst: Idp):
    echt, nieuw = dienst.metadata(), make("nieuw", gezag())
    oud_sleutel = re.search(rb"<md:KeyDescriptor.*?</md:KeyDescriptor>", echt)
    assert oud_sleutel
    dienst.paar = nieuw
    beide = dienst.metadata().replace(b"<md:KeyDescriptor", oud_sleutel.group() + b"<md:KeyDescriptor", 1)
    dienst.metadata = lambda **_: beide  # type: ignore[method-assign]
    with aangesloten(dienst):
        assert probeer(client, dienst) == "/mijn/"
        dienst.paar = inlogdienst()
        assert probeer(Client(), dienst) == "/mijn/"


def test_metadata_of_several_providers(client: Client, dienst: Idp):
    echt = dienst.metadata()
    ander = echt.replace(b"https://idp.example/saml", b"https://ander.example/saml")
    alle = (
        b'<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"><!-- van het gezag -->%b%b'
    )
    dienst.metadata = lambda **_: alle % (ander, echt) + b"</md:EntitiesDescriptor>"  # type: ignore[method-assign]
    with pytest.raises(ImproperlyConfigured, match="2 inlogdiensten gevonden; zet idp_entity_id"):
        load_middelen(schrijf(dienst), is_productie=False)
    with aangesloten(dienst, saml={"idp_entity_id": "https://idp.example/saml"}):
        assert probeer(client, dienst) == "/mijn/"


def test_two_tabs_each_have_their_own_login(client: Client, idp: Idp):
    eerste, tweede = begin(client, idp), begin(client, idp)
    assert kom_terug(client, idp.answer(eerste[0]), eerste[1]).headers["Location"] == "/mijn/"
    assert eerste[0]["id"] != tweede[0]["id"]


def test_a_login_that_took_too_long_is_begun_anew(client: Client, idp: Idp, monkeypatch: pytest.MonkeyPatch):
    klok = Klok(monkeypatch)
    vraag, merk = begin(client, idp)
    klok.ga_verder(minutes=16)
    assert kom_terug(client, idp.answer(vraag), merk).headers["Location"] == "/inloggen/"


def test_the_session_is_a_new_one(client: Client, idp: Idp):
    vraag, merk = begin(client, idp)
    voor = client.cookies["eloket_sessie"].value
    kom_terug(client, idp.answer(vraag), merk)
    assert client.cookies["eloket_sessie"].value != voor


@pytest.mark.parametrize(
    "artifact", ["", "geen-artifact", "AAQAAA==", "AAEAAA" + "A" * 54, "AAQAAA" + "A" * 54, "é" * 60]
)
def test_what_is_no_artifact_of_this_provider_is_not_asked_for(client: Client, idp: Idp, artifact: str):
    _, merk = begin(client, idp)
    assert kom_terug(client, artifact, merk).headers["Location"] == "/inloggen/"
    assert idp.gevraagd == []


def test_nothing_that_was_sent_is_logged(client: Client, idp: Idp, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG, "eloket")
    idp.velden = {"inresponseto": "_ander", "name_id": "s00000000:999990019"}
    probeer(client, idp)
    regels = caplog.text
    assert "login-mislukt (assertie-inresponseto) middel digid" in regels
    assert "999990019" not in regels
    assert "_ander" not in regels


# --- the back channel ---


@pytest.mark.parametrize(
    ("status", "zin"), [(503, "inlogdienst werkt nu niet"), (403, "Inloggen is niet gelukt")]
)
def test_a_provider_that_has_an_outage(client: Client, idp: Idp, status: int, zin: str):
    idp.http_status = status
    assert probeer(client, idp) == "/inloggen/"
    assert zin in melding(client)


def test_a_provider_that_is_not_there(client: Client, idp: Idp):
    vraag, merk = begin(client, idp)
    idp.stop()
    kom_terug(client, idp.answer(vraag), merk)
    assert "inlogdienst werkt nu niet" in melding(client)


def test_a_provider_that_does_not_answer(client: Client, idp: Idp, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(terugkanaal, "TIMEOUT", 0.5)
    idp.velden = {"traag": True}
    probeer(client, idp)
    assert "inlogdienst werkt nu niet" in melding(client)
    assert not is_binnen(client)


def test_a_provider_with_a_certificate_that_we_do_not_know(client: Client, dienst: Idp):
    (dienst.map / "anders.crt").write_bytes(make("Ander gezag").certificaat_pem)
    with aangesloten(dienst, saml={"tls_ca": str(dienst.map / "anders.crt")}):
        probeer(client, dienst)
    assert "inlogdienst werkt nu niet" in melding(client)
    assert dienst.gevraagd == []


def test_a_client_certificate_that_the_provider_does_not_know(client: Client, dienst: Idp):
    """So the provider of these tests does look at it."""
    ander = make("gemeente", make("Ander gezag")).write(dienst.map, "ander")
    tls = {"sleutel": str(ander.sleutel), "certificaat": str(ander.certificaat)}
    with aangesloten(dienst, saml={"tls": tls}):
        probeer(client, dienst)
    assert "inlogdienst werkt nu niet" in melding(client)
    assert dienst.gevraagd == []


# --- clocks ---


def test_clocks_that_differ_a_little(client: Client, idp: Idp):
    idp.scheef = 50
    assert probeer(client, idp) == "/mijn/"


@pytest.mark.parametrize("seconden", [-1200, 700])
def test_clocks_that_differ_too_much_are_said_so(
    client: Client, idp: Idp, seconden: int, caplog: pytest.LogCaptureFixture
):
    idp.scheef = seconden
    probeer(client, idp)
    assert "niet gelijk zijn" in melding(client)
    gemeten = re.search(r"login-klok \(verschil (-?\d+) seconden\)", caplog.text)
    assert gemeten
    assert abs(int(gemeten.group(1)) - seconden) < 30
    assert not is_binnen(client)


# --- our metadata ---


def test_our_metadata_are_what_the_provider_must_know(client: Client, idp: Idp):
    antwoord = client.get("/inloggen/saml/digid/metadata/")
    assert antwoord["Content-Type"] == "application/samlmetadata+xml"
    wortel = etree.fromstring(antwoord.content)
    idp.check_signature(wortel)
    assert wortel.get("entityID") == "https://portaal.example/saml"
    rol = wortel.find("md:SPSSODescriptor", NS)
    assert rol is not None
    assert (rol.get("AuthnRequestsSigned"), rol.get("WantAssertionsSigned")) == ("true", "true")
    acs = rol.find("md:AssertionConsumerService", NS)
    assert acs is not None
    assert acs.get("Location") == "http://testserver/inloggen/saml/digid/terug/"
    assert acs.get("Binding", "").endswith("HTTP-Artifact")
    assert "PRIVATE" not in antwoord.content.decode()


@pytest.mark.parametrize("middel", ["eherkenning", "medewerker", "bestaat-niet"])
def test_a_means_that_is_not_of_saml_has_none_of_its_pages(client: Client, idp: Idp, middel: str):
    for pad in ("metadata", "terug"):
        assert client.get(f"/inloggen/saml/{middel}/{pad}/").status_code == 404


def test_a_means_of_openid_connect_has_none_either(client: Client):
    assert client.get("/inloggen/saml/digid/metadata/").status_code == 404


def test_the_address_of_openid_connect_takes_no_answer_of_saml(client: Client, idp: Idp):
    _, merk = begin(client, idp)
    assert client.get("/inloggen/terug/", {"state": merk, "code": "c"}).headers["Location"] == "/inloggen/"


def test_a_level_is_kept_with_the_session(client: Client, idp: Idp):
    probeer(client, idp)
    assert client.session["actor"]["niveau"] == MIDDEN
