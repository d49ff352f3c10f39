"""The worker as a process of its own, killed, stopped and robbed of its database: no mail is lost.

It runs on a SQLite file in a folder of the test, and mails to a real server in this process.
"""

import random
import signal
import sqlite3
import time
import uuid
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from tests.faults.installatie import has_received, ids_of, wait_until
from tests.unit.notifications.mailservers import Hangt, Mailserver, draaiend

pytestmark = pytest.mark.faults


def test_killed_between_commit_and_send_the_mail_still_goes(huis):
    huis.put(1)
    with draaiend(Hangt()) as port:
        worker = huis.start(port)
        wait_until(lambda: huis.count("pogingen = 1"))
        worker.kill()
        worker.wait()
    assert huis.count("verzonden_op IS NULL AND mislukt_op IS NULL") == 1
    goed = Mailserver()
    with draaiend(goed) as port:
        huis.finish(port)
        assert ids_of(goed) == [], "the lease of the dead worker has not ended"
        huis.let_leases_end()
        huis.finish(port)
    assert ids_of(goed) == huis.mails
    assert huis.count("verzonden_op IS NOT NULL") == 1


def test_killed_at_any_moment_no_mail_of_hundreds_is_lost(huis):
    huis.put(300)
    keer = 0
    server = Mailserver()
    with draaiend(server) as port:
        for _ in range(6):
            verder = len(server.ontvangen) + 1
            worker = huis.start(port)
            wait_until(partial(has_received, server, verder))
            time.sleep(random.uniform(0, 0.12))
            worker.kill()
            worker.wait()
            keer += 1
            huis.let_leases_end()
        assert huis.wachtend, "the worker was never killed in the middle of its work"
        huis.finish(port)
    aangekomen = ids_of(server)
    assert set(aangekomen) == set(huis.mails)
    assert len(huis.mails) == 300
    assert len(aangekomen) - 300 <= keer, "a kill repeats the mail at hand at most, under the same Message-ID"
    assert huis.wachtend == 0


@pytest.mark.slow
def test_what_a_dead_worker_held_is_sent_within_its_lease_and_ten_seconds(huis):
    huis.put(1)
    with draaiend(Hangt()) as port:
        worker = huis.start(port)
        wait_until(lambda: huis.count("pogingen = 1"))
        worker.kill()
        worker.wait()
    goed = Mailserver()
    with draaiend(goed) as port:
        huis.start(port)
        wait_until(lambda: goed.ontvangen, seconden=70)
    assert ids_of(goed) == huis.mails


def test_two_workers_send_everything_once(huis):
    huis.put(100)
    server = Mailserver()
    with draaiend(server) as port:
        huis.start(port)
        huis.start(port)
        wait_until(lambda: not huis.wachtend)
    assert sorted(ids_of(server)) == sorted(huis.mails)


def test_asked_to_stop_it_finishes_the_mail_at_hand_and_gives_back_the_rest(huis):
    huis.put(200)
    server = Mailserver()
    with draaiend(server) as port:
        worker = huis.start(port)
        wait_until(lambda: server.ontvangen)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=10) == 0
    assert huis.count("lease_tot IS NOT NULL") == 0
    assert len(server.ontvangen) == huis.count("verzonden_op IS NOT NULL") < 200


def test_a_database_that_does_not_answer_is_waited_for(huis):
    huis.put(1)
    server = Mailserver()
    with draaiend(server) as port, closing(sqlite3.connect(huis.folder / "eloket.sqlite3")) as lock:
        lock.execute("BEGIN IMMEDIATE")
        worker = huis.start(port)
        wait_until(lambda: "antwoordt niet" in huis.log)
        assert server.ontvangen == []
        lock.rollback()
        wait_until(lambda: server.ontvangen)
        assert worker.poll() is None
        wait_until(lambda: "antwoordt weer" in huis.log)
    assert ids_of(server) == huis.mails


def test_a_mail_is_sent_within_seconds_of_the_change(huis):
    server = Mailserver()
    with draaiend(server) as port:
        huis.start(port)
        wait_until(lambda: "worker gestart" in huis.log)
        time.sleep(4)  # it has nothing to do by now
        huis.put(1)
        wait_until(lambda: server.ontvangen, seconden=5)


def test_it_tidies_up_ended_sessions(huis):
    eergisteren = str(datetime.now(UTC) - timedelta(days=2))
    straks = str(datetime.now(UTC) + timedelta(minutes=10))
    for sleutel, verloopt in (("oud", eergisteren), ("nieuw", straks)):
        huis.sql(
            "INSERT INTO identity_sessie (sleutel, inhoud, begin, verloopt, actor_key) VALUES (?, '', ?, ?, '')",
            sleutel, eergisteren, verloopt,
        )  # fmt: skip
    huis.finish(9)
    assert huis.sql("SELECT sleutel FROM identity_sessie") == [("nieuw",)]


def test_it_tidies_up_forms_that_nobody_finished(huis):
    oud = str(datetime.now(UTC) - timedelta(days=31))
    nieuw = str(datetime.now(UTC) - timedelta(days=29))
    for sleutel, gewijzigd in (("oud", oud), ("nieuw", nieuw)):
        huis.sql(
            "INSERT INTO loket_concept (id, eigenaar_key, formulier, versie, invoer, overzicht, bezocht, vensters,"
            " sleutel, revisie, gewijzigd_op, zaak_ref, zaaknummer, code_key, aanvulling_ref, aanvulling_taak,"
            " profiel_key, wie, stap)"
            " VALUES (?, 'k', 'melding-openbare-ruimte', 1, '', '', '[]', '{{}}', ?, 1, ?,"
            " '', '', '', '', '', '', '', '')",
            uuid.uuid4().hex, sleutel, gewijzigd,
        )  # fmt: skip
    huis.publish()
    huis.finish(9)
    assert huis.sql("SELECT sleutel FROM loket_concept") == [("nieuw",)]
