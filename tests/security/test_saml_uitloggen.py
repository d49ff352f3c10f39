"""Logging out by SAML: at the provider too, and here when somebody logged out there. Unsigned ends nothing."""

import re
from collections.abc import Callable
from functools import partial
from html import unescape
from typing import Any

import pytest
import xmlsec
from django.test import Client
from lxml import etree

from eloket.audit.models import AuditRegel
from eloket.identity.testing import hidden_field
from tests.saml.aansluiting import aangesloten, dienst, idp, is_binnen, probeer
from tests.saml.bouw import NS, SAML, encrypt, make, sign
from tests.saml.idp import PORTAAL, Idp, tijd
from tests.saml.sleutels import gemeente, vreemd
from tests.unit.identity.klokken import Klok

__all__ = ["dienst", "idp"]  # the fixtures

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.unit.identity.proefsite")]
NAAM, ANDER = "s00000000:999990019", "s00000000:999990020"
UIT = "/inloggen/saml/digid/uitloggen/"


def meld(idp: Idp, naam_id: str = NAAM) -> Any:
    """The provider tells, over SOAP, without a cookie."""
    inhoud = idp.buig_bytes(etree.tostring(idp.make_logout(naam_id)))
    return Client(enforce_csrf_checks=True).post(UIT, inhoud, content_type="text/xml")


# --- from here to there ---


def test_who_logs_out_here_is_logged_out_there(client: Client, idp: Idp):
    probeer(client, idp)
    naar = client.post("/uitloggen/").headers["Location"]
    assert not is_binnen(client)
    pagina = client.get(naar)
    html = pagina.content.decode()
    assert f'action="{idp.url}/logout"' in html
    assert f"form-action 'self' {idp.url} https:" in pagina.headers["Content-Security-Policy"]
    assert idp.take_logout(unescape(hidden_field(html, "SAMLRequest"))) == NAAM
    assert "999990019" not in html
    terug = client.post("/inloggen/saml/digid/uitgelogd/", {"SAMLResponse": "x"})
    assert terug.headers["Location"] == "/uitgelogd/"
    assert "U bent uitgelogd" in client.get("/uitgelogd/").content.decode()


def test_the_way_back_keeps_nobody_logged_out_who_is_in(client: Client, idp: Idp):
    """Somebody sends you there: it changes nothing."""
    probeer(client, idp)
    assert client.get("/inloggen/saml/digid/uitgelogd/").headers["Location"] == "/uitgelogd/"
    assert is_binnen(client)


def test_a_provider_that_wants_the_bsn_in_an_address_is_left_as_it_is(client: Client, dienst: Idp):
    dienst.velden = {"uitloggen": "HTTP-Redirect"}
    with aangesloten(dienst):
        probeer(client, dienst)
        naar = client.post("/uitloggen/").headers["Location"]
        assert client.get(naar).headers["Location"] == "/uitgelogd/"


def test_who_logs_out_is_out_also_when_our_key_is_gone(
    client: Client, idp: Idp, caplog: pytest.LogCaptureFixture
):
    probeer(client, idp)
    (idp.map / "gemeente.key").unlink()
    naar = client.post("/uitloggen/").headers["Location"]
    assert client.get(naar).headers["Location"] == "/uitgelogd/"
    assert not is_binnen(client)
    assert "eigen-sleutel" in caplog.text


def test_our_metadata_say_where_to_tell_us(client: Client, idp: Idp):
    wortel = etree.fromstring(client.get("/inloggen/saml/digid/metadata/").content)
    plekken = {
        een.get("Binding"): een.get("Location") for een in wortel.iterfind(".//md:SingleLogoutService", NS)
    }
    assert plekken == {
        "urn:oasis:names:tc:SAML:2.0:bindings:SOAP": f"http://testserver{UIT}",
        "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST": "http://testserver/inloggen/saml/digid/uitgelogd/",
    }


# --- from there to here ---


def test_who_logged_out_there_is_logged_out_here_everywhere(client: Client, idp: Idp):
    telefoon = Client()
    probeer(client, idp)
    probeer(telefoon, idp)
    antwoord = meld(idp)
    assert antwoord.status_code == 200
    assert not is_binnen(client)
    assert not is_binnen(telefoon)
    bericht = etree.fromstring(antwoord.content).find("soap:Body/samlp:LogoutResponse", NS)
    assert bericht is not None
    idp.check_signature(bericht)
    assert bericht.find("samlp:Status/samlp:StatusCode", NS).get("Value").endswith(":Success")  # type: ignore[union-attr]
    assert AuditRegel.objects.filter(actie="sessie.beeindigd").count() == 2


def test_the_answer_names_the_question(client: Client, idp: Idp):
    vragen: list[str] = []

    def onthoud(omhulsel: etree._Element) -> None:
        vragen.append(omhulsel[0][0].get("ID") or "")

    idp.buig = onthoud
    bericht = etree.fromstring(meld(idp).content)[0][0]
    assert [bericht.get("InResponseTo")] == vragen


def test_somebody_else_stays_logged_in(client: Client, idp: Idp):
    probeer(client, idp)
    assert meld(idp, ANDER).status_code == 200
    assert is_binnen(client)


