"""Who can log in at the simulated provider; config/wiring.py feeds the list from the demo data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody to log in as. `claims` come on top of sub, name and the level of the means."""

    middel: str  # digid | eherkenning | medewerker
    sub: str  # never a BSN
    naam: str
    omschrijving: str  # for the page: no BSN or KvK number
    claims: Mapping[str, str] = field(repr=False)


_personas: dict[tuple[str, str], Persona] = {}


def configure(personas: Iterable[Persona]) -> None:
    """Set the list. Raises ValueError when two personas of one means share a `sub`."""
    _personas.clear()
    for persona in personas:
        if (persona.middel, persona.sub) in _personas:
            raise ValueError(f"persona {persona.sub} komt twee keer voor")
        _personas[persona.middel, persona.sub] = persona


def list_personas(middel: str) -> tuple[Persona, ...]:
    """The personas of one login means, in the order they were given."""
    return tuple(persona for persona in _personas.values() if persona.middel == middel)


def get_persona(middel: str, sub: str) -> Persona | None:
    """The persona with this subject, or None."""
    return _personas.get((middel, sub))
