"""What the measuring inside the application gives to the measuring outside it."""

from dataclasses import dataclass, field

from bench.pages import Page


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who is logged in. `ref` is a zaak of theirs (of a civil servant: of their afdeling), with its number and
    the name of an applicant of theirs whose name nobody else has. `concept` is a form of a resident;
    `gesprek` a zaak with messages, for the page that shows them. `zegels`: by the name of a page, what it searches for
    as their address of it holds it.
    """

    cookie: str
    ref: str
    nummer: str = ""
    naam: str = ""
    concept: str = ""
    gesprek: str = ""
    merk: str = ""  # what a form of theirs carries (identity.partijmerk)
    zegels: dict[str, str] = field(default_factory=dict)


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
        return [(pagina.pad.format(**_places(lezer, pagina)), lezer.cookie) for lezer in lezers]


def _places(lezer: Reader, pagina: Page) -> dict[str, str]:
    """What an address of a page may hold."""
    return {
        "ref": lezer.ref,
        "zegel": lezer.zegels.get(pagina.naam, ""),
        "concept": lezer.concept,
        "gesprek": lezer.gesprek,
    }
