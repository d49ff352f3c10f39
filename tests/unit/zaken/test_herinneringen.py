"""The rules for reminders: what a manager can change, within which bounds, and what that does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from eloket.audit.models import AuditRegel
from eloket.identity.errors import BeheerGewijzigd, BeheerOngeldig
from eloket.identity.types import Recht
from eloket.kernel import events
from eloket.kernel.errors import NietGevonden
from eloket.kernel.klok import nu, op_moment, vandaag
from eloket.zaken import service as zaken
from eloket.zaken.events import TaakHerinnering
from eloket.zaken.herinneringen import Herinnering, get_regel, list_regels, save_regel
from eloket.zaken.models import Taak
from tests.huis import inwoner, medewerker
from tests.web.werkplek import build_stadhuis

pytestmark = pytest.mark.django_db
BEHEERDER = replace(medewerker(), rechten=frozenset({Recht.BEHEREN}))
DAG = timedelta(days=1)


def test_without_a_change_they_are_as_they_always_were():
    assert [(een.soort.value, een.is_aan, een.dagen) for een in list_regels()] == [
        ("taak", True, 3),
        ("formulier", True, 7),
        ("ongelezen", False, 7),
        ("ander_kanaal", False, 14),
    ]


def test_a_change_counts_and_is_in_the_audit_trail():
    save_regel(BEHEERDER, Herinnering.TAAK, is_aan=True, dagen="5")
    save_regel(BEHEERDER, Herinnering.TAAK, is_aan=True, dagen="5")
    assert get_regel("taak").dagen == 5
    regel = AuditRegel.objects.get()
    assert (regel.actie, regel.kenmerken) == (
        "herinnering.bewaard",
        {"onderdeel": "herinnering:taak", "velden": "dagen"},
    )


@pytest.mark.parametrize("dagen", ["", "0", "15", "-1", "drie", "2.5", "٣", "00000515", "9" * 5000])
def test_a_number_out_of_bounds_is_refused(dagen: str):
    with pytest.raises(BeheerOngeldig):
        save_regel(BEHEERDER, Herinnering.TAAK, is_aan=True, dagen=dagen)
    assert get_regel("taak").dagen == 3


def test_what_somebody_else_changed_is_not_overwritten():
    merk = get_regel("taak").merk
    save_regel(BEHEERDER, "taak", is_aan=True, dagen=5, merk=merk)
    with pytest.raises(BeheerGewijzigd):
        save_regel(BEHEERDER, "taak", is_aan=False, dagen=3, merk=merk)


def test_only_a_manager_and_only_rules_that_there_are():
    for wie in (inwoner(), medewerker()):
        with pytest.raises(NietGevonden):
            save_regel(wie, "taak", is_aan=True, dagen=5)
    with pytest.raises(NietGevonden):
        save_regel(BEHEERDER, "postduif", is_aan=True, dagen=5)


@pytest.fixture
def herinnerd():
    lijst: list[TaakHerinnering] = []
    events.subscribe(TaakHerinnering, lijst.append)
    yield lijst
    events._subscribers[TaakHerinnering].remove(lijst.append)  # type: ignore[arg-type]


def _ask(over: int) -> None:
    huis = build_stadhuis()
    with op_moment(nu() - 20 * DAG):
        zaak = huis.start()
        zaken.ask_answer(
            huis.mila, zaak.ref, titel="Hoe?", toelichting="", deadline=vandaag() + (20 + over) * DAG
        )


def test_a_request_is_reminded_of_when_the_rule_says_and_once(herinnerd):
    _ask(5)
    assert zaken.remind_taken(nu()) == 0
    save_regel(BEHEERDER, "taak", is_aan=True, dagen=6)
    assert zaken.remind_taken(nu()) == 1
    save_regel(BEHEERDER, "taak", is_aan=True, dagen=7)
    assert zaken.remind_taken(nu()) == zaken.remind_taken(nu() - DAG) == 0
    assert len(herinnerd) == 1
    [regel] = AuditRegel.objects.filter(actie="taak.herinnerd")
    [taak] = Taak.objects.all()
    assert (regel.actor_soort, regel.actor_key, regel.object_ref) == ("systeem", "", taak.zaak_ref)
    assert regel.kenmerken == {
        "taak": str(taak.id),
        "soort": "antwoord",
        "betrokkene": taak.betrokkene_key,
    }


def test_a_rule_that_is_off_reminds_nobody(herinnerd):
    _ask(2)
    save_regel(BEHEERDER, "taak", is_aan=False, dagen=3)
    assert zaken.remind_taken(nu()) == 0
    assert herinnerd == []
