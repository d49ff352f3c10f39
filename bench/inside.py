"""What has to be measured inside the application: `python -m bench.inside`, in the environment of one database.

It logs many people in and counts queries and CPU time. It writes one line of JSON (see `Inside`) to standard output.
"""

import json
import subprocess
import sys
from dataclasses import asdict

from bench.databases import ROOT, Database
from bench.pages import PAGES
from bench.values import Cost, Inside, Reader


def look_inside(database: Database, *, lezers: int) -> Inside:
    """Runs this module on the database, in a process of its own."""
    opdracht = [sys.executable, "-m", "bench.inside", str(database.zaken), str(lezers)]
    klaar = subprocess.run(opdracht, env=database.env, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    ruw = json.loads(klaar.stdout)
    return Inside(
        inwoners=[Reader(**een) for een in ruw["inwoners"]],
        medewerkers=[Reader(**een) for een in ruw["medewerkers"]],
        kosten={naam: Cost(**een) for naam, een in ruw["kosten"].items()},
        voorwaarden=ruw["voorwaarden"],
    )


def _main(zaken: int, lezers: int) -> None:
    import django  # noqa: PLC0415 - only this process has the environment for it

    django.setup()
    from bench import conditions, costs, sessions  # noqa: PLC0415 - they import models

    inwoners, medewerkers = sessions.log_in_inwoners(zaken, lezers), sessions.log_in_medewerkers()
    inside = Inside(inwoners, medewerkers, {}, conditions.measure())
    for pagina in PAGES:
        inside.kosten[pagina.naam] = costs.measure(pagina, inside.requests(pagina))
    print(json.dumps(asdict(inside)))


if __name__ == "__main__":
    _main(int(sys.argv[1]), int(sys.argv[2]))