def test_an_old_message_ends_no_session_that_began_later(
    client: Client, idp: Idp, monkeypatch: pytest.MonkeyPatch
):
    klok = Klok(monkeypatch)
    inhoud = etree.tostring(idp.make_logout(NAAM))
    klok.ga_verder(minutes=2)
    probeer(client, idp)
    assert Client().post(UIT, inhoud, content_type="text/xml").status_code == 200
    assert is_binnen(client)
    klok.ga_verder(minutes=4)
    assert Client().post(UIT, inhoud, content_type="text/xml").status_code == 400


def test_a_name_that_is_encrypted_for_us(client: Client, idp: Idp):
    probeer(client, idp)
    verborgen = encrypt(make(f"{{{SAML}}}NameID", NAAM), gemeente(), "EncryptedID", ontvanger=PORTAAL)
    omhulsel = idp.make_logout("")
    vraag = omhulsel[0][0]
    for weg in (vraag.find("ds:Signature", NS), vraag.find("saml:NameID", NS)):
        assert weg is not None
        vraag.remove(weg)
    vraag.append(verborgen)
    sign(vraag, idp.paar)
    assert Client().post(UIT, etree.tostring(omhulsel), content_type="text/xml").status_code == 200
    assert not is_binnen(client)


def _ongetekend(idp: Idp) -> None:
    idp.teken_antwoord = False


def _vreemd(idp: Idp) -> None:
    idp.paar = vreemd()


def _geknoeid(idp: Idp) -> None:
    def buig(omhulsel: etree._Element) -> None:
        naam = omhulsel.find(".//saml:NameID", NS)
        assert naam is not None
        naam.text = NAAM

    idp.buig = buig


def _gewikkeld(idp: Idp) -> None:
    """The real one, about somebody else, inside a false one."""

    def buig(omhulsel: etree._Element) -> None:
        lijf = omhulsel[0]
        echt = lijf[0]
        kwaad = make(str(echt.tag), *[], **{**dict(echt.items()), "ID": "_kwaad"})
        for deel in (f"{{{SAML}}}Issuer", f"{{{SAML}}}NameID"):
            kwaad.append(make(deel, "https://idp.example/saml" if "Issuer" in deel else NAAM))
        lijf.replace(echt, kwaad)
        blok = echt.find("ds:Signature", NS)
        assert blok is not None
        kwaad.insert(1, blok)
        kwaad.append(echt)

    idp.buig = buig


def zet(**velden: Any) -> Callable[[Idp], None]:
    """A moment is worked out when the test runs, not when it is read: a whole suite takes longer than some of them."""
    return lambda idp: idp.velden.update(
        {naam: een() if isinstance(een, partial) else een for naam, een in velden.items()}
    )


@pytest.mark.parametrize(
    ("fout", "reden"),
    [
        (_ongetekend, "signature-aantal"),
        (_vreemd, "handtekening"),
        (_geknoeid, "handtekening"),
        (_gewikkeld, "handtekening-verwijzing"),
        (zet(issuer="https://kwaad.example"), "uitlogvraag-issuer"),
        (zet(destination="https://een-ander.example/uitloggen/"), "uitlogvraag-destination"),
        (zet(uitgegeven=partial(tijd, minutes=-30)), "uitlogvraag-tijd"),
        (zet(uitgegeven=partial(tijd, minutes=30)), "uitlogvraag-tijd"),
        (zet(uitgegeven=""), "tijd-issueinstant"),
        (zet(erbij={"NotOnOrAfter": tijd(minutes=-30)}), "uitlogvraag-tijd"),
        (zet(versie="1.1"), "uitlogvraag-versie"),
        (zet(hoe={"methode": xmlsec.constants.TransformRsaSha1}), "handtekening-algoritme"),
        (lambda idp: setattr(idp, "buig_bytes", lambda _: b"<a/>"), "soap"),
        (lambda idp: setattr(idp, "buig_bytes", lambda _: b"geen xml"), "xml"),
        (lambda idp: setattr(idp, "buig_bytes", lambda b: b"<!DOCTYPE a>" + b), "xml-extra"),
        (lambda idp: setattr(idp, "buig_bytes", lambda b: b + b" " * 300_000), "xml-te-groot"),
        (
            lambda idp: setattr(idp, "buig_bytes", lambda b: b.replace(b"LogoutRequest", b"LogoutResponse")),
            "uitlogvraag",
        ),
    ],
)
def test_a_message_that_is_not_right_ends_nothing(
    client: Client, idp: Idp, fout: Callable[[Idp], None], reden: str, caplog: pytest.LogCaptureFixture
):
    probeer(client, idp)
    fout(idp)
    antwoord = meld(idp, ANDER if fout in (_geknoeid, _gewikkeld) else NAAM)
    assert (antwoord.status_code, antwoord.content) == (400, b"")
    assert re.search(rf"uitlogvraag van digid geweigerd: {reden}$", caplog.text, re.MULTILINE)
    assert "999990019" not in caplog.text
    assert is_binnen(client)


def test_a_message_larger_than_any_page_is_refused(client: Client, idp: Idp):
    probeer(client, idp)
    idp.buig_bytes = lambda inhoud: inhoud + b" " * 3_000_000
    assert meld(idp).status_code in {400, 413}
    assert is_binnen(client)


def test_a_message_of_openid_connect_is_not_read_for_saml(client: Client, idp: Idp):
    assert client.post("/uitloggen/melding/digid/", {"logout_token": "x"}).status_code == 404


def test_a_person_cannot_be_logged_out_by_a_get(client: Client, idp: Idp):
    assert client.get(UIT).status_code == 405
