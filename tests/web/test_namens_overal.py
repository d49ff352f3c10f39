"""Who acts for another reads so on every page that there is, also when something went wrong."""

from collections.abc import Iterator

import pytest
from django.db import OperationalError, transaction
from django.http import HttpResponseBase
from django.test import Client

from eloket.identity.audience import Route
from eloket.identity.testing import gemachtigde, in_process_provider
from eloket.identity.types import Actor, Audience, Partij
from eloket.zaken import bronnen
from eloket.zaken.testing import FakeZaakBron
from eloket.zaken.types import ZaakFilter, ZakenDeel
from tests.architecture.routetabel import ROUTES, Stad, build_stad, by_name, client_of

pytestmark = pytest.mark.django_db
# Of these a page in words is shown to who is logged in; the others take posts only, go on, or are of the demo.
PAGINAS = [r for r in ROUTES if r.audience is not Audience.DEMO]
BALK = "U handelt namens"
GEVER = "Jeroen van Drouwen"


@pytest.fixture(scope="module")
def stad(django_db_setup, django_db_blocker) -> Iterator[Stad]:
    """Built once for all tests of this module: each of them takes back what it writes."""
    with django_db_blocker.unblock(), transaction.atomic(), in_process_provider():
        yield build_stad()
        transaction.set_rollback(True)


def fatima_for_jeroen(stad: Stad) -> Actor:
    partij = stad.huis.jeroen.partij
    assert partij is not None
    return gemachtigde(partij.nummer, "999990020", GEVER, "Fatima el Idrissi")


def is_page(antwoord: HttpResponseBase) -> bool:
    """Something to read; not a way elsewhere, a file, or a refusal of the method."""
    return antwoord.headers.get("Content-Type", "").startswith("text/html") and antwoord.status_code not in {
        302, 303, 405,
    }  # fmt: skip


def tells(antwoord: HttpResponseBase) -> bool:
    assert is_page(antwoord)
    html = b"".join(antwoord).decode()
    return BALK in html and GEVER in html.partition(BALK)[2][:200]


@pytest.mark.parametrize("route", PAGINAS, ids=by_name)
def test_every_page_of_the_url_table(route: Route, stad: Stad):
    antwoord = client_of(fatima_for_jeroen(stad)).get(stad.path(route))
    assert not is_page(antwoord) or tells(antwoord)


def test_most_of_what_is_for_a_resident_is_a_page(stad: Stad):
    """So that the test above looks at something."""
    client = client_of(fatima_for_jeroen(stad))
    gezien = [client.get(stad.path(r)) for r in PAGINAS if r.audience is Audience.BETROKKENE]
    assert sum(is_page(een) and een.status_code == 200 for een in gezien) > 12


@pytest.fixture
def client(stad: Stad) -> Client:
    client = client_of(fatima_for_jeroen(stad))
    client.raise_request_exception = False
    return client


class Kapot(FakeZaakBron):
    """A source in which something breaks that nobody foresaw."""

    def __init__(self, fout: Exception) -> None:
        super().__init__()
        self._fout = fout

    def list_zaken(self, partij: Partij, filter: ZaakFilter) -> ZakenDeel:
        raise self._fout


@pytest.mark.parametrize(
    ("fout", "status"), [(ValueError("stuk"), 500), (OperationalError("weg"), 503)], ids=["fout", "storing"]
)
def test_a_page_about_an_error_of_ours(client: Client, fout: Exception, status: int):
    bronnen.configure(Kapot(fout))
    antwoord = client.get("/mijn/zaken/")
    assert antwoord.status_code == status
    assert tells(antwoord)


def test_a_page_about_too_much_at_once(client: Client):
    antwoord = client.post("/mijn/gegevens/", {f"veld{n}": "x" for n in range(501)})
    assert antwoord.status_code == 413
    assert tells(antwoord)


def test_a_page_about_a_form_without_its_token(stad: Stad):
    client = Client(enforce_csrf_checks=True)
    client.cookies = client_of(fatima_for_jeroen(stad)).cookies
    antwoord = client.post("/mijn/gegevens/", {})
    assert antwoord.status_code == 403
    assert tells(antwoord)


def test_a_database_that_is_away_before_anybody_is_known_tells_of_nobody(
    client: Client, monkeypatch: pytest.MonkeyPatch
):
    def break_down(*_: object, **__: object) -> None:
        raise OperationalError("weg")

    monkeypatch.setattr("eloket.identity.sessie.SessionStore.load", break_down)
    antwoord = client.get("/mijn/zaken/")
    assert antwoord.status_code == 503
    assert BALK not in antwoord.content.decode()
