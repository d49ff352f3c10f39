"""On which lists of the werkplek the zaken of a person stood: told when asked for, because it would bury the rest."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from eloket.audit.service import record_each
from eloket.identity.testing import inwoner
from eloket.identity.types import Recht
from eloket.inzage import eigen
from eloket.inzage.eigen import ALLES, Keuze
from eloket.kernel.klok import op_moment
from eloket.portal import paden
from eloket.workbench.aantekenen import Werklijst, record_list
from eloket.zaken.historie import list_historie, list_kijkers
from eloket.zaken.service import record_view
from eloket.zaken.types import Zaak
from tests.web.portaal import bron_van, client_van, tekst_van
from tests.web.werkplek import Stadhuis, build_stadhuis, client_of, zoek_werk

pytestmark = pytest.mark.django_db
DAG = datetime(2026, 11, 3, 8, 12, tzinfo=UTC)
MILA = "Een medewerker van Parkeren en mobiliteit"
OP_LIJST = f"{MILA} heeft uw zaak zien staan op een lijst met werk Om 9.12 uur"
NIEMAND = "Niemand anders heeft uw gegevens bekeken."


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


def have_on_a_list(huis: Stadhuis, zaken: Iterable[Zaak], op: datetime = DAG) -> None:
    with op_moment(op):
        record_list(huis.mila, Werklijst.WERKVOORRAAD, [een.ref for een in zaken])


def page(vraag: str = "", pad: str = paden.INZAGE) -> str:
    return tekst_van(client_van(inwoner()).get(pad + vraag))


def test_a_list_is_not_shown_until_asked_for_and_then_it_is_named(huis):
    zaak = huis.start("Parkeervergunning")
    have_on_a_list(huis, [zaak])
    with op_moment(DAG):
        record_view(huis.mila, zaak.ref)
    gewoon = page()
    assert f"{MILA} heeft uw zaak bekeken" in gewoon
    assert "zien staan" not in gewoon
    assert "Op welke lijsten uw zaken stonden, ziet u hier nu niet." in gewoon
    met = page("?ook=lijsten")
    assert OP_LIJST in met
    assert f"{MILA} heeft uw zaak bekeken" in met
    assert "U ziet alleen wat anderen deden." in met


@pytest.mark.parametrize(
    ("vraag", "zelf", "lijsten"),
    [
        ("", False, False),
        ("?ook=zelf", True, False),
        ("?ook=lijsten", False, True),
        ("?ook=zelf&ook=lijsten", True, True),
        ("?ook=lijsten&ook=zelf&ook=lijsten", True, True),
        ("?ook=iets", False, False),
    ],
)
def test_both_choices_are_made_apart_and_the_link_of_one_keeps_the_other(huis, vraag, zelf, lijsten):
    have_on_a_list(huis, [huis.start("Parkeervergunning")])
    antwoord = client_van(inwoner()).get(paden.INZAGE + vraag)
    tekst, bron = tekst_van(antwoord), bron_van(antwoord)
    assert ("U zelf heeft uw aanvraag gestart" in tekst, OP_LIJST in tekst) == (zelf, lijsten)
    ook = {"zelf": zelf, "lijsten": lijsten}
    for wisselt, was in ook.items():
        na = ook | {wisselt: not was}
        adres = "?" + "&amp;".join(f"ook={naam}" for naam, aan in na.items() if aan)
        assert f'href="{adres}"' in bron


def test_both_choices_survive_paging(huis):
    zaken = [huis.start(f"Zaak {n}") for n in range(11)]
    for terug in range(4, -1, -1):
        have_on_a_list(huis, zaken, op=DAG - timedelta(days=terug))
    client = client_van(inwoner())
    assert "?ook=zelf&amp;ook=lijsten&amp;p=2" in bron_van(client.get(paden.INZAGE + "?ook=zelf&ook=lijsten"))
    assert "?ook=lijsten&amp;p=2" in bron_van(client.get(paden.INZAGE + "?ook=lijsten"))
    tweede = bron_van(client.get(paden.INZAGE + "?ook=lijsten&p=2"))
    assert tweede.count("zien staan") == 5
    assert "Pagina 2 van 2" in tweede
    assert "Pagina 2" not in bron_van(client.get(paden.INZAGE + "?p=2")), (
        "without the lists there is one page"
    )


def test_who_only_had_it_on_a_list_is_not_said_to_be_nobody(huis):
    zaak = huis.start("Parkeervergunning")
    assert NIEMAND in page()
    have_on_a_list(huis, [zaak])
    leeg = page()
    assert NIEMAND not in leeg
    assert "Uw zaken stonden wel op een lijst van een medewerker. Verder heeft niemand anders" in leeg
    van_zaak = page(pad=paden.zaak_inzage(zaak.ref))
    assert "Deze zaak stond wel op een lijst van een medewerker." in van_zaak
    assert "Toon ook op welke lijsten deze zaak stond" in van_zaak
    assert OP_LIJST in page("?ook=lijsten", paden.zaak_inzage(zaak.ref))
    ander = huis.start("Zonder lijst")
    assert "stond wel op een lijst" not in page(pad=paden.zaak_inzage(ander.ref))


def test_with_only_a_list_and_not_everything_asked_it_says_no_more_than_is_known(huis, monkeypatch):
    have_on_a_list(huis, [huis.start("Een"), huis.start("Twee")])
    monkeypatch.setattr(eigen, "MEESTE_ZAKEN", 1)
    leeg = page()
    assert "Verder staat er nog niets in de gegevens die wij konden bekijken." in leeg
    assert "niemand anders" not in leeg


def test_a_search_and_a_message_are_shown_as_before(huis):
    huis.start("Parkeervergunning")
    zoek_werk(client_of(huis.mila), "Drouwen", lijst="afdeling")
    assert f"{MILA} heeft gezocht en uw zaak in een lijst gezien" in page()


def test_a_list_makes_nobody_a_reader_of_the_zaak_for_a_colleague(huis):
    zaak = huis.start()
    have_on_a_list(huis, [zaak])
    wie = [een.wie for een in (*list_kijkers(zaak), *list_historie(zaak))]
    assert wie
    assert "Mila Jansen" not in wie


def test_a_list_that_has_no_words_here_yet_is_told_all_the_same(huis):
    zaak = huis.start()
    with op_moment(DAG):
        record_each(
            [str(zaak.ref)],
            actor_soort="medewerker",
            actor_key=huis.mila.key,
            actie="zaak.op_lijst_gezien",
            lijst="nieuw",
        )
    assert f"{MILA} heeft uw zaak op een lijst zien staan" in page("?ook=lijsten")


def test_the_officer_finds_the_line_by_the_zaak(huis):

    zaak = huis.start()
    have_on_a_list(huis, [zaak])
    inzien = replace(huis.omar, rechten=frozenset({Recht.INZIEN}))
    logboek = client_of(inzien).get(f"/werkplek/logboek/?zaaknummer={zaak.identificatie}")
    assert "heeft de zaak op een lijst zien staan" in tekst_van(logboek)


@pytest.mark.parametrize("vraag", ["", "?ook=zelf", "?ook=lijsten", "?ook=zelf&ook=lijsten"])
def test_it_costs_as_many_queries_for_many_lists_as_for_one(huis, vraag):
    zaken = [huis.start(f"Zaak {n}") for n in range(12)]
    client = client_van(inwoner())
    have_on_a_list(huis, zaken[:1], op=DAG - timedelta(days=9))
    client.get(paden.INZAGE)

    def cost() -> int:
        with CaptureQueriesContext(connection) as vragen:
            client.get(paden.INZAGE + vraag)
        return len(vragen)

    weinig = cost()
    for terug in range(4, -1, -1):
        have_on_a_list(huis, zaken, op=DAG - timedelta(days=terug))
    assert cost() == weinig <= 13


@pytest.mark.parametrize("keuze", [Keuze(), Keuze(ook_zelf=True), ALLES], ids=["gewoon", "zelf", "alles"])
def test_each_question_walks_the_lines_of_ones_own_zaken_and_no_others(huis, keuze):
    """Never an index by act: of the act of a list there are more lines than of all others."""
    jeroen = huis.jeroen
    assert jeroen.partij is not None
    have_on_a_list(huis, [huis.start(f"Zaak {n}") for n in range(5)])
    onderwerp = eigen.all_of(jeroen, jeroen.partij)
    with CaptureQueriesContext(connection) as vragen:
        eigen.count_regels(jeroen, onderwerp, keuze)
        eigen.list_regels(jeroen, onderwerp, keuze, offset=0, limit=50)
        eigen.was_on_a_list(onderwerp)
    over = [een["sql"] for een in vragen.captured_queries if "audit_regel" in een["sql"]]
    assert len(over) == 3
    if connection.vendor == "sqlite":
        for vraag in over:
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {vraag}")
                plan = [rij[3] for rij in cursor.fetchall() if "audit_regel" in rij[3]]
            assert plan == ["SEARCH audit_regel USING INDEX audit_regel_object (object_ref=?)"]
