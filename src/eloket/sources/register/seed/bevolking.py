"""The invented people of a seed: numbers that pass the eleven-test, from a range that is not given out."""

import random
from dataclasses import dataclass
from functools import cached_property

from eloket.identity.types import Partij
from eloket.kernel.crypto import vault
from eloket.sources.register.zoeken import naam_sleutels

_VOOR = (
    "Anna",
    "Bram",
    "Daan",
    "Emma",
    "Fatma",
    "Giel",
    "Hugo",
    "Iris",
    "Julia",
    "Karel",
    "Lars",
    "Milan",
    "Noor",
)
_ACHTER = (
    "Bakker",
    "van Dijk",
    "Yılmaz",
    "de Vries",
    "Jansen",
    "Nowak",
    "El Amrani",
    "Visser",
    "de Boer",
    "Smit",
)
# Half of the people share the ten names above, more than in any city; the others have a double name of their own.
_BEGIN = (
    "Berg", "Bos", "Dijk", "Duin", "Eiken", "Groen", "Haver", "Heer", "Hoge", "Kerk", "Koning", "Linde", "Meer",
    "Molen", "Noord", "Ooster", "Roos", "Schaap", "Water", "Wester",
)  # fmt: skip
_EIND = (
    "akker", "beek", "berg", "boom", "broek", "brug", "dam", "veen", "haven", "hof", "horst", "huis", "kamp", "laar",
    "man", "mans", "meijer", "stra", "veld", "wijk",
)  # fmt: skip
_ENKEL = tuple(begin + eind for begin in _BEGIN for eind in _EIND)
_BEDRIJVEN = ("Bakkerij", "Bouwbedrijf", "Evenementenbureau", "Hoveniersbedrijf", "Woonstichting")
_NAMEN = 2_000  # of those who share a name: encryption is slow
AANDEEL_BEDRIJVEN = 0.03  # of the zaken
AANTAL_BEDRIJVEN = 200


def seed_bsn(nummer: int) -> str:
    """The BSN of the invented resident with this number (0 to 899,999): nine digits that pass the eleven-test."""
    blok, plek = divmod(nummer, 9)
    begin = f"{9_900_000 + blok}"
    som = sum(int(cijfer) * gewicht for cijfer, gewicht in zip(begin, range(9, 2, -1), strict=True))
    # For every eighth digit one ninth digit fits, unless it would be ten: at least nine of the ten remain.
    passend = [f"{begin}{acht}{negen}" for acht in range(10) if (negen := (som + 2 * acht) % 11) < 10]
    return passend[plek]


def seed_kvk(nummer: int) -> str:
    """The KvK number of the invented business with this number (from 0)."""
    return f"{90_000_000 + nummer:08d}"


@dataclass(frozen=True, slots=True, repr=False)
class Iemand:
    """One resident or business, with what its rows hold: the hash and the encrypted texts."""

    key: str
    nummer: str
    naam: str
    naam_sleutels: tuple[str, ...]
    is_onderneming: bool


class Bevolking:
    """Who has the zaken. Each is made once, the first time that they are drawn."""

    def __init__(self, personen: int, kans: random.Random) -> None:
        self._personen = personen
        self._kans = kans
        self._inwoners: dict[int, Iemand] = {}
        self._bedrijven: dict[int, Iemand] = {}

    def draw(self) -> Iemand:
        """A resident, each as likely; or now and then a business, of which some have very many zaken."""
        kans = self._kans.random()
        if kans < AANDEEL_BEDRIJVEN:
            # The square makes the first business the largest: about one in five hundred of all zaken.
            return self.bedrijf(int(AANTAL_BEDRIJVEN * (kans / AANDEEL_BEDRIJVEN) ** 2))
        return self.inwoner(int(self._kans.random() * self._personen))

    def inwoner(self, nummer: int) -> Iemand:
        gevonden = self._inwoners.get(nummer)
        if gevonden is None:
            partij = Partij.inwoner(seed_bsn(nummer))
            naam, sleutels = _seal(_double_name(nummer)) if nummer % 2 else self._namen[nummer % _NAMEN]
            gevonden = Iemand(
                partij.key, vault().encrypt(partij.nummer), naam, sleutels, is_onderneming=False
            )
            self._inwoners[nummer] = gevonden
        return gevonden

    def bedrijf(self, nummer: int) -> Iemand:
        gevonden = self._bedrijven.get(nummer)
        if gevonden is None:
            partij = Partij.onderneming(seed_kvk(nummer))
            naam, sleutels = _seal(f"{_BEDRIJVEN[nummer % len(_BEDRIJVEN)]} {nummer + 1} B.V.")
            gevonden = Iemand(partij.key, vault().encrypt(partij.nummer), naam, sleutels, is_onderneming=True)
            self._bedrijven[nummer] = gevonden
        return gevonden

    @cached_property
    def _namen(self) -> list[tuple[str, tuple[str, ...]]]:
        kans = random.Random(_NAMEN)  # noqa: S311 - names for a test of speed
        return [_seal(f"{kans.choice(_VOOR)[0]}. {kans.choice(_ACHTER)}") for _ in range(_NAMEN)]


def _double_name(nummer: int) -> str:
    """Another one for each of the first 320,000 people who have one."""
    links, rechts = divmod(nummer // 2 % len(_ENKEL) ** 2, len(_ENKEL))
    return f"{_VOOR[nummer % len(_VOOR)][0]}. {_ENKEL[links]}-{_ENKEL[rechts]}"


def _seal(naam: str) -> tuple[str, tuple[str, ...]]:
    """A name as it is stored, and the keys by which it is found."""
    return vault().encrypt(naam), tuple(sorted(naam_sleutels(naam)))
