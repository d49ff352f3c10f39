"""Conversations on the page: a subject, attachments, a draft, unread again, PDF; and the werkplek beside it."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from eloket.berichten.models import Bericht, BerichtConcept
from eloket.berichten.queries import list_gesprekken_van_zaak
from eloket.berichten.service import send_bericht
from eloket.berichten.types import NIEUW
from eloket.documenten.models import Bestand
from eloket.documenten.types import Controle
from eloket.identity.afwezigheid import get_afwezigheid
from eloket.identity.models import Medewerker
from eloket.identity.testing import hidden_field, inwoner, log_in
from eloket.kernel.klok import vandaag
from eloket.zaken import service as zaken
from eloket.zaken.types import Zaak
from tests.unit.identity.klokken import Klok
from tests.web.portaal import ANDER, bron_van, client_van, tekst_van
from tests.web.werkplek import PDF, Stadhuis, build_stadhuis

pytestmark = pytest.mark.django_db


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


@pytest.fixture
def zaak(huis: Stadhuis) -> Zaak:
    return huis.start("Parkeervergunning")


@pytest.fixture
def client(huis: Stadhuis) -> Client:
    return client_van(huis.jeroen)


def pad(zaak: Zaak, rest: str = "") -> str:
    return f"/mijn/berichten/{zaak.ref}/{rest}"


def file(naam: str = "foto.pdf", inhoud: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(naam, inhoud)


def first_id(zaak: Zaak) -> str:
    return list_gesprekken_van_zaak(zaak.ref, partij=None)[0].id


def test_start_a_conversation_with_a_subject_and_an_attachment(client, zaak):
    assert 'name="onderwerp"' in bron_van(client.get(pad(zaak, f"{NIEUW}/")))
    antwoord = client.post(
        pad(zaak, f"{NIEUW}/"),
        {"onderwerp": "De kosten", "bericht": "Wat kost het?", "sleutel": "s", "bijlagen": file()},
    )
    assert (antwoord.status_code, antwoord["Location"]) == (303, pad(zaak))
    tekst = tekst_van(client.get(pad(zaak, f"{first_id(zaak)}/")))
    assert "De kosten" in tekst
    assert "foto" in tekst
    assert "Nog niet gelezen door de gemeente" in tekst
    assert "De kosten" in tekst_van(client.get("/mijn/berichten/"))


@pytest.mark.parametrize(
    ("velden", "veld", "fout"),
    [
        ({"onderwerp": "", "bericht": "Tekst <b>"}, "onderwerp", "Vul in waar uw bericht over gaat."),
        ({"onderwerp": "Iets", "bericht": " "}, "bericht", "Typ eerst uw bericht."),
    ],
)
def test_a_fault_comes_back_with_everything_typed(client, zaak, velden, veld, fout):
    antwoord = client.post(pad(zaak, f"{NIEUW}/"), {**velden, "sleutel": "s7"})
    html = bron_van(antwoord)
    assert antwoord.status_code == 422
    assert html.count(fout) == 2
    assert f'href="#{veld}"' in html
    assert hidden_field(html, "sleutel") == "s7"
    assert "Tekst &lt;b&gt;" in html or 'value="Iets"' in html


def test_a_refused_file_is_named_and_the_text_stays(client, zaak):
    antwoord = client.post(
        pad(zaak), {"bericht": "Lang verhaal", "sleutel": "s", "bijlagen": [file(), file("x.exe", b"MZ\x00")]}
    )
    html = bron_van(antwoord)
    assert antwoord.status_code == 422
    assert "\nLang verhaal</textarea>" in html
    assert "x.exe" in html
    assert "foto.pdf" in html
    assert not Bericht.objects.exists()


@pytest.mark.parametrize(
    ("controle", "zin"),
    [(Controle.WACHT, "Wij controleren dit bestand nog"), (Controle.BESMET, "zit een virus")],
)
def test_an_attachment_that_may_not_be_opened_has_no_link(client, zaak, controle, zin):
    client.post(pad(zaak), {"bericht": "Zie bijlage", "sleutel": "s", "bijlagen": file()})
    assert re.search(r"documenten/[^/]+/openen", bron_van(client.get(pad(zaak))))
    Bestand.objects.update(controle=controle.value)
    html = bron_van(client.get(pad(zaak)))
    assert zin in html
    assert not re.search(r"documenten/[^/]+/openen", html)


def test_a_draft_by_button_and_by_script_is_there_on_another_device(client, zaak, huis):
    client.post(pad(zaak, f"{NIEUW}/"), {"onderwerp": "Later", "bericht": "Half", "knop": "concept"})
    elders = client_van(huis.jeroen)
    html = bron_van(elders.get(pad(zaak, f"{NIEUW}/")))
    assert "\nHalf</textarea>" in html
    assert 'value="Later"' in html
    assert "Concept bewaard op" in html
    antwoord = client.post(pad(zaak, "concept/"), {"gesprek": NIEUW, "bericht": "Half en meer"})
    assert re.fullmatch(r"Concept bewaard om \d+\.\d\d\.", antwoord.json()["tekst"])
    assert "\nHalf en meer</textarea>" in bron_van(elders.get(pad(zaak, f"{NIEUW}/")))
    assert not Bericht.objects.exists()
    client.post(pad(zaak, f"{NIEUW}/"), {"onderwerp": "Later", "bericht": "Half en meer", "sleutel": "s"})
    assert not BerichtConcept.objects.exists()


def test_a_session_that_ends_during_a_long_text_costs_nothing(client, zaak, monkeypatch):
    send_bericht(inwoner(), zaak.ref, tekst="Eerst", sleutel="0")
    hier = pad(zaak, f"{first_id(zaak)}/")
    klok = Klok(monkeypatch)
    klok.ga_verder(minutes=16)
    client.post(hier, {"bericht": "Lang " * 900, "sleutel": "s9", "terug": hier, "bijlagen": file()})
    assert log_in(client, bsn="999990019") == hier
    html = bron_van(client.get(hier))
    assert ("Lang " * 900).strip() in html
    assert "Kies uw bestanden opnieuw" in html
    assert hidden_field(html, "sleutel") == "s9"


def test_a_double_click_is_one_message_with_one_attachment(client, zaak):
    for _ in range(2):
        antwoord = client.post(pad(zaak), {"bericht": "Hallo", "sleutel": "s", "bijlagen": file()})
        assert antwoord.status_code == 303
    assert Bericht.objects.count() == 1


def test_mark_as_unread_returns_to_the_list_where_it_is_new(client, zaak, huis):
    send_bericht(huis.mila, zaak.ref, tekst="Antwoord", sleutel="m")
    client.get(pad(zaak))
    assert "1 nieuw" not in tekst_van(client.get("/mijn/berichten/"))
    antwoord = client.post(pad(zaak, f"{first_id(zaak)}/ongelezen/"))
    assert (antwoord.status_code, antwoord["Location"]) == (303, "/mijn/berichten/")
    assert "1 nieuw" in tekst_van(client.get("/mijn/berichten/"))


def test_the_pdf_is_for_both_sides_and_for_nobody_else(client, zaak, huis):
    send_bericht(huis.jeroen, zaak.ref, tekst="Vraag", sleutel="1")
    gesprek = first_id(zaak)
    for wie, waar in (
        (client, pad(zaak, f"{gesprek}/pdf/")),
        (client_van(huis.mila), f"/werkplek/berichten/{zaak.ref}/{gesprek}/pdf/"),
    ):
        antwoord = wie.get(waar)
        assert bron_bytes(antwoord).startswith(b"%PDF-")
        assert antwoord["Cache-Control"] == "private, no-store"
        assert f"gesprek-{zaak.identificatie}.pdf" in antwoord["Content-Disposition"]
    assert client_van(inwoner(ANDER)).get(pad(zaak, f"{gesprek}/pdf/")).status_code == 404
    assert client_van(huis.bo).get(f"/werkplek/berichten/{zaak.ref}/{gesprek}/pdf/").status_code == 404


def bron_bytes(antwoord) -> bytes:
    return b"".join(antwoord)


def test_the_list_of_the_werkplek_shows_what_reaches_me(zaak, huis):
    zaken.take_zaak(huis.mila, zaak.ref, versie=zaak.versie)
    mila, omar = client_van(huis.mila), client_van(huis.omar)
    morgen = (vandaag() + timedelta(days=1)).isoformat()
    velden = {
        "afwezig_van": vandaag().isoformat(),
        "afwezig_tot": morgen,
        "vervanger": huis.omar.medewerker_id,
    }
    assert mila.post("/werkplek/afwezigheid/", velden).status_code == 303
    assert "U staat als afwezig van" in tekst_van(mila.get("/werkplek/afwezigheid/"))
    send_bericht(huis.jeroen, zaak.ref, tekst="Is er iemand?", sleutel="1")
    assert "Is er iemand?" in tekst_van(omar.get("/werkplek/berichten/"))
    assert "U neemt waar" in tekst_van(omar.get("/werkplek/berichten/"))
    assert "Is er iemand?" not in tekst_van(client_van(huis.bo).get("/werkplek/berichten/"))
    assert mila.post("/werkplek/afwezigheid/", {"knop": "terug"}).status_code == 303
    assert "U staat als afwezig" not in tekst_van(mila.get("/werkplek/afwezigheid/"))


def test_a_day_is_read_as_the_page_says_that_it_is_written(huis):
    mila = client_van(huis.mila)
    van, tot = vandaag(), vandaag() + timedelta(days=1)
    velden = {"afwezig_van": f"{van:%d-%m-%Y}", "afwezig_tot": f"{tot:%d-%m-%Y}", "vervanger": ""}
    assert mila.post("/werkplek/afwezigheid/", velden).status_code == 303
    assert "U staat als afwezig van" in tekst_van(mila.get("/werkplek/afwezigheid/"))


@pytest.mark.parametrize("vervanger", ["abc", "²", "-1", "9" * 12, "999999"])
def test_a_replacement_that_is_none_is_never_taken_for_nobody(huis, vervanger: str):
    mila = client_van(huis.mila)
    van, tot = vandaag(), vandaag() + timedelta(days=1)
    velden = {"afwezig_van": str(van), "afwezig_tot": str(tot), "vervanger": vervanger}
    antwoord = mila.post("/werkplek/afwezigheid/", velden)
    assert antwoord.status_code == 422
    assert "Kies een collega" in tekst_van(antwoord)
    assert f'value="{van}"' in bron_van(antwoord)
    assert f'<option value="{vervanger}" selected>Maak een keuze</option>' in bron_van(antwoord)
    assert get_afwezigheid(huis.mila).van is None
    assert mila.post("/werkplek/afwezigheid/", velden | {"vervanger": ""}).status_code == 303


def test_a_replacement_who_left_the_afdeling_does_not_become_nobody_by_saving_again(huis):
    mila = client_van(huis.mila)
    van, tot = vandaag(), vandaag() + timedelta(days=1)
    velden = {"afwezig_van": str(van), "afwezig_tot": str(tot), "vervanger": str(huis.omar.medewerker_id)}
    assert mila.post("/werkplek/afwezigheid/", velden).status_code == 303
    Medewerker.objects.get(pk=huis.omar.medewerker_id).afdelingen.clear()
    pagina = bron_van(mila.get("/werkplek/afwezigheid/"))
    assert f'<option value="{huis.omar.medewerker_id}" selected>Maak een keuze</option>' in pagina
    assert mila.post("/werkplek/afwezigheid/", velden).status_code == 422


def test_a_wrong_absence_comes_back_with_what_was_typed(huis):
    mila = client_van(huis.mila)
    antwoord = mila.post(
        "/werkplek/afwezigheid/",
        {"afwezig_van": "2026-13-45", "afwezig_tot": "2026-12-24", "vervanger": "abc"},
    )
    assert antwoord.status_code == 422
    assert "Vul een datum in, bijvoorbeeld 31-12-2026." in tekst_van(antwoord)
    assert 'value="2026-12-24"' in bron_van(antwoord)
