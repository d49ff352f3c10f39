"""A secret that is recognised at once, in every setting that holds one: on no error page and in no line of the log."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from eloket.config.geheimbestanden import secret_fields
from eloket.config.logregels import GeweigerdInEenRegel, ZonderInhoud
from eloket.identity.errors import LoginNietBereikbaar
from eloket.kernel.errors import BronOnbereikbaar, NietToegestaan, OngeldigeInvoer
from eloket.portal.loket import volgen

pytestmark = pytest.mark.django_db
KANARIE = "kanarie-4f1c9a7be2d84405b0c7d1e6a9385f21"
VOLGEN = "/loket/volgen/"


@pytest.fixture(autouse=True)
def _kanarie(settings):
    """In each secret that is not needed to read the session of a test."""
    anders: dict[str, Any] = dict.fromkeys(secret_fields(type(settings.ELOKET)), f"x://u:{KANARIE}@h/p")
    anders |= {"secrets": (KANARIE, *settings.ELOKET.secrets), "limieten": True}
    settings.ELOKET = settings.ELOKET.model_copy(update=anders)


def written(caplog: pytest.LogCaptureFixture) -> str:
    """The log as the product writes it."""
    vorm = ZonderInhoud("{asctime} {levelname} {name} {message}", style="{")
    return "\n".join(map(vorm.format, filter(GeweigerdInEenRegel().filter, caplog.records)))


@pytest.mark.parametrize(
    ("fout", "status"),
    [
        (OngeldigeInvoer(), 422),
        (NietToegestaan(), 409),
        (BronOnbereikbaar("register"), 503),
        (OperationalError(f"connection to {KANARIE} failed"), 503),
        (LoginNietBereikbaar(KANARIE), 400),
        (RuntimeError(f"connection to {KANARIE} failed"), 500),
    ],
    ids=lambda een: type(een).__name__ if isinstance(een, Exception) else str(een),
)
def test_no_error_tells_a_secret(monkeypatch, caplog, fout, status):
    """Also when the text of the exception holds it, as that of a driver or an HTTP client may."""

    def fail(_code: str) -> None:
        raise fout

    monkeypatch.setattr(volgen, "follow_by_code", fail)
    caplog.set_level("INFO")
    antwoord = Client(raise_request_exception=False).post(VOLGEN, {"code": "ABCD"})
    assert antwoord.status_code == status
    assert KANARIE not in antwoord.content.decode() + str(antwoord.headers)
    assert "route loket-volgen" in written(caplog)
    assert KANARIE not in written(caplog)


def test_nor_do_the_pages_that_django_asks_for(caplog):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    antwoorden = [
        client.get("/bestaat-niet/"),
        client.post(VOLGEN, {"code": "x"}),
        client.get("/", headers={"host": "elders.test"}),
        Client().post(VOLGEN, {f"veld{n}": "x" for n in range(600)}),
    ]
    assert [een.status_code for een in antwoorden] == [404, 403, 400, 413]
    assert KANARIE not in "".join(een.content.decode() for een in antwoorden) + written(caplog)


def test_no_table_holds_one():
    """After a visit that writes a session and a counter."""
    Client().get("/inloggen/digid/")
    Client().post(VOLGEN, {"code": "x"})
    gevonden = []
    with connection.cursor() as cursor:
        for naam in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(naam)}")
            gevonden += [naam for rij in cursor.fetchall() if KANARIE in str(rij)]
    assert gevonden == []
