"""Several workers at once, killed together, or stopped for longer than their lease: on SQLite and on PostgreSQL."""

import random
import signal
import time

import pytest

from tests.faults import boek
from tests.faults.installatie import Huis, has_received, ids_of, wait_until
from tests.unit.notifications.mailservers import Mailserver, Traag, draaiend

pytestmark = [
    pytest.mark.faults,
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.django_db(transaction=True),
]
PARTIJEN, PER_PARTIJ = 40, 6


def finish(huis: Huis, port: int) -> None:
    """Time goes on, and a worker runs, until nothing waits."""
    for _ in range(12):
        huis.let_pass(11)
        huis.finish(port)
        if not huis.wachtend:
            return
    raise AssertionError(f"{huis.wachtend} notificaties gingen niet weg")


def test_two_workers_deliver_everything_once_and_in_order(elk_huis: Huis):
    elk_huis.put_for_parties(PARTIJEN, PER_PARTIJ)
    server = Mailserver()
    with draaiend(server) as port:
        workers = [elk_huis.start(port), elk_huis.start(port)]
        for _ in range(20):
            wachtend = elk_huis.wachtend
            time.sleep(0.5)
            elk_huis.let_pass(11, leases=False)
            if not wachtend:
                break
        for worker in workers:
            worker.send_signal(signal.SIGTERM)
        assert [worker.wait(timeout=60) for worker in workers] == [0, 0]
        finish(elk_huis, port)
    gelezen = boek.read(elk_huis.sql)
    assert boek.assert_accounted_for(gelezen, server).alle == 0
    boek.assert_in_order(gelezen, [server])
    assert len(gelezen.notificaties) == PARTIJEN * PER_PARTIJ
    assert all(een.zending for een in gelezen.notificaties)


def test_two_workers_that_are_killed_at_any_moment_lose_nothing_and_double_one_mail_each(elk_huis: Huis):
    elk_huis.put_for_parties(PARTIJEN, PER_PARTIJ)
    kans, server, keren = random.Random(), Mailserver(), 0
    with draaiend(server) as port:
        for _ in range(4):
            verder = len(server.ontvangen) + 1
            workers = [elk_huis.start(port), elk_huis.start(port)]
            try:
                wait_until(lambda verder=verder: has_received(server, verder), seconden=40)  # type: ignore[misc]
            finally:
                time.sleep(kans.random() * 0.2)
                elk_huis.kill(*workers)
            keren += len(workers)
            boek.assert_whole(boek.read(elk_huis.sql))
            elk_huis.let_pass(11)
        finish(elk_huis, port)
    gelezen = boek.read(elk_huis.sql)
    dubbel = boek.assert_accounted_for(gelezen, server)
    assert dubbel.zonder_eind == dubbel.alle <= keren
    boek.assert_in_order(gelezen, [server])
    assert len(set(ids_of(server))) == len(gelezen.zendingen)


def test_a_worker_that_is_stopped_for_longer_than_its_lease_doubles_the_mail_at_hand_at_most(elk_huis: Huis):
    """As a virtual machine that is frozen and goes on. What it had claimed and not begun, it leaves to the other."""
    elk_huis.put_for_parties(10, 1)
    server = Traag(0.4)
    with draaiend(server) as port:
        bevroren = elk_huis.start(port)
        wait_until(lambda: server.is_begonnen)
        bevroren.send_signal(signal.SIGSTOP)
        aantal_klaar = elk_huis.count("verzonden_op IS NOT NULL")
        elk_huis.let_leases_end()
        finish(elk_huis, port)
        assert elk_huis.count("verzonden_op IS NOT NULL") == 10 > aantal_klaar
        bevroren.send_signal(signal.SIGCONT)
        time.sleep(3)
        bevroren.send_signal(signal.SIGTERM)
        assert bevroren.wait(timeout=40) == 0, "it goes on as if nothing had happened"
    gelezen = boek.read(elk_huis.sql)
    dubbel = boek.assert_accounted_for(gelezen, server)
    assert dubbel.alle <= 1
    assert dubbel.zonder_eind + dubbel.tegelijk == dubbel.alle
    boek.assert_in_order(gelezen, [server])
