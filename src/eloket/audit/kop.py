"""The head of a chain: what one notes outside the database, to hold against it later."""

import re
from dataclasses import dataclass

from eloket.audit.models import Zegel

_VORM = re.compile(r"(?P<keten>[a-z0-9_]+):(?P<volgnummer>[1-9]\d{0,17}):(?P<hash>[0-9a-f]{64})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Kop:
    """`audit_regel:12:5f0e...`: the chain, the number of its last seal, and the hash of that."""

    keten: str
    volgnummer: int
    hash: str

    def __str__(self) -> str:
        return f"{self.keten}:{self.volgnummer}:{self.hash}"

    @classmethod
    def of(cls, zegel: Zegel) -> "Kop":
        return cls(zegel.keten, zegel.volgnummer, zegel.hash)

    @classmethod
    def parse(cls, tekst: str, *, keten: str = "") -> "Kop":
        """From what the log or `eloket controleer-bewijs` wrote; `keten` for one that was noted as `12:5f0e...`.

        Raises ValueError.
        """
        tekst = tekst.strip()
        if keten and tekst.count(":") == 1:
            tekst = f"{keten}:{tekst}"
        if not (vorm := _VORM.fullmatch(tekst)):
            raise ValueError("geen kop van een keten")
        return cls(vorm["keten"], int(vorm["volgnummer"]), vorm["hash"])
