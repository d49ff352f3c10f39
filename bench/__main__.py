"""`make bench`: measures speed and scale and prints them as ratios, with the goal beside each."""

import os
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from contextlib import ExitStack
from pathlib import Path

from bench import memory, outbox, report, speed
from bench.databases import RESULTS, ROOT, Database, get_sqlite, made_on_postgres
from bench.inside import look_inside
from bench.load import generator
from bench.server import running
from bench.weight import weigh

_SNEL = {"zaken": [10_000, 50_000], "rondes": 2, "seconden": 0.3, "wachtend": 20_000}
_FOR_MEMORY = 300  # zaken: how many there are makes no difference to a file


def main() -> int:
    """The exit code: 1 with --streng when a goal is missed by more than the noise, else 0."""
    keuze = _parse()
    server = os.environ.get("DATABASE_URL", "")
    if keuze.postgres and not server:
        # An own PostgreSQL for as long as it takes; this very command runs again inside.
        opdracht = [str(ROOT / "scripts" / "with-postgres"), sys.executable, "-m", "bench", *sys.argv[1:]]
        return subprocess.run(opdracht, cwd=ROOT, check=False).returncode
    begin = time.monotonic()
    keuze.map.mkdir(parents=True, exist_ok=True)
    if keuze.alleen_outbox:
        return _finish(_measure_outbox(keuze), begin, keuze)
    with ExitStack() as stapel:
        klein, groot = (
            stapel.enter_context(made_on_postgres(zaken, keuze.map, server))
            if keuze.postgres
            else get_sqlite(zaken, keuze.map)
            for zaken in keuze.zaken
        )
        report.print_databases([klein, groot])
        doelen = _measure_pages(klein, groot, keuze)
    doelen += _measure_files(keuze)
    doelen += _measure_outbox(keuze)
    return _finish(doelen, begin, keuze)


def _finish(doelen: list[report.Goal], begin: float, keuze: Namespace) -> int:
    report.print_goals(doelen)
    print(f"Klaar in {(time.monotonic() - begin) / 60:.1f} minuten.")
    return int(keuze.streng and any(doel.oordeel is report.Oordeel.GEMIST for doel in doelen))


def _parse() -> Namespace:
    parser = ArgumentParser(prog="python -m bench", description="Meet snelheid en schaal van E-loket.")
    parser.add_argument("--zaken", type=int, nargs=2, metavar=("KLEIN", "GROOT"), default=[10_000, 1_000_000])
    parser.add_argument("--snel", action="store_true", help="minder zaken en minder rondes: een indruk")
    parser.add_argument("--postgres", action="store_true", help="op PostgreSQL (DATABASE_URL, of een eigen)")
    parser.add_argument("--rondes", type=int, default=5)
    parser.add_argument("--seconden", type=float, default=0.7, help="per pagina, server en ronde")
    parser.add_argument("--lezers", type=int, default=500, help="zo veel verschillende inwoners")
    parser.add_argument(
        "--bestand", type=int, default=memory.SIZE, metavar="BYTES", help="omvang per bestand"
    )
    parser.add_argument("--wachtend", type=int, default=100_000, help="zo veel notificaties in de outbox")
    parser.add_argument("--alleen-outbox", action="store_true", help="meet alleen de outbox")
    parser.add_argument("--map", type=Path, default=RESULTS, help="waar de databases blijven staan")
    parser.add_argument("--streng", action="store_true", help="eindig met code 1 als een doel gemist is")
    eerst = parser.parse_known_args()[0]
    if eerst.snel:
        parser.set_defaults(**_SNEL)
    return parser.parse_args()


def _measure_pages(klein: Database, groot: Database, keuze: Namespace) -> list[report.Goal]:
    binnen = {database: look_inside(database, lezers=keuze.lezers) for database in (klein, groot)}
    doelen = report.report_queries(binnen[klein], binnen[groot]) + report.report_conditions(binnen[groot])
    plan = speed.Plan(rondes=keuze.rondes, seconden=keuze.seconden)
    for threads in (1, 16):
        with ExitStack() as stapel:
            servers = [
                (stapel.enter_context(running(database, threads=threads)), inside)
                for database, inside in binnen.items()
            ]
            gemeten = speed.measure(stapel.enter_context(generator()), servers, plan)
        doelen += report.report_speed(gemeten, klein.zaken, groot.zaken, threads)
    return doelen


def _measure_files(keuze: Namespace) -> list[report.Goal]:
    """On a database of its own, gone afterwards: what is uploaded here must not stay."""
    with tempfile.TemporaryDirectory(prefix="eloket-bench-") as map_:
        database = get_sqlite(_FOR_MEMORY, Path(map_))
        inside = look_inside(database, lezers=100)
        inwoner = inside.inwoners[0]
        with running(database, threads=16) as server:
            groei, boek = memory.measure(server, inside, omvang=keuze.bestand)
            paden = (
                ("de voordeur", "/", ""),
                ("inloggen", "/inloggen/", ""),
                ("Mijn overzicht", "/mijn/", inwoner.cookie),
                ("Mijn Zaken", "/mijn/zaken/", inwoner.cookie),
                ("een zaak", f"/mijn/zaken/{inwoner.ref}/", inwoner.cookie),
            )
            gewichten = [(naam, weigh(server.port, pad, cookie)) for naam, pad, cookie in paden]
    return report.report_memory(groei, boek, keuze.bestand) + report.report_weight(gewichten)


def _measure_outbox(keuze: Namespace) -> list[report.Goal]:
    """Also on databases of its own."""
    with tempfile.TemporaryDirectory(prefix="eloket-bench-") as map_:
        gemeten = outbox.measure(
            Path(map_), aantal=keuze.wachtend, rondes=keuze.rondes, seconden=keuze.seconden
        )
    return report.report_outbox(gemeten)


if __name__ == "__main__":
    sys.exit(main())
