"""A chart as plain values. Pure: no I/O."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reeks:
    """A line of numbers; `kleur` is the name of a colour of tekenen.KLEUREN."""

    naam: str
    waarden: tuple[float, ...]
    kleur: str


@dataclass(frozen=True, slots=True)
class Grafiek:
    """A chart and its table: `labels` name the rows, each `reeks` is a column. `samenvatting` tells it in words.

    Of one that lies down (`is_liggend`) only the first column is drawn.
    """

    sleutel: str
    titel: str
    samenvatting: str
    kop: str
    labels: tuple[str, ...]
    reeksen: tuple[Reeks, ...]
    is_liggend: bool = False
    eenheid: str = "zaken"

    @property
    def is_leeg(self) -> bool:
        return not any(any(reeks.waarden) for reeks in self.reeksen)

    @property
    def tabel(self) -> list[list[str]]:
        """A row per label: its name, and the number of each series."""
        return [
            [label, *(schrijf_getal(reeks.waarden[plek]) for reeks in self.reeksen)]
            for plek, label in enumerate(self.labels)
        ]


def schrijf_getal(waarde: float) -> str:
    """As people write it: `12`, `3,5`."""
    return str(int(waarde)) if float(waarde).is_integer() else f"{waarde:.1f}".replace(".", ",")
