"""Every sentence of zaken/ports.py, for every source of zaken."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import OperationalError, transaction

from eloket.identity.types import Partij
from eloket.kernel.errors import BronOnbereikbaar
from eloket.zaken.errors import (
    BetrokkeneNietGevonden,
    StatusNietToegestaan,
    ZaakGewijzigd,
    ZaakIsGesloten,
    ZaakNietGevonden,
    ZaakTypeOnbekend,
)
from eloket.zaken.ports import IsVoor, ZaakBron
from eloket.zaken.testing import nieuwe_zaak
from eloket.zaken.types import (
    Aandacht,
    Badge,
    VoorWie,
    ZaakFilter,
    ZaakRef,
)
from eloket.zaken.werk import WerkFilter
from tests.contract.zaakbron import (
    BEDRIJF,
    FATIMA,
    FILIAAL,
    JEROEN,
    MOMENT,
    PARKEREN,
    bron,
    onbereikbaar,
    sluit,
    start,
    zet,
)

__all__ = ["bron"]


def test_names_itself(bron: ZaakBron) -> None:
    assert bron.naam.isascii()
    assert bron.naam.isalpha()
    assert bron.titel
    zaak = start(bron)
    assert zaak.ref.bron == bron.naam
    assert ZaakRef.parse(str(zaak.ref)) == zaak.ref


# --- get_partij ---


@pytest.mark.parametrize("partij", [JEROEN, BEDRIJF, FILIAAL])
def test_the_number_behind_a_key_is_there_to_write_a_letter(bron: ZaakBron, partij: Partij) -> None:
    zaak = start(bron, partij)
    assert bron.get_partij(zaak.ref.id, partij.profiel_key) == partij
    assert bron.get_partij(zaak.ref.id, partij.key) == (BEDRIJF if partij is FILIAAL else partij)


def test_who_has_no_part_in_the_zaak_has_no_number(bron: ZaakBron) -> None:
    zaak = start(bron)
    start(bron, FATIMA)
    for key in (FATIMA.key, "", "onbekend"):
        with pytest.raises(BetrokkeneNietGevonden):
            bron.get_partij(zaak.ref.id, key)
    for zaak_id in ("onbekend", "00000000-0000-0000-0000-000000000000"):
        with pytest.raises(ZaakNietGevonden):
            bron.get_partij(zaak_id, JEROEN.key)
    with onbereikbaar(bron), pytest.raises(BronOnbereikbaar):
        bron.get_partij(zaak.ref.id, JEROEN.key)


# --- list_rollen ---


def test_the_roles_of_a_party_or_a_branch_are_there_the_last_zaak_first(bron: ZaakBron) -> None:
    eerste, _ander, tweede = (start(bron, partij) for partij in (BEDRIJF, FATIMA, FILIAAL))
    van_filiaal = (tweede.ref, FILIAAL.vestiging_key)
    assert bron.list_rollen(BEDRIJF.key, limit=9) == (van_filiaal, (eerste.ref, ""))
    assert bron.list_rollen(BEDRIJF.key, limit=1) == (van_filiaal,)
    assert bron.list_rollen(FILIAAL.vestiging_key, limit=9) == (van_filiaal,)
    assert bron.list_rollen("", limit=9) == bron.list_rollen("onbekend", limit=9) == ()
    with onbereikbaar(bron), pytest.raises(BronOnbereikbaar):
        bron.list_rollen(BEDRIJF.key, limit=9)


# --- start_zaak ---


def test_start_makes_initiator_and_first_status(bron: ZaakBron) -> None:
    opdracht = nieuwe_zaak(
        JEROEN, naam="Jeroen van Drouwen", toelichting="Graag snel", kenmerken=(("Kenteken", "XX-123-X"),)
    )
    zaak, is_nieuw = bron.start_zaak(opdracht, MOMENT)
    assert is_nieuw
    assert bron.get_zaak(zaak.ref.id) == zaak
    assert (zaak.stap, zaak.badge, zaak.versie) == (1, Badge.ONTVANGEN, 1)
    assert [(s.volgnummer, s.datum_status_gezet, s.statustoelichting) for s in zaak.statussen] == [
        (1, MOMENT, "")
    ]
    assert zaak.initiator is not None
    assert (zaak.initiator.key, zaak.initiator.naam) == (JEROEN.key, "Jeroen van Drouwen")
    assert not zaak.initiator.is_onderneming
    assert zaak.omschrijving == zaak.zaaktype_omschrijving == "Parkeervergunning voor bewoners"
    assert (zaak.toelichting, zaak.kenmerken) == ("Graag snel", (("Kenteken", "XX-123-X"),))
    assert (zaak.afdeling, zaak.afdeling_naam) == (PARKEREN, "Parkeren en mobiliteit")
    assert (zaak.behandelaar_id, zaak.behandelaar_naam) == (None, "")
    assert zaak.registratiedatum == MOMENT
    assert zaak.startdatum == date(2026, 11, 3)
    assert zaak.uiterlijke_einddatum == date(2026, 11, 3) + timedelta(days=zaak.doorlooptijd_dagen)
    assert zaak.is_open
    assert zaak.opschorting is None


def test_steps_are_numbered_from_one_and_only_the_last_ends(bron: ZaakBron) -> None:
    stappen = start(bron).statustypen
    assert [stap.volgnummer for stap in stappen] == [1, 2, 3, 4]
    assert [stap.is_eindstatus for stap in stappen] == [False, False, False, True]
    assert all(stap.statustekst for stap in stappen)
    assert "Vergunning verleend" in start(bron).resultaattypen


def test_startdatum_is_the_date_in_amsterdam(bron: ZaakBron) -> None:
    zaak, _ = bron.start_zaak(nieuwe_zaak(JEROEN), datetime(2026, 7, 1, 22, 30, tzinfo=UTC))
    assert zaak.startdatum == date(2026, 7, 2)


def test_same_sleutel_is_the_same_zaak(bron: ZaakBron) -> None:
    eerste, is_nieuw = bron.start_zaak(nieuwe_zaak(JEROEN, sleutel="formulier-1"), MOMENT)
    assert is_nieuw
    tweede, is_nieuw = bron.start_zaak(
        nieuwe_zaak(JEROEN, sleutel="formulier-1"), MOMENT + timedelta(hours=1)
    )
    assert not is_nieuw
    assert tweede == eerste
    assert bron.list_zaken(JEROEN, ZaakFilter()).aantal == 1


def test_other_or_no_sleutel_is_another_zaak(bron: ZaakBron) -> None:
    for sleutel in ("a", "b", "", ""):
        assert bron.start_zaak(nieuwe_zaak(JEROEN, sleutel=sleutel), MOMENT)[1]
    nummers = {zaak.identificatie for zaak in bron.list_zaken(JEROEN, ZaakFilter()).zaken}
    assert len(nummers) == 4


def test_sleutel_of_somebody_else_opens_nothing(bron: ZaakBron) -> None:
    van_jeroen, _ = bron.start_zaak(nieuwe_zaak(JEROEN, sleutel="zelfde"), MOMENT)
    van_fatima, is_nieuw = bron.start_zaak(nieuwe_zaak(FATIMA, sleutel="zelfde"), MOMENT)
    assert is_nieuw
    assert van_fatima.ref != van_jeroen.ref


def test_unknown_zaaktype_is_refused(bron: ZaakBron) -> None:
    with pytest.raises(ZaakTypeOnbekend):
        start(bron, zaaktype="BESTAAT_NIET")
    assert bron.list_zaken(JEROEN, ZaakFilter()).zaken == ()


# --- list_zaken ---


def test_list_is_newest_first_then_highest_number(bron: ZaakBron) -> None:
    oud = start(bron, dagen=0)
    nieuw = start(bron, dagen=2)
    zelfde_dag = start(bron, dagen=2)
    deel = bron.list_zaken(JEROEN, ZaakFilter())
    assert [zaak.identificatie for zaak in deel.zaken] == [
        zelfde_dag.identificatie,
        nieuw.identificatie,
        oud.identificatie,
    ]


def test_list_tells_what_a_tile_shows(bron: ZaakBron) -> None:
    zaak = zet(bron, start(bron), 2)
    (tegel,) = bron.list_zaken(JEROEN, ZaakFilter()).zaken
    assert (tegel.ref, tegel.identificatie, tegel.omschrijving) == (
        zaak.ref,
        zaak.identificatie,
        zaak.omschrijving,
    )
    assert (tegel.startdatum, tegel.einddatum) == (zaak.startdatum, None)
    assert tegel.uiterlijke_einddatum == zaak.uiterlijke_einddatum
    assert (tegel.stap, tegel.stappen, tegel.badge) == (2, 4, Badge.IN_BEHANDELING)


def test_list_holds_only_the_party(bron: ZaakBron) -> None:
    start(bron, FATIMA)
    deel = bron.list_zaken(JEROEN, ZaakFilter())
    assert (deel.zaken, deel.aantal, deel.lopend, deel.afgerond) == ((), 0, 0, 0)


def test_tabs_are_counted_whatever_is_asked(bron: ZaakBron) -> None:
    for _ in range(3):
        start(bron)
    sluit(bron, start(bron))
    lopend = bron.list_zaken(JEROEN, ZaakFilter())
    assert (lopend.aantal, lopend.lopend, lopend.afgerond) == (3, 3, 1)
    dicht = bron.list_zaken(JEROEN, ZaakFilter(is_open=False))
    assert (len(dicht.zaken), dicht.aantal, dicht.lopend, dicht.afgerond) == (1, 1, 3, 1)
    assert dicht.zaken[0].einddatum == date(2026, 11, 4)
    niets = bron.list_zaken(JEROEN, ZaakFilter(zoek="bestaat niet"))
    assert (niets.zaken, niets.aantal, niets.lopend, niets.afgerond) == ((), 0, 3, 1)
    voorbij = bron.list_zaken(JEROEN, ZaakFilter(offset=50))
    assert (voorbij.zaken, voorbij.aantal) == ((), 3)


def test_pages_follow_each_other(bron: ZaakBron) -> None:
    alle = [start(bron, dagen=dag).identificatie for dag in range(5)][::-1]
    gezien: list[str] = []
    for offset in (0, 2, 4):
        deel = bron.list_zaken(JEROEN, ZaakFilter(offset=offset, limit=2))
        assert deel.aantal == 5
        gezien += [zaak.identificatie for zaak in deel.zaken]
    assert gezien == alle


@pytest.mark.parametrize("zoek", ["cafe", "CAFÉ", "  kapotte   lamp ", "lamp bij"])
def test_search_forgives_case_accents_and_spaces(bron: ZaakBron, zoek: str) -> None:
    start(bron, omschrijving="Kapotte lamp bij Café Één")
    start(bron, omschrijving="Losse tegel")
    assert bron.list_zaken(JEROEN, ZaakFilter(zoek=zoek)).aantal == 1


def test_search_finds_the_number(bron: ZaakBron) -> None:
    zaak = start(bron)
    start(bron)
    deel = bron.list_zaken(JEROEN, ZaakFilter(zoek=zaak.identificatie.lower()))
    assert [gevonden.ref for gevonden in deel.zaken] == [zaak.ref]


def test_search_wants_every_word_in_subject_or_number_in_any_order(bron: ZaakBron) -> None:
    gezocht = start(bron, omschrijving="Subsidie geluidsisolatie")
    start(bron, omschrijving="Subsidie zonnepanelen")
    start(bron, omschrijving="Losse tegel")
    for zoek in (
        f"subsidie {gezocht.identificatie[-6:]}",
        "geluid subsidie",
        f"{gezocht.identificatie} subs",
    ):
        deel = bron.list_zaken(JEROEN, ZaakFilter(zoek=zoek))
        assert [zaak.ref for zaak in deel.zaken] == [gezocht.ref], zoek
    assert bron.list_zaken(JEROEN, ZaakFilter(zoek="subsidie tegel")).aantal == 0


@pytest.mark.parametrize("zoek", ["%", "_", "\\", "100%", "'"])
def test_search_takes_every_character_as_it_is(bron: ZaakBron, zoek: str) -> None:
    start(bron, omschrijving="Losse tegel")
    gezocht = start(bron, omschrijving=f"Korting van {zoek} gevraagd")
    deel = bron.list_zaken(JEROEN, ZaakFilter(zoek=zoek))
    assert [zaak.ref for zaak in deel.zaken] == [gezocht.ref]


def test_branch_sees_only_its_own(bron: ZaakBron) -> None:
    van_filiaal = start(bron, FILIAAL)
    start(bron, BEDRIJF)
    start(bron, Partij.onderneming("69599084", "000099999999"))
    assert [zaak.ref for zaak in bron.list_zaken(FILIAAL, ZaakFilter()).zaken] == [van_filiaal.ref]
    assert bron.list_zaken(BEDRIJF, ZaakFilter()).aantal == 3
    assert van_filiaal.betrokkenen[0].is_onderneming


# --- get_zaak ---


@pytest.mark.parametrize("zaak_id", ["", "x", "00000000-0000-7000-8000-000000000000", "1'; --", "٣" * 32])
def test_unknown_id_is_not_found(bron: ZaakBron, zaak_id: str) -> None:
    pogingen: list[Callable[[], object]] = [
        lambda: bron.get_zaak(zaak_id),
        lambda: bron.set_status(zaak_id, volgnummer=2, toelichting="", moment=MOMENT, versie=1),
        lambda: bron.set_resultaat(zaak_id, resultaat="Ja"),
        lambda: bron.set_behandelaar(zaak_id, medewerker_id=None, versie=1),
        lambda: bron.set_aandacht(zaak_id, Aandacht.BERICHT, MOMENT),
    ]
    for poging in pogingen:
        with pytest.raises(ZaakNietGevonden):
            poging()


def test_one_zaak_has_one_id(bron: ZaakBron) -> None:
    """Another spelling of the id would be another key for locks, caches and the audit trail."""
    zaak_id = start(bron).ref.id
    for anders in (zaak_id.upper(), zaak_id.replace("-", ""), f"{{{zaak_id}}}", f"urn:uuid:{zaak_id}"):
        with pytest.raises(ZaakNietGevonden):
            bron.get_zaak(anders)


def asked(antwoord: bool) -> tuple[IsVoor, list[VoorWie]]:
    """A rule that always answers this, and for whom it was asked."""
    gevraagd: list[VoorWie] = []

    def is_voor(voor: VoorWie) -> bool:
        gevraagd.append(voor)
        return antwoord

    return is_voor, gevraagd


@pytest.mark.parametrize("partij", [JEROEN, BEDRIJF, FILIAAL])
def test_for_whom_a_zaak_is_decides_who_gets_it(bron: ZaakBron, partij: Partij) -> None:
    zaak = start(bron, partij)
    is_voor, gevraagd = asked(True)
    assert bron.get_zaak(zaak.ref.id, is_voor) == zaak
    assert gevraagd == [zaak.voor_wie]
    assert zaak.voor_wie.rollen == ((partij.key, partij.vestiging_key),)
    is_voor, gevraagd = asked(False)
    with pytest.raises(ZaakNietGevonden):
        bron.get_zaak(zaak.ref.id, is_voor)
    assert gevraagd == [zaak.voor_wie]


def test_nobody_is_asked_for_whom_an_unknown_zaak_is(bron: ZaakBron) -> None:
    is_voor, gevraagd = asked(True)
    with pytest.raises(ZaakNietGevonden):
        bron.get_zaak("00000000-0000-7000-8000-000000000000", is_voor)
    assert gevraagd == []


# --- set_status ---


def test_status_moves_the_zaak_on(bron: ZaakBron) -> None:
    zaak = zet(bron, start(bron), 2, toelichting="Wij zijn begonnen")
    assert (zaak.stap, zaak.badge, zaak.versie) == (2, Badge.IN_BEHANDELING, 2)
    assert [status.volgnummer for status in zaak.statussen] == [1, 2]
    assert zaak.statussen[1].statustoelichting == "Wij zijn begonnen"
    assert zaak.statussen[1].datum_status_gezet == MOMENT + timedelta(days=1)
    assert zaak.is_open
    assert bron.get_zaak(zaak.ref.id) == zaak


def test_steps_may_be_skipped(bron: ZaakBron) -> None:
    zaak = zet(bron, start(bron), 3)
    assert [status.volgnummer for status in zaak.statussen] == [1, 3]


def test_eindstatus_sets_einddatum(bron: ZaakBron) -> None:
    zaak = start(bron)
    laat = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)  # 1 December in Amsterdam
    dicht = bron.set_status(zaak.ref.id, volgnummer=4, toelichting="", moment=laat, versie=1)
    assert dicht.einddatum == date(2026, 12, 1)
    assert not dicht.is_open
    assert dicht.badge is Badge.AFGEROND


@pytest.mark.parametrize("volgnummer", [0, 1, 2, 5, -1])
def test_no_way_back_and_no_unknown_step(bron: ZaakBron, volgnummer: int) -> None:
    zaak = zet(bron, start(bron), 2)
    with pytest.raises(StatusNietToegestaan):
        zet(bron, zaak, volgnummer)
    assert bron.get_zaak(zaak.ref.id) == zaak


def test_closed_stays_closed(bron: ZaakBron) -> None:
    zaak = sluit(bron, start(bron))
    with pytest.raises(ZaakIsGesloten):
        zet(bron, zaak, 4)
    with pytest.raises(ZaakIsGesloten):
        bron.set_behandelaar(zaak.ref.id, medewerker_id=7, versie=zaak.versie)
    assert bron.get_zaak(zaak.ref.id) == zaak


def test_older_versie_is_refused(bron: ZaakBron) -> None:
    zaak = start(bron)
    nieuw = zet(bron, zaak, 2)
    with pytest.raises(ZaakGewijzigd):
        zet(bron, zaak, 3)
    with pytest.raises(ZaakGewijzigd):
        bron.set_behandelaar(zaak.ref.id, medewerker_id=7, versie=zaak.versie)
    assert bron.get_zaak(zaak.ref.id) == nieuw


def test_resultaat_is_kept_and_leaves_versie(bron: ZaakBron) -> None:
    zaak = start(bron)
    bron.set_resultaat(zaak.ref.id, resultaat="Vergunning verleend")
    dicht = sluit(bron, zaak)  # still on the versie from before: one act of the handler
    assert dicht.resultaat == "Vergunning verleend"


# --- set_behandelaar ---


def test_behandelaar_comes_and_goes(bron: ZaakBron) -> None:
    zaak = start(bron)
    zaak = bron.set_behandelaar(zaak.ref.id, medewerker_id=7, versie=zaak.versie)
    assert (zaak.behandelaar_id, zaak.behandelaar_naam, zaak.versie) == (7, "Mila Jansen", 2)
    zaak = bron.set_behandelaar(zaak.ref.id, medewerker_id=None, versie=zaak.versie)
    assert (zaak.behandelaar_id, zaak.behandelaar_naam, zaak.versie) == (None, "", 3)


# --- failing ---


def test_failing_read_is_never_emptiness(bron: ZaakBron) -> None:
    zaak = start(bron)
    lezen: list[Callable[[], object]] = [
        lambda: bron.list_zaken(JEROEN, ZaakFilter()),
        lambda: bron.get_zaak(zaak.ref.id),
        lambda: bron.list_afgeschermd(frozenset({PARKEREN})),
        lambda: bron.list_werkvoorraad(WerkFilter(afdelingen=frozenset({PARKEREN}))),
        lambda: bron.samenvat((zaak.ref,)),
        lambda: bron.find_behandelaars((zaak.ref,), WerkFilter(afdelingen=frozenset({PARKEREN}))),
    ]
    with onbereikbaar(bron):
        for lees in lezen:
            with pytest.raises(BronOnbereikbaar) as gevangen:
                lees()
            assert gevangen.value.bron == bron.titel
    assert bron.get_zaak(zaak.ref.id) == zaak


def test_failing_write_changes_nothing_and_says_so(bron: ZaakBron) -> None:
    zaak = start(bron)
    schrijven: list[Callable[[], object]] = [
        lambda: start(bron),
        lambda: zet(bron, zaak, 2),
        lambda: bron.set_resultaat(zaak.ref.id, resultaat="Ja"),
        lambda: bron.set_behandelaar(zaak.ref.id, medewerker_id=7, versie=1),
        lambda: bron.set_aandacht(zaak.ref.id, Aandacht.BERICHT, MOMENT),
    ]
    with onbereikbaar(bron):
        for schrijf in schrijven:
            with pytest.raises((BronOnbereikbaar, OperationalError)), transaction.atomic():
                schrijf()
    assert bron.get_zaak(zaak.ref.id) == zaak
    assert bron.list_zaken(JEROEN, ZaakFilter()).aantal == 1
