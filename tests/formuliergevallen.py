"""Invented forms with conditions of every kind, and what may be sent to them. Seeded: always the same."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from eloket.loket.formulier.basis import Omgeving, Wie
from eloket.loket.formulier.definitie import Definitie

VANDAAG = date(2026, 3, 1)
OPTIES = {"a": "Appel", "b": "Banaan", "c1": "Citroen", "d_d": "Dadel"}

Ruw = dict[str, object]
Getypt = dict[str, list[str]]

# What a field may get. White space, digits of other scripts, byte order marks and control characters are no slip.
_GETALLEN = (
    "", "0", "1", "2", "3", "5", "10", "499", "500", "501", "1.000", "1,5", "1.5", "1,50", " 2 ", "-3", "-0",
    "1 000", "1.000,50", "1.000.000", "12,-", "12,--", "12,-,--", "12 m2", "12m2", "٣", "５", "1e3", "0x10",
    "NaN", "Infinity", "+5", "999999999999", "9999999999999", "\u00a05", "\ufeff5", "5\u200b", "5\x00", "--5",
    "1..0", "01", ".5", "5.", "1,000", "2,005", "1\u202f000", "€ 5", "EUR 1.250,50", "5 €", "vijf", "1.0000", "\n7",
)  # fmt: skip
_DAGEN = ("", "1", "01", "2", " 3 ", "28", "29", "30", "31", "32", "0", "-1", "٣", "1.", "31-2", "9" * 25)
_MAANDEN = (
    "", "1", "2", "02", "3", "12", "13", "0", "maart", "Maart", "MRT", "mrt.", "maa", "feb", "februari ", "sept",
    "sep", "oKtober", "mei..", "٣", "mär", "9" * 25,
)  # fmt: skip
_JAREN = (
    "",
    "2026",
    "2024",
    "2025",
    "2027",
    "26",
    "0000",
    "0001",
    "1900",
    "9999",
    "02026",
    "٢٠٢٦",
    "2026 ",
    "2026a",
)
_TEKSTEN = (
    "", " ", "\u3000", "\ufeff", "x", "abc def", "x" * 10, "x" * 11, "😀" * 10, "😀" * 6, "e\u0301" * 10, "\t\n",
    "a\x00", "\u200b", "a  b", " regel\r\neen ", "\x00",
)  # fmt: skip
_CODES = ("", *OPTIES, "A", " a ", "a\x00", "onzin", "\ufeffa", "constructor", "__proto__", "ａ")
_JA_NEE = ("", "ja", "nee", "Ja", " nee", "j", "true")


@dataclass(frozen=True, slots=True)
class Geval:
    """A form, what was sent, and as who."""

    ruw: Ruw  # as the file of the form says it
    definitie: Definitie
    invoer: Getypt
    omgeving: Omgeving


def make_gevallen(aantal: int, zaad: int, per_formulier: int = 12) -> Iterator[Geval]:
    """So many of them; the same for the same `zaad`."""
    kans = random.Random(zaad)
    for begin in range(0, aantal, per_formulier):
        ruw = _Maker(kans).form()
        definitie = Definitie.model_validate(ruw)
        for _ in range(begin, min(begin + per_formulier, aantal)):
            omgeving = Omgeving(wie=kans.choice([*Wie]), vandaag=VANDAAG)
            yield Geval(ruw, definitie, _typed(kans, ruw), omgeving)


class _Maker:
    """Makes one form: conditions refer to what stands before them."""

    def __init__(self, kans: random.Random) -> None:
        self.kans = kans
        self.eerder: list[Ruw] = []

    def form(self) -> Ruw:
        stappen = [
            {"id": f"stap{n}", "titel": "Stap", "velden": self._fields(f"s{n}", self.kans.randint(2, 7))}
            for n in range(2)
        ]
        return {"titel": "Proef", "inloggen": ["digid", "eherkenning", "anoniem"], "stappen": stappen}

    def _fields(self, voor: str, aantal: int) -> list[Ruw]:
        velden = []
        for nummer in range(aantal):
            groep = self.kans.random() < 0.12
            veld = self._group(f"{voor}g{nummer}") if groep else self._field(f"{voor}v{nummer}")
            velden.append(veld)
            self.eerder.append(veld)
        return velden

    def _field(self, naam: str) -> Ruw:
        soort = self.kans.choice(list(_SOORTEN))
        veld: Ruw = {"id": naam, "label": naam, "soort": soort, "verplicht": self.kans.random() < 0.5}
        return veld | _SOORTEN[soort](self) | self._condition_of_field()

    def _group(self, naam: str) -> Ruw:
        buiten = [*self.eerder]
        voorwaarde = self._condition_of_field()
        velden = []
        for nummer in range(self.kans.randint(1, 3)):
            veld = self._field(f"{naam}i{nummer}")
            velden.append(veld)
            self.eerder.append(veld)
        self.eerder = buiten
        groep: Ruw = {"id": naam, "label": naam, "soort": "groep", "een": "ding", "velden": velden, "max": 3}
        return groep | {"verplicht": self.kans.random() < 0.5, "min": self.kans.randint(0, 1)} | voorwaarde

    def _condition_of_field(self) -> Ruw:
        return {"als": self._condition(2)} if self.kans.random() < 0.6 else {}

    def _condition(self, diepte: int) -> Ruw:
        vorm = self.kans.random()
        if diepte and vorm < 0.15:
            return {self.kans.choice(["en", "of"]): [self._condition(diepte - 1) for _ in range(2)]}
        if diepte and vorm < 0.25:
            return {"niet": self._condition(diepte - 1)}
        if not self.eerder or vorm > 0.95:
            return {"wie": self.kans.choice([*(w.value for w in Wie), {"een_van": ["inwoner", "anoniem"]}])}
        veld = self.kans.choice(self.eerder[-6:])
        return {str(veld["id"]): self._comparison(veld)}

    def _comparison(self, veld: Ruw) -> object:
        soort, kies = veld["soort"], self.kans.choice
        order = kies(["is", "is_niet", "minstens", "hoogstens", "meer_dan", "minder_dan"])
        if self.kans.random() < 0.15 or soort in {"tekst", "lange_tekst", "groep"}:
            return {"ingevuld": kies([True, False])}
        if soort == "keuzes":
            return {"bevat": kies([*OPTIES])}
        if soort == "ja_nee":
            return kies(["ja", "nee", {"is_niet": "ja"}, {"een_van": ["ja", "nee"]}])
        if soort == "keuze":
            return kies([*OPTIES, {"is_niet": "a"}, {"een_van": ["b", "c1"]}])
        if soort == "datum":
            return {order: kies([date(2026, 3, 1), date(2024, 2, 29), date(2026, 12, 31)])}
        return {order: kies([0, 1, 1.5, 2, 5, 12, 500, 1000, 1250.5])}

    def date_limits(self) -> Ruw:
        datums = [str(een["id"]) for een in self.eerder if een["soort"] == "datum"]
        grenzen: list[object] = ["vandaag", "vandaag+14d", "vandaag-1j", date(2025, 1, 1)]
        for naam in datums[-1:]:
            grenzen += [f"${naam}", f"${naam}+1d", f"${naam}-2j", f"${naam}+99999j", f"${naam}-99999d"]
        return {wat: self.kans.choice(grenzen) for wat in ("min", "max") if self.kans.random() < 0.4}


_SOORTEN: dict[str, Callable[[_Maker], Ruw]] = {
    "keuze": lambda _: {"opties": OPTIES},
    "keuzes": lambda m: {
        "opties": OPTIES,
        "minstens": m.kans.choice([1, 1, 2]),
        "hoogstens": m.kans.choice([2, 4]),
    },
    "ja_nee": lambda _: {},
    "getal": lambda m: {
        "decimalen": m.kans.choice([0, 0, 1, 3]),
        "min": m.kans.choice([0, 1, -5]),
        "max": m.kans.choice([999_999_999, 500, 999_999_999_999]),
        "eenheid": m.kans.choice(["", "m2"]),
    },
    "bedrag": lambda m: {"min": m.kans.choice([0, 5]), "max": m.kans.choice([1000, 9_999_999])},
    "datum": lambda m: m.date_limits(),
    "tekst": lambda _: {"max": 10},
    "lange_tekst": lambda _: {"max": 10},
}
_WAARDEN = {
    "keuze": _CODES, "ja_nee": _JA_NEE, "getal": _GETALLEN, "bedrag": _GETALLEN, "tekst": _TEKSTEN,
    "lange_tekst": _TEKSTEN,
}  # fmt: skip


def _typed(kans: random.Random, ruw: Ruw) -> Getypt:
    invoer: Getypt = {}
    for stap in ruw["stappen"]:  # type: ignore[attr-defined]  # we made it ourselves
        for veld in stap["velden"]:
            if veld["soort"] != "groep":
                _type(kans, invoer, veld["id"], veld["soort"])
                continue
            invoer[f"{veld['id']}-aantal"] = [kans.choice(["0", "1", "2", "9", "x", ""])]
            for nummer in range(3):
                for een in veld["velden"]:
                    _type(kans, invoer, f"{veld['id']}-{nummer}-{een['id']}", een["soort"])
    return invoer


def _type(kans: random.Random, invoer: Getypt, naam: str, soort: str) -> None:
    if kans.random() < 0.1:
        return  # not sent at all
    if soort == "datum":
        delen = {"dag": _DAGEN, "maand": _MAANDEN, "jaar": _JAREN}
        # Most days exist: else no comparison would ever hold.
        goed = kans.random() < 0.7
        gewoon = {
            "dag": ("1", "2", "29", "31"),
            "maand": ("2", "3", "mrt", "12"),
            "jaar": ("2024", "2026", "2025"),
        }
        for sub, waarden in (gewoon if goed else delen).items():
            invoer[f"{naam}-{sub}"] = [kans.choice(waarden)]
    elif soort == "keuzes":
        invoer[naam] = [kans.choice([*OPTIES, *OPTIES, *_CODES]) for _ in range(kans.randint(0, 3))]
    else:
        invoer[naam] = [kans.choice(_WAARDEN[soort]) for _ in range(kans.choice([1, 1, 1, 2]))]
