"""The embedded set of addresses: a YAML file with, per postcode, a street, a town and the house numbers there are.

For demo, tests and small municipalities, until the BAG is connected. As the BAG has it, one side of a street has a
postcode of its own: `kant` says which numbers between `van` and `tot` exist.
"""

from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from eloket.kernel.errors import BronOnbereikbaar
from eloket.loket.ports import Adres

TITEL = "het register van adressen"
_STAP = {
    "even": (0, 2),
    "oneven": (1, 2),
    "beide": (0, 1),
}  # the remainder and the step of the numbers on a side


class _Straat(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    postcode: Annotated[str, Field(pattern=r"^[1-9]\d{3} [A-Z]{2}$")]
    straat: Annotated[str, Field(min_length=1, max_length=80)]
    woonplaats: Annotated[str, Field(min_length=1, max_length=80)]
    van: Annotated[int, Field(ge=1, le=99_999)]
    tot: Annotated[int, Field(ge=1, le=99_999)]
    kant: Literal["even", "oneven", "beide"] = "beide"

    def has(self, nummer: int) -> bool:
        rest, stap = _STAP[self.kant]
        return self.van <= nummer <= self.tot and nummer % stap == rest


class EmbeddedAdresBron:
    """Reads the file at the first question and keeps it; a changed file is read after a restart."""

    def __init__(self, pad: Path) -> None:
        self._pad = pad

    def find_adres(self, postcode: str, huisnummer: str) -> Adres | None:
        straten = self._straten.get(postcode, ())
        gevonden = next((een for een in straten if een.has(int(huisnummer))), None)
        return Adres(straat=gevonden.straat, woonplaats=gevonden.woonplaats) if gevonden else None

    @cached_property
    def _straten(self) -> dict[str, list[_Straat]]:
        try:
            inhoud = yaml.safe_load(self._pad.read_text(encoding="utf-8"))
            rijen = TypeAdapter(list[_Straat]).validate_python(inhoud)
        except (OSError, yaml.YAMLError, UnicodeDecodeError, ValidationError) as error:
            raise BronOnbereikbaar(TITEL) from error
        per_postcode: dict[str, list[_Straat]] = {}
        for een in rijen:
            per_postcode.setdefault(een.postcode.replace(" ", ""), []).append(een)
        return per_postcode
