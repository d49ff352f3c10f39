"""How long zaken are kept, on the form of a zaaktype: read, changed, refused beside its field, and never lost."""

from dataclasses import replace

import pytest
from django.test import Client

from eloket.identity.types import Recht
from eloket.sources.register.models import ZaakType
from tests.web.test_beheer_paginas import fields
from tests.web.werkplek import Stadhuis, build_stadhuis, client_of, text_of

pytestmark = pytest.mark.django_db
PAD = "/werkplek/beheer/zaaktypen/PARKEERVERGUNNING/"


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


@pytest.fixture
def client(huis: Stadhuis) -> Client:
    return client_of(replace(huis.mila, rechten=frozenset(Recht)))


def form(client: Client, pad: str = f"{PAD}wijzigen/") -> dict[str, str | list[str]]:
    return fields(text_of(client.get(pad)))


def current() -> ZaakType:
    return ZaakType.objects.get(identificatie="PARKEERVERGUNNING", einde_geldigheid=None)


def test_the_page_says_in_words_how_long(client: Client):
    pagina = text_of(client.get(PAD))
    assert "Vernietigen, 1 jaar nadat de zaak is afgerond" in pagina
    assert "1 jaar nadat het besluit niet meer geldt (dat is 1 jaar na de afronding)" in pagina


def test_a_form_that_is_sent_as_it_came_changes_nothing(client: Client):
    versie = current().versie
    client.post(f"{PAD}wijzigen/", {**form(client), "stap": "bewaar"})
    assert current().versie == versie


def test_a_changed_term_is_looked_at_and_becomes_a_next_version(client: Client):
    velden = {**form(client), "bewaar-1-termijn": "18 maanden", "bewaar-3-resultaat": "Vergunning geweigerd"}
    velden |= {"bewaar-3-nominatie": "blijvend_bewaren"}
    verschil = text_of(client.post(f"{PAD}wijzigen/", {**velden, "stap": "bekijk"}))
    assert "P1Y6M" in verschil
    assert client.post(f"{PAD}wijzigen/", {**velden, "stap": "bewaar"}).status_code == 303
    regels = {regel["resultaat"]: regel for regel in current().bewaren}
    assert regels[""]["bewaartermijn"] == "P1Y6M"
    assert regels["Vergunning geweigerd"]["archiefnominatie"] == "blijvend_bewaren"
    assert regels["Vergunning verleend"]["procestermijn"] == "P1Y"


@pytest.mark.parametrize(
    ("anders", "tekst", "veld"),
    [
        ({"bewaar-1-termijn": "heel lang"}, "Schrijf de termijn als 5 jaar", "bewaar-1-termijn"),
        ({"bewaar-1-termijn": ""}, "Schrijf de termijn als 5 jaar", "bewaar-1-termijn"),
        ({"bewaar-2-proces": "0 jaar"}, "Schrijf de termijn als 5 jaar", "bewaar-2-proces"),
        ({"bewaar-2-resultaat": "Bestaat niet"}, "Dit resultaat bestaat niet: Bestaat niet", "bewaren"),
        ({"bewaar-1-nominatie": "", "bewaar-1-termijn": ""}, "de andere resultaten", "bewaren"),
        ({"bewaar-1-nominatie": "weggooien"}, "Kies een van de mogelijkheden", "bewaar-1-nominatie"),
    ],
)
def test_a_mistake_stands_beside_its_field_and_nothing_is_kept(
    client: Client, anders: dict[str, str], tekst: str, veld: str
):
    versie = current().versie
    antwoord = client.post(f"{PAD}wijzigen/", {**form(client), **anders, "stap": "bekijk"})
    assert antwoord.status_code == 422
    pagina = text_of(antwoord)
    assert tekst in pagina
    assert f'href="#{veld}"' in pagina
    assert f'id="{veld}"' in pagina
    for waarde in filter(None, anders.values()):
        assert waarde in pagina or waarde == "weggooien"
    assert current().versie == versie


def test_a_zaaktype_without_terms_keeps_its_zaken(client: Client):
    leeg = {naam: "" for naam in form(client) if naam.startswith("bewaar-")}
    client.post(f"{PAD}wijzigen/", {**form(client), **leeg, "stap": "bewaar"})
    assert current().bewaren == []
    assert "Niet vastgelegd: wij bewaren de zaken" in text_of(client.get(PAD))
