"""BSN, KvK number and branch number as values that cannot leak by accident.

Rules: BSN is nine digits and passes the eleven-test (Wet algemene bepalingen burgerservicenummer);
a KvK number is eight digits, a vestigingsnummer twelve (Handelsregisterbesluit 2008).
"""

from dataclasses import dataclass

from stdnum.nl import bsn as stdnum_bsn

from eloket.kernel.errors import OngeldigeInvoer


class OngeldigNummer(OngeldigeInvoer):
    code = "nummer-ongeldig"
    tekst = "Dit nummer klopt niet. Controleer het nummer en vul het opnieuw in."


@dataclass(frozen=True, slots=True)
class _Nummer:
    """A number that identifies somebody; `str()` and `repr()` never show it."""

    waarde: str

    def __repr__(self) -> str:
        return f"{type(self).__name__}(***)"

    __str__ = __repr__


@dataclass(frozen=True, slots=True, repr=False)
class Bsn(_Nummer):
    """Nine digits that pass the eleven-test. Raises OngeldigNummer."""

    def __post_init__(self) -> None:
        if not (len(self.waarde) == 9 and self.waarde.isascii() and stdnum_bsn.is_valid(self.waarde)):
            raise OngeldigNummer


@dataclass(frozen=True, slots=True, repr=False)
class KvkNummer(_Nummer):
    """Eight digits. Raises OngeldigNummer."""

    def __post_init__(self) -> None:
        _check_digits(self.waarde, 8)


@dataclass(frozen=True, slots=True, repr=False)
class Vestigingsnummer(_Nummer):
    """Twelve digits. Raises OngeldigNummer."""

    def __post_init__(self) -> None:
        _check_digits(self.waarde, 12)


def _check_digits(waarde: str, aantal: int) -> None:
    if not (len(waarde) == aantal and waarde.isascii() and waarde.isdigit()):
        raise OngeldigNummer
