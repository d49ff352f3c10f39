"""Logging in at a certified OpenID provider, over real HTTP: what brokers send, on the one code path of the portal."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.test.utils import override_settings

from eloket.audit.models import AuditRegel
from eloket.identity import provider
from eloket.identity.actor import actor_from_dict
from eloket.identity.models import Afdeling, Medewerker, Sessie
from eloket.identity.niveaus import Zekerheid
from eloket.identity.types import Actor, Machtiging, Partij, Soort
from eloket.kernel.crypto import vault
from tests.oidc.dienst import GEHEIM, Account, Browser, Dienst, start_dienst

pytestmark = pytest.mark.django_db
DIGID = "urn:oasis:names:tc:SAML:2.0:ac:classes:"
BASIS, MIDDEN = DIGID + "PasswordProtectedTransport", DIGID + "MobileTwoFactorContract"
EH3, EH2 = "urn:etoegang:core:assurance-class:loa3", "urn:etoegang:core:assurance-class:loa2plus"
EIDAS = "http://eidas.europa.eu/LoA/"
GDI, EH = "urn:nl-eid-gdi:1.0:", "urn:etoegang:core:"
JEROEN, FATIMA, KVK, VESTIGING = "999990019", "999990020", "69599084", "000038509504"
KVK_SOORT, RSIN_SOORT = (f"urn:etoegang:1.9:EntityConcernedID:{een}" for een in ("KvKnr", "RSIN"))
_MACHTIGING = {
    f"{GDI}LegalSubjectID": FATIMA,
    f"{GDI}ActingSubjectID": JEROEN,
    f"{GDI}ServiceUUID": "dienst-1",
}
_BEDRIJF = {f"{EH}LegalSubjectID": KVK, "namequalifier": KVK_SOORT, f"{EH}ActingSubjectID": "pseudoniem-9"}
ACCOUNTS = {
    "midden": Account({"bsn": JEROEN}, MIDDEN),
    "basis": Account({"bsn": JEROEN}, BASIS),
    "zonder-niveau": Account({"bsn": JEROEN}),
    "annuleren": Account(fout="access_denied"),
    "te-laag-bij-digid": Account(fout="access_denied", omschrijving="NoAuthnContext"),
    "machtigen": Account(_MACHTIGING, MIDDEN),
    "half": Account({f"{GDI}LegalSubjectID": FATIMA}, MIDDEN),
    "bewind": Account({**_BEDRIJF, "urn:etoegang:1.12:EntityConcernedID:BSN": FATIMA}, EH3),
    "bedrijf": Account(_BEDRIJF, EH3),
    "bedrijf-laag": Account(_BEDRIJF, EH2),
    "vestiging": Account({**_BEDRIJF, "urn:etoegang:1.9:ServiceRestriction:Vestigingsnr": VESTIGING}, EH3),
    "rsin": Account({**_BEDRIJF, f"{EH}LegalSubjectID": "001234567", "namequalifier": RSIN_SOORT}, EH3),
    "mila": Account({"name": "M. Jansen"}),
    "ander-land": Account({"bsn": JEROEN, "name": "Jeroen van Drouwen"}, f"{EIDAS}substantial"),
    "ander-land-laag": Account({"bsn": JEROEN}, f"{EIDAS}low"),
    "ander-land-zonder-bsn": Account({"name": "Jean Dupont"}, f"{EIDAS}high"),
}
MIDDELEN = ("digid", "eherkenning", "eidas", "medewerker")
BINNEN = "/mijn/"


@pytest.fixture(scope="module")
def dienst() -> Iterator[Dienst]:
    with start_dienst(MIDDELEN, ACCOUNTS) as gestart:
        yield gestart


@pytest.fixture(autouse=True)
def _portaal(dienst: Dienst) -> Iterator[None]:
    anders: dict[str, Any] = {}
    for code in MIDDELEN:
        anders |= {
            f"{code}_issuer": dienst.issuer,
            f"{code}_client_id": code,
            f"{code}_client_secret": GEHEIM,
        }
    provider.use_adapter(None)
    with override_settings(ELOKET=settings.ELOKET.model_copy(update=anders)):
        yield
    provider.use_adapter(None)


def log_in(client: Client, middel: str, wie: str, browser: Browser | None = None) -> str:
    """The whole way, by the portal and the provider; returns where the person ends."""
    naar = client.get(f"/inloggen/{middel}/")["Location"]
    terug = urlsplit((browser or Browser()).log_in(naar, wie))
    return str(client.get(f"{terug.path}?{terug.query}")["Location"])


def actor_in(client: Client) -> Actor:
    return actor_from_dict(client.session["actor"])


def melding(client: Client, pad: str) -> str:
    return client.get(pad).content.decode()


def test_digid_on_level_midden(client: Client):
    browser = Browser()
    assert log_in(client, "digid", "midden", browser) == BINNEN
    actor = actor_in(client)
    assert (actor.soort, actor.partij, actor.niveau) == (Soort.INWONER, Partij.inwoner(JEROEN), MIDDEN)
    assert actor.key == Partij.inwoner(JEROEN).key
    assert actor.machtiging is None
    assert not any(JEROEN in adres for adres in browser.gezien)


@pytest.mark.parametrize(
    ("middel", "wie", "zin"),
    [
        ("digid", "basis", "U heeft minimaal DigiD Midden nodig. Log in met de DigiD-app"),
        ("digid", "zonder-niveau", "U heeft minimaal DigiD Midden nodig"),
        ("digid", "te-laag-bij-digid", "U heeft minimaal DigiD Midden nodig"),
        ("digid", "annuleren", "U heeft het inloggen gestopt"),
        ("digid", "half", "Inloggen is niet gelukt"),
        ("digid", "bedrijf", "niet veilig genoeg"),
        ("eherkenning", "bedrijf-laag", "U heeft minimaal EH3 nodig"),
        ("eherkenning", "rsin", "geen KvK-nummer"),
        ("eherkenning", "midden", "niet veilig genoeg"),
        ("eidas", "ander-land-laag", "U heeft minimaal eIDAS Substantieel nodig"),
        ("eidas", "ander-land-zonder-bsn", "geen burgerservicenummer (BSN)"),
        ("eidas", "midden", "niet veilig genoeg"),
    ],
)
def test_who_may_not_come_in_reads_why(client: Client, middel: str, wie: str, zin: str):
    assert log_in(client, middel, wie) == "/inloggen/"
    assert zin in melding(client, "/inloggen/")
    assert client.get(BINNEN).status_code == 302
    assert not AuditRegel.objects.exists()


def test_a_session_there_is_no_login_here(client: Client):
    """Single sign-on: the browser carries our question to log in again, and can leave it out."""
    browser = Browser()
    assert log_in(client, "digid", "midden", browser) == BINNEN
    client.post("/uitloggen/")
    naar = client.get("/inloggen/digid/")["Location"]
    assert "/interactie/" in browser.pass_by(naar)  # asked as we ask it, it wants them to log in
    terug = urlsplit(browser.pass_by(naar.replace("prompt=login", "x=1").replace("max_age=0", "y=1")))
    assert client.get(f"{terug.path}?{terug.query}")["Location"] == "/inloggen/"
    assert "De inlogdienst heeft u niet opnieuw laten inloggen." in melding(client, "/inloggen/")
    assert client.get(BINNEN).status_code == 302


def test_digid_machtigen_is_one_person_for_another(client: Client):
    assert log_in(client, "digid", "machtigen") == BINNEN
    actor = actor_in(client)
    assert actor.partij == Partij.inwoner(FATIMA)
    assert actor.key == Partij.inwoner(JEROEN).key
    assert (actor.machtiging, actor.hoedanigheid) == (Machtiging.MACHTIGEN, "gemachtigde")
    assert actor.eigen_naam == "J. van Drouwen"
    html = melding(client, BINNEN)
    assert "U handelt namens" in html
    assert "F. el Idrissi" in html
    regel = AuditRegel.objects.get(actie="sessie.ingelogd")
    assert (regel.actor_soort, regel.actor_key) == ("gemachtigde", actor.key)
    assert regel.kenmerken["namens"] == Partij.inwoner(FATIMA).key


def test_bewindvoering_is_an_employee_of_a_business_for_a_resident(client: Client):
    assert log_in(client, "eherkenning", "bewind") == BINNEN
    actor = actor_in(client)
    assert (actor.soort, actor.partij) == (Soort.INWONER, Partij.inwoner(FATIMA))
    assert actor.key == vault().keyed_hash("eherkenning", "pseudoniem-9")
    assert (actor.machtiging, actor.hoedanigheid) == (Machtiging.BEWIND, "bewindvoerder")
    assert "U handelt namens" in melding(client, BINNEN)


def test_eherkenning_for_the_whole_business_and_for_one_branch(client: Client):
    assert log_in(client, "eherkenning", "bedrijf") == BINNEN
    assert actor_in(client).partij == Partij.onderneming(KVK)
    assert log_in(client, "eherkenning", "vestiging") == BINNEN
    actor = actor_in(client)
    assert actor.partij == Partij.onderneming(KVK, VESTIGING)
    assert f"alleen voor vestiging {VESTIGING}" in melding(client, BINNEN)
    assert {regel.actor_key for regel in AuditRegel.objects.all()} == {actor.key}


def test_somebody_from_another_country_is_a_resident_with_a_bsn(client: Client):
    assert log_in(client, "eidas", "ander-land") == BINNEN
    actor = actor_in(client)
    assert (actor.soort, actor.partij, actor.middel) == (Soort.INWONER, Partij.inwoner(JEROEN), "eidas")
    assert (actor.zekerheid, actor.machtiging) == (Zekerheid.SUBSTANTIEEL, None)
    assert actor.naam == "Jeroen van Drouwen"


def test_a_civil_servant(client: Client):
    assert log_in(client, "medewerker", "mila") == "/werkplek/inloggen/"
    assert "niet bekend in de werkplek" in melding(client, "/werkplek/inloggen/")
    rij = Medewerker.objects.create(subject="mila", naam="Mila Jansen")
    rij.afdelingen.add(Afdeling.objects.create(code="burgerzaken", naam="Burgerzaken"))
    assert log_in(client, "medewerker", "mila") == "/werkplek/"
    assert actor_in(client).naam == "Mila Jansen"


def test_the_provider_takes_a_code_once(client: Client):
    """The same answer again, in the same session and in another: the code is spent, and so is our state."""
    naar = client.get("/inloggen/digid/")["Location"]
    terug = urlsplit(Browser().log_in(naar, "midden"))
    pad = f"{terug.path}?{terug.query}"
    assert client.get(pad)["Location"] == BINNEN
    client.post("/uitloggen/")
    assert client.get(pad)["Location"] == "/inloggen/"
    assert Client().get(pad)["Location"] == "/inloggen/"
    assert client.get(BINNEN).status_code == 302


def test_a_wrong_client_secret_is_refused_by_the_provider(client: Client):
    fout = settings.ELOKET.model_copy(update={"digid_client_secret": "een-ander-geheim-van-32-tekens-lang"})
    with override_settings(ELOKET=fout):
        assert log_in(client, "digid", "midden") == "/inloggen/"
    assert "Inloggen is niet gelukt" in melding(client, "/inloggen/")


def log_out(client: Client) -> tuple[str, dict[str, str]]:
    """The form on the page after logging out, as a browser sends it to the provider."""
    html = client.get(client.post("/uitloggen/")["Location"]).content.decode()
    velden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html))
    assert JEROEN not in html
    actie = re.search(r'<form method="post" action="([^"]+)" data-doorsturen>', html)
    assert actie
    return actie[1], {naam: unescape(waarde) for naam, waarde in velden.items()}


@pytest.mark.parametrize(("middel", "wie"), [("digid", "midden"), ("eherkenning", "bedrijf")])
def test_logging_out_ends_the_session_at_the_provider_too(
    client: Client, dienst: Dienst, middel: str, wie: str
):
    browser = Browser()
    log_in(client, middel, wie, browser)
    actie, velden = log_out(client)
    assert client.get(BINNEN).status_code == 302
    dienst.bus.gekomen.clear()
    assert browser.log_out(actie, velden) == "http://testserver/uitgelogd/"
    assert not any(deel in adres for adres in browser.gezien for deel in (velden["id_token_hint"], JEROEN))
    assert dienst.bus.gekomen.wait(10)
    assert "U bent uitgelogd" in melding(client, "/uitgelogd/")
    assert not Sessie.objects.exists()
    assert client.get("/uitloggen/verder/")["Location"] == "/uitgelogd/"


def test_the_page_in_between_can_be_read_again_and_only_it_may_send_a_form_elsewhere(
    client: Client, dienst: Dienst
):
    log_in(client, "digid", "midden")
    verder = client.post("/uitloggen/")["Location"]
    for _ in range(2):
        pagina = client.get(verder)
        assert f"form-action 'self' {dienst.issuer} https:" in pagina["Content-Security-Policy"]
        assert pagina["Cache-Control"] == "no-store"
        assert "Log ook uit bij DigiD" in pagina.content.decode()
    assert "form-action 'self';" in client.get("/")["Content-Security-Policy"]
    assert client.get(BINNEN).status_code == 302


def test_a_form_that_was_begun_meanwhile_without_a_login_stays(client: Client):
    log_in(client, "digid", "midden")
    client.post("/uitloggen/")
    sessie = client.session
    sessie["anoniem"] = "geheim"
    sessie.save()
    client.get("/uitgelogd/")
    assert client.session.get("anoniem") == "geheim"
    assert "uitloggen" not in client.session


def test_who_logs_out_at_the_provider_is_logged_out_here(client: Client, dienst: Dienst):
    """It tells us by the back-channel, with a logout token of its own making."""
    hier, elders = client, Client()
    browser = Browser()
    log_in(hier, "digid", "midden", browser)
    log_in(elders, "digid", "machtigen")
    dienst.bus.tokens.clear()
    dienst.bus.gekomen.clear()
    browser.log_out(f"{dienst.issuer}/session/end", {"client_id": "digid"})
    assert dienst.bus.gekomen.wait(10)
    antwoord = Client(enforce_csrf_checks=True).post(
        "/uitloggen/melding/digid/", {"logout_token": dienst.bus.tokens[-1]}
    )
    assert antwoord.status_code == 200
    assert hier.get(BINNEN).status_code == 302
    assert elders.get(BINNEN).status_code == 200
    assert AuditRegel.objects.filter(actie="sessie.beeindigd").count() == 1


def test_a_civil_servant_comes_back_to_the_page_for_civil_servants(client: Client):
    Medewerker.objects.create(subject="mila", naam="Mila Jansen")
    browser = Browser()
    log_in(client, "medewerker", "mila", browser)
    assert browser.log_out(*log_out(client)) == "http://testserver/uitgelogd/?state=werkplek"
    assert "/werkplek/inloggen/" in melding(client, "/uitgelogd/?state=werkplek")


def test_while_the_provider_is_away_who_logs_out_is_logged_out_here(client: Client):
    log_in(client, "digid", "midden")
    provider.use_adapter(None)
    weg = settings.ELOKET.model_copy(update={"digid_issuer": "http://127.0.0.1:9"})
    with override_settings(ELOKET=weg):
        antwoord = client.get(client.post("/uitloggen/")["Location"])
    assert (antwoord.status_code, antwoord["Location"]) == (302, "/uitgelogd/")
    assert client.get(BINNEN).status_code == 302
