"""The pages of the products over HTTP: what, for whom, what is needed, how long, what it costs, and how to begin."""

import pytest
from django.test import Client

from eloket.loket.formulier.lezen import FormulierOnleesbaar
from eloket.loket.models import FormulierVersie
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


def test_the_list_shows_all_of_them_by_theme_and_search_forgives():
    lijst = tekst_van(Client().get("/loket/"))
    for product in list_producten():
        assert product.inhoud.titel in lijst
        assert product.inhoud.thema.tekst in lijst
    gezocht = tekst_van(Client().get("/loket/", {"q": "evenemnt"}))
    assert "1 resultaat voor ‘ evenemnt ’" in gezocht
    assert "Wij vinden niets voor ‘ zzzz ’" in tekst_van(Client().get("/loket/", {"q": "zzzz"}))


def test_a_form_that_this_release_cannot_read_is_said_and_keeps_nobody_from_the_others():
    kapot, ander = [een for een in list_producten() if een.inhoud.formulier][:2]
    FormulierVersie.objects.filter(slug=kapot.inhoud.formulier).update(
        sha="0" * 64, inhoud="titel: [van later"
    )
    tekst = tekst_van(Client().get(f"/loket/{kapot.slug}/"))
    assert FormulierOnleesbaar.tekst in tekst
    assert "nog niet online" not in tekst
    assert "Begin" not in tekst.split("Regel het online")[1].split("Voor ")[0]
    for pad in ("/loket/", f"/loket/{ander.slug}/"):
        antwoord = Client().get(pad)
        assert antwoord.status_code == 200
        assert FormulierOnleesbaar.tekst not in tekst_van(antwoord)


def test_a_check_that_cannot_be_read_says_so_on_its_own_page():
    product = next(een for een in list_producten() if een.inhoud.check)
    FormulierVersie.objects.filter(slug=product.inhoud.check).update(sha="1" * 64, inhoud="titel: [van later")
    html = bron_van(Client().get(f"/loket/{product.slug}/"))
    pad = f"/loket/zonder-inloggen/{product.inhoud.check}/"
    assert f'href="{pad}"' in html
    antwoord = Client().get(pad)
    assert antwoord.status_code == 503
    assert FormulierOnleesbaar.tekst in tekst_van(antwoord)
