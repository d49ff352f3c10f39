"""A zaaktype or a form that wants to be surer of who opens it: logging in again, and on where one was."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from eloket.berichten.queries import list_gesprekken
from eloket.berichten.service import send_bericht
from eloket.identity.actor import actor_from_dict, actor_to_dict
from eloket.identity.middel import name_for
from eloket.identity.niveaus import MiddelSoort, Zekerheid
from eloket.identity.testing import force_actor, inwoner, log_in, medewerker, onderneming
from eloket.identity.types import Actor
from eloket.loket.versies import load_meegeleverd
from eloket.notifications.models import Ontvangstbewijs
from eloket.sources.register.bron import RegisterBron
from eloket.zaken.service import start_zaak
from eloket.zaken.testing import PARKEERVERGUNNING, FakeZaakBron, nieuwe_zaak
from eloket.zaken.types import Zaak
from tests.architecture.routetabel import ROUTES
from tests.huis import PDF, met_nepbronnen
from tests.web.portaal import client_van, partij_van, tekst_van

pytestmark = pytest.mark.django_db
JEROEN, FATIMA = "999990019", "999990020"
MIDDEN = "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract"
GEHEIM = "Mijn rug is al jaren niet goed."
FORMULIER = "/loket/aanvragen/gehandicaptenparkeerkaart/"


@pytest.fixture
def bron() -> Iterator[FakeZaakBron]:
    soort = replace(PARKEERVERGUNNING, zekerheid=Zekerheid.SUBSTANTIEEL)
    with met_nepbronnen() as bron:
        bron._zaaktypen[soort.identificatie] = soort
        yield bron


@pytest.fixture
def formulier() -> None:
    """The forms that come with the product."""
    RegisterBron().import_zaaktypen()
    load_meegeleverd()


@pytest.fixture
def zaak(bron: FakeZaakBron) -> Zaak:
    """Of Jeroen, with a message in it."""
    jeroen = sterk(inwoner())
    nieuw = start_zaak(jeroen, nieuwe_zaak(partij_van(jeroen)))[0]
    send_bericht(jeroen, nieuw.ref, tekst=GEHEIM, sleutel="a" * 32)
    return nieuw


def sterk(actor: Actor) -> Actor:
    return replace(actor, zekerheid=Zekerheid.SUBSTANTIEEL)


def pad_van(zaak: Zaak) -> str:
    return f"/mijn/zaken/{zaak.ref}/"


def hoger(terug: str) -> dict[str, list[str]]:
    return {"zekerheid": ["substantieel"], "terug": [terug]}


def gestuurd_naar(antwoord) -> tuple[str, dict[str, list[str]]]:
    delen = urlsplit(antwoord["Location"])
    return delen.path, parse_qs(delen.query)


def test_who_logged_in_below_it_is_asked_to_log_in_again_on_every_page_of_the_zaak(zaak: Zaak):
    client = client_van(inwoner())
    gezien = 0
    for route in ROUTES:
        if not route.patroon.startswith("mijn/zaken/<") or "document_id" in route.patroon:
            continue
        pad = "/" + route.patroon.replace("<slug:ref>", str(zaak.ref)).replace("<str:ref>", str(zaak.ref))
        if "<" in pad:
            continue
        antwoord = client.get(pad)
        if antwoord.status_code == 405:
            continue
        assert gestuurd_naar(antwoord)[0] == "/inloggen/hoger/", route.naam
        gezien += 1
    assert gezien >= 5


def test_somebody_else_hears_nothing_of_it(zaak: Zaak):
    assert client_van(inwoner(FATIMA, "F. el Idrissi")).get(pad_van(zaak)).status_code == 404
    assert client_van(sterk(inwoner(FATIMA, "F. el Idrissi"))).get(pad_van(zaak)).status_code == 404


def test_a_civil_servant_is_not_asked(zaak: Zaak):
    antwoord = client_van(medewerker(afdelingen=[zaak.afdeling])).get(f"/werkplek/zaken/{zaak.ref}/")
    assert antwoord.status_code == 200


def test_logging_in_higher_leads_back_to_the_zaak(zaak: Zaak, client: Client):
    assert log_in(client, bsn=JEROEN) == "/mijn/"
    pad, vraag = gestuurd_naar(client.get(pad_van(zaak)))
    assert (pad, vraag) == ("/inloggen/hoger/", hoger(pad_van(zaak)))
    pagina = client.get(pad, {naam: waarden[0] for naam, waarden in vraag.items()})
    assert "U bent nu ingelogd met DigiD Midden. Dat is voor deze pagina niet genoeg." in tekst_van(pagina)
    assert "Inloggen met DigiD Substantieel" in tekst_van(pagina)
    assert log_in(client, bsn=JEROEN, terug=pad_van(zaak), zekerheid="substantieel") == pad_van(zaak)
    assert GEHEIM in tekst_van(client.get(pad_van(zaak)))
    assert client.get(f"/inloggen/hoger/?zekerheid=substantieel&terug={pad_van(zaak)}")[
        "Location"
    ] == pad_van(zaak)


def test_what_was_typed_waits(zaak: Zaak, client: Client):
    log_in(client, bsn=JEROEN)
    velden = {"bericht": "Dit heb ik lang zitten typen.", "terug": pad_van(zaak)}
    antwoord = client.post(f"{pad_van(zaak)}berichten/", velden)
    assert antwoord.status_code == 303
    pad, vraag = gestuurd_naar(antwoord)
    assert (pad, vraag) == ("/inloggen/hoger/", hoger(pad_van(zaak)))
    assert "Wat u heeft getypt, is bewaard." in tekst_van(client.get(antwoord["Location"]))
    log_in(client, bsn=JEROEN, terug=pad_van(zaak), zekerheid="substantieel")
    tekst = tekst_van(client.get(pad_van(zaak)))
    assert "U bent weer ingelogd. Uw tekst staat er nog." in tekst
    assert "Dit heb ik lang zitten typen." in tekst


def test_files_are_to_be_chosen_again(zaak: Zaak, client: Client):
    log_in(client, bsn=JEROEN)
    velden = {"bestanden": SimpleUploadedFile("bewijs.pdf", PDF), "terug": pad_van(zaak)}
    antwoord = client.post(f"{pad_van(zaak)}documenten/", velden)
    assert gestuurd_naar(antwoord)[0] == "/inloggen/hoger/"
    log_in(client, bsn=JEROEN, terug=pad_van(zaak), zekerheid="substantieel")
    assert "Kies uw bestanden opnieuw." in tekst_van(client.get(pad_van(zaak)))


def test_who_did_not_get_in_is_asked_for_the_same_level_again(client: Client):
    terug = log_in(client, bsn=JEROEN, terug=FORMULIER, zekerheid="substantieel", keuze="annuleren")
    pad, vraag = urlsplit(terug).path, parse_qs(urlsplit(terug).query)
    assert (pad, vraag) == ("/inloggen/", hoger(FORMULIER))


def test_somebody_else_who_logs_in_then_finds_nothing_of_it(zaak: Zaak, client: Client):
    log_in(client, bsn=JEROEN)
    client.post(f"{pad_van(zaak)}berichten/", {"bericht": "Van Jeroen.", "terug": pad_van(zaak)})
    assert log_in(client, bsn=FATIMA, terug=pad_van(zaak), zekerheid="substantieel") == "/mijn/"
    assert "Van Jeroen" not in tekst_van(client.get("/mijn/"))


@pytest.mark.parametrize(
    ("hoe", "zin"),
    [
        ({"keuze": "annuleren"}, "U heeft het inloggen gestopt. U bent nog ingelogd zoals u was."),
        ({"claims": {"acr": MIDDEN}}, "U heeft minimaal DigiD Substantieel nodig. Doe eerst een ID-check"),
        ({"claims": {"bsn": "123456789"}}, "Inloggen is niet gelukt. U bent nog ingelogd zoals u was."),
    ],
)
def test_who_does_not_get_there_is_still_logged_in(zaak: Zaak, client: Client, hoe, zin: str):
    log_in(client, bsn=JEROEN)
    terug = log_in(client, bsn=JEROEN, terug=pad_van(zaak), zekerheid="substantieel", **hoe)
    assert urlsplit(terug).path == "/inloggen/hoger/"
    assert zin in tekst_van(client.get(terug))
    assert client.get("/mijn/").status_code == 200
    assert client.get(pad_van(zaak)).status_code == 302


def test_lists_tell_that_there_is_something_and_not_what(zaak: Zaak):
    zwak, genoeg = client_van(inwoner()), client_van(sterk(inwoner()))
    assert GEHEIM in tekst_van(genoeg.get("/mijn/berichten/"))
    assert GEHEIM not in tekst_van(zwak.get("/mijn/"))
    tekst = tekst_van(zwak.get("/mijn/berichten/"))
    assert GEHEIM not in tekst
    assert "Een gesprek over deze zaak" in tekst
    assert "Log in met een hoger niveau om dit te lezen." in tekst
    assert [een.is_beschermd for een in list_gesprekken(inwoner())] == [True]
    assert [een.is_beschermd for een in list_gesprekken(sterk(inwoner()))] == [False]


def test_a_receipt_is_for_the_level_of_its_zaak(zaak: Zaak):
    bewijs = Ontvangstbewijs.objects.filter(zaak_ref=str(zaak.ref)).first()
    assert bewijs
    pad = f"/mijn/ontvangst/{bewijs.bewijs_id}/"
    assert client_van(sterk(inwoner())).get(pad).status_code == 200
    assert gestuurd_naar(client_van(inwoner()).get(pad))[0] == "/inloggen/hoger/"


@pytest.mark.usefixtures("formulier")
def test_a_form_asks_before_it_begins_and_at_every_step(client: Client):
    force_actor(client, inwoner())
    for antwoord in (client.get(FORMULIER), client.post(FORMULIER, {"sleutel": "a" * 32})):
        assert gestuurd_naar(antwoord)[0] == "/inloggen/hoger/"
    force_actor(client, sterk(inwoner()))
    stap = client.post(FORMULIER, {"sleutel": "a" * 32})["Location"]
    assert client.get(stap, follow=True).status_code == 200
    force_actor(client, inwoner())
    assert gestuurd_naar(client.get(stap))[0] == "/inloggen/hoger/"


@pytest.mark.usefixtures("formulier")
def test_the_page_of_the_product_asks_for_the_level_at_once(client: Client):
    antwoord = client.get("/loket/gehandicaptenparkeerkaart/")
    assert "U logt eerst in met DigiD Substantieel." in tekst_van(antwoord)
    assert "zekerheid=substantieel" in antwoord.content.decode()
    for wie, wordt_gevraagd in ((inwoner(), True), (sterk(inwoner()), False)):
        tekst = tekst_van(client_van(wie).get("/loket/gehandicaptenparkeerkaart/"))
        assert ("U logt eerst opnieuw in, met DigiD Substantieel." in tekst) is wordt_gevraagd
    assert log_in(client, bsn=JEROEN, terug=FORMULIER, zekerheid="substantieel") == FORMULIER
    assert client.get(FORMULIER).status_code == 200


@pytest.mark.parametrize("vraag", ["", "?zekerheid=", "?zekerheid=koning", "?zekerheid=Substantieel"])
def test_a_level_that_there_is_not(vraag: str):
    assert client_van(inwoner()).get(f"/inloggen/hoger/{vraag}").status_code == 404


def test_the_page_is_for_who_is_logged_in_and_leads_nowhere_else(client: Client):
    assert client.get("/inloggen/hoger/?zekerheid=hoog").status_code == 302
    force_actor(client, medewerker())
    assert client.get("/inloggen/hoger/?zekerheid=hoog").status_code == 404
    force_actor(client, sterk(inwoner()))
    antwoord = client.get("/inloggen/hoger/?zekerheid=substantieel&terug=//kwaad.example/")
    assert antwoord["Location"] == "/mijn/"


def test_a_session_of_before_this_has_no_level():
    oud = actor_to_dict(sterk(inwoner()))
    del oud["zekerheid"]
    assert actor_from_dict(oud).zekerheid is None
    assert actor_from_dict(actor_to_dict(sterk(inwoner()))).zekerheid is Zekerheid.SUBSTANTIEEL


def test_what_a_login_gives(client: Client):
    log_in(client, bsn=JEROEN)
    assert actor_from_dict(client.session["actor"]).zekerheid is Zekerheid.LAAG
    log_in(client, kvk="69599084")
    assert (
        actor_from_dict(client.session["actor"]).zekerheid
        is onderneming().zekerheid
        is Zekerheid.SUBSTANTIEEL
    )


@pytest.mark.parametrize(
    ("soort", "nodig", "naam"),
    [
        (MiddelSoort.DIGID, None, "DigiD"),
        (MiddelSoort.DIGID, Zekerheid.LAAG, "DigiD"),
        (MiddelSoort.DIGID, Zekerheid.SUBSTANTIEEL, "DigiD Substantieel"),
        (MiddelSoort.DIGID, Zekerheid.HOOG, "DigiD Hoog"),
        (MiddelSoort.EHERKENNING, Zekerheid.SUBSTANTIEEL, "eHerkenning"),
        (MiddelSoort.EHERKENNING, Zekerheid.HOOG, "eHerkenning EH4"),
    ],
)
def test_how_a_person_knows_a_level(soort: MiddelSoort, nodig: Zekerheid | None, naam: str):
    assert name_for(soort, nodig) == naam
