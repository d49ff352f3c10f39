"""Beheer > Medewerkers while groups at the login provider say what somebody may: to read there, not to change."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.test.utils import override_settings

from eloket.identity.beheer import get_rij, keep_medewerker
from eloket.identity.middelenbestand import load_middelen
from eloket.identity.models import Medewerker
from eloket.identity.types import Actor, Recht, RechtenBron
from tests.web.test_beheer_paginas import fields
from tests.web.werkplek import PARKEREN, Stadhuis, build_stadhuis, client_of

pytestmark = pytest.mark.django_db
MIDDEL = {
    "code": "medewerker", "soort": "medewerker", "issuer": "https://inloggen.example", "client_id": "eloket",
    "geheim_variabele": "PROEF_GEHEIM", "groepen": [{"groep": "parkeren", "afdelingen": [PARKEREN]}],
}  # fmt: skip


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


@pytest.fixture
def mila(huis: Stadhuis) -> Actor:
    Medewerker.objects.filter(subject="m-1").update(rechten=[recht.value for recht in Recht])
    return replace(huis.mila, rechten=frozenset(Recht))


@pytest.fixture
def omar(huis: Stadhuis) -> Medewerker:
    rij = Medewerker.objects.get(subject="m-2")
    rij.rechten_van = RechtenBron.GROEPEN
    rij.save()
    return rij


@pytest.fixture
def met_groepen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("PROEF_GEHEIM", "geheim-van-de-inlogdienst")
    pad = tmp_path / "middelen.yaml"
    pad.write_text(yaml.safe_dump({"middelen": [MIDDEL]}), encoding="utf-8")
    with override_settings(ELOKET=settings.ELOKET.model_copy(update={"middelen_bestand": pad})):
        yield
    load_middelen.cache_clear()


@pytest.mark.usefixtures("met_groepen")
def test_what_groups_say_is_to_read_with_the_reason(mila: Actor, omar: Medewerker):
    client = client_of(mila)
    assert (
        "komt van de groepen bij de inlogdienst"
        in client.get("/werkplek/beheer/medewerkers/").content.decode()
    )
    html = client.get(f"/werkplek/beheer/medewerkers/{omar.pk}/").content.decode()
    assert "komen van de groepen in uw inlogdienst" in html
    assert "Parkeren en mobiliteit" in html
    assert "Alle zaaktypen van de afdelingen" in html
    assert not {"naam", "afdelingen", "rechten", "zaaktypen"} & fields(html).keys()
    assert {"functie", "is_actief", "afwezig_van", "vervanger"} <= fields(html).keys()


@pytest.mark.usefixtures("met_groepen")
def test_a_made_up_form_changes_nothing_of_it_and_the_rest_is_kept(mila: Actor, omar: Medewerker):
    client, pad = client_of(mila), f"/werkplek/beheer/medewerkers/{omar.pk}/"
    velden = fields(client.get(pad).content.decode())
    erbij = {"functie": "behandelaar", "rechten": ["beheren"], "afdelingen": [], "naam": "Iemand anders"}
    assert client.post(pad, velden | erbij).status_code == 303
    omar.refresh_from_db()
    assert (omar.functie, omar.naam, omar.rechten) == ("behandelaar", "Omar de Boer", ["behandelen"])
    assert [een.code for een in omar.afdelingen.all()] == [PARKEREN]
    keep_medewerker(mila, replace(get_rij(str(omar.pk)), rechten=frozenset(Recht)))
    omar.refresh_from_db()
    assert omar.rechten == ["behandelen"]


@pytest.mark.usefixtures("met_groepen")
def test_an_error_elsewhere_in_the_form_still_shows_it(mila: Actor, omar: Medewerker):
    client, pad = client_of(mila), f"/werkplek/beheer/medewerkers/{omar.pk}/"
    velden = fields(client.get(pad).content.decode())
    antwoord = client.post(pad, velden | {"afwezig_van": "geen datum"})
    assert antwoord.status_code == 422
    assert "Parkeren en mobiliteit" in antwoord.content.decode()


@pytest.mark.usefixtures("met_groepen")
def test_who_left_can_be_shut_out_here(mila: Actor, omar: Medewerker):
    client, pad = client_of(mila), f"/werkplek/beheer/medewerkers/{omar.pk}/"
    velden = fields(client.get(pad).content.decode())
    del velden["is_actief"]
    assert client.post(pad, velden).status_code == 303
    omar.refresh_from_db()
    assert (omar.is_actief, omar.is_uitgestroomd) == (False, False)


def test_without_a_mapping_all_is_managed_here_again(mila: Actor, omar: Medewerker):
    html = client_of(mila).get(f"/werkplek/beheer/medewerkers/{omar.pk}/").content.decode()
    assert "inlogdienst. Daarom" not in html
    assert {"naam", "afdelingen", "rechten"} <= fields(html).keys()
