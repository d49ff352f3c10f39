"""The pages of the products over HTTP: what, for whom, what is needed, how long, what it costs, and how to begin."""

import pytest
from django.test import Client

from eloket.loket.queries import list_producten
from eloket.loket.types import Product
from eloket.loket.versies import load_meegeleverd
from tests.web.portaal import bron_van, client_van, tekst_van

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _formulieren():
    load_meegeleverd()


@pytest.mark.parametrize("product", list_producten(), ids=lambda product: product.slug)
def test_a_product_says_everything_before_somebody_begins(product: Product):
    tekst = tekst_van(Client().get(f"/loket/{product.slug}/"))
    inhoud = product.inhoud
    for deel in (
        inhoud.titel,
        inhoud.samenvatting,
        *inhoud.nodig,
        inhoud.termijn,
        inhoud.kosten,
        *inhoud.daarna,
    ):
        assert " ".join(deel.split()) in tekst
    for kop in ("Wat heeft u nodig?", "Hoe lang duurt het?", "Wat kost het?", "Wat gebeurt er daarna?"):
        assert kop in tekst
    assert "Voor inwoners" in tekst
    assert "Het invullen duurt ongeveer" in tekst
    assert "nog niet online" not in tekst


@pytest.mark.parametrize(
    ("slug", "inloggen", "zonder"),
    [
        ("parkeervergunning", "U logt eerst in met DigiD.", False),
        ("kapvergunning", "U logt eerst in met DigiD of eHerkenning.", False),
        ("klacht-indienen", "U logt eerst in met DigiD of eHerkenning.", True),
    ],
)
def test_a_product_says_how_to_begin_with_each_login(slug: str, inloggen: str, zonder: bool):
    antwoord = Client().get(f"/loket/{slug}/")
    assert inloggen in tekst_van(antwoord)
    assert f'href="/loket/aanvragen/{slug}/"' in bron_van(antwoord)
    assert (f'href="/loket/zonder-inloggen/{slug}/"' in bron_van(antwoord)) is zonder
    ingelogd = tekst_van(client_van().get(f"/loket/{slug}/"))
    assert "U logt eerst in" not in ingelogd


def test_only_a_report_from_the_street_names_the_emergency_number():
    assert "direct gevaar" in tekst_van(Client().get("/loket/melding-openbare-ruimte/"))
    assert "direct gevaar" not in tekst_van(Client().get("/loket/klacht-indienen/"))


@pytest.mark.parametrize("slug", ["kapvergunning", "evenementenvergunning"])
def test_a_product_offers_its_check(slug: str):
    bron = bron_van(Client().get(f"/loket/{slug}/"))
    assert f'href="/loket/zonder-inloggen/{slug}-check/"' in bron
    assert "check" not in bron_van(Client().get("/loket/parkeervergunning/")).split("<main")[1].lower()


def test_the_list_shows_all_ten_by_theme_and_search_forgives():
    lijst = tekst_van(Client().get("/loket/"))
    for product in list_producten():
        assert product.inhoud.titel in lijst
        assert product.inhoud.thema.tekst in lijst
    gezocht = tekst_van(Client().get("/loket/", {"q": "evenemnt"}))
    assert "1 resultaat voor ‘ evenemnt ’" in gezocht
    assert "Wij vinden niets voor ‘ zzzz ’" in tekst_van(Client().get("/loket/", {"q": "zzzz"}))
