"""Parts of the configuration that are a file of their own: of rooms above this one (the texts of mails), of this one
and of one below it (inrichtingsregels). Filled by config/wiring.py."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from eloket.identity.types import Actor


@dataclass(frozen=True, slots=True)
class InrichtingsDeel:
    """`bestand` maps a name to a `vorm`; `soort` is what people read that such a thing is.

    `list_eigen` gives what is kept now, in order. `save` adds or changes one, in the caller's transaction, and raises
    an EloketFout that says what is wrong with it, also for a name that means nothing.
    """

    bestand: str
    soort: str
    vorm: type[BaseModel]
    list_eigen: Callable[[], Mapping[str, BaseModel]]
    save: Callable[[Actor | None, str, Any], object]


_delen: dict[str, InrichtingsDeel] = {}


def configure(*delen: InrichtingsDeel) -> None:
    """Set the parts. Raises ValueError for two with one file."""
    if len({deel.bestand for deel in delen}) != len(delen):
        raise ValueError("twee delen van de inrichting in één bestand")
    _delen.clear()
    _delen.update({deel.bestand: deel for deel in delen})


def list_delen() -> tuple[InrichtingsDeel, ...]:
    return tuple(_delen.values())
