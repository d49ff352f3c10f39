"""Everything a civil servant does with a zaak, over HTTP: what it changes, and what happens when it cannot."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from eloket.berichten import service as berichten
from eloket.berichten.queries import list_berichten
from eloket.documenten.queries import list_documenten
from eloket.kernel.klok import schrijf_datum, vandaag
from eloket.zaken import queries
from eloket.zaken import service as zaken
from eloket.zaken.errors import ZaakGewijzigd, ZaakIsGesloten
from eloket.zaken.types import TaakInzage, Zaak, ZaakRef
from tests.web.werkplek import PDF, Stadhuis, build_stadhuis, client_of, text_of, title_of, zaak_pad

pytestmark = pytest.mark.django_db


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


@pytest.fixture
def zaak(huis: Stadhuis) -> Zaak:
    return huis.start("Vergunning Lindelaan")


def _open_taken(ref: ZaakRef) -> list[TaakInzage]:
    return [taak for taak in queries.list_taken_van_zaak(ref, partij=None) if taak.vervuld_op is None]


def _over(dagen: int) -> str:
    return (vandaag() + timedelta(days=dagen)).isoformat()


# --- in behandeling nemen


def test_een_zaak_in_behandeling_nemen(huis: Stadhuis, zaak: Zaak):
    antwoord = client_of(huis.mila).post(zaak_pad(zaak.ref, "neem/"), {"versie": zaak.versie}, follow=True)
    assert antwoord.redirect_chain == [(zaak_pad(zaak.ref), 303)]
    html = text_of(antwoord)
    assert "U behandelt deze zaak nu." in html
    assert "U behandelt deze zaak." in html
    assert huis.now(zaak.ref).behandelaar_id == huis.mila.medewerker_id


def test_twee_keer_klikken_op_in_behandeling_nemen_is_geen_fout(huis: Stadhuis, zaak: Zaak):
    client = client_of(huis.mila)
    for _ in range(2):
        assert client.post(zaak_pad(zaak.ref, "neem/"), {"versie": zaak.versie}).status_code == 303
    assert huis.now(zaak.ref).versie == zaak.versie + 1


def test_wie_te_laat_is_leest_dat_een_ander_was_voor_geweest(huis: Stadhuis, zaak: Zaak):
    zaken.take_zaak(huis.omar, zaak.ref, versie=zaak.versie)
    antwoord = client_of(huis.mila).post(zaak_pad(zaak.ref, "neem/"), {"versie": zaak.versie})
    assert antwoord.status_code == 409
    assert ZaakGewijzigd.tekst in text_of(antwoord)
    assert "Neem over van Omar de Boer" in text_of(antwoord)
    assert huis.now(zaak.ref).behandelaar_id == huis.omar.medewerker_id


def test_een_zaak_overnemen(huis: Stadhuis, zaak: Zaak):
    versie = zaken.take_zaak(huis.omar, zaak.ref, versie=zaak.versie).versie
    assert client_of(huis.mila).post(zaak_pad(zaak.ref, "neem/"), {"versie": versie}).status_code == 303
    assert huis.now(zaak.ref).behandelaar_id == huis.mila.medewerker_id


# --- status


def test_de_volgende_status_zetten(huis: Stadhuis, zaak: Zaak):
    velden = {"versie": zaak.versie, "status": "2", "toelichting": "Wij bellen u morgen."}
    client = client_of(huis.mila)
    antwoord = client.post(zaak_pad(zaak.ref, "status/"), velden)
    assert antwoord.status_code == 303
    html = text_of(client.get(antwoord["Location"]))
    assert "De nieuwe status staat bij de zaak." in html
    assert "Wij bellen u morgen." in html
    assert huis.now(zaak.ref).stap == 2


@pytest.mark.parametrize(
    ("velden", "veld", "tekst"),
    [
        ({"status": ""}, "status", "Kies de nieuwe status."),
        ({"status": "1"}, "status", "Kies de nieuwe status."),
        ({"status": "99"}, "status", "Kies de nieuwe status."),
        ({"status": "eind"}, "resultaat", "Kies het resultaat."),
        ({"status": "eind", "resultaat": "Zelf verzonnen"}, "resultaat", "Kies het resultaat."),
        ({"status": "2", "toelichting": "x" * 2001}, "toelichting", "Uw toelichting is te lang."),
    ],
)
def test_een_status_waar_iets_aan_schort(
    huis: Stadhuis, zaak: Zaak, velden: dict[str, str], veld: str, tekst: str
):
    eind = str(zaak.statustypen[-1].volgnummer)
    status = eind if velden["status"] == "eind" else velden["status"]
    ingevuld = {"versie": zaak.versie, "toelichting": "Mijn lange uitleg", **velden, "status": status}
    antwoord = client_of(huis.mila).post(zaak_pad(zaak.ref, "status/"), ingevuld)
    assert antwoord.status_code == 422
    assert title_of(antwoord).startswith("Fout: ")
    html = text_of(antwoord)
    assert f'<a href="#{veld}">{tekst}' in html
    assert f'id="{veld}-f"' in html
    assert f"{ingevuld['toelichting']}</textarea>" in html
    assert huis.now(zaak.ref).versie == zaak.versie


def test_afronden_met_een_resultaat(huis: Stadhuis, zaak: Zaak):
    velden = {
        "versie": zaak.versie,
        "status": zaak.statustypen[-1].volgnummer,
        "resultaat": zaak.resultaattypen[-1],
    }
    client = client_of(huis.mila)
    for _ in range(2):  # a double click
        assert client.post(zaak_pad(zaak.ref, "status/"), velden).status_code == 303
    nu = huis.now(zaak.ref)
    assert not nu.is_open
    assert nu.resultaat == zaak.resultaattypen[-1]
    assert len(nu.statussen) == 2


def test_twee_keer_klikken_zet_een_status_een_keer(huis: Stadhuis, zaak: Zaak):
    velden = {"versie": zaak.versie, "status": "2", "toelichting": "Regel een\r\nregel twee "}
    client = client_of(huis.mila)
    for _ in range(2):
        assert client.post(zaak_pad(zaak.ref, "status/"), velden).status_code == 303
    assert len(huis.now(zaak.ref).statussen) == 2


def test_wie_de_oude_zaak_voor_zich_had_houdt_de_tekst_en_zet_niets(huis: Stadhuis, zaak: Zaak):
    zaken.set_status(huis.omar, zaak.ref, volgnummer=2, toelichting="", resultaat="", versie=zaak.versie)
    velden = {"versie": zaak.versie, "status": "3", "toelichting": "Mijn lange uitleg"}
    client = client_of(huis.mila)
    antwoord = client.post(zaak_pad(zaak.ref, "status/"), velden)
    assert antwoord.status_code == 409
    html = text_of(antwoord)
    assert ZaakGewijzigd.tekst in html
    assert "Mijn lange uitleg</textarea>" in html
    assert 'name="status" value="3"' in html
    assert "Omar de Boer</span> heeft een status gezet" in html
    assert huis.now(zaak.ref).stap == 2
    assert f'name="versie" value="{huis.now(zaak.ref).versie}"' in html
    velden["versie"] = huis.now(zaak.ref).versie
    assert client.post(zaak_pad(zaak.ref, "status/"), velden).status_code == 303
    assert huis.now(zaak.ref).stap == 3


def test_een_zaak_die_intussen_is_afgerond_geeft_de_tekst_terug(huis: Stadhuis, zaak: Zaak):
    huis.close(zaak.ref)
    velden = {"versie": zaak.versie, "status": "2", "toelichting": "Mijn lange uitleg"}
    antwoord = client_of(huis.mila).post(zaak_pad(zaak.ref, "status/"), velden)
    assert antwoord.status_code == 409
    assert "Mijn lange uitleg" in text_of(antwoord)


def test_een_open_vraag_houdt_afronden_tegen(huis: Stadhuis, zaak: Zaak):
    zaken.ask_document(huis.mila, zaak.ref, titel="Kopie", toelichting="", deadline=date(2099, 1, 1))
    velden = {
        "versie": zaak.versie,
        "status": zaak.statustypen[-1].volgnummer,
        "resultaat": zaak.resultaattypen[0],
        "toelichting": "Mijn lange uitleg",
    }
    antwoord = client_of(huis.mila).post(zaak_pad(zaak.ref, "status/"), velden)
    assert antwoord.status_code == 409
    assert "Er staat nog een vraag aan de aanvrager open." in text_of(antwoord)
    assert "Mijn lange uitleg</textarea>" in text_of(antwoord)
    assert huis.now(zaak.ref).is_open


@pytest.mark.parametrize("versie", ["", "x", "-1", "٣", "9" * 400])
def test_een_onzinnige_versie_is_een_oude_versie(huis: Stadhuis, zaak: Zaak, versie: str):
    antwoord = client_of(huis.mila).post(zaak_pad(zaak.ref, "status/"), {"versie": versie, "status": "2"})
    assert antwoord.status_code == 409
    assert huis.now(zaak.ref).stap == 1


# --- antwoorden


def test_antwoorden_een_keer_ook_na_twee_keer_klikken(huis: Stadhuis, zaak: Zaak):
    berichten.send_bericht(huis.jeroen, zaak.ref, tekst="Hoe lang nog?", sleutel="j1")
    velden = {"bericht": "Nog een week.\r\n\r\nGroet, Mila", "sleutel": "abc123"}
    client = client_of(huis.mila)
    for _ in range(2):
        assert client.post(zaak_pad(zaak.ref, "bericht/"), velden).status_code == 303
    html = text_of(client.get(zaak_pad(zaak.ref, "?deel=berichten")))
    assert "Uw bericht is verstuurd." in html
    assert "Nog een week.<br><br>Groet, Mila" in html
    assert "Nog niet gelezen door de aanvrager" in html
    assert [bericht.is_van_gemeente for bericht in list_berichten(zaak.ref, partij=None)].count(True) == 1


@pytest.mark.parametrize(
    ("tekst", "fout"), [("  \r\n ", "Typ eerst uw bericht."), ("x" * 5001, "Uw bericht is te lang")]
)
def test_een_bericht_waar_iets_aan_schort(huis: Stadhuis, zaak: Zaak, tekst: str, fout: str):
    antwoord = client_of(huis.mila).post(zaak_pad(zaak.ref, "bericht/"), {"bericht": tekst, "sleutel": "a"})
    assert antwoord.status_code == 422
    assert title_of(antwoord).startswith("Fout: ")
    assert f'<a href="#bericht">{fout}' in text_of(antwoord)
    assert f"{tekst.strip()}</textarea>" in text_of(antwoord)
    assert list_berichten(zaak.ref, partij=None) == ()


# --- een document vragen


def test_een_document_vragen_en_de_vraag_intrekken(huis: Stadhuis, zaak: Zaak):
    velden = {"titel": " Kopie  kentekenbewijs ", "uitleg": "Beide kanten.", "deadline": _over(5)}
    client = client_of(huis.mila)
    for _ in range(2):  # a double click
        assert client.post(zaak_pad(zaak.ref, "vraag/"), velden).status_code == 303
    (taak,) = _open_taken(zaak.ref)
    assert (taak.titel, taak.toelichting) == ("Kopie kentekenbewijs", "Beide kanten.")
    html = text_of(client.get(zaak_pad(zaak.ref, "?deel=vragen")))
    assert "Uw vraag om een document is verstuurd." in html
    assert f'Nog 5 dagen, vóór <time datetime="{_over(5)}">{schrijf_datum(taak.deadline)}</time>' in html
    intrekken = zaak_pad(zaak.ref, f"vraag/{taak.id}/intrekken/")
    assert intrekken in html
    assert "De vraag is ingetrokken." in text_of(client.post(intrekken, follow=True))
    assert queries.list_taken_van_zaak(zaak.ref, partij=None) == ()
    assert "Deze vraag stond niet meer open." in text_of(client.post(intrekken, follow=True))


def test_intrekken_kan_niet_meer_als_het_document_er_is(huis: Stadhuis, zaak: Zaak):
    taak = zaken.ask_document(huis.mila, zaak.ref, titel="Kopie", toelichting="", deadline=date(2099, 1, 1))
    huis.deliver(zaak.ref)
    html = text_of(client_of(huis.mila).post(zaak_pad(zaak.ref, f"vraag/{taak}/intrekken/"), follow=True))
    assert "Wat u vroeg is al ontvangen. De vraag is niet ingetrokken." in html
    assert [een.id for een in queries.list_taken_van_zaak(zaak.ref, partij=None)] == [taak]


def test_een_vraag_van_een_andere_zaak_blijft_staan(huis: Stadhuis, zaak: Zaak):
    ander = huis.start().ref
    taak = zaken.ask_document(huis.mila, ander, titel="Kopie", toelichting="", deadline=date(2099, 1, 1))
    html = text_of(client_of(huis.mila).post(zaak_pad(zaak.ref, f"vraag/{taak}/intrekken/"), follow=True))
    assert "Deze vraag stond niet meer open." in html
    assert [een.id for een in _open_taken(ander)] == [taak]


def test_een_datum_zoals_mensen_die_typen(huis: Stadhuis, zaak: Zaak):
    velden = {"titel": "Kopie", "uitleg": "", "deadline": "1-2-2099"}
    assert client_of(huis.mila).post(zaak_pad(zaak.ref, "vraag/"), velden).status_code == 303
    assert _open_taken(zaak.ref)[0].deadline == date(2099, 2, 1)


@pytest.mark.parametrize(
    ("velden", "veld", "tekst"),
    [
        ({"titel": " "}, "titel", "Vul in welk document u vraagt."),
        ({"titel": "x" * 121}, "titel", "Wat u vraagt is te lang."),
        ({"uitleg": "x" * 2001}, "uitleg", "Uw uitleg is te lang."),
        ({"deadline": ""}, "deadline", "Vul een datum in"),
        ({"deadline": "31-02-2099"}, "deadline", "Vul een datum in"),
        ({"deadline": "gisteren"}, "deadline", "Vul een datum in"),
        ({"deadline": "2001-01-01"}, "deadline", "Kies een datum na vandaag."),
        ({"deadline": "vandaag"}, "deadline", "Kies een datum na vandaag."),
    ],
)
def test_een_vraag_waar_iets_aan_schort(
    huis: Stadhuis, zaak: Zaak, velden: dict[str, str], veld: str, tekst: str
):
    ingevuld = {"titel": "Kopie kentekenbewijs", "uitleg": "Beide kanten.", "deadline": _over(5), **velden}
    if ingevuld["deadline"] == "vandaag":
        ingevuld["deadline"] = _over(0)
    antwoord = client_of(huis.mila).post(zaak_pad(zaak.ref, "vraag/"), ingevuld)
    assert antwoord.status_code == 422
    assert title_of(antwoord).startswith("Fout: ")
    html = text_of(antwoord)
    assert f'<a href="#{veld}">{tekst}' in html
    assert f'id="{veld}-f"' in html
    assert f'value="{ingevuld["titel"]}"' in html
    assert f"{ingevuld['uitleg']}</textarea>" in html
    assert f'value="{ingevuld["deadline"]}"' in html
    assert _open_taken(zaak.ref) == []


def test_bij_een_afgeronde_zaak_kan_niets_meer_gevraagd_worden(huis: Stadhuis, zaak: Zaak):
    huis.close(zaak.ref)
    velden = {"titel": "Kopie kentekenbewijs", "uitleg": "Beide kanten.", "deadline": _over(5)}
    antwoord = client_of(huis.mila).post(zaak_pad(zaak.ref, "vraag/"), velden)
    assert antwoord.status_code == 409
    assert ZaakIsGesloten.tekst in text_of(antwoord)
    assert "Kopie kentekenbewijs" in text_of(antwoord)
    assert "Beide kanten." in text_of(antwoord)


# --- documenten


def test_een_document_toevoegen(huis: Stadhuis, zaak: Zaak):
    client = client_of(huis.mila)
    velden = {"bestanden": [SimpleUploadedFile("besluit.pdf", PDF), SimpleUploadedFile("leeg.pdf", b"")]}
    antwoord = client.post(zaak_pad(zaak.ref, "documenten/"), velden)
    assert antwoord.status_code == 303
    html = text_of(client.get(antwoord["Location"]))
    assert "Het document is toegevoegd." in html
    assert "‘leeg.pdf’ is leeg." in html
    assert 'Van <span translate="no">de gemeente</span>' in html
    assert [document.bestandsnaam for document in list_documenten(str(zaak.ref))] == ["besluit.pdf"]


@pytest.mark.parametrize(
    ("bestand", "tekst"),
    [
        (None, "Kies eerst een bestand."),
        (("leeg.pdf", b""), "‘leeg.pdf’ is leeg."),
        (("a.exe", b"MZ\0"), "‘a.exe’"),
    ],
)
def test_een_document_dat_niet_kan(huis: Stadhuis, zaak: Zaak, bestand: tuple[str, bytes] | None, tekst: str):
    velden = {"bestanden": SimpleUploadedFile(*bestand)} if bestand else {}
    antwoord = client_of(huis.mila).post(zaak_pad(zaak.ref, "documenten/"), velden)
    assert antwoord.status_code == 422
    assert title_of(antwoord).startswith("Fout: ")
    assert f'<a href="#bestanden">{tekst}' in text_of(antwoord)
    assert 'id="bestanden-f"' in text_of(antwoord)
    assert list_documenten(str(zaak.ref)) == ()


def test_twee_keer_hetzelfde_document_staat_er_een_keer(huis: Stadhuis, zaak: Zaak):
    client = client_of(huis.mila)
    eerst, daarna = (
        client.post(zaak_pad(zaak.ref, "documenten/"), {"bestanden": SimpleUploadedFile("besluit.pdf", PDF)})
        for _ in range(2)
    )
    assert (eerst.status_code, daarna.status_code) == (303, 422)
    assert "‘besluit.pdf’ staat al bij deze zaak" in text_of(daarna)
    assert len(list_documenten(str(zaak.ref))) == 1


def test_bij_een_afgeronde_zaak_komt_geen_document_meer(huis: Stadhuis, zaak: Zaak):
    huis.close(zaak.ref)
    velden = {"bestanden": SimpleUploadedFile("besluit.pdf", PDF)}
    antwoord = client_of(huis.mila).post(zaak_pad(zaak.ref, "documenten/"), velden)
    assert antwoord.status_code == 409
    assert ZaakIsGesloten.tekst in text_of(antwoord)


def test_het_script_van_het_formulier_krijgt_het_adres_van_de_pagina_die_het_zegt(huis: Stadhuis, zaak: Zaak):
    client = client_of(huis.mila)
    velden = {"bestanden": [SimpleUploadedFile("besluit.pdf", PDF), SimpleUploadedFile("leeg.pdf", b"")]}
    antwoord = client.post(zaak_pad(zaak.ref, "documenten/"), velden, headers={"accept": "application/json"})
    assert antwoord.json() == {"url": zaak_pad(zaak.ref, "?deel=documenten")}
    html = text_of(client.get(zaak_pad(zaak.ref)))
    assert "Het document is toegevoegd." in html
    assert "‘leeg.pdf’ is leeg." in html


def test_het_script_hoort_dat_er_niets_meer_bij_kan(huis: Stadhuis, zaak: Zaak):
    huis.close(zaak.ref)
    velden = {"bestanden": SimpleUploadedFile("besluit.pdf", PDF)}
    client = client_of(huis.mila)
    antwoord = client.post(zaak_pad(zaak.ref, "documenten/"), velden, headers={"accept": "application/json"})
    assert antwoord.json() == {"url": zaak_pad(zaak.ref, "?deel=documenten")}
    assert ZaakIsGesloten.tekst in text_of(client.get(zaak_pad(zaak.ref)))


@pytest.mark.parametrize(
    "pad", ["neem/", "status/", "bericht/", "vraag/", "documenten/", "overdragen/", "opschorten/"]
)
def test_een_wijziging_gaat_nooit_met_get(huis: Stadhuis, zaak: Zaak, pad: str):
    assert client_of(huis.mila).get(zaak_pad(zaak.ref, pad)).status_code == 405
    assert huis.now(zaak.ref).versie == zaak.versie
