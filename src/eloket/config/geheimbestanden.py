"""Secrets from files: `ELOKET_HASH_SECRET_FILE=/run/secrets/hash` in place of the value itself (Docker, Kubernetes).

Whoever may look at a process reads its environment, and reports of crashes hold it; a file has rights of its own.
Every field of the settings that is left out of their repr is a secret, and can be given so.
"""

import os
from pathlib import Path
from typing import Any

from pydantic import AliasChoices
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

MEESTE_BYTES = 65_536


class GeheimBestandFout(Exception):
    """`naam` is the variable, `tekst` what is wrong with it; never what stands in the file."""

    def __init__(self, naam: str, tekst: str) -> None:
        super().__init__(f"{naam}: {tekst}")
        self.naam, self.tekst = naam, tekst


def secret_fields(soort: type[BaseSettings]) -> tuple[str, ...]:
    """The names of the fields that hold a secret."""
    return tuple(naam for naam, veld in soort.model_fields.items() if not veld.repr)


class Geheimbestanden(PydanticBaseSettingsSource):
    """A source of settings, beside the environment. Raises GeheimBestandFout."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        naam = f"{self.config.get('env_prefix', '')}{field_name}".upper()
        pad = os.environ.get(f"{naam}_FILE", "")
        if not pad:
            return None, field_name, False
        if ook := _also_given(field, naam):
            raise GeheimBestandFout(f"{naam}_FILE", f"geef dit, of {ook}, en niet allebei")
        return _read(f"{naam}_FILE", Path(pad)), field_name, False

    def __call__(self) -> dict[str, Any]:
        gevonden = {}
        for naam in secret_fields(self.settings_cls):
            waarde, sleutel, _ = self.get_field_value(self.settings_cls.model_fields[naam], naam)
            if waarde is not None:
                gevonden[sleutel] = waarde
        return gevonden


def _also_given(field: FieldInfo, naam: str) -> str | None:
    """The variable, by any name that the settings know it by, that gives this field beside the file."""
    alias = field.validation_alias
    namen = alias.choices if isinstance(alias, AliasChoices) else [alias]
    bekend = {naam, *(een.upper() for een in namen if isinstance(een, str))}
    return next((een for een in os.environ if een.upper() in bekend), None)


def _read(naam: str, pad: Path) -> str:
    """One secret; of several, each on a line of its own, as a list with commas."""
    try:
        with pad.open("rb") as bestand:
            inhoud = bestand.read(MEESTE_BYTES + 1)
        if len(inhoud) > MEESTE_BYTES:
            raise GeheimBestandFout(naam, "dit bestand is te groot voor een geheim")
        regels = [regel.strip() for regel in inhoud.decode().splitlines() if regel.strip()]
    except (OSError, UnicodeDecodeError):
        # Not `from error`: what cannot be decoded stands in that error.
        raise GeheimBestandFout(naam, "dit bestand is niet te lezen") from None
    if not regels:
        raise GeheimBestandFout(naam, "dit bestand is leeg")
    return ",".join(regels)
