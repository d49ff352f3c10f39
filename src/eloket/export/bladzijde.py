"""The readable side of an export: HTML without scripts, made of the very data that go into the JSON.

Made of those and nothing else, so the two can never say something different. Dates are written out; what is empty is
left out here, and stands in the JSON.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.template.loader import render_to_string

from eloket.export.types import Gegevens, Kop, Waarde
from eloket.export.woorden import label_van
from eloket.kernel.klok import schrijf_datum, schrijf_moment

STIJL = Path(__file__).with_name("stijl.css")
_TITEL = ("titel", "omschrijving", "onderwerp", "kenmerk", "naam", "wat", "formulier", "vraag")
_BESTAND = "bestand"  # a path beside this page


@dataclass(frozen=True, slots=True)
class Regel:
    label: str
    tekst: str = field(repr=False)
    href: str = ""


@dataclass(frozen=True, slots=True)
class Onderdeel:
    """A heading with lines and parts of its own; `is_leeg`: there is nothing of this."""

    titel: str = field(repr=False)
    regels: tuple[Regel, ...] = field(repr=False)
    onderdelen: tuple["Onderdeel", ...] = field(repr=False)

    @property
    def is_leeg(self) -> bool:
        return not (self.regels or self.onderdelen)


@dataclass(frozen=True, slots=True)
class ZaakLink:
    """A zaak on the first page; `map_` is '' when nothing of it could be fetched."""

    kop: Kop = field(repr=False)
    map_: str


def make_onderdeel(titel: str, gegevens: Gegevens) -> Onderdeel:
    """All of it, in the order of the JSON."""
    regels: list[Regel] = []
    onderdelen: list[Onderdeel] = []
    for naam, waarde in gegevens.items():
        if isinstance(waarde, Mapping):
            onderdelen.append(make_onderdeel(label_van(naam), waarde))
        elif isinstance(waarde, Sequence) and not isinstance(waarde, str):
            onderdelen.append(_lijst(label_van(naam), waarde))
        elif waarde is not None and waarde != "":
            tekst = schrijf(waarde)
            regels.append(Regel(label_van(naam), tekst, tekst if naam == _BESTAND else ""))
    return Onderdeel(titel, tuple(regels), tuple(onderdelen))


def _lijst(titel: str, waarden: Sequence[Waarde]) -> Onderdeel:
    delen = [
        make_onderdeel(_titel_van(een, nummer), een)
        for nummer, een in enumerate(waarden, 1)
        if isinstance(een, Mapping)
    ]
    los = [Regel("", schrijf(een)) for een in waarden if not isinstance(een, Mapping | list | tuple)]
    return Onderdeel(titel, tuple(los), tuple(delen))


def _titel_van(gegevens: Gegevens, nummer: int) -> str:
    """What one of several is called: its own title, or its number."""
    eigen = next((str(gegevens[naam]) for naam in _TITEL if gegevens.get(naam)), "")
    return eigen or str(nummer)


def schrijf(waarde: Waarde) -> str:
    """`28 november 2026 om 09:15 uur`, `ja`, or the text itself."""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, datetime):
        return schrijf_moment(waarde)
    return schrijf_datum(waarde) if isinstance(waarde, date) else str(waarde)


def render_zaak(kop: Kop, gegevens: Gegevens) -> str:
    """The page of one zaak. It stands two folders deep."""
    onderdeel = make_onderdeel(kop.omschrijving, gegevens)
    return render_to_string(
        "export/zaak.html", {"kop": kop, "onderdeel": onderdeel, "boven": "../../"}, using="jinja2"
    )


def render_index(
    gegevens: Gegevens,
    *,
    voor: str,
    moment: datetime,
    zaken: Sequence[ZaakLink],
    gemist: Sequence[str],
    weggelaten: Sequence[Gegevens],
) -> str:
    """The first page: what could not be fetched, everything of the person, and the way to each zaak."""
    context = {
        "voor": voor,
        "moment": moment,
        "zaken": zaken,
        "gemist": gemist,
        "weggelaten": make_onderdeel("", {"weggelaten": weggelaten}).onderdelen[0],
        "onderdeel": make_onderdeel("Uw gegevens", gegevens),
        "boven": "",
    }
    return render_to_string("export/index.html", context, using="jinja2")
