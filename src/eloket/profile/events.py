"""What happened to contact details, for notifications."""

from dataclasses import dataclass, field

from eloket.identity.types import Actor
from eloket.kernel.events import Event


@dataclass(frozen=True, slots=True)
class AdresGewijzigd(Event):
    """`nieuw` waits for a confirmation with `token` (both "" when the address was removed).

    `oud` is the confirmed address that must be told; "" when there is none, or nothing new to tell it.
    """

    profiel_key: str
    oud: str = field(repr=False)
    nieuw: str = field(repr=False)
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AdresKapot(Event):
    """Mail to the confirmed address of this party comes back for good. Published once, until it is confirmed again."""

    profiel_key: str


@dataclass(frozen=True, slots=True)
class ContactGewijzigd(Event):
    """`actor` changed their contact details or preferences. `velden` names what changed, never to what.

    `wijziging_id` is of this one change: what is written about it twice is written once.
    """

    actor: Actor
    wijziging_id: str
    velden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AdresHersteld(Event):
    """The address that did not work was confirmed again, replaced or taken away: by the person, so they were here. Or
    another contactpersoon of the business confirmed one.

    `partij_key` is of the resident or the business (Partij.profiel_key) that is reached through it.
    """

    profiel_key: str
    partij_key: str


@dataclass(frozen=True, slots=True)
class MailGestopt(Event):
    """A colleague said that a contactpersoon is mailed no more; `adres` is where they were."""

    profiel_key: str
    adres: str = field(repr=False)
