"""Contact details that were removed because nobody logged in with them for years: what the audit trail still knows.

A line about contact details names them by the number of their row. When the row goes, nothing says any more whose they
were, while an officer must be able to find those lines as long as they are kept (AVG 5(2), 15). So the removal leaves a
line under each name by which they are looked for.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from eloket.audit import service as audit
from eloket.audit.queries import list_kenmerken
from eloket.identity.types import partij_ref
from eloket.profile.models import Profiel

# The fields of a Profiel by which its lines are looked for: all that `note_forgotten` reads.
NAMEN = ("profiel_key", "partij_key", "onderneming_key", "contactpersoon_key")


@dataclass(frozen=True, slots=True)
class Vergeten:
    """Contact details as the trail named them (`ref`), of whom they were, and the contactpersoon ("" of a resident)."""

    ref: str
    partij_key: str
    contactpersoon_key: str


def contactpersoon_ref(contactpersoon_key: str) -> str:
    """How a line of the trail names somebody who acts for businesses, when it is not about one of those."""
    return f"contactpersoon-{contactpersoon_key}"


def note_forgotten(rij: Profiel) -> None:
    """That these details went: about themselves, their party, the business of which that is a branch, and the
    contactpersoon. In the caller's transaction."""
    partij_key = rij.partij_key or rij.profiel_key
    refs = [
        f"profiel-{rij.pk}",
        *(partij_ref(key) for key in sorted({partij_key, rij.onderneming_key}) if key),
    ]
    if rij.contactpersoon_key:
        refs.append(contactpersoon_ref(rij.contactpersoon_key))
    audit.record_each(
        refs,
        actor_soort=audit.SYSTEEM,
        actor_key="",
        actie="profiel.verlopen",
        profiel=f"profiel-{rij.pk}",
        partij=partij_key,
        contactpersoon=rij.contactpersoon_key,
    )


def list_forgotten(refs: Iterable[str]) -> tuple[Vergeten, ...]:
    """The details that went and were known by one of these names: each once. At most one query."""
    return tuple(dict.fromkeys(_read(list_kenmerken({*refs}, actie="profiel.verlopen"))))


def _read(alle: Iterable[dict[str, object]]) -> Iterator[Vergeten]:
    for een in alle:
        profiel, partij, wie = (een.get(naam, "") for naam in ("profiel", "partij", "contactpersoon"))
        if isinstance(profiel, str) and isinstance(partij, str) and isinstance(wie, str) and partij:
            yield Vergeten(profiel, partij, wie)
