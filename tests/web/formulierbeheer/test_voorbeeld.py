"""The preview of a form: it walks the whole form, whatever is posted, and writes nothing."""

from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile

from eloket.identity.types import Actor
from eloket.loket import beheer
from tests.web.formulierbeheer.formulier import CHECK, PAD, SLUG, YAML, hidden, publish
from tests.web.portaal import bron_van, client_van, tekst_van

pytestmark = pytest.mark.django_db
VOORBEELD = f"{PAD}versie/1/voorbeeld/"


def rows() -> dict[str, list[str]]:
    """Every row of every table, so that a change shows too. Sessions are of the login."""
    modellen = [model for model in apps.get_models() if "essi" not in model.__name__]
    return {model.__name__: sorted(map(str, model._default_manager.values_list())) for model in modellen}


def test_a_preview_walks_the_whole_form_and_writes_nothing(anna: Actor, opslag_leeg):
    beheer.upload_versie(anna, SLUG, YAML.encode())
    client = client_van(anna)
    client.get(VOORBEELD)
    voor = rows()
    pagina = client.post(VOORBEELD, {"_wie": "inwoner"})
    assert "Dit is een voorbeeld." in tekst_van(pagina)
    assert "U ziet het formulier als een inwoner" in tekst_van(pagina)
    assert "Vooraf ingevuld met verzonnen gegevens: Naam, Adres." in tekst_van(pagina)
    assert "A. Voorbeeld" in tekst_van(pagina)
    velden = hidden(pagina) | {"adres-postcode": "1234 AB", "adres-huisnummer": "1"}
    velden |= {"adres-straat": "Voorbeeldstraat", "adres-woonplaats": "Voorbeeldstad"}
    fout = client.post(VOORBEELD, velden | {"buiten": "nee", "knop": "verder"})
    assert fout.status_code == 422
    assert "Kies ja of nee" in tekst_van(fout)
    assert "De bezoeker kan hier niet verder" in tekst_van(fout)
    pagina = client.post(
        VOORBEELD, velden | {"waar": "Markt <b>1</b>", "gas": "ja", "buiten": "ja", "knop": "verder"}
    )
    assert "Stap 2 van 3 Gas" in tekst_van(pagina)
    pagina = client.post(
        VOORBEELD,
        hidden(pagina) | {"plan": "plattegrond.pdf", "flessen-0-liter": "11", "knop": "erbij:flessen"},
    )
    assert "plattegrond.pdf" in tekst_van(pagina)
    assert "Fles 2" in tekst_van(pagina)
    pagina = client.post(
        VOORBEELD,
        hidden(pagina) | {"plan": "", "flessen-0-liter": "11", "flessen-1-liter": "5", "knop": "verder"},
    )
    tekst = tekst_van(pagina)
    assert "Controleer uw gegevens" in tekst
    assert "Fles 2: Liter 5" in tekst
    assert "Zaaktype MOR Onderwerp Standplaats Markt <b>1</b>" in tekst
    assert "Alles is waar." in tekst
    terug = client.post(VOORBEELD, hidden(pagina) | {"knop": "ga:plek"})
    assert 'value="Markt &lt;b&gt;1&lt;/b&gt;"' in bron_van(terug)
    assert rows() == voor
    assert opslag_leeg()


@pytest.fixture
def opslag_leeg(settings, tmp_path):
    opslag = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "files"},
    }
    settings.STORAGES = {**settings.STORAGES, "default": opslag}
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "files" / "tmp"
    return lambda: not [pad for pad in tmp_path.rglob("*") if pad.is_file()]


def test_a_file_that_is_sent_anyway_is_not_kept(anna: Actor, opslag_leeg):
    beheer.upload_versie(anna, SLUG, YAML.encode())
    client = client_van(anna)
    velden = {
        "_wie": "anoniem",
        "_stap": "gas",
        "_invoer": '{"gas": ["ja"], "waar": ["x"], "buiten": ["ja"]}',
        "_bezocht": "plek",
    }
    antwoord = client.post(
        VOORBEELD, velden | {"plan": SimpleUploadedFile("echt.pdf", b"%PDF-1.4"), "knop": "upload"}
    )
    assert antwoord.status_code == 200
    antwoord.close()
    assert opslag_leeg()


@pytest.mark.parametrize(
    "velden",
    [
        {},
        {"_wie": "burgemeester"},
        {"_wie": "inwoner", "_stap": "bestaat-niet", "_invoer": "{}"},
        {"_wie": "inwoner", "_stap": "plek", "_invoer": "geen json"},
        {"_wie": "inwoner", "_stap": "plek", "_invoer": "[" * 5_000},
        {"_wie": "inwoner", "_stap": "plek", "_invoer": '{"waar": 3, "gas": [1], "naam": null}'},
        {"_wie": "inwoner", "_stap": "plek", "_invoer": '"tekst"', "knop": "ga:"},
        {"_wie": "inwoner", "_stap": "_controle", "_invoer": "{}", "knop": "ga:gas"},
        {"_wie": "inwoner", "_stap": "gas", "_invoer": '{"gas": ["ja"]}', "knop": "eraf:flessen:999"},
        {"_wie": "inwoner", "_stap": "gas", "_invoer": '{"gas": ["ja"]}', "knop": "bestand-weg:plan_7"},
        {"_wie": "inwoner", "_stap": "plek", "_invoer": "x" * 500_000},
        {"_wie": "inwoner", "_stap": "plek", "waar": "\x00\ud83d", "knop": "verder"},
    ],
)  # fmt: skip
def test_whatever_is_posted_a_preview_answers_with_a_page(anna: Actor, velden: dict[str, str]):
    beheer.upload_versie(anna, SLUG, YAML.encode())
    inhoud = urlencode(velden, errors="surrogatepass")
    antwoord = client_van(anna).post(VOORBEELD, inhoud, content_type="application/x-www-form-urlencoded")
    assert antwoord.status_code in {200, 422}
    assert "Dit is een voorbeeld." in tekst_van(antwoord)


def test_the_preview_of_a_check_ends_with_its_outcome(anna: Actor, bram: Actor):
    publish(anna, bram)
    beheer.upload_versie(anna, "check", CHECK.encode())
    pad = "/werkplek/beheer/formulieren/check/versie/1/voorbeeld/"
    client = client_van(anna)
    voor = rows()
    pagina = client.post(pad, {"_wie": "anoniem"})
    tekst = tekst_van(client.post(pad, hidden(pagina) | {"eten": "ja", "knop": "verder"}))
    assert "U heeft een standplaats nodig" in tekst
    assert "De bezoeker kan daarna beginnen met standplaats" in tekst
    assert (
        client.post(pad, {"_wie": "inwoner"}).status_code == 200
    )  # a check is for nobody in particular: choose again
    assert rows() == voor
