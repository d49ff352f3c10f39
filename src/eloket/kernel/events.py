"""Domain events: how a lower room tells a higher one, inside the same transaction.

`publish` calls the subscribers synchronously, so what they write commits or rolls back together with the
change that caused it. Subscribers are connected in config/wiring.py only. An exception in a subscriber is
the publisher's exception: a change whose notification cannot be stored does not happen.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, cast


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all domain events: frozen, holding ids and values, never model instances."""


E = TypeVar("E", bound=Event)
_subscribers: defaultdict[type[Event], list[Callable[[Event], None]]] = defaultdict(list)


def subscribe(soort: type[E], handler: Callable[[E], None]) -> None:
    """Connect `handler` to events of exactly this type; connecting twice has no effect."""
    wrapped = cast("Callable[[Event], None]", handler)
    if wrapped not in _subscribers[soort]:
        _subscribers[soort].append(wrapped)


def publish(event: Event) -> None:
    """Tell every subscriber, in order of subscription. Call it inside the transaction of the change."""
    for handler in _subscribers[type(event)]:
        handler(event)
