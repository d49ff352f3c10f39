"""The dashboard over HTTP: who may see it, that charts and tables tell the same, and files that open safely."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from eloket.berichten.service import send_bericht
from eloket.identity.testing import medewerker
from eloket.identity.types import Actor, Recht
from eloket.zaken import service as zaken
from tests.web.werkplek import PARKEREN, Stadhuis, build_stadhuis, client_of, text_of

pytestmark = pytest.mark.django_db
PAD = "/werkplek/dashboard/"
GRAFIEKEN = ("stroom", "termijn", "leeftijd", "antwoorden", "zaaktype", "afdeling")


@pytest.fixture
def huis() -> Stadhuis:
    huis = build_stadhuis()
    for nummer in range(3):
        huis.start(f"Aanvraag {nummer}")
    dicht = huis.start("Klaar")
    huis.close(dicht.ref)
    huis.start("Elders", zaaktype="MOR")
    return huis


def csv_van(actor: Actor, grafiek: str, vraag: str = "") -> list[list[str]]:
    antwoord = client_of(actor).get(f"{PAD}{grafiek}.csv{vraag}")
    assert antwoord.status_code == 200
    return list(csv.reader(io.StringIO(antwoord.content.decode("utf-8-sig")), delimiter=";"))


def test_numbers_are_those_of_the_own_afdeling(huis: Stadhuis):
    assert sum(int(rij[1]) for rij in csv_van(huis.mila, "stroom")[1:]) == 4
    assert sum(int(rij[2]) for rij in csv_van(huis.mila, "stroom")[1:]) == 1
    assert csv_van(huis.mila, "termijn")[1:] == [
        ["Rood: te laat", "0"],
        ["Oranje: binnen een week", "0"],
        ["Groen: later", "3"],
        ["Staat stil", "0"],
    ]
    assert csv_van(huis.bo, "zaaktype")[1:] == [["Melding openbare ruimte", "1"]]
    assert csv_van(huis.mila, "zaaktype", "?afdeling=beheer-openbare-ruimte")[1:] == []
    assert csv_van(huis.mila, "zaaktype", "?zaaktype=MOR")[1:] == []


def test_a_chart_and_the_table_on_the_page_tell_the_same(huis: Stadhuis):
    html = text_of(client_of(huis.mila).get(PAD))
    for grafiek in GRAFIEKEN:
        assert f"{PAD}{grafiek}.csv?" in html
        for rij in csv_van(huis.mila, grafiek)[1:]:
            assert rij[0] in html
    assert "3 zaken" in html


def test_a_chart_is_a_picture_that_can_do_nothing(huis: Stadhuis):
    antwoord = client_of(huis.mila).get(f"{PAD}termijn.svg")
    assert antwoord["Content-Type"] == "image/svg+xml"
    assert "default-src 'none'" in antwoord["Content-Security-Policy"]
    svg = antwoord.content.decode()
    assert "Rood: te laat" in svg
    assert "<script" not in svg
    assert "style" not in svg
    assert client_of(huis.mila).get(f"{PAD}termijn.svg").content == antwoord.content


def test_waiting_residents_are_counted(huis: Stadhuis):
    zaak = huis.start("Met vraag")
    send_bericht(huis.jeroen, zaak.ref, tekst="Hoe lang nog?", sleutel="s1")
    assert "In één zaak wacht een inwoner nu op antwoord" in text_of(client_of(huis.mila).get(PAD))


@pytest.mark.parametrize(
    ("aantal", "verwacht"), [(1, "1 bericht kreeg antwoord."), (2, "2 berichten kregen antwoord.")]
)
def test_one_message_is_one_message(huis: Stadhuis, aantal: int, verwacht: str):
    zaak = huis.start("Met vraag")
    for nummer in range(aantal):
        for wie in (huis.jeroen, huis.mila):
            send_bericht(wie, zaak.ref, tekst=f"Tekst {nummer}", sleutel=f"{wie.key}{nummer}")
    assert verwacht in text_of(client_of(huis.mila).get(PAD))


@pytest.mark.parametrize("pad", [PAD, f"{PAD}stroom.svg", f"{PAD}stroom.csv"])
def test_who_does_not_divide_the_work_finds_no_dashboard(huis: Stadhuis, pad: str):
    zonder = medewerker(1, (PARKEREN,), rechten=(Recht.BEHANDELEN,))
    assert client_of(zonder).get(pad).status_code == 404
    assert client_of(huis.jeroen).get(pad).status_code == 404
    assert client_of(huis.mila).get(pad).status_code == 200
    assert "Dashboard" not in text_of(client_of(zonder).get("/werkplek/"))


def test_an_unknown_chart_does_not_exist(huis: Stadhuis):
    assert client_of(huis.mila).get(f"{PAD}onzin.svg").status_code == 404


def test_nothing_to_draw_is_said_in_words():
    build_stadhuis()
    html = text_of(client_of(medewerker(1, (PARKEREN,))).get(PAD))
    assert "Er is in deze periode niets om te tekenen." in html


def test_it_costs_the_same_however_many_zaken_there_are(huis: Stadhuis):
    aantallen = []
    for weken in (12, 26):
        with CaptureQueriesContext(connection) as vragen:
            client_of(huis.mila).get(f"{PAD}?weken={weken}")
        aantallen.append(len(vragen))
        for _ in range(5):
            huis.start("Meer")
    assert aantallen[0] == aantallen[1]


def test_a_need_to_know_zaak_counts_and_is_not_named(huis: Stadhuis):
    zaak = huis.start("Heel geheim onderwerp")
    zaken.set_toegang(huis.mila, zaak.ref, medewerkers=frozenset(), versie=zaak.versie)
    html = text_of(client_of(huis.omar).get(PAD))
    assert "Heel geheim onderwerp" not in html
    assert "4 zaken" in html
