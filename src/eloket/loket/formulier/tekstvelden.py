"""Fields that are typed as text and read as something."""

import re
from datetime import time
from typing import Annotated, ClassVar, Literal

from pydantic import Field
from stdnum import iban
from stdnum.exceptions import ValidationError
from stdnum.nl import bsn

from eloket.loket.formulier.basis import Omgeving, VeldBasis, VeldFout, VeldInvoer
from eloket.loket.formulier.voorwaarden import Antwoorden, Waarde
from eloket.profile import velden as contact


def _plate(vorm: str) -> re.Pattern[str]:
    """`XX-99-99` as an expression with a group for each part."""
    delen = (re.sub("X", "[A-Z]", deel).replace("9", r"\d") for deel in vorm.split("-"))
    return re.compile("".join(f"({deel})" for deel in delen), re.ASCII)


# RDW: the fourteen forms that a Dutch number plate can have (X a letter, 9 a digit).
_KENTEKENS = tuple(map(_plate, (
    "XX-99-99", "99-99-XX", "99-XX-99", "XX-99-XX", "XX-XX-99", "99-XX-XX", "99-XXX-9",
    "9-XXX-99", "XX-999-X", "X-999-XX", "XXX-99-X", "X-99-XXX", "9-XX-999", "999-XX-9",
)))  # fmt: skip


class _Getypt(VeldBasis):
    """One line of text."""

    type: ClassVar[str] = "text"
    inputmode: ClassVar[str] = ""
    is_vrij: ClassVar[bool] = False  # any text, of the length that the definition says
    invul: ClassVar[str] = ""  # the autocomplete token, unless the definition gives one

    def lees(self, invoer: VeldInvoer, omgeving: Omgeving, antwoorden: Antwoorden) -> Waarde | None:  # noqa: ARG002
        tekst = invoer.een() if self.is_vrij else invoer.kort()
        return self.versta(tekst) if tekst else None

    def versta(self, tekst: str) -> Waarde:
        """Raises VeldFout."""
        raise NotImplementedError


class TekstVeld(_Getypt):
    soort: Literal["tekst"]
    is_vrij: ClassVar[bool] = True
    max: Annotated[int, Field(ge=1, le=500, strict=True)] = 200
    autocomplete: Annotated[str, Field(pattern=r"^[a-z -]{0,40}$")] = ""  # WCAG 1.3.5

    def versta(self, tekst: str) -> Waarde:
        tekst = " ".join(tekst.split())
        _must_fit(tekst, self.max)
        return tekst


class LangeTekstVeld(_Getypt):
    soort: Literal["lange_tekst"]
    is_vrij: ClassVar[bool] = True
    max: Annotated[int, Field(ge=1, le=10_000, strict=True)] = 2000

    def versta(self, tekst: str) -> Waarde:
        _must_fit(tekst, self.max)
        return tekst


def _must_fit(tekst: str, hoogstens: int) -> None:
    if len(tekst) > hoogstens:
        raise VeldFout(f"Gebruik hoogstens {hoogstens} tekens. U heeft er nu {len(tekst)}")


class EmailVeld(_Getypt):
    soort: Literal["email"]
    type: ClassVar[str] = "email"
    inputmode: ClassVar[str] = "email"
    invul: ClassVar[str] = "email"
    ontvangst: Annotated[bool, Field(strict=True)] = False  # who did not log in gets the receipt here

    def versta(self, tekst: str) -> Waarde:
        try:
            return contact.parse_email(tekst)
        except contact.VeldFout as error:
            raise VeldFout(str(error)) from error


class TelefoonVeld(_Getypt):
    soort: Literal["telefoon"]
    type: ClassVar[str] = "tel"
    inputmode: ClassVar[str] = "tel"
    invul: ClassVar[str] = "tel"

    def versta(self, tekst: str) -> Waarde:
        try:
            return contact.parse_telefoon(tekst)
        except contact.VeldFout as error:
            raise VeldFout(str(error)) from error

    def toon(self, waarde: Waarde) -> str:
        return contact.schrijf_telefoon(str(waarde))


class BsnVeld(_Getypt):
    """The BSN of somebody else, as of a child; the BSN of who logged in is known already."""

    soort: Literal["bsn"]
    inputmode: ClassVar[str] = "numeric"
    invul: ClassVar[str] = "off"

    def versta(self, tekst: str) -> Waarde:
        try:
            nummer: str = bsn.validate(tekst)
        except ValidationError as error:
            raise VeldFout(
                "Vul een burgerservicenummer (BSN) van 9 cijfers in. Controleer of u elk cijfer goed heeft"
            ) from error
        return nummer

    def toon(self, waarde: Waarde) -> str:
        nummer: str = bsn.format(str(waarde))
        return nummer


class IbanVeld(_Getypt):
    soort: Literal["iban"]
    invul: ClassVar[str] = "off"

    def versta(self, tekst: str) -> Waarde:
        try:
            nummer: str = iban.validate(tekst)
        except ValidationError as error:
            raise VeldFout(
                "Vul een IBAN in, bijvoorbeeld NL91 ABNA 0417 1643 00. Controleer elk cijfer en elke letter"
            ) from error
        return nummer

    def toon(self, waarde: Waarde) -> str:
        nummer: str = iban.format(str(waarde))
        return nummer


class KentekenVeld(_Getypt):
    soort: Literal["kenteken"]
    invul: ClassVar[str] = "off"

    def versta(self, tekst: str) -> Waarde:
        kaal = re.sub(r"[\s-]", "", tekst).upper()
        for vorm in _KENTEKENS:
            if gevonden := vorm.fullmatch(kaal):
                return "-".join(gevonden.groups())
        raise VeldFout("Vul een Nederlands kenteken in, bijvoorbeeld AB-123-C")


class TijdVeld(_Getypt):
    soort: Literal["tijd"]
    inputmode: ClassVar[str] = "numeric"

    def versta(self, tekst: str) -> Waarde:
        gevonden = re.fullmatch(
            r"(\d{1,2})(?:\s*[:.]?\s*(\d{2}))?(?:\s*uur)?", tekst, re.IGNORECASE | re.ASCII
        )
        uur, minuut = (int(gevonden[1]), int(gevonden[2] or 0)) if gevonden else (99, 99)
        if uur > 23 or minuut > 59:
            raise VeldFout("Vul een tijd in, bijvoorbeeld 14.30")
        return time(uur, minuut)

    def toon(self, waarde: Waarde) -> str:
        return f"{waarde.hour}.{waarde.minute:02d} uur" if isinstance(waarde, time) else str(waarde)
