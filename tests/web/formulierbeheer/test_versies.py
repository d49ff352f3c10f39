"""Versions of a form for who manages them, over HTTP: adding, rubbish, four eyes, looking, and who finds nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from eloket.audit.models import AuditRegel
from eloket.identity.testing import inwoner
from eloket.identity.types import Actor
from eloket.loket import beheer, versies
from eloket.loket.models import FormulierVersie
from eloket.loket.versies import get_gepubliceerd
from tests.web.formulierbeheer.formulier import PAD, SLUG, YAML, hidden, publish
from tests.web.portaal import bron_van, client_van, tekst_van, titel_van

pytestmark = pytest.mark.django_db
TOEVOEGEN = "/werkplek/beheer/formulier-toevoegen/"


# --- adding ---


def test_a_form_is_added_by_file_and_published_by_a_colleague(anna: Actor, bram: Actor):
    client = client_van(anna)
    bestand = SimpleUploadedFile(f"{SLUG}.yaml", YAML.encode())
    antwoord = client.post(TOEVOEGEN, {"naam": "", "tekst": "", "bestand": bestand})
    assert (antwoord.status_code, antwoord["Location"]) == (303, PAD)
    pagina = tekst_van(client.get(PAD))
    assert "Versie 1 Wacht op een collega" in pagina
    assert "Gemaakt door Anna Smit" in pagina
    assert "U heeft deze versie zelf gemaakt" in pagina
    assert "/publiceren/" not in bron_van(client.get(PAD))
    ander = client_van(bram)
    vraag = ander.get(f"{PAD}versie/1/publiceren/")
    assert "Er is nu geen andere versie gepubliceerd" in tekst_van(vraag)
    assert ander.post(f"{PAD}versie/1/publiceren/", hidden(vraag)).status_code == 303
    pagina = tekst_van(ander.get(PAD))
    assert "Gepubliceerd door Bram Kok" in pagina
    assert get_gepubliceerd(SLUG).versie == 1
    lijst = tekst_van(ander.get("/werkplek/beheer/wijzigingen/"))
    assert "Formulier standplaats, versie 1, is gepubliceerd" in lijst


@pytest.mark.parametrize(
    ("inhoud", "tekst"),
    [
        (b"\x89PNG\r\n\x1a\n\xff", "geen tekst in UTF-8"),
        (YAML.replace("Naam", "Na\u00e4m").encode("latin-1"), "geen tekst in UTF-8"),
        (b"a: &a [x, x]\nb: [*a, *a]", "regel 2: een verwijzing (*) kan hier niet"),
        (b"x" * 10_000_000, "Het bestand is te groot"),
        (b"titel: [", "dit is geen geldige YAML"),
        (YAML.replace("MOR", "WEG").encode(), "regel 3, zaak.zaaktype: er is geen zaaktype WEG"),
        (YAML.replace("gas: ja", "gas: misschien").encode(), "regel 16, stappen.2.als"),
        (b"", "Kies een bestand, of plak de tekst"),
    ],
)
def test_rubbish_is_refused_with_words_and_what_was_typed_stays(anna: Actor, inhoud: bytes, tekst: str):
    client = client_van(anna)
    bestand = SimpleUploadedFile("fout.yaml", inhoud)
    antwoord = client.post(TOEVOEGEN, {"naam": SLUG, "tekst": "Mijn tekst", "bestand": bestand})
    if inhoud:
        assert antwoord.status_code == 422
        assert tekst in tekst_van(antwoord)
        assert f'value="{SLUG}"' in bron_van(antwoord)
    antwoord = client.post(TOEVOEGEN, {"naam": "Geen Naam", "tekst": YAML})
    assert antwoord.status_code == 422
    assert "Gebruik kleine letters" in tekst_van(antwoord)
    assert "Standplaats aanvragen" in bron_van(antwoord)
    assert titel_van(antwoord).startswith("Fout: ")
    assert not FormulierVersie.objects.exists()


def test_nothing_chosen_is_said(anna: Actor):
    antwoord = client_van(anna).post(TOEVOEGEN, {"naam": SLUG, "tekst": ""})
    assert antwoord.status_code == 422
    assert "Kies een bestand, of plak de tekst" in tekst_van(antwoord)


def test_the_same_text_again_is_said_to_be_there(anna: Actor):
    client = client_van(anna)
    for verwacht in ("Versie 1 is toegevoegd", "Deze tekst is al versie 1"):
        client.post(TOEVOEGEN, {"naam": SLUG, "tekst": YAML})
        assert verwacht in tekst_van(client.get(PAD))


# --- publishing ---


def test_who_made_it_is_refused_also_by_hand(anna: Actor):
    client = client_van(anna)
    client.post(TOEVOEGEN, {"naam": SLUG, "tekst": YAML})
    vraag = client.get(f"{PAD}versie/1/publiceren/")
    assert "U heeft deze versie zelf gemaakt" in tekst_van(vraag)
    assert "Publiceer</span>" not in bron_van(vraag)
    antwoord = client.post(f"{PAD}versie/1/publiceren/", hidden(vraag))
    assert antwoord.status_code == 409
    assert "U heeft deze versie zelf gemaakt" in tekst_van(antwoord)


def test_publishing_shows_what_changes_in_words_and_lines(anna: Actor, bram: Actor):
    publish(anna, bram)
    nieuw = YAML.replace("Waar wilt u staan?", "Waar staat u?").replace("als: {gas: ja}", "als: {gas: nee}")
    beheer.upload_versie(anna, SLUG, nieuw.encode())
    client = client_van(bram)
    pagina = tekst_van(client.get(f"{PAD}versie/2/publiceren/"))
    assert "Stap ‘plek’: veld ‘waar’: vraag : was: Waar wilt u staan? wordt: Waar staat u?" in pagina
    assert "Stap ‘gas’: alleen als : was: het antwoord op ‘Gebruikt u gas?’ ‘ja’ is" in pagina
    assert "erbij: + als: {gas: nee}" in pagina
    vergelijk = tekst_van(client.get(f"{PAD}verschil/?van=1&naar=2"))
    assert "wordt: Waar staat u?" in vergelijk
    assert "Voor de bezoeker is er geen verschil" in tekst_van(client.get(f"{PAD}verschil/?van=1&naar=1"))


def test_of_two_who_publish_one_is_told_and_sees_how_it_stands(anna: Actor, bram: Actor):
    for titel in ("Een", "Twee"):
        beheer.upload_versie(anna, SLUG, YAML.replace("Standplaats aanvragen", titel).encode())
    client = client_van(bram)
    een, twee = (hidden(client.get(f"{PAD}versie/{n}/publiceren/")) for n in (1, 2))
    assert client.post(f"{PAD}versie/1/publiceren/", een).status_code == 303
    antwoord = client.post(f"{PAD}versie/2/publiceren/", twee)
    assert antwoord.status_code == 409
    assert "Een collega heeft dit formulier net gewijzigd" in tekst_van(antwoord)
    assert client.post(f"{PAD}versie/2/publiceren/", hidden(antwoord)).status_code == 303


def test_withdraw_and_put_back(anna: Actor, bram: Actor):
    publish(anna, bram)
    client = client_van(anna)
    for actie, stand in (("intrekken", "Ingetrokken"), ("terugzetten", "Gepubliceerd")):
        vraag = client.get(f"{PAD}versie/1/{actie}/")
        assert client.post(f"{PAD}versie/1/{actie}/", hidden(vraag)).status_code == 303
        assert f"Versie 1 {stand}" in tekst_van(client.get(PAD))


def test_a_form_that_cannot_be_read_any_more_keeps_nobody_from_the_others(anna: Actor, bram: Actor):
    publish(anna, bram)
    versies.load_meegeleverd()
    FormulierVersie.objects.filter(slug=SLUG).update(inhoud="titel: van vroeger", sha="0" * 64)
    inwoner, client = client_van(), client_van(anna)
    assert "Begin" in tekst_van(inwoner.get("/loket/melding-openbare-ruimte/"))
    pagina = inwoner.get(f"/loket/aanvragen/{SLUG}/")
    assert (pagina.status_code, "Dat ligt aan ons" in tekst_van(pagina)) == (503, True)
    assert "begrijpt deze versie niet meer" in tekst_van(client.get(PAD))
    assert bron_van(client.get(f"{PAD}versie/1/bestand/")) == "titel: van vroeger"
    vraag = hidden(client.get(f"{PAD}versie/1/intrekken/"))
    assert client.post(f"{PAD}versie/1/intrekken/", vraag).status_code == 303
    assert inwoner.get(f"/loket/aanvragen/{SLUG}/").status_code == 404


def test_throwing_away_the_only_version_ends_at_the_list(anna: Actor):
    beheer.upload_versie(anna, SLUG, YAML.encode())
    client = client_van(anna)
    antwoord = client.post(f"{PAD}versie/1/weggooien/", hidden(client.get(f"{PAD}versie/1/weggooien/")))
    assert antwoord["Location"] == "/werkplek/beheer/formulieren/"
    assert "De versie is weggegooid" in tekst_van(client.get("/werkplek/beheer/formulieren/"))


@pytest.mark.parametrize(
    "rest", ["", "versie/9/voorbeeld/", "versie/x/bestand/", "versie/1/opblazen/", "?versie=7"]
)
def test_what_does_not_exist_is_404(anna: Actor, rest: str):
    client = client_van(anna)
    assert client.get(f"/werkplek/beheer/formulieren/bestaat-niet/{rest}").status_code == 404
    if rest:
        beheer.upload_versie(anna, SLUG, YAML.encode())
        assert client.get(f"{PAD}{rest}").status_code == 404


# --- looking ---


def test_the_list_says_what_is_published_and_what_waits(anna: Actor, bram: Actor):
    publish(anna, bram)
    beheer.upload_versie(anna, SLUG, YAML.replace("Gas\n", "Uw gas\n").encode())
    pagina = tekst_van(client_van(anna).get("/werkplek/beheer/formulieren/"))
    assert "Versie 1 is gepubliceerd · versie 2 wacht op een collega" in pagina


def test_the_map_tells_steps_conditions_stops_and_the_end(anna: Actor):
    beheer.upload_versie(anna, SLUG, YAML.encode())
    pagina = tekst_van(client_van(anna).get(PAD))
    assert "De bezoeker begint met DigiD, met eHerkenning of zonder inloggen." in pagina
    assert "Stap 2: Gas Alleen als het antwoord op ‘Gebruikt u gas?’ ‘ja’ is." in pagina
    assert "Stop , de bezoeker kan dan niet verder: Binnen kan het niet." in pagina
    assert "Zaak: MOR Onderwerp: Standplaats {waar}" in pagina


def test_the_file_of_a_version_comes_back_as_it_was(anna: Actor):
    beheer.upload_versie(anna, SLUG, YAML.encode())
    antwoord = client_van(anna).get(f"{PAD}versie/1/bestand/")
    assert b"".join(antwoord).decode() == YAML
    assert antwoord["Content-Disposition"] == 'attachment; filename="standplaats-1.yaml"'


def test_reading_leaves_no_line_in_the_trail(anna: Actor):
    beheer.upload_versie(anna, SLUG, YAML.encode())
    voor = AuditRegel.objects.count()
    client = client_van(anna)
    for rest in (
        "",
        "verschil/",
        "cijfers/",
        "versie/1/bestand/",
        "versie/1/voorbeeld/",
        "versie/1/weggooien/",
    ):
        assert client.get(f"{PAD}{rest}").status_code == 200
    assert AuditRegel.objects.count() == voor


def test_somebody_without_the_right_finds_nothing(anna: Actor):
    beheer.upload_versie(anna, SLUG, YAML.encode())
    assert Client().get(PAD).status_code == 302
    assert client_van(inwoner()).get(PAD).status_code == 404
