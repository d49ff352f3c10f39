"""Throughput and time of pages on two databases, measured in turn so that what the machine does cancels out."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from bench.load import Generator, Job
from bench.pages import LEEG, PAGES, Page
from bench.server import Server
from bench.values import Inside

# One connection measures the time of a page; several keep the server busy all the time, which measures throughput.
TIME, THROUGHPUT = 1, 4


@dataclass(frozen=True, slots=True)
class Plan:
    """How much to ask: `rondes` times every page on every server, for `seconden` each, at most `hoogstens` answers."""

    rondes: int
    seconden: float
    hoogstens: int = 20_000


@dataclass(frozen=True, slots=True)
class Burst:
    """Of one page on one server in one round: answers per second, their median time and CPU time in milliseconds."""

    per_second: float
    milliseconds: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Ratio:
    """The median over the rounds, and the lowest and highest round: the noise."""

    mediaan: float
    laagste: float
    hoogste: float

    @classmethod
    def of(cls, waarden: Sequence[float]) -> "Ratio":
        return cls(median(waarden), min(waarden), max(waarden))


class Speed:
    """What was measured: a burst per page, number of zaken, connections and round."""

    def __init__(self) -> None:
        self._bursts: dict[tuple[str, int, int], list[Burst]] = defaultdict(list)

    def add(self, pagina: str, zaken: int, verbindingen: int, burst: Burst) -> None:
        self._bursts[pagina, zaken, verbindingen].append(burst)

    def slowdown(self, pagina: Page, klein: int, groot: int) -> Ratio:
        """The time of the page at the large size over its time at the small size."""
        paren = zip(self._of(pagina, groot, TIME), self._of(pagina, klein, TIME), strict=True)
        return Ratio.of([g.milliseconds / k.milliseconds for g, k in paren])

    def more_cpu(self, pagina: Page, klein: int, groot: int) -> Ratio:
        """The same of its CPU time, which other work on the machine hardly changes."""
        paren = zip(self._of(pagina, groot, THROUGHPUT), self._of(pagina, klein, THROUGHPUT), strict=True)
        return Ratio.of([g.cpu / k.cpu for g, k in paren])

    def over_zaken(self, pagina: Page, zaken: int) -> Ratio:
        """Its CPU time in times that of Mijn Zaken, on the same server."""
        paren = zip(self._of(pagina, zaken, THROUGHPUT), self._of(PAGES[0], zaken, THROUGHPUT), strict=True)
        return Ratio.of([p.cpu / z.cpu for p, z in paren])

    def share(self, pagina: Page, zaken: int) -> Ratio:
        """Its part of the throughput of the empty page with the same sessions, on the same server."""
        leeg = next(lege for lege in LEEG if lege.pad == pagina.leeg)
        paren = zip(self._of(pagina, zaken, THROUGHPUT), self._of(leeg, zaken, THROUGHPUT), strict=True)
        return Ratio.of([p.per_second / e.per_second for p, e in paren])

    def cpu_share(self, pagina: Page, zaken: int) -> Ratio:
        """The same of CPU time: its part if nothing but the processor counted, and nobody else used it."""
        leeg = next(lege for lege in LEEG if lege.pad == pagina.leeg)
        paren = zip(self._of(pagina, zaken, THROUGHPUT), self._of(leeg, zaken, THROUGHPUT), strict=True)
        return Ratio.of([e.cpu / p.cpu for p, e in paren])

    def typical(self, pagina: Page, zaken: int, verbindingen: int) -> Burst:
        """The median of each figure. Per second and milliseconds belong to this machine, ratios do not."""
        bursts = self._of(pagina, zaken, verbindingen)
        return Burst(
            median(b.per_second for b in bursts),
            median(b.milliseconds for b in bursts),
            median(b.cpu for b in bursts),
        )

    def _of(self, pagina: Page, zaken: int, verbindingen: int) -> list[Burst]:
        return self._bursts[pagina.naam, zaken, verbindingen]


def measure(generator: Generator, servers: list[tuple[Server, Inside]], plan: Plan) -> Speed:
    """Every page on every server, round after round; the first round only warms up."""
    speed = Speed()
    vanaf: dict[tuple[str, int], int] = defaultdict(int)
    for ronde in range(plan.rondes + 1):
        # In turn from small to large and back: what comes second in one round comes first in the next.
        volgorde = servers if ronde % 2 else servers[::-1]
        for verbindingen in (TIME, THROUGHPUT):
            for pagina in (*LEEG, *PAGES):
                for server, inside in volgorde:
                    plek = (pagina.naam, server.database.zaken)
                    job = Job(
                        server.port,
                        inside.requests(pagina),
                        vanaf[plek],
                        verbindingen,
                        plan.seconden,
                        plan.hoogstens,
                    )
                    burst, aantal = _burst(generator, server, job)
                    vanaf[plek] += aantal
                    if ronde:
                        speed.add(pagina.naam, server.database.zaken, verbindingen, burst)
    return speed


def _burst(generator: Generator, server: Server, job: Job) -> tuple[Burst, int]:
    """What came of the job, and how many answers that were."""
    begin = server.cpu_seconds()
    result = generator.run(job)
    cpu = (server.cpu_seconds() - begin) * 1000 / result.aantal
    return Burst(result.per_second, result.percentile(0.5), cpu), result.aantal
