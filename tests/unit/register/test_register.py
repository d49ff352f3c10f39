"""The register besides the port: fixed numbers of queries, suspension, numbering, and what may never happen."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from eloket.identity.types import Partij
from eloket.kernel.errors import NietToegestaan
from eloket.kernel.tekst import normalise
from eloket.sources.register.bron import RegisterBron
from eloket.sources.register.models import Rol, Volgnummer
from eloket.sources.register.zoeken import like_patterns
from eloket.zaken.errors import StatusNietToegestaan, ZaakGewijzigd, ZaakIsGesloten
from eloket.zaken.testing import nieuwe_zaak
from eloket.zaken.types import Badge, Zaak, ZaakFilter
from eloket.zaken.werk import TermijnKleur, WerkFilter

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
JEROEN = Partij.inwoner("999990019")


@pytest.fixture
def bron() -> RegisterBron:
    register = RegisterBron()
    register.import_zaaktypen()
    return register


def start(bron: RegisterBron, moment: datetime = MOMENT, zaaktype: str = "PARKEERVERGUNNING") -> Zaak:
    opdracht = nieuwe_zaak(JEROEN, zaaktype=zaaktype, kenmerken=(("Kenteken", "XX-123-X"), ("Merk", "Fiets")))
    return bron.start_zaak(opdracht, moment)[0]


def test_reads_take_a_fixed_number_of_queries(
    bron: RegisterBron, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    zaken = [start(bron) for _ in range(15)]
    afdelingen = frozenset({"parkeren-en-mobiliteit", "vergunningen", "belastingen"})
    with django_assert_num_queries(1):
        assert bron.list_zaken(JEROEN, ZaakFilter(zoek="parkeer")).aantal == 15
    with django_assert_num_queries(4):
        assert bron.get_zaak(zaken[3].ref.id) == zaken[3]
    with django_assert_num_queries(1):
        assert len(bron.list_werkvoorraad(WerkFilter(afdelingen=afdelingen)).items) == 15
    with django_assert_num_queries(1):
        assert len(bron.samenvat(tuple(zaak.ref for zaak in zaken))) == 15


@pytest.mark.parametrize(
    "filter",
    [
        WerkFilter(afdelingen=frozenset({"a"})),
        WerkFilter(afdelingen=frozenset({"a", "b"}), niet_toegewezen=True),
        WerkFilter(afdelingen=frozenset({"a", "b"}), behandelaar_id=7),
        WerkFilter(afdelingen=frozenset({"a"}), zoek="tegel"),
        WerkFilter(afdelingen=frozenset({"a"}), badge=Badge.WACHT_OP_U),
        WerkFilter(afdelingen=frozenset({"a"}), badge=Badge.WACHT_OP_U, niet_toegewezen=True),
        WerkFilter(afdelingen=frozenset({"a"}), termijn=TermijnKleur.ROOD),
        WerkFilter(afdelingen=frozenset({"a", "b"}), zaaktypen=frozenset({"MOR"})),
    ],
)
def test_lists_walk_an_index(bron: RegisterBron, filter: WerkFilter) -> None:
    """However large the register is: no list looks at every zaak or every rol."""
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL rightly scans a table of a few rows")
    start(bron)
    with CaptureQueriesContext(connection) as vragen:
        bron.list_zaken(JEROEN, ZaakFilter(zoek="parkeer"))
        bron.list_werkvoorraad(filter)
    with connection.cursor() as cursor:
        plan = [
            regel[3]
            for vraag in vragen
            for regel in cursor.execute(f"EXPLAIN QUERY PLAN {vraag['sql']}").fetchall()
        ]
    assert any("USING INDEX rol_betrokkene" in regel for regel in plan)
    assert any("USING INDEX zaak_werk" in regel for regel in plan)
    assert not [
        regel
        for regel in plan
        if regel in {"SCAN z", "SCAN r"} or regel.startswith(("SCAN register", "SCAN z "))
    ]


@pytest.mark.parametrize(
    ("filter", "index"),
    [
        (WerkFilter(afdelingen=frozenset({"a"}), badge=Badge.WACHT_OP_U), "zaak_werk_badge"),
        (
            WerkFilter(afdelingen=frozenset({"a"}), badge=Badge.WACHT_OP_U, niet_toegewezen=True),
            "zaak_werk_badge_wie",
        ),
        (WerkFilter(afdelingen=frozenset({"a"}), zaaktypen=frozenset({"MOR"})), "zaak_werk_zaaktype"),
        (WerkFilter(afdelingen=frozenset({"a"}), is_open=False), "zaak_afgerond"),
        (WerkFilter(afdelingen=frozenset({"a"}), zoek="van Drouwen"), "naam_sleutel"),
    ],
)
def test_a_narrowed_list_reads_only_what_it_shows(bron: RegisterBron, filter: WerkFilter, index: str) -> None:
    """In the order of its index: nothing is sorted but the few lines that each part gives."""
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL rightly scans a table of a few rows")
    start(bron)
    with CaptureQueriesContext(connection) as vragen:
        bron.list_werkvoorraad(filter)
    with connection.cursor() as cursor:
        plannen = [
            [regel[3] for regel in cursor.execute(f"EXPLAIN QUERY PLAN {vraag['sql']}").fetchall()]
            for vraag in vragen
        ]
    assert any(f"INDEX {index} " in regel for plan in plannen for regel in plan), plannen


def test_whole_number_is_found_by_its_index(bron: RegisterBron) -> None:
    zaak, _ = start(bron), start(bron)
    afdelingen = frozenset({"parkeren-en-mobiliteit"})
    gevonden = bron.list_werkvoorraad(
        WerkFilter(afdelingen=afdelingen, zoek=f" {zaak.identificatie.lower()} ")
    )
    assert [item.ref for item in gevonden.items] == [zaak.ref]


# --- suspension (Awb 4:15) ---


def test_suspension_moves_the_term_by_the_days_it_stood_still(bron: RegisterBron) -> None:
    zaak = start(bron)
    stil = bron.suspend(zaak.ref.id, reden="Wij wachten op u", moment=MOMENT + timedelta(days=10), versie=1)
    assert stil.opschorting is not None
    assert (stil.opschorting.reden, stil.opschorting.sinds) == ("Wij wachten op u", date(2026, 11, 13))
    assert stil.uiterlijke_einddatum == zaak.uiterlijke_einddatum
    verder = bron.resume(zaak.ref.id, moment=MOMENT + timedelta(days=17), versie=stil.versie)
    assert verder.opschorting is None
    assert zaak.uiterlijke_einddatum is not None
    assert verder.uiterlijke_einddatum == zaak.uiterlijke_einddatum + timedelta(days=7)
    assert (stil.versie, verder.versie) == (2, 3)


def test_suspension_refuses_what_makes_no_sense(bron: RegisterBron) -> None:
    zaak = start(bron)
    with pytest.raises(NietToegestaan):
        bron.resume(zaak.ref.id, moment=MOMENT, versie=1)
    bron.suspend(zaak.ref.id, reden="x", moment=MOMENT, versie=1)
    with pytest.raises(NietToegestaan):
        bron.suspend(zaak.ref.id, reden="x", moment=MOMENT, versie=2)
    with pytest.raises(ZaakGewijzigd):
        bron.resume(zaak.ref.id, moment=MOMENT, versie=1)


def test_end_of_a_zaak_ends_its_suspension(bron: RegisterBron) -> None:
    zaak = start(bron)
    bron.suspend(zaak.ref.id, reden="x", moment=MOMENT, versie=1)
    dicht = bron.set_status(zaak.ref.id, volgnummer=4, toelichting="", moment=MOMENT, versie=2)
    assert dicht.opschorting is None
    with pytest.raises(ZaakIsGesloten):
        bron.suspend(zaak.ref.id, reden="x", moment=MOMENT, versie=3)


# --- numbers ---


def test_numbers_go_up_per_year_without_gaps(bron: RegisterBron) -> None:
    assert [start(bron).identificatie for _ in range(3)] == [
        "Z-2026-000001",
        "Z-2026-000002",
        "Z-2026-000003",
    ]
    nieuwjaar = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # already 1 January in Amsterdam
    assert start(bron, nieuwjaar).identificatie == "Z-2027-000001"
    with transaction.atomic():
        start(bron)
        transaction.set_rollback(True)
    assert start(bron).identificatie == "Z-2026-000004"


def test_numbering_continues_and_never_goes_back(bron: RegisterBron) -> None:
    bron.continue_numbering(2026, 4212)
    assert start(bron).identificatie == "Z-2026-004213"
    bron.continue_numbering(2026, 10)
    assert start(bron).identificatie == "Z-2026-004214"
    assert Volgnummer.objects.get(jaar=2026).laatste == 4214


# --- what the database itself refuses, and what it holds ---


def test_a_zaak_has_one_initiator(bron: RegisterBron) -> None:
    zaak = start(bron)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rol.objects.create(
            zaak_id=zaak.ref.id,
            omschrijving_generiek="initiator",
            betrokkene_key="x",
            nummer="x",
            naam="x",
            is_onderneming=False,
        )


def test_tables_name_nobody(bron: RegisterBron) -> None:
    opdracht = nieuwe_zaak(
        JEROEN, naam="Jeroen van Drouwen", toelichting="Mijn geheim", kenmerken=(("Kenteken", "XX-123-X"),)
    )
    zaak, _ = bron.start_zaak(opdracht, MOMENT)
    bron.set_status(zaak.ref.id, volgnummer=2, toelichting="Beste Jeroen", moment=MOMENT, versie=1)
    inhoud = ""
    with connection.cursor() as cursor:
        for tabel in ("zaak", "rol", "status", "eigenschap"):
            cursor.execute(f"SELECT * FROM register_{tabel}")
            inhoud += str(cursor.fetchall())
    for geheim in ("999990019", "Drouwen", "geheim", "Jeroen", "XX-123-X"):
        assert geheim not in inhoud


@given(st.text(max_size=40))
def test_searching_for_what_is_there_always_matches(tekst: str) -> None:
    assert normalise(normalise(tekst)) == normalise(tekst)
    assert all(patroon.startswith("%") and patroon.endswith("%") for patroon in like_patterns(tekst))
    assert len(like_patterns(tekst)) == len(set(normalise(tekst).split()))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    zaaktype=st.sampled_from(["PARKEERVERGUNNING", "MOR", "SUBSIDIE_GELUIDSISOLATIE"]),
    pogingen=st.lists(
        st.tuples(
            st.integers(-1, 7), st.booleans(), st.sampled_from(["status", "behandelaar", "stil", "verder"])
        ),
        max_size=12,
    ),
)
def test_zaak_only_goes_forward(
    bron: RegisterBron, zaaktype: str, pogingen: list[tuple[int, bool, str]]
) -> None:
    zaak = start(bron, zaaktype=zaaktype)
    for plek, (volgnummer, is_oud, wat) in enumerate(pogingen, start=1):
        moment = MOMENT + timedelta(hours=plek)
        versie = zaak.versie - 1 if is_oud else zaak.versie
        try:
            nieuw = _attempt(bron, zaak, wat, volgnummer=volgnummer, moment=moment, versie=versie)
        except (StatusNietToegestaan, ZaakIsGesloten, ZaakGewijzigd, NietToegestaan):
            nieuw = zaak
            assert bron.get_zaak(zaak.ref.id) == zaak
        else:
            assert not is_oud
            assert zaak.is_open
            assert nieuw.versie == zaak.versie + 1
        assert nieuw.stap >= zaak.stap
        assert nieuw.statussen[: len(zaak.statussen)] == zaak.statussen
        assert nieuw.is_open == (nieuw.stap < len(nieuw.statustypen))
        assert nieuw.statussen[-1].volgnummer == nieuw.stap
        zaak = nieuw


def _attempt(
    bron: RegisterBron, zaak: Zaak, wat: str, *, volgnummer: int, moment: datetime, versie: int
) -> Zaak:
    if wat == "status":
        return bron.set_status(
            zaak.ref.id, volgnummer=volgnummer, toelichting="", moment=moment, versie=versie
        )
    if wat == "behandelaar":
        return bron.set_behandelaar(zaak.ref.id, medewerker_id=None, versie=versie)
    if wat == "stil":
        return bron.suspend(zaak.ref.id, reden="x", moment=moment, versie=versie)
    return bron.resume(zaak.ref.id, moment=moment, versie=versie)
