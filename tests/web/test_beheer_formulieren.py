"""Forms for who manages them, over HTTP: every page, rubbish, four eyes, and a preview that writes nothing."""

import html
import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseBase
from django.test import Client

from eloket.audit.models import AuditRegel
from eloket.identity.models import Medewerker
from eloket.identity.testing import inwoner, medewerker
from eloket.identity.types import Actor, Recht, Soort
from eloket.kernel.klok import nu, op_moment
from eloket.loket import beheer, bewaartijd, service, versies
from eloket.loket.concepten import digest
from eloket.loket.formulier.doorloop import inputs_of
from eloket.loket.models import Concept, FormulierVersie
from eloket.loket.queries import get_formulier_for
from eloket.loket.stapinvoer import Knop, StapPost
from eloket.loket.versiebeheer import get_formulier
from eloket.loket.versies import get_gepubliceerd
from eloket.loket.versturen import submit
from eloket.sources.register.bron import RegisterBron
from tests.web.portaal import bron_van, client_van, tekst_van, titel_van

pytestmark = pytest.mark.django_db
SLUG = "standplaats"
PAD = f"/werkplek/beheer/formulieren/{SLUG}/"
TOEVOEGEN = "/werkplek/beheer/formulier-toevoegen/"
YAML = """\
titel: Standplaats aanvragen
inloggen: [digid, eherkenning, anoniem]
zaak: {zaaktype: MOR, onderwerp: "Standplaats {waar}"}
stappen:
  - id: plek
    titel: Uw plek
    velden:
      - {id: naam, soort: tekst, label: Naam, vooraf: persoon.naam, alleen_lezen: true, als: {wie: inwoner}}
      - {id: waar, soort: tekst, label: "Waar wilt u staan?"}
      - {id: gas, soort: ja_nee, label: "Gebruikt u gas?"}
      - {id: adres, soort: adres, label: Adres, vooraf: persoon.adres, verplicht: false}
      - {id: buiten, soort: ja_nee, label: "Staat u buiten?"}
      - {id: stop, soort: inhoud, toon: stop, tekst: [Binnen kan het niet.], als: {buiten: nee}}
  - id: gas
    titel: Gas
    als: {gas: ja}
    velden:
      - {id: plan, soort: bestand, label: Plattegrond, hoogstens: 2}
      - id: flessen
        soort: groep
        label: Uw flessen
        een: fles
        velden: [{id: liter, soort: getal, label: Liter}]
verklaringen:
  - {id: waar, tekst: Alles is waar.}
"""
CHECK = """\
titel: Heb ik een standplaats nodig?
soort: check
inloggen: [anoniem]
stappen:
  - {id: vraag, titel: Uw vraag, velden: [{id: eten, soort: ja_nee, label: "Verkoopt u eten?"}]}
uitkomsten:
  - {als: {eten: ja}, titel: U heeft een standplaats nodig, tekst: [Vraag die aan.], formulier: standplaats}
  - {titel: U heeft niets nodig, tekst: [U kunt zo beginnen.]}
"""


def manager(subject: str, naam: str) -> Actor:
    rij = Medewerker.objects.create(subject=subject, naam=naam, rechten=[Recht.BEHEREN.value])
    return medewerker(rij.pk, naam=naam, subject=subject, rechten=(Recht.BEHEREN,))


@pytest.fixture(autouse=True)
def _inrichting() -> Iterator[None]:
    RegisterBron().import_zaaktypen()
    versies._definitie.cache_clear()
    yield
    versies._definitie.cache_clear()


@pytest.fixture
def anna() -> Actor:
    return manager("anna", "Anna Smit")


@pytest.fixture
def bram() -> Actor:
    return manager("bram", "Bram Kok")


def publish(maker: Actor, ander: Actor, tekst: str = YAML, slug: str = SLUG) -> int:
    versie, _ = beheer.upload_versie(maker, slug, tekst.encode())
    beheer.publish_versie(ander, slug, versie, merk=get_formulier(ander, slug).get(versie).merk)
    return versie


