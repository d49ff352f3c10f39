"""What who was authorised reads of the giver on their own pages: no more than it opens, and not unseen."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from eloket.audit import service as audit
from eloket.audit.models import AuditRegel
from eloket.identity.niveaus import Zekerheid
from eloket.identity.testing import gemachtigde
from eloket.identity.types import Actor, Machtiging, partij_ref
from eloket.kernel.errors import BronOnbereikbaar
from eloket.kernel.klok import nu, op_moment, schrijf_datum, vandaag
from eloket.machtigingen import service
from eloket.machtigingen.queries import list_ontvangen
from eloket.zaken.historie import list_kijkers
from eloket.zaken.testing import FakeZaakBron
from eloket.zaken.types import Zaak, ZaakNaam, ZaakRef
from tests.huis import inwoner, met_nepbronnen
from tests.machtigen import leg_voor, machtig, wens
from tests.web.portaal import bron_van, client_van, partij_van, tekst_van, zaak_met, zaak_van

pytestmark = pytest.mark.django_db
JEROEN = inwoner("999990019", "Jeroen van Drouwen")
FATIMA = inwoner("999990020", "Fatima el Idrissi")
SANNE = inwoner("999990032", "Sanne de Wit")
LIJST, ZAKEN = "/mijn/machtigingen/", "/mijn/zaken/"
TITEL = "Bijstand voor de huur"
HOGER = "u ziet pas welke met een hoger niveau van inloggen"
TE_ZWAK = "deze machtiging is daar niet sterk genoeg voor"
ONBEKEND = "de titel is nu niet op te halen"


@pytest.fixture
def bron() -> Iterator[FakeZaakBron]:
    with met_nepbronnen() as bron:
        yield bron


@pytest.fixture
def zaak(bron: FakeZaakBron) -> Zaak:
    return zaak_van(JEROEN, TITEL)


def shown_to(client: Client, machtiging_id: str) -> str:
    """All that the pages of authorisations and Mijn Zaken say, with what only a screen reader says."""
    return " ".join(bron_van(client.get(pad)) for pad in (LIJST, f"{LIJST}{machtiging_id}/", ZAKEN))


def knows(wie: Actor, machtiging_id: str, zaak: Zaak) -> set[bool]:
    html = shown_to(client_van(wie), machtiging_id)
    return {TITEL in html, zaak.identificatie in html}


def test_before_it_is_accepted_nobody_reads_of_which_zaak_it_is(zaak):
    """Whoever has the code may be the wrong person, and the giver reads their name only after this."""
    machtiging_id = leg_voor(JEROEN, FATIMA, wens(zaak.ref))
    assert knows(FATIMA, machtiging_id, zaak) == {False}
    assert "u ziet welke als u de machtiging aanneemt" in tekst_van(
        client_van(FATIMA).get(f"{LIJST}{machtiging_id}/")
    )
    assert TITEL in shown_to(client_van(JEROEN), machtiging_id)
    service.accept(FATIMA, machtiging_id)
    assert knows(FATIMA, machtiging_id, zaak) == {True}


def test_before_it_begins_the_page_says_from_when(zaak):
    morgen = vandaag() + timedelta(days=1)
    machtiging_id = leg_voor(JEROEN, FATIMA, wens(zaak.ref, van=morgen))
    vraag = tekst_van(client_van(FATIMA).get(f"{LIJST}{machtiging_id}/"))
    assert f"u ziet welke vanaf {schrijf_datum(morgen)}, als u de machtiging aanneemt" in vraag
    service.accept(FATIMA, machtiging_id)
    assert knows(FATIMA, machtiging_id, zaak) == {False}
    assert "u ziet welke vanaf" in tekst_van(client_van(FATIMA).get(LIJST))
    with op_moment(nu() + timedelta(days=1)):
        assert knows(FATIMA, machtiging_id, zaak) == {True}


@pytest.mark.parametrize("einde", ["intrekken", "stoppen", "weigeren", "verlopen"])
def test_what_is_over_tells_nothing_of_the_zaak_any_more(zaak, einde: str):
    if einde == "weigeren":
        machtiging_id = leg_voor(JEROEN, FATIMA, wens(zaak.ref))
        service.refuse(FATIMA, machtiging_id)
    else:
        machtiging_id = machtig(JEROEN, FATIMA, zaak.ref)
    if einde == "intrekken":
        service.withdraw(JEROEN, machtiging_id)
    if einde == "stoppen":
        service.stop(FATIMA, machtiging_id)
    with op_moment(nu() + timedelta(days=30 if einde == "verlopen" else 0)):
        assert knows(FATIMA, machtiging_id, zaak) == {False}
        assert "Eén zaak" in tekst_van(client_van(FATIMA).get(LIJST))
        assert TITEL in shown_to(client_van(JEROEN), machtiging_id)


@pytest.mark.parametrize(
    ("van_gever", "van_ontvanger", "zin"),
    [
        (Zekerheid.SUBSTANTIEEL, Zekerheid.HOOG, ""),
        (Zekerheid.SUBSTANTIEEL, Zekerheid.LAAG, HOGER),
        (Zekerheid.LAAG, Zekerheid.HOOG, TE_ZWAK),
        (Zekerheid.LAAG, Zekerheid.LAAG, TE_ZWAK),
    ],
)
def test_the_title_is_for_the_level_of_the_zaak(bron, zaak, van_gever, van_ontvanger, zin: str):
    """Also when that was asked only later: who gives a zaak comes through its door."""
    machtiging_id = machtig(replace(JEROEN, zekerheid=van_gever), FATIMA, zaak.ref)
    bron._zaken[zaak.ref.id] = replace(zaak, zekerheid=Zekerheid.SUBSTANTIEEL)
    ontvanger = replace(FATIMA, zekerheid=van_ontvanger)
    assert knows(ontvanger, machtiging_id, zaak) == {not zin}
    assert said(tekst_van(client_van(ontvanger).get(ZAKEN))) == zin


@pytest.mark.parametrize(
    ("van_gever", "van_ontvanger", "zin"),
    [
        (Zekerheid.SUBSTANTIEEL, Zekerheid.HOOG, ""),
        (Zekerheid.SUBSTANTIEEL, Zekerheid.LAAG, HOGER),
        (Zekerheid.LAAG, Zekerheid.HOOG, TE_ZWAK),
    ],
)
def test_so_it_is_in_the_list_of_all_zaken(bron, zaak, van_gever, van_ontvanger, zin: str):
    """And of one that is not for them not its number either: with that somebody asks about it at the counter."""
    anders = zaak_van(JEROEN, "Kapvergunning", sleutel="anders")
    machtiging_id = machtig(replace(JEROEN, zekerheid=van_gever), FATIMA)
    bron._zaken[zaak.ref.id] = replace(zaak, zekerheid=Zekerheid.SUBSTANTIEEL)
    tekst = tekst_van(
        client_van(replace(FATIMA, zekerheid=van_ontvanger)).get(f"{LIJST}{machtiging_id}/zaken/")
    )
    assert (TITEL in tekst, zaak.identificatie in tekst) == (not zin, not zin)
    assert anders.omschrijving in tekst
    assert said(tekst) == zin
    assert tekst.count("Zaaknummer") == (1 if zin else 2), "en geen leeg nummer"


def said(tekst: str) -> str:
    """Why the reader does not see which zaak it is."""
    return " ".join(zin for zin in (HOGER, TE_ZWAK, ONBEKEND) if zin in tekst)


def test_a_source_that_does_not_say_what_each_is_for_is_said_and_no_level(bron, zaak, monkeypatch):
    """Logging in higher does not help then, and the list itself was there."""
    machtiging_id = machtig(JEROEN, FATIMA)

    def fail(_refs: object) -> dict[ZaakRef, ZaakNaam]:
        raise BronOnbereikbaar(bron.naam)

    monkeypatch.setattr(bron, "samenvat", fail)
    tekst = tekst_van(client_van(FATIMA).get(f"{LIJST}{machtiging_id}/zaken/"))
    assert said(tekst) == ONBEKEND
    assert TITEL not in tekst
    assert zaak.identificatie not in tekst


def test_a_source_that_is_away_does_not_make_one_zaak_all_of_them(bron, zaak):
    machtig(JEROEN, FATIMA, zaak.ref)
    bron.faalt = True
    tekst = tekst_van(client_van(FATIMA).get(ZAKEN))
    assert "de titel is nu niet op te halen" in tekst
    assert "Alle zaken" not in tekst
    assert "Bekijk de zaken" not in tekst_van(client_van(FATIMA).get(LIJST))


def read_lines() -> list[tuple[str, str]]:
    regels = AuditRegel.objects.filter(actie="machtiging.bekeken").order_by("pk")
    assert {(een.actor_soort, een.actor_key) for een in regels} <= {("gemachtigde", FATIMA.key)}
    assert {een.kenmerken["namens"] for een in regels} <= {JEROEN.key, SANNE.key}
    return [(een.actie, een.object_ref) for een in regels]


@pytest.mark.parametrize("pad", [LIJST, "{}{}/", ZAKEN])
def test_every_page_that_names_the_giver_leaves_a_line_once_a_day_where_the_giver_reads_it(zaak, pad: str):
    een, alle = machtig(JEROEN, FATIMA, zaak.ref), machtig(JEROEN, FATIMA)
    laatste = [pad.format(LIJST, sleutel) for sleutel in (een, alle)]
    for _ in range(3):
        for adres in laatste:
            assert "Jeroen van Drouwen" in tekst_van(client_van(FATIMA).get(adres))
    waarover = {str(zaak.ref), partij_ref(JEROEN.key)}
    assert {ref for _, ref in read_lines()} == waarover
    assert len(read_lines()) == 2
    assert "Fatima el Idrissi, die u heeft gemachtigd heeft een machtiging bekeken" in tekst_van(
        client_van(JEROEN).get("/mijn/gegevens/inzage/")
    ).replace(" , ", ", ")
    assert [een.wie for een in list_kijkers(zaak)] == ["Gemachtigde"], "en niet de aanvrager"
    with op_moment(nu() + timedelta(days=1)):
        for adres in laatste:
            client_van(FATIMA).get(adres)
    assert len(read_lines()) == 4


def test_what_two_people_gave_leaves_a_line_at_each_of_them(zaak):
    machtig(JEROEN, FATIMA)
    machtig(SANNE, FATIMA)
    client_van(FATIMA).get(ZAKEN)
    assert {ref for _, ref in read_lines()} == {partij_ref(JEROEN.key), partij_ref(SANNE.key)}


def test_two_who_gave_the_same_zaak_each_get_a_line_and_twenty_givers_cost_what_one_does(bron):
    zaak = zaak_met(bron, SANNE, aanvrager=JEROEN)
    machtig(JEROEN, FATIMA, zaak.ref)
    client_van(FATIMA).get(ZAKEN)
    machtig(SANNE, FATIMA, zaak.ref)
    for _ in range(2):
        client_van(FATIMA).get(ZAKEN)
    regels = AuditRegel.objects.filter(actie="machtiging.bekeken", object_ref=str(zaak.ref)).order_by("pk")
    assert [een.kenmerken["namens"] for een in regels] == [JEROEN.key, SANNE.key]
    een = list_ontvangen(partij_van(FATIMA))[0]
    velen = [replace(een, gever_key=f"gever-{n}") for n in range(20)]
    with CaptureQueriesContext(connection) as gedaan:
        service.note_read(FATIMA, velen, met_zaak=set())
    schreven = [vraag for vraag in gedaan.captured_queries if "INSERT" in vraag["sql"]]
    assert AuditRegel.objects.filter(object_ref__startswith="partij-gever-").count() == 20
    assert len(schreven) == 1, "in één keer"


def test_the_giver_reads_once_that_somebody_refused_and_who_else_has_the_zaak_does_not(bron):
    zaak = zaak_met(bron, SANNE, aanvrager=JEROEN)
    service.refuse(FATIMA, leg_voor(JEROEN, FATIMA, wens(zaak.ref)))
    service.stop(FATIMA, machtig(JEROEN, FATIMA, zaak.ref))
    for pad in ("/mijn/gegevens/inzage/", f"{ZAKEN}{zaak.ref}/inzage/"):
        assert "niet aangenomen" not in tekst_van(client_van(SANNE).get(pad))
    tekst = tekst_van(client_van(JEROEN).get("/mijn/gegevens/inzage/"))
    for zin in (
        "heeft een machtiging niet aangenomen",
        "heeft een machtiging aangenomen",
        "is met een machtiging",
    ):
        assert tekst.count(zin) == 1


def test_who_refused_is_somebody_with_the_code_and_nobody_of_the_zaak(zaak):
    service.refuse(FATIMA, leg_voor(JEROEN, FATIMA, wens(zaak.ref)))
    tekst = tekst_van(client_van(JEROEN).get("/mijn/gegevens/inzage/"))
    assert "Iemand met de code van uw machtiging heeft een machtiging niet aangenomen" in tekst


def test_what_does_not_tell_which_zaak_it_is_leaves_its_line_at_the_giver(zaak):
    """Who typed the code reads a name, and nothing of the zaak: its trail is of everybody in it."""
    leg_voor(JEROEN, FATIMA, wens(zaak.ref))
    client_van(FATIMA).get(LIJST)
    assert read_lines() == [("machtiging.bekeken", partij_ref(JEROEN.key))]


def test_who_reads_what_they_gave_leaves_no_such_line(zaak):
    machtiging_id = machtig(JEROEN, FATIMA, zaak.ref)
    shown_to(client_van(JEROEN), machtiging_id)
    bewind = replace(gemachtigde(door="999990044"), machtiging=Machtiging.BEWIND)
    client_van(bewind).get(LIJST)
    assert read_lines() == []


def test_without_its_line_nobody_reads_who_authorised_them(zaak, monkeypatch):
    machtiging_id, client = machtig(JEROEN, FATIMA, zaak.ref), client_van(FATIMA)
    client.raise_request_exception = False

    def fail(*_: object, **__: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(audit, "record_all", fail)
    for pad in (LIJST, f"{LIJST}{machtiging_id}/", ZAKEN):
        assert client.get(pad).status_code >= 500
