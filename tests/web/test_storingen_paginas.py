"""Outages and reminders over HTTP and at the command line: what is kept, what is refused, what everybody sees."""

from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from eloket.beschikbaarheid import balk, service
from eloket.beschikbaarheid.queries import get_onderbreking, list_onderbrekingen
from eloket.beschikbaarheid.regels import get_regels
from eloket.beschikbaarheid.tijden import schrijf_invoer
from eloket.beschikbaarheid.types import Herkomst, Soort, Wat
from eloket.identity.types import Recht
from eloket.kernel.klok import nu, op_moment, vandaag
from eloket.workbench.beheer import storingen
from eloket.zaken import service as zaken
from eloket.zaken.herinneringen import get_regel
from tests.web.werkplek import Stadhuis, build_stadhuis, client_of, text_of, zaak_pad

pytestmark = pytest.mark.django_db
LIJST = "/werkplek/beheer/storingen/"
UUR, DAG = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


@pytest.fixture
def client(huis: Stadhuis) -> Client:
    return client_of(replace(huis.mila, rechten=frozenset(Recht)))


def storing(*opdracht: str) -> str:
    uit = StringIO()
    call_command("storing", *opdracht, stdout=uit)
    return uit.getvalue()


# --- the pages ---


def test_a_manager_reports_ends_and_sees_it_in_the_list(client):
    antwoord = client.post(f"{LIJST}melden/", {"wat": "inloggen", "reden": "DigiD werkt niet.", "begin": ""})
    assert (antwoord.status_code, antwoord["Location"]) == (303, LIJST)
    (een,) = list_onderbrekingen()
    assert (een.wat, een.herkomst, een.eind) == (Wat.INLOGGEN, Herkomst.BEHEER, None)
    tekst = text_of(client.get(LIJST))
    assert "DigiD werkt niet." in tekst
    assert "Gemeld door Mila Jansen" in tekst
    for _ in range(2):  # a double click
        client.post(f"{LIJST}{een.id}/einde/")
    assert get_onderbreking(een.id).eind is not None


def test_what_goes_on_is_told_however_much_came_after_it(client, monkeypatch):
    monkeypatch.setattr(storingen, "_MEESTE", 2)
    service.start(None, wat=Wat.INLOGGEN, reden="DigiD werkt al lang niet.", vanaf=nu() - 9 * DAG)
    for dagen in (3, 2, 1):
        service.record_gemeten(Wat.PORTAAL, nu() - dagen * DAG, nu() - dagen * DAG + UUR)
    tekst = text_of(client.get(LIJST))
    assert "DigiD werkt al lang niet." in tekst
    assert "Alles werkt." not in tekst


def test_an_old_page_never_ends_another_outage(client):
    oud = service.record_gemeten(Wat.PORTAAL, nu() - 5 * UUR, nu() - 4 * UUR)
    nieuw = service.start(None, wat=Wat.PORTAAL)
    assert oud
    antwoord = client.post(f"{LIJST}{oud.id}/einde/", follow=True)
    assert "nu geen storing bekend" in text_of(antwoord)
    assert get_onderbreking(nieuw.id).eind is None


def test_maintenance_is_announced(client):
    dan = nu() + 3 * DAG
    velden = {
        "wat": "portaal",
        "reden": "De site krijgt een update.",
        "begin": schrijf_invoer(dan),
        "eind": schrijf_invoer(dan + UUR),
    }
    assert client.post(f"{LIJST}onderhoud/", velden).status_code == 303
    assert list_onderbrekingen()[0].soort is Soort.ONDERHOUD


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(client):
    velden = {"wat": "portaal", "reden": "Kort <b>weg</b>", "begin": "straks", "eind": "31-2-2027 10:00"}
    antwoord = client.post(f"{LIJST}onderhoud/", velden)
    tekst = text_of(antwoord)
    assert antwoord.status_code == 422
    assert "Schrijf de tijd als" in tekst
    assert "Deze dag of tijd bestaat niet." in tekst
    assert 'value="straks"' in tekst
    assert "Kort &lt;b&gt;weg&lt;/b&gt;" in tekst
    assert list_onderbrekingen() == ()


def test_announced_maintenance_without_an_end_is_refused_as_typed(client):
    dan = nu() + 3 * DAG
    een = service.plan(None, wat=Wat.PORTAAL, reden="Update.", begin=dan, eind=dan + UUR)
    assert "Leeg is: het duurt nog." not in text_of(client.get(f"{LIJST}{een.id}/"))
    velden = {"merk": een.merk, "reden": "Grote update.", "begin": schrijf_invoer(dan + UUR), "eind": ""}
    antwoord = client.post(f"{LIJST}{een.id}/", velden)
    tekst = text_of(antwoord)
    assert antwoord.status_code == 422
    assert "Vul in wanneer het onderhoud klaar is." in tekst
    assert "Grote update." in tekst
    assert f'value="{schrijf_invoer(dan + UUR)}"' in tekst
    assert get_onderbreking(een.id) == een


def test_a_form_that_is_sent_as_it_came_changes_nothing(client):
    een = service.start(None, wat=Wat.PORTAAL, vanaf=nu() - 2 * UUR)
    velden = {"merk": een.merk, "reden": "", "begin": schrijf_invoer(een.begin), "eind": ""}
    assert client.post(f"{LIJST}{een.id}/", velden).status_code == 303
    assert get_onderbreking(een.id) == een


