"""What a check of a chain found, as values with a Dutch text. Numbers only: the text may stand in a log."""

from dataclasses import dataclass, field
from enum import StrEnum

from eloket.audit.kop import Kop

MEESTE = 200  # of each chain: who changed a million rows is told about the first ones, and how many there are


class Soort(StrEnum):
    """What is wrong. The text follows the number of the seal, and of the row where there is one."""

    REGEL_GEWIJZIGD = "is veranderd nadat hij verzegeld was"
    REGEL_ONLEESBAAR = "is niet te lezen: veranderd, of er ontbreekt een geheim in ELOKET_SECRETS"
    REGEL_VERDWENEN = "is verdwenen"
    REGEL_INGEVOEGD = "is ertussen gezet: het zegel kent deze regel niet"
    REGEL_ANDER_ZEGEL = "hoort bij dit zegel, maar verwijst naar een ander of naar geen"
    REGELS_ZONDER_ZEGEL = "ontbreekt, maar er zijn nog regels die ernaar verwijzen"
    ZEGEL_GEWIJZIGD = "is veranderd of van plaats verwisseld"
    ZEGEL_VERDWENEN = "ontbreekt"
    ZEGEL_DUBBEL = "hoort niet in de keten: dit nummer is er al, of kan niet"
    ZEGEL_SLUIT_NIET_AAN = "sluit niet aan op het zegel ervoor: daar is een stuk van de keten vervangen"
    ZEGEL_KOLOM_WEG = "gaat over kolommen die de tabel niet meer heeft"
    ANDERE_SLEUTEL = (
        "is met een andere sleutel gemaakt, of veranderd: is ELOKET_HASH_SECRET dezelfde als toen?"
    )
    OPRUIMING_VERVALST = "is de opruiming niet door E-loket gemaakt"
    WISSING_VERVALST = "zou leeggemaakt zijn, maar dat is niet door E-loket gedaan"
    KOP_ANDERS = "is een ander dan u hebt genoteerd: de keten is vervangen"
    KOP_VERDWENEN = "hebt u genoteerd, maar het is er niet meer: het einde van de keten is afgeknipt"
    BEWAKING_WEG = "bewaakt de database niet meer"


@dataclass(frozen=True, slots=True)
class Bevinding:
    """One thing that is wrong, and where: the number of the seal, and the id of the row when it is about one."""

    soort: Soort
    zegel: int = 0
    regel: int | None = None
    bijzonderheid: str = ""

    @property
    def tekst(self) -> str:
        waar = [f"zegel {self.zegel}"] if self.zegel else []
        waar += [f"regel {self.regel}"] if self.regel is not None else []
        waar += [self.bijzonderheid] if self.bijzonderheid else []
        return f"{', '.join(waar)} {self.soort}".strip()


class BewijsKloptNiet(Exception):
    """What would be removed or emptied is not what was sealed, so the trace of a change would go too. Nothing went."""

    def __init__(self, keten: str, bevinding: Bevinding) -> None:
        super().__init__(f"{keten}: {bevinding.tekst}")  # numbers only
        self.keten = keten
        self.bevinding = bevinding


@dataclass(slots=True)
class Uitslag:
    """Of one chain: how far it was read, where it ends, and what is wrong with it."""

    keten: str
    zegels: int = 0
    regels: int = 0
    onverzegeld: int = 0
    gestopt_bij: Bevinding | None = None  # of a removal: what is wrong with the seal that is too young to go
    klok_liep_voor: int = (
        0  # of a removal: its number, when it is ours and dated after the present or the next
    )
    gewist: int = 0  # rows of which the text was emptied on purpose
    kop: Kop | None = None
    opgeruimd_tot: int = 0
    te_oude_koppen: list[Kop] = field(default_factory=list)
    bevindingen: list[Bevinding] = field(default_factory=list)
    aantal_bevindingen: int = 0

    def add(self, bevinding: Bevinding) -> None:
        """Count it, and keep it while there are not too many: memory stays flat whatever somebody did."""
        self.aantal_bevindingen += 1
        if len(self.bevindingen) < MEESTE:
            self.bevindingen.append(bevinding)
