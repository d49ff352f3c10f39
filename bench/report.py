"""The goals, and the tables that tell whether they are met."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bench.databases import Database
from bench.memory import Account, Growth
from bench.outbox import Outbox
from bench.pages import LEEG, PAGES
from bench.speed import THROUGHPUT, TIME, Ratio, Speed
from bench.values import Inside
from bench.weight import Weight

MAX_SLOWDOWN = 1.3  # time at the large size over time at the small size
MAX_WEIGHT = 80_000  # bytes of a first page, with style sheet, font, scripts and icons
MAX_GROWTH = 40  # MB
MIN_MAIL = (
    0.02  # of what a bare SMTP loop sends: each mail is three commits that wait for the disk, and its proof
)
MAX_POLL = 5  # ms of a look into the outbox with nothing to do
MAX_CONDITIONS = 2  # ms for a pass over a form of 300 fields


class Oordeel(StrEnum):
    """Whether a goal is met. RUIS: missed in the median, met in the best round; measure again on a quiet machine."""

    GEHAALD = "gehaald"
    RUIS = "in de ruis"
    GEMIST = "GEMIST"


@dataclass(frozen=True, slots=True)
class Goal:
    """One line of the last table."""

    wat: str
    gemeten: str
    doel: str
    oordeel: Oordeel


def at_most(wat: str, ratio: Ratio, grens: float) -> Goal:
    oordeel = Oordeel.GEHAALD if ratio.mediaan <= grens else Oordeel.RUIS
    oordeel = Oordeel.GEMIST if ratio.laagste > grens else oordeel
    return Goal(wat, write_ratio(ratio), f"<= {grens:.2f}", oordeel)


def at_least(wat: str, ratio: Ratio, grens: float, *, decimalen: int = 2) -> Goal:
    oordeel = Oordeel.GEHAALD if ratio.mediaan >= grens else Oordeel.RUIS
    oordeel = Oordeel.GEMIST if ratio.hoogste < grens else oordeel
    return Goal(wat, write_ratio(ratio, decimalen), f">= {grens:.{decimalen}f}", oordeel)


def exactly(wat: str, gemeten: str, doel: str, *, is_met: bool) -> Goal:
    """For what has no noise."""
    return Goal(wat, gemeten, doel, Oordeel.GEHAALD if is_met else Oordeel.GEMIST)


def write_ratio(ratio: Ratio, decimalen: int = 2) -> str:
    mediaan, laagste, hoogste = (
        f"{deel:.{decimalen}f}" for deel in (ratio.mediaan, ratio.laagste, ratio.hoogste)
    )
    return f"{mediaan} ({laagste}-{hoogste})"


def print_table(kop: str, kolommen: Sequence[str], rijen: Iterable[Sequence[str]]) -> None:
    """The first column to the left, the others to the right."""
    alle = [list(kolommen), *(list(rij) for rij in rijen)]
    breedten = [max(len(rij[plek]) for rij in alle) for plek in range(len(kolommen))]
    print(f"\n{kop}\n{'-' * len(kop)}")
    for rij in alle:
        rest = "  ".join(tekst.rjust(breedte) for tekst, breedte in zip(rij[1:], breedten[1:], strict=True))
        print(f"{rij[0].ljust(breedten[0])}  {rest}", flush=True)


def print_databases(databases: Sequence[Database]) -> None:
    rijen = [
        (
            f"{d.zaken:,} zaken",
            f"{d.seconden:.0f} s",
            f"{d.zaken / d.seconden:,.0f}",
            f"{d.bytes / 1e6:,.0f} MB",
        )
        for d in databases
    ]
    print_table("Vullen met `eloket seed`", ("database", "duur", "zaken/s", "omvang"), rijen)


def report_queries(klein: Inside, groot: Inside) -> list[Goal]:
    """The table of what happens inside, and a goal per page: no more queries at the large size than at the small."""
    rijen, doelen = [], []
    for pagina in PAGES:
        weinig, veel = klein.kosten[pagina.naam], groot.kosten[pagina.naam]
        spreiding = f"{veel.minste}-{veel.meeste}" if veel.minste != veel.meeste else str(veel.meeste)
        rijen.append((pagina.naam, spreiding, f"{veel.cpu:.1f} ms", f"{veel.template:.1f} ms"))
        doelen.append(
            exactly(
                f"{pagina.naam}: queries, groot en klein",
                f"{veel.meeste} en {weinig.meeste}",
                "niet meer",
                is_met=veel.meeste <= weinig.meeste,
            )
        )
    kolommen = ("pagina", "queries", "CPU", "waarvan template")
    print_table("Binnenin, bij veel zaken (queries met de sessie erbij; van leeg tot vol)", kolommen, rijen)
    return doelen


def report_conditions(inside: Inside) -> list[Goal]:
    """The one goal in time itself: a form is worked out anew for every page of it."""
    tijd = inside.voorwaarden
    is_met = tijd < MAX_CONDITIONS
    return [exactly("300 gekoppelde voorwaarden", f"{tijd:.2f} ms", f"< {MAX_CONDITIONS} ms", is_met=is_met)]


def report_speed(speed: Speed, klein: int, groot: int, threads: int) -> list[Goal]:
    """The table of times and throughput, and the goals of the issue. Ratios first: they outlive the machine."""
    rijen, doelen = [], []
    draad = f"{threads} thread{'s' if threads > 1 else ''}"
    for pagina in (*LEEG, *PAGES):
        tijd, deel = speed.slowdown(pagina, klein, groot), speed.share(pagina, groot)
        meer_cpu, cpu_deel = speed.more_cpu(pagina, klein, groot), speed.cpu_share(pagina, groot)
        een, vier = speed.typical(pagina, groot, TIME), speed.typical(pagina, groot, THROUGHPUT)
        rijen.append((
            pagina.naam, write_ratio(tijd), f"{meer_cpu.mediaan:.2f}", write_ratio(deel), f"{cpu_deel.mediaan:.2f}",
            f"{een.milliseconds:.1f}", f"{een.cpu:.1f}", f"{vier.per_second:,.0f}",
        ))  # fmt: skip
        if pagina.is_promised:
            doelen.append(at_most(f"{pagina.naam}: tijd, groot / klein ({draad})", tijd, MAX_SLOWDOWN))
        if pagina.share:
            doelen.append(at_least(f"{pagina.naam}: deel van leeg ({draad})", deel, pagina.share))
        if pagina.over_zaken:
            wat = f"{pagina.naam}: CPU in keren Mijn Zaken ({draad})"
            doelen.append(at_most(wat, speed.over_zaken(pagina, groot), pagina.over_zaken))
    kolommen = ("pagina", "tijd groot/klein", "in CPU", "deel van leeg", "in CPU", "ms", "CPU ms", "per s")
    print_table(f"Pagina's, webserver met {draad}", kolommen, rijen)
    return doelen


def report_weight(gewichten: Sequence[tuple[str, Weight]]) -> list[Goal]:
    """What each first page weighs, and the parts of the heaviest."""
    zwaarste = max(gewichten, key=lambda paar: paar[1].total)
    rijen = [(naam, f"{gewicht.total:,}") for naam, gewicht in gewichten]
    rijen += [
        (f"  waarvan {naam.rpartition('/')[2] or 'de pagina'}", f"{omvang:,}")
        for naam, omvang in zwaarste[1].delen
    ]
    print_table("Eerste pagina, gecomprimeerd, met alles wat erbij hoort", ("pagina", "bytes"), rijen)
    return [
        exactly(
            f"eerste pagina ({naam})",
            f"{gewicht.total / 1000:.0f} kB",
            f"<= {MAX_WEIGHT // 1000} kB",
            is_met=gewicht.total <= MAX_WEIGHT,
        )
        for naam, gewicht in gewichten
    ]


def report_memory(groei: Sequence[Growth], boek: Account, omvang: int) -> list[Goal]:
    """Extra memory per step, and whether every file of the last one is there."""
    rijen = [(g.naam, f"{g.hoogste:.0f} MB", f"{g.na:.0f} MB", f"{g.seconden:.1f} s") for g in groei]
    kop = f"Extra geheugen bij bestanden van {omvang / 1024 / 1024:.0f} MB"
    print_table(kop, ("wat", "hoogste", "daarna", "duur"), rijen)
    print(f"\n{boek.uitslag}")
    return [
        exactly(
            f"geheugen: {g.naam}",
            f"{g.hoogste:.0f} MB",
            f"< {MAX_GROWTH} MB",
            is_met=g.hoogste < MAX_GROWTH,
        )
        for g in groei
    ] + [
        exactly(
            "elk bestand is er nog, byte voor byte",
            f"{boek.terug} van {boek.verstuurd}",
            f"{boek.verstuurd}",
            is_met=boek.terug == boek.verstuurd,
        ),
        exactly(
            "controleer-documenten --volledig",
            "goed" if boek.is_goed else "niet goed",
            "goed",
            is_met=boek.is_goed,
        ),
    ]


def report_outbox(outbox: Outbox) -> list[Goal]:
    """How fast mail goes, and what a full outbox costs everybody else."""
    rijen = [
        (wat, write_ratio(ratio), f"{outbox.milliseconden[wat]:.1f}") for wat, ratio in outbox.vol.items()
    ]
    kop = f"Outbox met {outbox.aantal:,} wachtende notificaties, webserver met 1 thread"
    print_table(kop, ("wat", "tijd vol/leeg", "ms"), rijen)
    print(
        f"\n{outbox.per_seconde:,.0f} e-mails per seconde; zonder E-loket {outbox.kaal_per_seconde:,.0f}."
        f" Per e-mail {outbox.cpu:.1f} ms CPU; deel van een kale SMTP-lus in CPU {write_ratio(outbox.doorvoer_cpu, 3)}."
        f" De hele ronde van een worker zonder werk: {outbox.poll_ronde:.1f} ms."
    )
    is_met = outbox.poll < MAX_POLL
    return [
        at_least("outbox: deel van een kale SMTP-lus", outbox.doorvoer, MIN_MAIL, decimalen=3),
        *(
            at_most(f"outbox vol: {wat}, vol / leeg", ratio, MAX_SLOWDOWN)
            for wat, ratio in outbox.vol.items()
        ),
        exactly(
            "outbox leeg: kijken of er iets is", f"{outbox.poll:.1f} ms", f"< {MAX_POLL} ms", is_met=is_met
        ),
        at_most("outbox vol, niets aan de beurt: kijken, vol / leeg", outbox.poll_vol, MAX_SLOWDOWN),
    ]


def print_goals(doelen: Sequence[Goal]) -> None:
    rijen = [(doel.wat, doel.gemeten, doel.doel, doel.oordeel.value) for doel in doelen]
    print_table("Doelen", ("doel", "gemeten", "grens", "oordeel"), rijen)
    gemist = sum(doel.oordeel is Oordeel.GEMIST for doel in doelen)
    print(f"\n{len(doelen)} doelen, {gemist} gemist.")