def hidden(antwoord: HttpResponseBase) -> dict[str, str]:
    """The hidden fields of the page, as a browser sends them."""
    velden = re.findall(r'<input type="hidden"[^>]* name="([\w-]+)" value="([^"]*)"', bron_van(antwoord))
    return {naam: html.unescape(waarde) for naam, waarde in velden if naam != "csrfmiddlewaretoken"}


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


# --- the preview ---

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


# --- the numbers ---


def fill(wie: Actor, stap: str, invoer: dict[str, list[str]], concept_id: str) -> None:
    nu_formulier = get_formulier_for(wie, concept_id)
    stand = nu_formulier.loop.get(stap)
    assert stand is not None
    gezien = digest(nu_formulier.concept.invoer, inputs_of(stand, nu_formulier.concept.invoer))
    service.save_stap(wie, concept_id, StapPost(stap, invoer, Knop("verder"), "v", gezien, {}))


def test_the_numbers_say_where_people_stop_and_nothing_of_whom(anna: Actor, bram: Actor):
    publish(anna, bram)
    begin = nu()
    antwoorden = {"waar": ["Geheime plek"], "gas": ["nee"], "buiten": ["ja"]}
    with op_moment(begin - timedelta(days=2)):
        blijft_staan = service.start_concept(inwoner(), SLUG, sleutel="a" * 32)
        weg = service.start_concept(inwoner(), SLUG, sleutel="b" * 32)
        fill(inwoner(), "plek", antwoorden | {"gas": ["ja"]}, weg.id)
        service.remove_concept(inwoner(), weg.id)
        klaar = service.start_concept(inwoner(), SLUG, sleutel="c" * 32)
    with op_moment(begin - timedelta(days=2) + timedelta(minutes=4)):
        fill(inwoner(), "plek", antwoorden, klaar.id)
        nu_klaar = Concept.objects.get(pk=klaar.id)
        assert nu_klaar.stap == ""  # the step about gas is not for them
        submit(inwoner(), klaar.id, revisie=nu_klaar.revisie, verklaringen=["waar"])
    client = client_van(anna)
    tekst = tekst_van(client.get(f"{PAD}cijfers/"))
    assert "is het formulier 3 keer begonnen en 1 keer verstuurd" in tekst
    assert "De helft is binnen 5 minuten klaar. Gemiddeld duurt het 4 minuten" in tekst
    csv = b"".join(client.get(f"{PAD}cijfers/gestopt.csv")).decode("utf-8-sig").splitlines()
    assert csv == [
        "Stap;Samen;Weggegooid of verlopen;Staat nu stil",
        "Uw plek;1;0;1",
        "Gas;1;1;0",
        "Controleren en versturen;0;0;0",
    ]
    assert blijft_staan.id not in tekst
    assert "Geheime plek" not in tekst
    assert b"<svg" in b"".join(client.get(f"{PAD}cijfers/stroom.svg"))
    assert client.get(f"{PAD}cijfers/bestaat-niet.svg").status_code == 404


def test_a_check_is_finished_at_its_outcome(anna: Actor, bram: Actor):
    publish(anna, bram)
    publish(anna, bram, CHECK, "check")
    anoniem = Actor(Soort.ANONIEM, "browser", "", "", "")
    concept = service.start_concept(anoniem, "check", sleutel="a" * 32)
    fill(anoniem, "vraag", {"eten": ["ja"]}, concept.id)
    fill(anoniem, "vraag", {"eten": ["nee"]}, concept.id)
    bewaartijd.ruim_op(nu() + timedelta(days=31))
    tekst = tekst_van(client_van(anna).get("/werkplek/beheer/formulieren/check/cijfers/"))
    assert "1 keer begonnen en 1 keer afgerond" in tekst
    assert "Niemand is in deze periode gestopt" in tekst


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
