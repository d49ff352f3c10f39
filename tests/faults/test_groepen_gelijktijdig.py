"""Two logins of one civil servant at the same moment, on a database with real concurrency."""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpRequest

from eloket.identity import groepen
from eloket.identity.claims import actor_from_claims
from eloket.identity.middel import Groep, Middel, make_middel
from eloket.identity.models import Medewerker, Sessie
from eloket.identity.niveaus import MiddelSoort
from eloket.identity.service import log_in
from eloket.identity.sessie import SessionStore
from eloket.identity.types import Recht

pytestmark = [pytest.mark.faults, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def middel() -> Middel:
    kaal = make_middel(
        "medewerker", MiddelSoort.MEDEWERKER, issuer="https://x.example", client_id="a", client_secret="b"
    )
    return replace(
        kaal,
        groepen=(
            Groep("behandelaars", rechten=frozenset({Recht.BEHANDELEN})),
            Groep("beheer", rechten=frozenset({Recht.BEHEREN})),
        ),
    )


def together(*werk: Callable[[], None]) -> list[BaseException]:
    fouten: list[BaseException] = []

    def run(doe: Callable[[], None]) -> None:
        try:
            doe()
        except BaseException as fout:  # noqa: BLE001 - told by the test
            fouten.append(fout)
        finally:
            connection.close()

    draden = [threading.Thread(target=run, args=(een,)) for een in werk]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(60)
    return fouten


def test_of_two_first_logins_at_once_one_row_comes():
    claims: dict[str, Any] = {"sub": "m-1", "name": "Mila", "groups": ["behandelaars"]}
    klaar = threading.Barrier(4)

    def log() -> None:
        klaar.wait(30)
        with transaction.atomic():
            assert groepen.keep_up(middel(), claims)

    assert together(*[log] * 4) == []
    assert Medewerker.objects.get().rechten == ["behandelen"]


def test_a_login_with_the_old_groups_leaves_no_session_when_the_new_ones_win():
    """The first holds the row until its session is there; the second, which comes with fewer groups, ends that one."""
    een = middel()
    met: dict[str, Any] = {"sub": "m-1", "name": "Mila", "groups": ["behandelaars", "beheer"]}
    zonder = {**met, "groups": ["behandelaars"]}
    begonnen = threading.Event()

    def old() -> None:
        with transaction.atomic():
            groepen.keep_up(een, met)
            begonnen.set()
            threading.Event().wait(0.5)
            _session(een, met)

    def new() -> None:
        begonnen.wait(30)
        with transaction.atomic():
            groepen.keep_up(een, zonder)
            _session(een, zonder)

    assert together(old, new) == []
    assert Medewerker.objects.get().rechten == ["behandelen"]
    assert Sessie.objects.exclude(actor_key="").count() == 1


def _session(een: Middel, claims: dict[str, Any]) -> None:
    request = HttpRequest()
    request.session = SessionStore(None)
    log_in(request, actor_from_claims(een, claims, lambda _: ""))
