"""The print queue: taken by one, printed as often as needed, posted on a day, and undone."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from eloket.identity.types import Recht
from eloket.kernel.klok import nu, op_moment, schrijf_datum, vandaag
from eloket.notifications.brieven.adressen import find_adressen
from eloket.notifications.brieven.models import Briefbundel, BriefInhoud
from eloket.notifications.retour.verwerken import verwerk
from eloket.profile import service as profile
from eloket.profile.testing import JEROEN, FakePersonenBron
from tests.uitwijken import bounce, give_address, mail
from tests.web.werkplek import Stadhuis, build_stadhuis, client_of, text_of

pytestmark = pytest.mark.django_db
PAD = "/werkplek/brieven/"


@pytest.fixture
def huis() -> Stadhuis:
    """With one letter that is ready."""
    profile.configure(FakePersonenBron())
    huis = build_stadhuis()
    give_address(huis.jeroen)
    verwerk(bounce(mail(huis.jeroen, huis.start("Vergunning Lindelaan").ref)))
    find_adressen(nu())
    return huis


def take(huis: Stadhuis) -> UUID:
    assert client_of(huis.mila).post(PAD).status_code == 303
    return Briefbundel.objects.get(ingetrokken_op=None).pk


def press(huis: Stadhuis, bundel: UUID, knop: str, dag: str = "", *, actor=None):
    return client_of(actor or huis.mila).post(f"{PAD}{bundel}/", {"knop": knop, "dag": dag})


def test_the_queue_names_nobody(huis):
    html = text_of(client_of(huis.mila).get(PAD))
    assert "Er staat 1 brief klaar." in html
    kenmerk = BriefInhoud.objects.get().pk.hex[:8].upper()
    assert kenmerk in html
    for geheim in (JEROEN.achternaam, "Lindelaan", "1234 AB", "999990019"):
        assert geheim not in html


def test_who_takes_them_has_them_and_the_next_finds_none(huis):
    bundel = take(huis)
    antwoord = client_of(huis.omar).post(PAD, follow=True)
    assert "Misschien heeft een collega ze net gepakt." in text_of(antwoord)
    assert Briefbundel.objects.count() == 1
    html = text_of(client_of(huis.omar).get(PAD))
    assert "Gepakt door" in html
    assert "Mila Jansen" in html
    assert f"{PAD}{bundel}/pdf/" in html


def test_the_letters_are_a_pdf_that_nobody_else_keeps(huis):
    bundel = take(huis)
    antwoord = client_of(huis.mila).get(f"{PAD}{bundel}/pdf/")
    assert b"".join(antwoord).startswith(b"%PDF-")
    assert antwoord["Cache-Control"] == "private, no-store"
    assert re.fullmatch(
        rf'attachment; filename="?brieven-{vandaag().isoformat()}-{bundel.hex[:8].upper()}\.pdf"?',
        antwoord["Content-Disposition"],
    )


def test_a_bundle_keeps_the_name_of_its_own_day(huis):
    bundel = take(huis)
    with op_moment(nu() + timedelta(days=3)):
        antwoord = client_of(huis.mila).get(f"{PAD}{bundel}/pdf/")
    assert f"brieven-{vandaag().isoformat()}-" in antwoord["Content-Disposition"]


def test_posted_not_posted_and_back_in_the_queue(huis):
    bundel = take(huis)
    assert press(huis, bundel, "gepost", vandaag().isoformat()).status_code == 303
    assert f"Op de post gedaan op {schrijf_datum(vandaag())}" in text_of(client_of(huis.mila).get(PAD))
    press(huis, bundel, "niet-gepost")
    assert "Nog niet op de post gedaan." in text_of(client_of(huis.mila).get(PAD))
    press(huis, bundel, "terug")
    assert "1 brief wacht op een adres uit het register." in text_of(client_of(huis.mila).get(PAD))
    find_adressen(nu())
    assert "Er staat 1 brief klaar." in text_of(client_of(huis.mila).get(PAD))
    assert client_of(huis.mila).get(f"{PAD}{bundel}/pdf/").status_code == 404


@pytest.mark.parametrize("dag", ["", "gisteren", (vandaag() + timedelta(days=1)).isoformat(), "2020-01-01"])
def test_a_day_that_cannot_be_comes_back_with_what_was_typed(huis, dag):
    bundel = take(huis)
    antwoord = press(huis, bundel, "gepost", dag)
    assert antwoord.status_code == 422
    html = text_of(antwoord)
    assert f'name="dag" value="{dag}"' in html
    assert f'href="#dag-{bundel}"' in html
    assert Briefbundel.objects.get().gepost_op is None


def test_a_step_that_a_colleague_did_already_is_said_and_changes_nothing(huis):
    bundel = take(huis)
    press(huis, bundel, "gepost", vandaag().isoformat())
    antwoord = client_of(huis.omar).post(f"{PAD}{bundel}/", {"knop": "terug"}, follow=True)
    assert "al op de post gedaan" in text_of(antwoord)
    assert Briefbundel.objects.get().gepost_op == vandaag()


@pytest.mark.parametrize("rechten", [frozenset(), frozenset({Recht.BEHANDELEN, Recht.BEHEREN})])
def test_for_who_may_not_divide_the_work_there_is_no_such_page(huis, rechten):
    bundel, wie = take(huis), replace(huis.omar, rechten=rechten)
    client = client_of(wie)
    assert client.get(PAD).status_code == client.post(PAD).status_code == 404
    assert client.get(f"{PAD}{bundel}/pdf/").status_code == 404
    for knop in ("gepost", "niet-gepost", "terug"):
        assert press(huis, bundel, knop, vandaag().isoformat(), actor=wie).status_code == 404
    assert PAD not in text_of(client.get("/werkplek/"))


def test_a_bundle_that_is_not_there_or_a_button_that_is_not_there_is_nothing(huis):
    bundel = take(huis)
    assert press(huis, uuid4(), "gepost", vandaag().isoformat()).status_code == 404
    assert press(huis, bundel, "onzin").status_code == 404


def test_a_letter_that_waits_for_the_register_is_told(huis):
    BriefInhoud.objects.update(adres="")
    html = text_of(client_of(huis.mila).get(PAD))
    assert "1 brief wacht op een adres uit het register" in html
    assert "Er zijn nu geen brieven om te printen." in html
