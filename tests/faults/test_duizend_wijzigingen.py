"""kill -9 of web server and worker, at random points of many changes over HTTP: what was confirmed is there once, and
everybody who had to be told of it was.

`ELOKET_PROEF_WIJZIGINGEN=1000` makes more of them, `ELOKET_PROEF_SEED` the same ones again.
"""

import os
import random
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.e2e.product import EIGEN_SERVER, copy_demo, prepared_demo, shared_folder
from tests.faults import boek
from tests.faults.gemeente import LEES, MAAK, Jeroen, Mila, Stadhuis, Werkdag, Wijziging
from tests.faults.installatie import wait_until
from tests.unit.notifications.mailservers import Mailserver, draaiend

AANTAL = int(os.environ.get("ELOKET_PROEF_WIJZIGINGEN", "250"))
SEED = int(os.environ.get("ELOKET_PROEF_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
PARTIJEN = 24
PER_MOORD = 25  # changes between two kills
pytestmark = [
    pytest.mark.faults,
    pytest.mark.slow,
    pytest.mark.timeout(120 + AANTAL * 2),
    EIGEN_SERVER,
]


def test_killed_at_random_points_every_change_is_there_once_and_told(tmp_path_factory, tmp_path: Path):
    tell(f"seed {SEED}, {AANTAL} wijzigingen")
    demo = prepared_demo(shared_folder(tmp_path_factory.getbasetemp()))
    server = Mailserver()
    with draaiend(server) as port:
        stadhuis = Stadhuis(copy_demo(demo, tmp_path / "data"), port)
        try:
            dag = run_day(stadhuis)
            send_the_rest(stadhuis)
        finally:
            stadhuis.stop()
    assert_changed_once(stadhuis, dag.wijzigingen)
    gelezen = boek.read(stadhuis.product.sql)
    dubbel = boek.assert_accounted_for(gelezen, server)
    boek.assert_in_order(gelezen, [server])
    tell(
        f"{dict(stadhuis.gedood)} gedood; {sum(een.keren > 1 for een in dag.wijzigingen)} keer opnieuw verstuurd;"
        f" {len(gelezen.notificaties)} notificaties, {len(gelezen.zendingen)} e-mails, dubbel: {dubbel}"
    )
    assert dubbel.zonder_eind <= stadhuis.gedood["worker"], "a kill repeats the mail at hand at most"
    assert (dubbel.tegelijk, dubbel.onzeker) == (0, 0)
    assert_reports_agree(stadhuis)
    assert "Traceback" not in stadhuis.product.log


def tell(regel: str) -> None:
    """On the screen with -s, and in the report of a failure."""
    sys.stderr.write(f"{regel}\n")


def run_day(stadhuis: Stadhuis) -> Werkdag:
    """Everybody works; meanwhile processes are killed, most often in the middle of something."""
    kans = random.Random(SEED)
    eigen, *refs = stadhuis.run(MAAK, str(PARTIJEN))
    stadhuis.start("web", "worker")
    dag = Werkdag([Jeroen(stadhuis, eigen, SEED), Mila(stadhuis, refs, SEED)], AANTAL)
    dag.begin()
    doel = PER_MOORD // 2
    while dag.bezig:
        if dag.bevestigd < doel:
            time.sleep(0.005)
            continue
        doel += kans.randint(PER_MOORD // 2, PER_MOORD * 3 // 2)
        stadhuis.let_pass(11)  # bursts end, leases too: the worker has something to do when it is killed
        time.sleep(kans.random() * 0.4)
        namen = kans.choice([("worker",), ("worker",), ("web",), ("web", "worker")])
        stadhuis.kill(*namen)
        stadhuis.start(*namen)
    assert stadhuis.gedood["worker"] >= 2
    assert stadhuis.gedood["web"] >= 1
    return dag


def send_the_rest(stadhuis: Stadhuis) -> None:
    """Time goes on until nothing waits."""

    def is_klaar() -> bool:
        stadhuis.let_pass(11)
        time.sleep(0.5)
        [(wachtend,)] = stadhuis.product.sql(
            "SELECT (SELECT count(*) FROM notifications_notificatie WHERE zending_id IS NULL AND uitkomst = '')"
            " + (SELECT count(*) FROM notifications_zending WHERE verzonden_op IS NULL AND mislukt_op IS NULL)"
        )
        return not wachtend

    wait_until(is_klaar, seconden=90)


def assert_changed_once(stadhuis: Stadhuis, wijzigingen: list[Wijziging]) -> None:
    """Each is in the database once, and who had to hear of it has one notification of it."""
    stand = stadhuis.run(LEES)
    assert len(wijzigingen) == AANTAL
    assert all(een.is_bevestigd for een in wijzigingen)
    gevonden = Counter((soort, tekst) for soort, rijen in stand.items() for _, tekst, _ in rijen)
    telefoon = [een.merk for een in wijzigingen if een.soort == "telefoon"]
    for een in wijzigingen:
        keer = gevonden[een.soort, een.merk]
        assert keer == (1 if een.soort != "telefoon" or een.merk == telefoon[-1] else 0), (een, keer)
    gelezen = boek.read(stadhuis.product.sql)
    verteld = Counter((een.soort, een.onderwerp) for een in gelezen.notificaties)
    ids = {(soort, tekst): pk for soort, rijen in stand.items() for pk, tekst, _ in rijen}
    van_gemeente = {"bericht": "bericht_beantwoord", "vraag": "document_gevraagd"}
    for een in wijzigingen:
        if een.door_gemeente and een.soort in van_gemeente:
            assert verteld[van_gemeente[een.soort], ids[een.soort, een.merk]] == 1, een
    statussen = sum(een.soort == "status" for een in wijzigingen)
    begin = sum(een.soort == "zaak_ontvangen" for een in gelezen.notificaties if een.zending)
    assert begin == PARTIJEN + 1
    assert statussen == sum(een.soort == "status_gewijzigd" for een in gelezen.notificaties if een.zending)


def assert_reports_agree(stadhuis: Stadhuis) -> None:
    """The commands that a municipality has come to the same conclusion."""
    verslag = stadhuis.product.command("verantwoording")
    assert verslag.returncode == 0, verslag.stdout + verslag.stderr
    assert "Alles is verklaard." in verslag.stdout
    bewijs = stadhuis.product.command("controleer-bewijs")
    assert bewijs.returncode == 0, bewijs.stdout + bewijs.stderr
    documenten = stadhuis.product.command("controleer-documenten", "--volledig", "--ruim-op")
    assert documenten.returncode == 0, documenten.stdout + documenten.stderr
