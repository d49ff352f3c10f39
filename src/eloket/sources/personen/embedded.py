"""The embedded register: a YAML file of residents (by BSN) and businesses (one row per business or branch).

For demo, tests and small municipalities that have no connection to BRP and Handelsregister yet.
"""

from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from eloket.kernel.errors import BronOnbereikbaar
from eloket.kernel.nummers import Bsn, KvkNummer, OngeldigNummer, Vestigingsnummer
from eloket.profile.errors import PersoonNietGevonden
from eloket.profile.types import Onderneming, Persoon

TITEL = "het register van personen en bedrijven"


def _check(soort: type[Bsn] | type[KvkNummer] | type[Vestigingsnummer], waarde: str) -> str:
    try:
        return soort(waarde).waarde
    except OngeldigNummer as error:
        raise ValueError(error.tekst) from error


class _Rij(BaseModel):
    # Values stay out of the message of a mistake: it ends in a log.
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    straat_huisnummer: str
    postcode: Annotated[str, Field(pattern=r"^[1-9]\d{3} [A-Z]{2}$")]
    woonplaats: str


class _Persoon(_Rij):
    voornamen: str
    voorvoegsel: str = ""
    achternaam: str
    geboortedatum: date


class _Onderneming(_Rij):
    handelsnaam: str
    kvk_nummer: str
    vestigingsnummer: str = ""
    vestiging_naam: str = ""

    @field_validator("kvk_nummer")
    @classmethod
    def _kvk(cls, waarde: str) -> str:
        return _check(KvkNummer, waarde)

    @field_validator("vestigingsnummer")
    @classmethod
    def _vestiging(cls, waarde: str) -> str:
        return _check(Vestigingsnummer, waarde) if waarde else ""


class _Bestand(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    personen: dict[str, _Persoon]
    ondernemingen: tuple[_Onderneming, ...] = ()

    @field_validator("personen")
    @classmethod
    def _bsns(cls, waarde: dict[str, _Persoon]) -> dict[str, _Persoon]:
        for bsn in waarde:
            _check(Bsn, bsn)
        return waarde


class EmbeddedPersonenBron:
    """Reads the file at the first question and keeps it; a changed file is read after a restart."""

    def __init__(self, pad: Path) -> None:
        self._pad = pad

    def get_persoon(self, bsn: str) -> Persoon:
        try:
            return self._personen[bsn]
        except KeyError:
            raise PersoonNietGevonden from None

    def get_onderneming(self, kvk_nummer: str, vestigingsnummer: str = "") -> Onderneming:
        try:
            return self._ondernemingen[kvk_nummer, vestigingsnummer]
        except KeyError:
            raise PersoonNietGevonden from None

    @cached_property
    def _bestand(self) -> _Bestand:
        try:
            return _Bestand.model_validate(yaml.safe_load(self._pad.read_text(encoding="utf-8")))
        except (OSError, yaml.YAMLError, UnicodeDecodeError, ValidationError) as error:
            raise BronOnbereikbaar(TITEL) from error

    @cached_property
    def _personen(self) -> dict[str, Persoon]:
        return {bsn: Persoon(**rij.model_dump()) for bsn, rij in self._bestand.personen.items()}

    @cached_property
    def _ondernemingen(self) -> dict[tuple[str, str], Onderneming]:
        rijen = (Onderneming(**rij.model_dump()) for rij in self._bestand.ondernemingen)
        return {(rij.kvk_nummer, rij.vestigingsnummer): rij for rij in rijen}
