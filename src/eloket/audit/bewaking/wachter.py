"""One trigger, as a value, and the tables of the seals themselves."""

from dataclasses import dataclass

ZEGELS, OPRUIMINGEN, WISSINGEN = "audit_zegel", "audit_opruiming", "audit_wissing"


@dataclass(frozen=True, slots=True)
class Wachter:
    """A trigger on one table.

    `plaatsen` puts it there, also in the place of an older one. `kenmerk` is what the database tells about it when
    it is there as it should be.
    """

    tabel: str
    kenmerk: str
    plaatsen: tuple[str, ...]
