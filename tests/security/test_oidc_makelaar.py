"""A broker that does not say when somebody logged in there."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.test import Client
from django.test.utils import override_settings

from eloket.identity.middelen import list_middelen
from eloket.identity.middelenbestand import load_middelen
from eloket.kernel import klok as tijd
from eloket.ops.productie.inloggen import check_opnieuw
from eloket.ops.productie.types import Uitkomst
from tests.oidc.vijandig import ISSUER, Provider, probeer, provider

__all__ = ["provider"]  # the fixture

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.unit.identity.proefsite")]
BASIS = {"issuer": ISSUER, "client_id": "eloket", "geheim_variabele": "PROEF_GEHEIM"}
DIGID = {"code": "digid", "soort": "digid", "acr_values": "idp:digid"}


@pytest.fixture
def middelen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, provider: Provider
) -> Iterator[Callable[..., None]]:
    """Writes the file with means of this test."""
    monkeypatch.setenv("PROEF_GEHEIM", "geheim")
    pad = tmp_path / "middelen.yaml"

    def write(*delen: dict[str, Any]) -> None:
        pad.write_text(yaml.safe_dump({"middelen": [BASIS | een for een in delen]}), encoding="utf-8")
        load_middelen.cache_clear()

    with override_settings(ELOKET=settings.ELOKET.model_copy(update={"middelen_bestand": pad})):
        yield write


def test_a_broker_that_never_says_when_somebody_logged_in_must_be_declared(
    client: Client, middelen: Any, provider: Provider
):
    provider.weg = {"auth_time"}
    middelen(DIGID)
    assert probeer(client, provider) == "/inloggen/"
    assert next(check_opnieuw()).uitkomst is Uitkomst.OK
    middelen(DIGID | {"zonder_auth_time": True})
    assert probeer(client, provider) == "/mijn/"
    regel = next(check_opnieuw())
    assert regel.uitkomst is Uitkomst.LET_OP
    assert "DigiD" in regel.tekst
    assert [een.has_auth_time for een in list_middelen()] == [False]


def test_the_check_of_production_names_the_means_that_does_not_say_it_also_beside_one_of_the_same_name(
    middelen: Any,
):
    middelen(DIGID, DIGID | {"code": "digid-oud", "zonder_auth_time": True})
    regel = next(check_opnieuw())
    assert regel.uitkomst is Uitkomst.LET_OP
    assert regel.tekst.startswith("Niet te zien of iemand echt opnieuw inlogt: DigiD (digid-oud). ")
    assert "zonder_auth_time" in regel.herstel


@pytest.mark.parametrize("auth_time", [1, "nu", True, None, 99999999999])
def test_what_such_a_broker_does_say_counts(
    client: Client, middelen: Any, provider: Provider, auth_time: object
):
    middelen(DIGID | {"zonder_auth_time": True})
    provider.claims = {"auth_time": auth_time}
    assert probeer(client, provider) == "/inloggen/"
    provider.claims = {"auth_time": int(tijd.nu().timestamp())}
    assert probeer(client, provider) == "/mijn/"
