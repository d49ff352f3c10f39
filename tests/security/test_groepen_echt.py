"""Civil servants of a certified OpenID provider, set up as Keycloak and as Entra ID are: groups, a second factor."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from django.conf import settings
from django.test import Client
from django.test.utils import override_settings

from eloket.identity import provider
from eloket.identity.actor import actor_from_dict
from eloket.identity.middelenbestand import load_middelen
from eloket.identity.models import Afdeling, Medewerker
from eloket.identity.types import Actor, Recht
from tests.oidc.dienst import GEHEIM, Account, Browser, Dienst, start_dienst

pytestmark = pytest.mark.django_db
BINNEN, BUITEN = "/werkplek/", "/werkplek/inloggen/"
BEHEER_ID = "0f9c1d5e-5a1f-4b53-9f0e-3f3f8e1f2a77"
ACCOUNTS = {
    "mila": Account({"name": "Mila Jansen", "groups": ["parkeren", "alle-medewerkers"]}, amr=("pwd", "mfa")),
    "zonder": Account({"name": "Z. Onder", "groups": ["alle-medewerkers"]}, amr=("pwd", "mfa")),
    "wachtwoord": Account({"name": "P. Assword", "groups": ["parkeren"]}, amr=("pwd",)),
    "keycloak": Account({"realm_access": {"roles": ["offline_access", "parkeren"]}}, amr=("mfa",)),
    "entra": Account({"name": "E. Ntra", "oid": "8d1b-object", "groups": [BEHEER_ID]}, amr=("mfa",)),
    "te-veel": Account({"_claim_names": {"groups": "src1"}}, amr=("mfa",)),
}


@pytest.fixture(scope="module")
def dienst() -> Iterator[Dienst]:
    with start_dienst(("medewerker",), ACCOUNTS) as gestart:
        yield gestart


@pytest.fixture(autouse=True)
def zet(dienst: Dienst, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("PROEF_GEHEIM", GEHEIM)
    Afdeling.objects.create(code="parkeren", naam="Parkeren")
    pad = tmp_path / "middelen.yaml"

    def set_up(**anders: Any) -> None:
        middel = {
            "code": "medewerker", "soort": "medewerker", "issuer": dienst.issuer, "client_id": "medewerker",
            "geheim_variabele": "PROEF_GEHEIM", "tweede_factor": {"amr": ["mfa"]},
            "groepen": [
                {"groep": "parkeren", "afdelingen": ["parkeren"], "rechten": ["behandelen"]},
                {"groep": BEHEER_ID, "rechten": ["beheren"]},
            ],
        }  # fmt: skip
        pad.write_text(yaml.safe_dump({"middelen": [middel | anders]}), encoding="utf-8")
        load_middelen.cache_clear()
        provider.use_adapter(None)

    set_up()
    with override_settings(ELOKET=settings.ELOKET.model_copy(update={"middelen_bestand": pad})):
        yield set_up
    load_middelen.cache_clear()
    provider.use_adapter(None)


def log_in(client: Client, wie: str) -> str:
    terug = urlsplit(Browser().log_in(client.get("/inloggen/medewerker/")["Location"], wie))
    return str(client.get(f"{terug.path}?{terug.query}")["Location"])


def actor_in(client: Client) -> Actor:
    return actor_from_dict(client.session["actor"])


def text(client: Client) -> str:
    return client.get(BUITEN).content.decode()


def test_the_groups_of_a_new_colleague_let_them_in(client: Client):
    assert log_in(client, "mila") == BINNEN
    actor = actor_in(client)
    assert actor.naam == "Mila Jansen"
    assert actor.afdelingen == {"parkeren"}
    assert actor.rechten == {Recht.BEHANDELEN}
    assert log_in(Client(), "mila") == BINNEN
    assert Medewerker.objects.count() == 1


def test_without_a_group_or_a_second_factor_nobody_comes_in(client: Client):
    assert log_in(client, "zonder") == BUITEN
    assert "niet in een groep" in text(client)
    assert log_in(client, "wachtwoord") == BUITEN
    assert "zonder tweede stap" in text(client)
    assert not Medewerker.objects.exists()


def test_realm_roles_of_keycloak(client: Client, zet: Any):
    zet(claims={"groepen": ["realm_access", "roles"]})
    assert log_in(client, "keycloak") == BINNEN
    assert actor_in(client).afdelingen == {"parkeren"}
    assert log_in(client, "mila") == BUITEN  # has groups, and no roles


def test_object_ids_of_entra(client: Client, zet: Any):
    zet(claims={"subject": "oid"})
    assert log_in(client, "entra") == BINNEN
    assert actor_in(client).rechten == {Recht.BEHEREN}
    assert Medewerker.objects.get().subject == "8d1b-object"
    assert log_in(client, "mila") == BUITEN  # without an oid


def test_more_groups_than_entra_sends(client: Client):
    assert log_in(client, "te-veel") == BUITEN
    assert "in zo veel groepen" in text(client)
