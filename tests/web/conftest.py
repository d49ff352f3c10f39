"""What several tests of pages begin with: fakes of the sources of zaken and documents, and a zaak of two residents."""

from collections.abc import Iterator

import pytest

from eloket.zaken.testing import FakeZaakBron
from eloket.zaken.types import Zaak
from tests.huis import met_nepbronnen
from tests.web.portaal import BUUR, zaak_met


@pytest.fixture
def nepbron() -> Iterator[FakeZaakBron]:
    """The fake behind the port of zaken; that of documents is there as well."""
    with met_nepbronnen() as bron:
        yield bron


@pytest.fixture
def buurzaak(nepbron: FakeZaakBron) -> Zaak:
    """A zaak of the default resident in which BUUR is a belanghebbende."""
    return zaak_met(nepbron, BUUR)
