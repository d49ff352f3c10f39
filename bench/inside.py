"""What has to be measured inside the application: `python -m bench.inside`, in the environment of one database.

It logs many people in and counts queries and CPU time. It writes one line of JSON (see `Inside`) to standard output.
"""

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from urllib.parse import quote

from bench.databases import ROOT, Database
from bench.pages import PAGES, Page


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who is logged in. `ref` is a zaak of theirs (of a civil servant: of their afdeling), with its number and
    the name of an applicant of theirs whose name nobody else has. `concept` is a form of a resident;
    `gesprek` a zaak with messages, for the page that shows them.
    """

    cookie: str
    ref: str
    nummer: str = ""
    naam: str = ""
    concept: str = ""
    gesprek: str = ""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one page: fewest and most queries over different readers; CPU and template in milliseconds (medians)."""

    minste: int
    meeste: int
    cpu: float
    template: float


@dataclass(frozen=True, slots=True)
class Inside:
    """Who can be logged in as, what each of PAGES costs, by its name, and the milliseconds of a pass over a form."""

    inwoners: list[Reader]
    medewerkers: list[Reader]
    kosten: dict[str, Cost]
    voorwaarden: float

    def requests(self, pagina: Page) -> list[tuple[str, str]]:
        """(path, cookie header) for every reader of this page."""
        lezers = self.medewerkers if pagina.is_medewerker else self.inwoners
        return [(pagina.pad.format(**_places(lezer)), lezer.cookie) for lezer in lezers]


def _places(lezer: Reader) -> dict[str, str]:
    """What an address of a page may hold."""
    return {
        "ref": lezer.ref,
        "nummer": lezer.nummer,
        "naam": quote(lezer.naam),
        "concept": lezer.concept,
        "gesprek": lezer.gesprek,
    }


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
