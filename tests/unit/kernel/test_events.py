from dataclasses import dataclass

import pytest

from eloket.kernel.events import Event, publish, subscribe


@dataclass(frozen=True, slots=True)
class Gebeurd(Event):
    wat: str


@dataclass(frozen=True, slots=True)
class IetsAnders(Event):
    pass


def test_subscribers_hear_their_own_kind_of_event_once_and_in_order():
    gehoord: list[str] = []

    def eerste(event: Gebeurd) -> None:
        gehoord.append(f"eerste {event.wat}")

    def tweede(event: Gebeurd) -> None:
        gehoord.append(f"tweede {event.wat}")

    subscribe(Gebeurd, eerste)
    subscribe(Gebeurd, tweede)
    subscribe(Gebeurd, eerste)
    publish(Gebeurd("x"))
    publish(IetsAnders())
    assert gehoord == ["eerste x", "tweede x"]


def test_a_subscriber_that_fails_fails_the_change():
    @dataclass(frozen=True, slots=True)
    class Mislukt(Event):
        pass

    def faalt(_event: Mislukt) -> None:
        raise RuntimeError("kan niet opslaan")

    subscribe(Mislukt, faalt)
    with pytest.raises(RuntimeError):
        publish(Mislukt())
