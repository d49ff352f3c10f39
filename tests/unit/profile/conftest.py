import pytest

from eloket.kernel import events
from eloket.profile.events import AdresGewijzigd


@pytest.fixture
def gevangen(monkeypatch: pytest.MonkeyPatch) -> list[AdresGewijzigd]:
    """The events that carry a link, instead of handing them to notifications."""
    lijst: list[AdresGewijzigd] = []
    monkeypatch.setitem(events._subscribers, AdresGewijzigd, [lijst.append])
    return lijst
