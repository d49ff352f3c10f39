"""Forms that were not sent, in Mijn Zaken and in Mijn overzicht."""

from datetime import timedelta

import pytest

from eloket.kernel import klok
from eloket.loket.models import Concept
from eloket.loket.versies import load_meegeleverd
from eloket.portal.loket import paden
from eloket.sources.register.bron import RegisterBron
from tests.huis import inwoner, onderneming
from tests.unit.loket.melding import MELDING, fill, send
from tests.web.portaal import ANDER, bron_van, client_van, tekst_van, zoek_zaken

pytestmark = pytest.mark.django_db
PAGINAS = ["/mijn/", "/mijn/zaken/"]


@pytest.fixture(autouse=True)
def _inrichting() -> None:
    RegisterBron().import_zaaktypen()
    load_meegeleverd()


@pytest.mark.parametrize("pad", PAGINAS)
def test_it_says_what_it_is_when_it_was_changed_how_long_it_stays_and_what_one_can_do(pad: str):
    concept = fill(inwoner())
    antwoord = client_van().get(pad)
    tekst, basis = tekst_van(antwoord), paden.concept(MELDING, concept.id, is_anoniem=False)
    assert "Nog niet verstuurd" in tekst
    assert "Ga verder met: Melding openbare ruimte" in tekst
    assert f"Laatst gewijzigd op {klok.schrijf_moment(concept.gewijzigd_op)}" in tekst
    assert f"Wij bewaren dit tot {klok.schrijf_datum(klok.datum_van(concept.bewaard_tot))}" in tekst
    assert f'href="{basis}"' in bron_van(antwoord)
    assert f'href="{paden.stoppen(basis)}"' in bron_van(antwoord)
    assert "U hoeft nu niets te doen" not in tekst


@pytest.mark.parametrize("pad", PAGINAS)
def test_several_at_once_and_only_ones_own(pad: str):
    for dagen in range(2):
        with klok.op_moment(klok.nu() - timedelta(days=dagen)):
            fill(inwoner())
    fill(inwoner(ANDER))
    fill(onderneming())
    assert bron_van(client_van().get(pad)).count("Ga verder met: Melding openbare ruimte") == 2


@pytest.mark.parametrize("pad", PAGINAS)
def test_what_was_sent_or_thrown_away_does_not_stand_there(pad: str):
    send(inwoner())
    client, concept = client_van(), fill(inwoner())
    client.post(paden.stoppen(paden.concept(MELDING, concept.id, is_anoniem=False)))
    assert "Nog niet verstuurd" not in tekst_van(client.get(pad))
    assert Concept.objects.count() == 1


def test_the_overview_shows_three_and_says_how_many_there_are():
    for _ in range(5):
        fill(inwoner())
    antwoord = client_van().get("/mijn/")
    assert bron_van(antwoord).count("Ga verder met:") == 3
    assert "Bekijk alle 5 formulieren die u nog niet heeft verstuurd" in tekst_van(antwoord)


def test_other_parts_of_the_list_are_without_them():
    fill(inwoner())
    for antwoord in (client_van().get("/mijn/zaken/?status=afgerond"), zoek_zaken(client_van(), "lamp")):
        assert "Nog niet verstuurd" not in tekst_van(antwoord)


@pytest.mark.parametrize("pad", PAGINAS)
def test_twenty_cost_no_more_queries_than_one(pad: str, django_assert_max_num_queries):
    fill(inwoner())
    client = client_van()
    client.get(pad)
    with django_assert_max_num_queries(13 if pad == "/mijn/" else 7) as een:
        client.get(pad)
    for _ in range(19):
        fill(inwoner())
    with django_assert_max_num_queries(len(een)):
        client.get(pad)
