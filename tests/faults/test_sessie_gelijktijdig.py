"""Many requests of one session at the same moment, on a database with real concurrency: each keeps what it wrote."""

import threading

import pytest
from django.db import connection

from eloket.identity.actor import actor_to_dict
from eloket.identity.samenloop import BLIJFT
from eloket.identity.sessie import ACTOR, SessionStore
from eloket.identity.testing import inwoner

pytestmark = [pytest.mark.faults, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
AANTAL = 8


def test_of_requests_that_all_read_before_any_wrote_nothing_is_lost():
    sessie = SessionStore()
    sessie[ACTOR] = actor_to_dict(inwoner())
    sessie.save()
    klaar, fouten = threading.Barrier(AANTAL), []

    def write(nummer: int) -> None:
        try:
            eigen = SessionStore(sessie.session_key)
            eigen[BLIJFT] = {"balie": {**eigen.get(BLIJFT, {}).get("balie", {}), str(nummer): {"id": nummer}}}
            klaar.wait(30)
            eigen.save()
        except Exception as fout:  # noqa: BLE001 - told by the test
            fouten.append(fout)
        finally:
            connection.close()

    draden = [threading.Thread(target=write, args=(nummer,)) for nummer in range(AANTAL)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(60)
    assert not fouten
    assert set(SessionStore(sessie.session_key)[BLIJFT]["balie"]) == {str(een) for een in range(AANTAL)}
