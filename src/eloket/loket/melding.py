"""The form "Melding openbare ruimte": its fields, its rules, and what the zaak says of it. Pure: no I/O."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from eloket.loket.errors import MeldingOngeldig

FORMULIER = "melding"
PLAATS_MAX = 100
OMSCHRIJVING_MAX = 2000
_ZAAK_MAX = 120  # of the subject of the zaak: a tile and a line in the work list must hold it


@dataclass(frozen=True, slots=True)
class MeldingSoort:
    """`label` stands beside the radio button, `onderwerp` in the subject of the zaak."""

    code: str
    label: str
    onderwerp: str


SOORTEN = (
    MeldingSoort("lamp", "Een lamp is kapot", "kapotte straatverlichting"),
    MeldingSoort("afval", "Afval op straat", "afval"),
    MeldingSoort("weg", "Een gat in de weg of de stoep", "gat in weg of stoep"),
    MeldingSoort("groen", "Groen of een boom", "groen of boom"),
    MeldingSoort("overlast", "Overlast", "overlast"),
    MeldingSoort("anders", "Iets anders", "overig"),
)
_OP_CODE = {soort.code: soort for soort in SOORTEN}


@dataclass(frozen=True, slots=True)
class Melding:
    """What somebody saw (`soort` is a code of SOORTEN), and where. Lines of `omschrijving` end in \\n."""

    soort: str
    plaats: str = field(repr=False)
    omschrijving: str = field(repr=False)

    @property
    def soort_label(self) -> str:
        return _OP_CODE[self.soort].label

    @property
    def kenmerken(self) -> tuple[tuple[str, str], ...]:
        """(naam, waarde) pairs for the zaak; the omschrijving is its toelichting."""
        return (("Soort melding", self.soort_label), ("Plaats", self.plaats))

    @property
    def onderwerp(self) -> str:
        """The subject of the zaak, at most 120 characters: `Melding openbare ruimte: afval Lindelaan`."""
        tekst = f"Melding openbare ruimte: {_OP_CODE[self.soort].onderwerp} {self.plaats}"
        return tekst if len(tekst) <= _ZAAK_MAX else tekst[: _ZAAK_MAX - 1].rstrip() + "…"


def parse_melding(velden: Mapping[str, str]) -> Melding:
    """The melding that these typed fields hold. Raises MeldingOngeldig with every mistake at once."""
    soort = velden.get("soort", "")
    plaats = " ".join(_schoon(velden.get("plaats", "")).split())
    omschrijving = _schoon(velden.get("omschrijving", "")).strip()
    mogelijk = (
        ("soort", "" if soort in _OP_CODE else "Kies wat u wilt melden"),
        ("plaats", _fout_in_tekst(plaats, "Vul in waar het is", PLAATS_MAX)),
        ("omschrijving", _fout_in_tekst(omschrijving, "Vul in wat er aan de hand is", OMSCHRIJVING_MAX)),
    )
    fouten = tuple((veld, tekst) for veld, tekst in mogelijk if tekst)
    if fouten:
        raise MeldingOngeldig(fouten)
    return Melding(soort=soort, plaats=plaats, omschrijving=omschrijving)


def _fout_in_tekst(tekst: str, als_leeg: str, hoogstens: int) -> str:
    if not tekst:
        return als_leeg
    if len(tekst) > hoogstens:
        return f"Gebruik hoogstens {hoogstens} tekens. U heeft er nu {len(tekst)}"
    return ""


def _schoon(tekst: str) -> str:
    """One form of every letter and line end, and no control characters: PostgreSQL refuses a NUL in a text."""
    tekst = unicodedata.normalize("NFC", tekst.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(
        teken for teken in tekst if teken == "\n" or unicodedata.category(teken) not in {"Cc", "Cs"}
    )
