"""What has to be measured inside the application: `python -m bench.inside`, in the environment of one database.

It logs many people in and counts queries and CPU time. It writes one line of JSON (see `Inside`) to standard output.
"""

import json
import subprocess
import sys
from dataclasses import asdict, dataclass

from bench.databases import ROOT, Database
from bench.pages import PAGES, Page


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who is logged in. `ref` is a zaak of theirs and `concept` a form, "" for a civil servant."""

    cookie: str
    ref: str
    concept: str = ""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one page: fewest and most queries over different readers; CPU and template in milliseconds (medians)."""

    minste: int
    meeste: int
    cpu: float
    template: float


@dataclass(frozen=True, slots=True)
class Inside:
    """Who can be logged in as, and what each of PAGES costs, by its name."""

    inwoners: list[Reader]
    medewerkers: list[Reader]
    kosten: dict[str, Cost]

    def requests(self, pagina: Page) -> list[tuple[str, str]]:
        """(path, cookie header) for every reader of this page."""
        lezers = self.medewerkers if pagina.is_medewerker else self.inwoners
        return [(pagina.pad.format(ref=lezer.ref, concept=lezer.concept), lezer.cookie) for lezer in lezers]


def look_inside(database: Database, *, lezers: int) -> Inside:
    """Runs this module on the database, in a process of its own."""
    opdracht = [sys.executable, "-m", "bench.inside", str(database.zaken), str(lezers)]
    klaar = subprocess.run(opdracht, env=database.env, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    ruw = json.loads(klaar.stdout)
    return Inside(
        inwoners=[Reader(**een) for een in ruw["inwoners"]],
        medewerkers=[Reader(**een) for een in ruw["medewerkers"]],
        kosten={naam: Cost(**een) for naam, een in ruw["kosten"].items()},
    )


def _main(zaken: int, lezers: int) -> None:
    import django  # noqa: PLC0415 - only this process has the environment for it

    django.setup()
    from bench import costs, sessions  # noqa: PLC0415 - they import models

    inside = Inside(sessions.log_in_inwoners(zaken, lezers), sessions.log_in_medewerkers(), {})
    for pagina in PAGES:
        inside.kosten[pagina.naam] = costs.measure(pagina, inside.requests(pagina))
    print(json.dumps(asdict(inside)))


if __name__ == "__main__":
    _main(int(sys.argv[1]), int(sys.argv[2]))