def test_a_colleague_who_was_first_is_not_overwritten(client):
    een = service.start(None, wat=Wat.PORTAAL, vanaf=nu() - 2 * UUR)
    service.correct(None, een.id, begin=een.begin, eind=None, reden="Van een collega.")
    velden = {"merk": een.merk, "reden": "Van mij.", "begin": schrijf_invoer(een.begin), "eind": ""}
    antwoord = client.post(f"{LIJST}{een.id}/", velden)
    assert antwoord.status_code == 409
    assert "Van een collega." in text_of(antwoord)
    assert "Van mij." in text_of(antwoord)
    client.post(f"{LIJST}{een.id}/intrekken/", {"merk": een.merk})
    assert get_onderbreking(een.id).reden == "Van een collega."


def test_the_rules_are_kept_within_bounds(client):
    velden = {"minimum_minuten": "30", "aankondiging_dagen": "3", "nabericht_uren": "0"}
    merk = get_regels().merk
    assert client.post(f"{LIJST}regels/", velden | {"merk": merk, "nabericht_uren": "x"}).status_code == 422
    assert client.post(f"{LIJST}regels/", velden | {"merk": merk}).status_code == 303
    assert get_regels().waarden() == {"minimum_minuten": 30, "aankondiging_dagen": 3, "nabericht_uren": 0}


def test_a_rule_for_reminders_is_switched_off_and_seen_in_the_list(client):
    pad = "/werkplek/beheer/herinneringen/taak/"
    merk = get_regel("taak").merk
    assert client.post(pad, {"merk": merk, "is_aan": "ja", "dagen": "99"}).status_code == 422
    assert client.post(pad, {"merk": merk, "dagen": "5"}).status_code == 303
    assert (get_regel("taak").is_aan, get_regel("taak").dagen) == (False, 5)
    assert "Niemand krijgt dit." in text_of(client.get("/werkplek/beheer/herinneringen/"))
    assert client.get("/werkplek/beheer/herinneringen/postduif/").status_code == 404


# --- what everybody sees ---


def test_the_bar_stands_on_every_kind_of_page(huis, client):
    service.start(None, wat=Wat.INLOGGEN, reden="DigiD werkt niet.")
    jeroen = client_of(huis.jeroen)
    for browser, pad in (
        (Client(), "/"),
        (jeroen, "/mijn/"),
        (client, "/werkplek/"),
        (jeroen, "/bestaat-niet/"),
    ):
        balk.keep((), seconden=0)
        assert "DigiD werkt niet." in text_of(browser.get(pad)), pad


def test_who_has_longer_reads_so_on_the_page_of_the_taak_and_of_the_zaak(huis):
    with op_moment(nu() - 14 * DAG):
        zaak = huis.start()
        zaken.ask_answer(huis.mila, zaak.ref, titel="Hoe?", toelichting="", deadline=vandaag() + 15 * DAG)
    with op_moment(nu() + 2 * UUR):
        service.record_gemeten(Wat.PORTAAL, nu() - UUR - UUR, nu())
        while zaken.extend_taken(nu()):
            pass
        jeroen = client_of(huis.jeroen)
        for pad in ("/mijn/taken/", f"/mijn/zaken/{zaak.ref}/"):
            assert "U heeft langer de tijd: tot en met" in text_of(jeroen.get(pad)), pad
        assert "De aanvrager kreeg meer tijd." in text_of(
            client_of(huis.mila).get(zaak_pad(zaak.ref, "?deel=vragen"))
        )


# --- the command ---


def test_the_command_records_and_lists():
    assert "Er zijn geen storingen" in storing("lijst")
    gisteren = nu() - DAG
    storing("begin", "--wat", "portaal", "--reden", "Stroom weg.", "--vanaf", schrijf_invoer(gisteren))
    assert "nu nog (opdracht). Stroom weg." in storing("lijst")
    storing("einde", "--wat", "portaal")
    (een,) = list_onderbrekingen()
    assert een.duur
    assert een.duur >= DAG
    dan = [schrijf_invoer(nu() + dagen * DAG) for dagen in (2, 3)]
    assert storing(
        "plan", "--wat", "inloggen", "--reden", "Update.", "--vanaf", dan[0], "--tot", dan[1]
    ).startswith("Onderhoud, inloggen:")


@pytest.mark.parametrize(
    ("opdracht", "tekst"),
    [
        (("begin",), "Geef met --wat"),
        (("einde", "--wat", "portaal"), "geen storing bekend"),
        (("begin", "--wat", "portaal", "--vanaf", "straks"), "--vanaf: Deze tijd kunnen wij niet lezen"),
        (("begin", "--wat", "portaal", "--vanaf", "28-3-2027 2:30"), "--vanaf: Deze tijd bestaat niet"),
        (
            ("begin", "--wat", "portaal", "--vanaf", "1-1-2099 10:00"),
            "--vanaf: Het begin ligt in de toekomst",
        ),
        (("begin", "--wat", "portaal", "--tot", "10:00"), "--tot hoort bij einde en plan"),
        (("plan", "--wat", "portaal", "--reden", "x"), "Geef met --vanaf en --tot"),
        (
            ("plan", "--wat", "portaal", "--vanaf", "1-1-2027 10:00", "--tot", "1-1-2027 9:00"),
            "--reden: Vul in",
        ),
    ],
)
def test_the_command_says_what_is_wrong(opdracht, tekst):
    with pytest.raises(CommandError) as fout:
        storing(*opdracht)
    assert tekst in str(fout.value)
    assert list_onderbrekingen() == ()
