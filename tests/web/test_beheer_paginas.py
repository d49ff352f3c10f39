"""Functional management over HTTP: who gets in, what is kept, what comes back; nobody overwrites a colleague."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from eloket.audit.models import AuditRegel
from eloket.identity.audience import Route
from eloket.identity.models import Afdeling, Medewerker, Sessie
from eloket.identity.testing import log_in
from eloket.identity.types import Actor, Audience, Recht
from eloket.sources.register.models import ZaakType
from eloket.zaken import sjablonen, teksten
from eloket.zaken.access import get_zaak_for
from eloket.zaken.inrichtingsbestanden import export_zip
from tests.architecture.routetabel import ROUTES, Stad, build_stad, by_name, fatima
from tests.unit.identity.klokken import Klok
from tests.web.werkplek import Stadhuis, build_stadhuis, client_of, text_of

pytestmark = pytest.mark.django_db
BEHEER = [route for route in ROUTES if route.audience is Audience.BEHEERDER]


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


@pytest.fixture
def mila(huis: Stadhuis) -> Actor:
    Medewerker.objects.filter(subject="m-1").update(rechten=[recht.value for recht in Recht])
    return replace(huis.mila, rechten=frozenset(Recht))


@pytest.fixture
def client(mila: Actor) -> Client:
    return client_of(mila)


def fields(html: str) -> dict[str, str | list[str]]:
    """What a browser would send of the first form with a merk or versie on the page."""
    formulier = next(
        f for f in re.findall(r"<form.*?</form>", html, re.S) if 'name="merk"' in f or 'name="versie"' in f
    )
    velden: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", formulier):
        naam, waarde = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if naam and ('type="checkbox"' not in tag or " checked" in tag):
            velden.setdefault(naam[1], []).append(_plain(waarde[1] if waarde else ""))
    for naam, waarde in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\n(.*?)</textarea>', formulier, re.S):
        velden[naam] = [_plain(waarde)]
    for naam, opties in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', formulier, re.S):
        gekozen = re.search(r'value="([^"]*)" selected', opties)
        velden[naam] = [_plain(gekozen[1])] if gekozen else [""]
    return {naam: waarden[0] if len(waarden) == 1 else waarden for naam, waarden in velden.items()}


def _plain(tekst: str) -> str:
    for van, naar in (("&#39;", "'"), ("&#34;", '"'), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        tekst = tekst.replace(van, naar)
    return tekst


# --- who gets in ---


@pytest.mark.parametrize("route", BEHEER, ids=by_name)
def test_only_a_manager_gets_in(route: Route):
    stad: Stad = build_stad()
    pad = stad.path(route)
    voor = AuditRegel.objects.count()
    for ander in (stad.huis.mila, stad.huis.bo, stad.huis.jeroen, fatima()):
        for methode in ("get", "post"):
            antwoord = getattr(client_of(ander), methode)(pad, {"naam": "X", "tekst": "X"})
            assert antwoord.status_code == 404
    assert Client().get(pad)["Location"].startswith("/werkplek/inloggen/")
    assert AuditRegel.objects.count() == voor
    assert stad.client_for(route).get(pad).status_code in {200, 405}


def test_the_menu_has_beheer_only_for_a_manager(huis: Stadhuis, client: Client):
    assert 'href="/werkplek/beheer/"' in text_of(client.get("/werkplek/"))
    assert 'href="/werkplek/beheer/"' not in text_of(client_of(huis.omar).get("/werkplek/"))


@pytest.mark.parametrize(
    ("route", "sleutel"),
    [
        ("zaaktype", "BESTAAT_NIET"),
        ("afdeling", "nergens"),
        ("medewerker", "x"),
        ("sjabloon", "99999"),
        ("tekst", "x"),
    ],
)
def test_what_does_not_exist_is_404(client: Client, route: str, sleutel: str):
    assert client.get(reverse(f"werkplek-beheer-{route}", args=[sleutel])).status_code == 404


# --- afdelingen ---


def test_an_afdeling_is_added_renamed_and_removed(client: Client):
    antwoord = client.post("/werkplek/beheer/afdeling-toevoegen/", {"naam": "Erfgoed", "code": "erfgoed"})
    assert antwoord.status_code == 303
    pad = "/werkplek/beheer/afdelingen/erfgoed/"
    velden = fields(text_of(client.get(pad)))
    assert client.post(pad, {**velden, "naam": "Archief en erfgoed"}).status_code == 303
    assert Afdeling.objects.get(code="erfgoed").naam == "Archief en erfgoed"
    client.post(pad + "verwijderen/")
    assert not Afdeling.objects.filter(code="erfgoed").exists()
    acties = list(
        AuditRegel.objects.filter(object_ref="beheer").order_by("pk").values_list("actie", flat=True)
    )
    assert acties == ["afdeling.toegevoegd", "afdeling.hernoemd", "afdeling.verwijderd"]


def test_an_afdeling_in_use_stays(huis: Stadhuis, client: Client):
    huis.start("Zaak")
    client.post("/werkplek/beheer/afdelingen/parkeren-en-mobiliteit/verwijderen/")
    client.post("/werkplek/beheer/afdelingen/belastingen/verwijderen/")  # no members, but a zaaktype
    assert Afdeling.objects.filter(code__in=("parkeren-en-mobiliteit", "belastingen")).count() == 2
    assert "U kunt de afdeling daarom niet verwijderen" in text_of(client.get("/werkplek/beheer/afdelingen/"))


def test_two_managers_who_rename_the_same_afdeling(client: Client):
    pad = "/werkplek/beheer/afdelingen/belastingen/"
    velden = fields(text_of(client.get(pad)))
    client.post(pad, {**velden, "naam": "Van de een"})
    antwoord = client.post(pad, {**velden, "naam": "Van de ander"})
    assert antwoord.status_code == 409
    html = text_of(antwoord)
    assert 'value="Van de ander"' in html
    assert "Van de een" in html
    assert Afdeling.objects.get(code="belastingen").naam == "Van de een"
    assert client.post(pad, {**fields(html)}).status_code == 303
    assert Afdeling.objects.get(code="belastingen").naam == "Van de ander"


# --- medewerkers ---


def test_a_member_is_added_and_changed_and_has_to_log_in_again(huis: Stadhuis, client: Client):
    pad = f"/werkplek/beheer/medewerkers/{huis.omar.medewerker_id}/"
    omar = client_of(huis.omar)
    assert omar.get("/werkplek/").status_code == 200
    velden = fields(text_of(client.get(pad)))
    antwoord = client.post(
        pad, {**velden, "rechten": ["behandelen", "verdelen"], "zaaktypen": "PARKEERVERGUNNING"}
    )
    assert antwoord.status_code == 303
    rij = Medewerker.objects.get(subject="m-2")
    assert (rij.rechten, rij.zaaktypen) == (["behandelen", "verdelen"], ["PARKEERVERGUNNING"])
    assert omar.get("/werkplek/").status_code == 302
    regel = AuditRegel.objects.get(actie="medewerker.bewaard")
    assert regel.kenmerken == {"onderdeel": f"medewerker:{rij.pk}", "velden": "rechten, zaaktypen"}
    nieuw = {"subject": "m-9", "naam": "Nieuw Iemand", "afdelingen": "belastingen", "is_actief": "ja"}
    assert client.post("/werkplek/beheer/medewerkers/nieuw/", nieuw).status_code == 303
    assert client.post("/werkplek/beheer/medewerkers/nieuw/", nieuw).status_code == 303  # a double click
    assert client.post("/werkplek/beheer/medewerkers/nieuw/", {**nieuw, "naam": "Ander"}).status_code == 422
    assert Medewerker.objects.get(subject="m-9").naam == "Nieuw Iemand"


def test_the_last_manager_stays(client: Client, mila: Actor):
    pad = f"/werkplek/beheer/medewerkers/{mila.medewerker_id}/"
    velden = {**fields(text_of(client.get(pad))), "rechten": "behandelen"}
    eerst = client.post(pad, velden)
    assert eerst.status_code == 409
    assert "Kruis dat dan aan" in text_of(eerst)
    zeker = client.post(pad, {**velden, "is_zeker": "ja"})
    assert zeker.status_code == 409
    assert "Dit is de laatste beheerder" in text_of(zeker)
    assert "beheren" in Medewerker.objects.get(subject="m-1").rechten
    assert Sessie.objects.exists()


def test_a_manager_gives_up_their_right_only_knowingly(client: Client, mila: Actor):
    Medewerker.objects.filter(subject="m-2").update(rechten=["beheren"])
    pad = f"/werkplek/beheer/medewerkers/{mila.medewerker_id}/"
    velden = {**fields(text_of(client.get(pad))), "rechten": "behandelen"}
    geweigerd = client.post(pad, velden)
    assert geweigerd.status_code == 409
    assert 'name="is_zeker"' in text_of(geweigerd)
    assert client.post(pad, {**velden, "is_zeker": "ja"}).status_code == 303
    assert Medewerker.objects.get(subject="m-1").rechten == ["behandelen"]


@pytest.mark.parametrize(
    ("veld", "waarde", "tekst"),
    [
        ("naam", "", "Vul de naam in"),
        ("afwezig_van", "morgen", "Vul een datum in"),
        ("afwezig_van", "2026-12-01", "Vul beide datums"),
        ("vervanger", "onbekend", "Deze vervanger is er niet"),
    ],
)
def test_a_mistake_comes_back_with_what_was_typed(
    client: Client, mila: Actor, veld: str, waarde: str, tekst: str
):
    pad = f"/werkplek/beheer/medewerkers/{mila.medewerker_id}/"
    antwoord = client.post(pad, {**fields(text_of(client.get(pad))), "functie": "Getypt", veld: waarde})
    assert antwoord.status_code == 422
    assert tekst in text_of(antwoord)
    assert 'value="Getypt"' in text_of(antwoord)


# --- zaaktypen ---


def test_a_changed_zaaktype_is_looked_at_and_becomes_a_next_version(huis: Stadhuis, client: Client):
    zaak = huis.start("Loopt al")
    pad = "/werkplek/beheer/zaaktypen/PARKEERVERGUNNING/wijzigen/"
    velden = fields(text_of(client.get(pad)))
    velden |= {
        "doorlooptijd_dagen": "42",
        "stap-2-statustekst": "Wij <kijken> ernaar.",
        "documenttypen": "Kentekenbewijs",
    }
    blik = client.post(pad, velden)
    html = text_of(blik)
    assert blik.status_code == 200
    assert "Wettelijke termijn in dagen" in html
    assert "Stap 2: tekst voor de inwoner" in html
    assert "Wij &lt;kijken&gt; ernaar." in html
    assert ZaakType.objects.filter(identificatie="PARKEERVERGUNNING").count() == 1
    terug = client.post(pad, {**fields(html), "stap": "terug"})
    assert 'value="42"' in text_of(terug)
    klaar = client.post(pad, {**fields(html), "stap": "bewaar"})
    assert klaar.status_code == 303
    assert client.post(pad, {**fields(html), "stap": "bewaar"}).status_code == 303  # a double click
    assert ZaakType.objects.filter(identificatie="PARKEERVERGUNNING").count() == 2
    assert get_zaak_for(huis.mila, zaak.ref).doorlooptijd_dagen == 56
    nieuw = huis.start("Begint nu")
    assert (nieuw.doorlooptijd_dagen, nieuw.documenttypen) == (42, ("Kentekenbewijs",))
    pagina = text_of(client.get(klaar["Location"]))
    assert "Versie 2" in pagina
    assert "Wettelijke termijn in dagen" in pagina
    assert "56 dagen" in text_of(client.get(klaar["Location"] + "?versie=1"))
    regel = AuditRegel.objects.get(actie="zaaktype.bewaard")
    assert regel.kenmerken["velden"] == "doorlooptijd_dagen, statustypen, documenttypen"


def test_two_managers_who_change_the_same_zaaktype(client: Client):
    pad = "/werkplek/beheer/zaaktypen/MOR/wijzigen/"
    velden = fields(text_of(client.get(pad)))
    client.post(pad, {**velden, "doorlooptijd_dagen": "11", "stap": "bewaar"})
    for stap in ("bekijk", "bewaar"):
        antwoord = client.post(pad, {**velden, "doorlooptijd_dagen": "12", "stap": stap})
        assert antwoord.status_code == 409
        assert 'value="12"' in text_of(antwoord)
    assert ZaakType.objects.get(identificatie="MOR", einde_geldigheid=None).doorlooptijd_dagen == 11


@pytest.mark.parametrize(
    ("velden", "tekst", "veld"),
    [
        ({"doorlooptijd_dagen": "veel"}, "Vul een getal in", "doorlooptijd_dagen"),
        ({"doorlooptijd_dagen": "0"}, "Vul 1 of een hoger getal in", "doorlooptijd_dagen"),
        ({"afdeling": ""}, "Kies een afdeling", "afdeling"),
        ({"afdeling": "bestaat-niet", "stap": "bewaar"}, "Deze afdeling bestaat niet", "afdeling"),
        ({"resultaattypen": ""}, "Vul er minstens 1 in", "resultaattypen"),
        ({"stap-1-statustekst": ""}, "Vul dit in", "stap-1-statustekst"),
        ({"stap-1-badge": "afgerond"}, "Alleen de laatste status", "stappen"),
    ],
)
def test_a_mistake_in_a_zaaktype_stands_beside_its_field(
    client: Client, velden: dict[str, str], tekst: str, veld: str
):
    pad = "/werkplek/beheer/zaaktypen/MOR/wijzigen/"
    antwoord = client.post(pad, {**fields(text_of(client.get(pad))), "omschrijving": "Getypt", **velden})
    html = text_of(antwoord)
    assert antwoord.status_code == 422
    assert tekst in html
    assert f'href="#{veld}"' in html
    assert f'id="{veld}"' in html
    assert 'value="Getypt"' in html
    assert ZaakType.objects.filter(identificatie="MOR").count() == 1


def test_a_new_zaaktype_with_steps_in_another_order(client: Client):
    pad = "/werkplek/beheer/zaaktypen/nieuw/"
    velden = fields(text_of(client.get(pad)))
    velden |= {
        "identificatie": "TERRAS",
        "omschrijving": "Terrasvergunning",
        "afdeling": "vergunningen",
        "doorlooptijd_dagen": "56",
        "resultaattypen": "Verleend\nGeweigerd",
        **{f"stap-{nr}-statustekst": f"Tekst {nr}" for nr in range(1, 5)},
        "stap-2-volgorde": "3",
        "stap-3-volgorde": "2",
    }
    assert client.post(pad, {**velden, "stap": "bewaar"}).status_code == 303
    nieuw = ZaakType.objects.get(identificatie="TERRAS")
    teksten_ = list(nieuw.statustypen.order_by("volgnummer").values_list("statustekst", flat=True))
    assert teksten_ == ["Tekst 1", "Tekst 3", "Tekst 2", "Tekst 4"]
    assert client.post(pad, {**velden, "identificatie": "MOR"}).status_code == 422


# --- templates and texts ---


def test_a_template_is_added_shown_changed_and_removed(client: Client):
    nieuw = {
        "soort": "bericht",
        "titel": "Hallo",
        "tekst": "Beste {aanvrager}",
        "zaaktype": "",
        "volgnummer": "",
    }
    pad = client.post("/werkplek/beheer/sjablonen/nieuw/", nieuw)["Location"]
    html = text_of(client.get(pad))
    assert "Beste A. Voorbeeld" in html
    velden = fields(html)
    fout = client.post(pad, {**velden, "tekst": "Beste {naam}"})
    assert fout.status_code == 422
    assert "Dit kennen wij niet: {naam}" in text_of(fout)
    assert client.post(pad, {**velden, "tekst": "Dag {aanvrager}"}).status_code == 303
    oud = client.post(pad, {**velden, "tekst": "Van een ander"})
    assert oud.status_code == 409
    assert "Dag {aanvrager}" in text_of(oud)
    assert "Van een ander" in text_of(oud)
    merk = fields(text_of(client.get(pad)))["merk"]
    client.post(pad + "verwijderen/", {"merk": velden["merk"]})
    assert sjablonen.list_alle()
    client.post(pad + "verwijderen/", {"merk": merk})
    assert not sjablonen.list_alle()


def test_a_text_is_worded_and_taken_back(client: Client):
    pad = "/werkplek/beheer/teksten/overzicht/"
    velden = fields(text_of(client.get(pad)))
    assert client.post(pad, {**velden, "tekst": "Fijn dat u er bent."}).status_code == 303
    assert teksten.lees_tekst("overzicht") == "Fijn dat u er bent."
    assert client.post(pad, {**velden, "tekst": "Anders"}).status_code == 409
    velden = fields(text_of(client.get(pad)))
    client.post(pad, {**velden, "tekst": ""})
    assert teksten.lees_tekst("overzicht") == "Hier ziet u wat er speelt in uw zaken met de gemeente."


# --- files, and what was changed ---


def upload(client: Client, inhoud: bytes):
    bestand = SimpleUploadedFile("inrichting.zip", inhoud, content_type="application/zip")
    return client.post("/werkplek/beheer/bestanden/bekijken/", {"bestand": bestand})


def test_an_export_is_read_in_after_a_look(client: Client, mila: Actor):
    antwoord = client.post("/werkplek/beheer/bestanden/export/")
    assert antwoord["Content-Type"] == "application/zip"
    assert "Er verandert niets" in text_of(upload(client, antwoord.content))
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w") as zip_:
        zip_.writestr("afdelingen.yaml", "belastingen: Belasting & meer\nnieuw: Nieuw\n")
    blik = upload(client, uit.getvalue())
    html = text_of(blik)
    assert blik.status_code == 200
    assert "Belasting &amp; meer" in html
    assert not Afdeling.objects.filter(code="nieuw").exists()
    velden = fields(html)
    Afdeling.objects.filter(code="belastingen").update(naam="Net gewijzigd")
    anders = client.post("/werkplek/beheer/bestanden/importeren/", velden)
    assert anders.status_code == 409
    assert "Net gewijzigd" in text_of(anders)
    assert client.post("/werkplek/beheer/bestanden/importeren/", fields(text_of(anders))).status_code == 303
    assert Afdeling.objects.get(code="belastingen").naam == "Belasting & meer"
    assert AuditRegel.objects.get(actie="inrichting.ingelezen").kenmerken["gewijzigd"] == 1


@pytest.mark.parametrize("inhoud", [b"", b"geen zip", b"x" * 600_000])
def test_a_bad_file_says_so(client: Client, inhoud: bytes):
    antwoord = upload(client, inhoud)
    assert antwoord.status_code == 422
    assert 'role="alert"' in text_of(antwoord)


@pytest.mark.parametrize("inhoud", ["", "é", "abc", "AAAA"])
def test_a_confirmation_without_its_file_says_so(client: Client, inhoud: str):
    assert (
        client.post("/werkplek/beheer/bestanden/importeren/", {"inhoud": inhoud, "merk": "x"}).status_code
        == 422
    )


def test_the_page_of_changes_says_who_and_what_but_not_the_content(client: Client, mila: Actor):
    client.post(
        "/werkplek/beheer/teksten/overzicht/",
        {"tekst": "Zeer geheim", "merk": teksten.get_tekst("overzicht").merk},
    )
    export_zip(None)
    html = text_of(client.get("/werkplek/beheer/wijzigingen/"))
    assert "Tekst overzicht" in html
    assert "Mila Jansen" in html
    assert "Opdracht op de server" in html
    assert "Zeer geheim" not in html


def test_what_was_typed_survives_an_ended_session(mila: Actor, client: Client):
    pad = "/werkplek/beheer/teksten/overzicht/"
    html = text_of(client.get(pad))
    Sessie.objects.update(verloopt="2020-01-01T00:00:00Z", begin="2020-01-01T00:00:00Z")
    antwoord = client.post(pad, {**fields(html), "terug": pad, "tekst": "Lang verhaal"})
    assert antwoord.status_code == 303
    assert teksten.get_tekst("overzicht").tekst == ""


def test_what_a_colleague_changed_is_noticed_after_an_ended_session_too(
    monkeypatch: pytest.MonkeyPatch, mila: Actor, client: Client
):
    pad = "/werkplek/beheer/teksten/overzicht/"
    velden = fields(text_of(client.get(pad)))
    Klok(monkeypatch).ga_verder(minutes=16)
    client.post(pad, {**velden, "terug": pad, "tekst": "Van mij"})
    teksten.save_tekst(mila, "overzicht", "Van een collega")
    assert log_in(client, medewerker="m-1") == pad
    opnieuw = fields(text_of(client.get(pad)))
    assert opnieuw["tekst"] == "Van mij"
    antwoord = client.post(pad, opnieuw)
    assert antwoord.status_code == 409
    assert teksten.get_tekst("overzicht").tekst == "Van een collega"


def test_an_import_that_was_about_to_be_done_is_looked_at_again_after_an_ended_session(
    monkeypatch: pytest.MonkeyPatch, client: Client
):
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w") as zip_:
        zip_.writestr("afdelingen.yaml", "belastingen: Belastingen\nnieuw: Nieuw\n")
    velden = fields(text_of(upload(client, uit.getvalue())))
    Klok(monkeypatch).ga_verder(minutes=16)
    client.post("/werkplek/beheer/bestanden/importeren/", velden)
    assert not Afdeling.objects.filter(code="nieuw").exists()
    terug = log_in(client, medewerker="m-1")
    opnieuw = fields(text_of(client.get(terug)))
    assert client.post("/werkplek/beheer/bestanden/importeren/", opnieuw).status_code == 303
    assert Afdeling.objects.filter(code="nieuw").exists()
