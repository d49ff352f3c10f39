"""Whatever its people do and in whatever order: the life of a zaak keeps its rules, in the register and in the fake."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from eloket.documenten import service as documenten
from eloket.documenten.bron import EmbeddedDocumentBron
from eloket.documenten.testing import FakeDocumentBron
from eloket.sources.register.bron import RegisterBron
from eloket.zaken import bronnen
from eloket.zaken.testing import FakeZaakBron
from tests.unit.zaken.leven import LevenVanEenZaak
from tests.web.werkplek import build_stadhuis

pytestmark = pytest.mark.django_db
INSTELLING = settings(
    max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.mark.timeout(
    600
)  # seconds: passing takes ten of them, a failing run is made small in at most five minutes
@pytest.mark.parametrize("soort", ["register", "fake"])
def test_the_life_of_a_zaak(soort: str):
    """Term arithmetic, nothing left waiting at the end, a versie that grows, and impossible steps that are refused."""
    huis = build_stadhuis()
    if soort == "fake":
        bronnen.configure(FakeZaakBron())
        documenten.configure(FakeDocumentBron())
    else:
        bronnen.configure(RegisterBron())
        documenten.configure(EmbeddedDocumentBron())
    run_state_machine_as_test(type("Leven", (LevenVanEenZaak,), {"huis": huis}), settings=INSTELLING)
