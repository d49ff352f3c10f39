"""How often something may be done, over HTTP: who is stopped, who is not, and what one reads and keeps then."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.http import HttpResponseBase
from django.test import Client

from eloket.berichten.models import Bericht
from eloket.identity.limieten import middleware, tabel
from eloket.identity.limieten.teller import count
from eloket.identity.limieten.types import Limiet, Maat
from eloket.identity.models import Limietteller
from eloket.identity.testing import force_actor, inwoner
from eloket.identity.types import Actor
from eloket.kernel.klok import op_moment
from eloket.loket.versies import load_meegeleverd
from tests.web.werkplek import PDF, Stadhuis, build_stadhuis

pytestmark = pytest.mark.django_db
NU = datetime(2026, 11, 3, 12, 1, tzinfo=UTC)
VOLGEN = "/loket/volgen/"
ADRES = "203.0.113.9"


@pytest.fixture(autouse=True)
def _met_limieten(settings):
    anders = {"limieten": True, "behind_proxy": True, "proxies": 1}
    settings.ELOKET = settings.ELOKET.model_copy(update=anders)


def spend(limiet: Limiet, soort: str, wie: str) -> None:
    """Do it as often as it may be done."""
    maat = limiet.per_persoon if soort == "persoon" else limiet.per_adres
    assert maat is not None
    for _ in range(maat.keren):
        assert count(limiet, soort, wie, maat, NU) == 0


def try_code(client: Client, *, vanaf: str = ADRES, **koppen: str) -> HttpResponseBase:
    with op_moment(NU):
        return client.post(VOLGEN, {"code": "ABCD-EFGH"}, headers={"x-forwarded-for": vanaf, **koppen})


def client_van(actor: Actor | None = None) -> Client:
    client = Client()
    if actor is not None:
        with op_moment(NU):
            force_actor(client, actor)
    return client


def text(antwoord: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", antwoord.content.decode()).split())


def test_codes_cannot_be_guessed_without_end():
    assert [try_code(Client()).status_code for _ in range(60)] == [422] * 60
    antwoord = try_code(Client())
    assert antwoord.status_code == 429
    assert antwoord.headers["Retry-After"] == "540"
    assert "no-store" in antwoord.headers["Cache-Control"]
    assert "heel veel codes ingevuld" in text(antwoord)
    assert "Wacht 9 minuten en probeer het dan opnieuw." in text(antwoord)


def test_what_a_visitor_puts_before_the_address_makes_nobody_new():
    spend(tabel.VOLGEN, "adres", ADRES)
    assert try_code(Client(), vanaf=f"198.51.100.1, {ADRES}").status_code == 429
    assert try_code(Client(), vanaf=f"{ADRES}, 198.51.100.1").status_code == 422


def test_it_goes_again_in_the_next_window():
    spend(tabel.VOLGEN, "adres", ADRES)
    assert try_code(Client()).status_code == 429
    with op_moment(NU + timedelta(minutes=9)):
        antwoord = Client().post(VOLGEN, {"code": "x"}, headers={"x-forwarded-for": ADRES})
    assert antwoord.status_code == 422


def test_a_script_that_asks_for_json_gets_json():
    spend(tabel.VOLGEN, "adres", ADRES)
    antwoord: Any = try_code(Client(), accept="application/json")
    assert (antwoord.status_code, antwoord.headers["Content-Type"]) == (429, "application/json")
    assert antwoord.json()["code"] == "te-vaak"
    assert antwoord.json()["seconden"] == 540
    assert "text/html" in try_code(Client(), accept="text/html, application/json").headers["Content-Type"]


@pytest.mark.parametrize(
    ("seconden", "over"),
    [(539, "1 seconde"), (505, "35 seconden"), (460, "1 minuut"), (400, "3 minuten")],
)
def test_how_long_to_wait_is_said_as_people_say_it(seconden, over):
    spend(tabel.VOLGEN, "adres", ADRES)
    with op_moment(NU + timedelta(seconds=seconden)):
        antwoord = Client().post(VOLGEN, {"code": "x"}, headers={"x-forwarded-for": ADRES})
    assert f"Wacht {over} en" in text(antwoord)


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


def send(client: Client, ref: object, tekst: str, *, sleutel: str = "s1", na: int = 0) -> HttpResponseBase:
    with op_moment(NU + timedelta(seconds=na)):
        return client.post(
            f"/mijn/zaken/{ref}/berichten/",
            {"bericht": tekst, "sleutel": sleutel, "terug": f"/mijn/zaken/{ref}/"},
            headers={"x-forwarded-for": ADRES},
        )


def test_a_message_beyond_the_limit_comes_back_whole_and_can_be_sent_later(huis):
    zaak = huis.start()
    client = client_van(huis.jeroen)
    spend(tabel.BERICHT, "persoon", huis.jeroen.key)
    antwoord: Any = send(client, zaak.ref, "Mijn lange verhaal over de heg.")
    assert antwoord.status_code == 429
    assert "Dit laatste bericht is nog niet verstuurd." in text(antwoord)
    assert "Mijn lange verhaal over de heg." in text(antwoord)
    assert 'name="bericht" value="Mijn lange verhaal over de heg."' in antwoord.content.decode()
    assert "Probeer opnieuw" in text(antwoord)
    assert not Bericht.objects.exists()
    assert send(client, zaak.ref, "Mijn lange verhaal over de heg.", na=540).status_code == 303
    assert Bericht.objects.count() == 1


def test_documents_beyond_the_limit_are_asked_for_again_and_leave_nothing(huis, settings):
    zaak = huis.start()
    client = client_van(huis.jeroen)
    spend(tabel.UPLOAD, "persoon", huis.jeroen.key)
    voor = set(Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir())  # of tests before this one, in the same folder
    with op_moment(NU):
        antwoord = client.post(
            f"/mijn/zaken/{zaak.ref}/documenten/", {"bestanden": SimpleUploadedFile("brief.pdf", PDF)}
        )
    assert antwoord.status_code == 429
    assert "Uw bestanden zijn niet aangekomen. Ga terug en kies uw bestanden opnieuw." in text(antwoord)
    antwoord.close()
    assert set(Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir()) == voor


def test_who_is_logged_in_is_never_stopped_by_others_behind_the_same_address(huis):
    zaak = huis.start()
    for limiet in (tabel.OPENBAAR, tabel.INLOGGEN, tabel.FORMULIER_ZONDER):
        spend(limiet, "adres", ADRES)
    spend(tabel.BERICHT, "persoon", inwoner("999990020").key)
    client = client_van(huis.jeroen)
    assert send(client, zaak.ref, "Hallo").status_code == 303
    with op_moment(NU):
        verlengd = client.post("/sessie/verlengen/", headers={"x-forwarded-for": ADRES})
    assert verlengd.status_code == 204
    with op_moment(NU):
        assert Client().get("/inloggen/digid/", headers={"x-forwarded-for": ADRES}).status_code == 429


def test_another_browser_is_the_same_person(huis):
    zaak = huis.start()
    spend(tabel.BERICHT, "persoon", huis.jeroen.key)
    assert send(client_van(huis.jeroen), zaak.ref, "Hallo").status_code == 429


def test_reading_writes_nothing_and_searching_counts(huis):
    client = client_van(huis.jeroen)
    with op_moment(NU):
        for pad in ("/mijn/", "/mijn/zaken/", "/mijn/zaken/?q=+", "/mijn/berichten/", VOLGEN):
            assert client.get(pad).status_code == 200
        assert not Limietteller.objects.exists()
        assert client.get("/mijn/zaken/?q=heg").status_code == 200
        assert Limietteller.objects.count() == 1
        for _ in range(149):
            count(tabel.ZOEKEN, "persoon", huis.jeroen.key, Maat(150), NU)
        assert client.get("/mijn/zaken/?q=heg").status_code == 429
        assert client.get("/mijn/zaken/").status_code == 200


def test_without_an_address_nobody_is_counted_by_address():
    """Else everybody would have that of the proxy, and be locked out together."""
    assert try_code(Client(), vanaf="").status_code == 422
    assert not Limietteller.objects.exists()


def test_a_database_that_is_away_gives_back_what_was_typed(monkeypatch):
    def away(*_: object) -> int:
        raise OperationalError

    monkeypatch.setattr(middleware, "count", away)
    antwoord = try_code(Client())
    assert antwoord.status_code == 503
    assert "ABCD-EFGH" in text(antwoord)


def test_it_can_be_off_to_measure(settings):
    settings.ELOKET = settings.ELOKET.model_copy(update={"limieten": False})
    assert try_code(Client()).status_code == 422
    assert not Limietteller.objects.exists()


def test_the_log_tells_the_route_and_nobody(caplog):
    spend(tabel.VOLGEN, "adres", ADRES)
    with caplog.at_level("INFO", logger="eloket"):
        try_code(Client())
    assert "fout te-vaak route loket-volgen" in caplog.text
    assert ADRES not in caplog.text


def test_a_new_browser_for_every_form_does_not_escape_the_limit_of_the_address():
    """Who fills in a form without a login is a person, and anybody can be as many persons as they like."""
    load_meegeleverd()
    begin = "/loket/zonder-inloggen/melding-openbare-ruimte/"
    browser = Client()

    def start(wie: Client, vanaf: str = ADRES) -> HttpResponseBase:
        with op_moment(NU):
            return wie.post(begin, headers={"x-forwarded-for": vanaf})

    assert start(browser, "198.51.100.1").status_code == 303
    spend(tabel.FORMULIER_ZONDER, "adres", ADRES)
    assert start(browser).status_code == 429
    assert start(Client()).status_code == 429
    assert start(browser, "198.51.100.1").status_code == 303


def test_opening_files_counts_for_who_opens_them(huis):
    zaak = huis.start()
    pad = f"/mijn/zaken/{zaak.ref}/documenten/1b6f7d58-0000-4000-8000-000000000000/"
    spend(tabel.DOCUMENT, "persoon", huis.jeroen.key)
    spend(tabel.WERK_DOCUMENT, "persoon", huis.mila.key)
    werk = pad.replace("/mijn/zaken/", "/werkplek/zaken/")
    for actor, waar in ((huis.jeroen, pad), (huis.mila, werk)):
        for doe in ("openen/", "opslaan/"):
            with op_moment(NU):
                antwoord: Any = client_van(actor).get(waar + doe)
            assert antwoord.status_code == 429
            assert "heel vaak een document geopend" in text(antwoord)
