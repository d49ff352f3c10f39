"""The work list, and the life of a zaak in it: zaken/ports.py, for every source of zaken."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from eloket.identity.errors import AfdelingOnbekend
from eloket.kernel.klok import op_moment
from eloket.sources.register.bron import RegisterBron
from eloket.zaken.errors import (
    TermijnLoopt,
    TermijnNietTeVerlengen,
    TermijnStaatStil,
    ZaakGewijzigd,
    ZaakIsOpen,
    ZaakNietGevonden,
    ZaakTypeOnbekend,
)
from eloket.zaken.ports import ZaakBron
from eloket.zaken.testing import FakeZaakBron
from eloket.zaken.types import (
    Aandacht,
    Badge,
    Verlenging,
    Zaak,
    ZaakNaam,
    ZaakRef,
)
from eloket.zaken.werk import TermijnKleur, WerkFilter
from tests.contract.zaakbron import (
    FATIMA,
    MOMENT,
    PARKEREN,
    RUIMTE,
    bron,
    sluit,
    start,
    zet,
)

__all__ = ["bron"]

# Of each source a zaaktype of which the term can be extended by two months.
VERLENGBAAR = {RegisterBron: "AVG_VERZOEK", FakeZaakBron: "MOR"}


# --- list_werkvoorraad, set_aandacht ---


def werk(bron: ZaakBron, *afdelingen: str, **velden: object) -> list[str]:
    filter = WerkFilter(afdelingen=frozenset(afdelingen), **velden)  # type: ignore[arg-type]
    return [item.identificatie for item in bron.list_werkvoorraad(filter).items]


def test_work_is_by_term_over_afdelingen(bron: ZaakBron) -> None:
    later = start(bron, dagen=3)
    melding = start(bron, dagen=1, zaaktype="MOR")  # the same term, started in between
    parkeren = start(bron, dagen=0)
    sluit(bron, start(bron))
    volgorde = [parkeren.identificatie, melding.identificatie, later.identificatie]
    assert werk(bron, PARKEREN, RUIMTE) == volgorde
    assert werk(bron, PARKEREN) == [parkeren.identificatie, later.identificatie]
    assert werk(bron, "bestaat-niet") == []
    assert werk(bron) == []


def test_work_with_something_new_comes_first(bron: ZaakBron) -> None:
    eerder, later = start(bron), start(bron, dagen=1)
    bron.set_aandacht(later.ref.id, Aandacht.BERICHT, MOMENT)
    bron.set_aandacht(later.ref.id, Aandacht.DOCUMENT, MOMENT)
    boven = bron.list_werkvoorraad(WerkFilter(afdelingen=frozenset({PARKEREN}))).items[0]
    assert (boven.ref, boven.nieuw_bericht, boven.nieuw_document) == (later.ref, True, True)
    bron.set_aandacht(later.ref.id, Aandacht.BERICHT, None)
    boven = bron.list_werkvoorraad(WerkFilter(afdelingen=frozenset({PARKEREN}))).items[0]
    assert (boven.ref, boven.nieuw_bericht, boven.nieuw_document) == (later.ref, False, True)
    bron.set_aandacht(later.ref.id, Aandacht.DOCUMENT, None)
    assert werk(bron, PARKEREN) == [eerder.identificatie, later.identificatie]


def test_what_came_after_it_was_seen_stays_new(bron: ZaakBron) -> None:
    zaak = start(bron)
    for soort in Aandacht:
        bron.set_aandacht(zaak.ref.id, soort, MOMENT)
    for soort in Aandacht:
        gezien = bron.get_zaak(zaak.ref.id).nieuw_sinds(soort)
        assert gezien == MOMENT
        for later in (
            MOMENT + timedelta(microseconds=1),
            MOMENT - timedelta(days=1),
        ):  # it moved from another zaak
            bron.set_aandacht(zaak.ref.id, soort, later)
            bron.set_aandacht(zaak.ref.id, soort, None, gezien=gezien)
            assert bron.get_zaak(zaak.ref.id).nieuw_sinds(soort) == later
            assert soort in bron.get_zaak(zaak.ref.id).aandacht
        bron.set_aandacht(zaak.ref.id, soort, None, gezien=later)
        assert bron.get_zaak(zaak.ref.id).nieuw_sinds(soort) is None
    assert not bron.get_zaak(zaak.ref.id).aandacht
    with pytest.raises(ZaakNietGevonden):
        bron.set_aandacht(str(uuid.uuid4()), Aandacht.BERICHT, None, gezien=MOMENT)


def test_aandacht_outdates_nobody(bron: ZaakBron) -> None:
    zaak = start(bron)
    bron.set_aandacht(zaak.ref.id, Aandacht.BERICHT, MOMENT)
    assert bron.get_zaak(zaak.ref.id).versie == zaak.versie


def test_a_zaak_says_itself_what_is_new(bron: ZaakBron) -> None:
    zaak = start(bron)
    assert zaak.aandacht == frozenset()
    for soort in Aandacht:
        bron.set_aandacht(zaak.ref.id, soort, MOMENT)
    assert bron.get_zaak(zaak.ref.id).aandacht == frozenset(Aandacht)
    bron.set_aandacht(zaak.ref.id, Aandacht.BERICHT, None)
    assert bron.get_zaak(zaak.ref.id).aandacht == {Aandacht.DOCUMENT}


def test_work_of_one_of_nobody_and_by_search(bron: ZaakBron) -> None:
    van_mila = start(bron)
    van_niemand = start(bron, zaaktype="MOR", omschrijving="Losse tegel")
    bron.set_behandelaar(van_mila.ref.id, medewerker_id=7, versie=1)
    assert werk(bron, PARKEREN, RUIMTE, behandelaar_id=7) == [van_mila.identificatie]
    assert werk(bron, PARKEREN, RUIMTE, behandelaar_id=8) == []
    assert werk(bron, PARKEREN, RUIMTE, niet_toegewezen=True) == [van_niemand.identificatie]
    assert werk(bron, PARKEREN, RUIMTE, zoek="TEGEL") == [van_niemand.identificatie]
    assert werk(bron, PARKEREN, zoek="tegel") == []
    nummer = van_niemand.identificatie[-6:]
    assert werk(bron, PARKEREN, RUIMTE, zoek=f"{nummer} losse") == [van_niemand.identificatie]
    assert werk(bron, PARKEREN, RUIMTE, zoek=f"{nummer} parkeer") == []


def test_work_whose_term_stands_still_comes_last_and_says_so(bron: ZaakBron) -> None:
    eerst, later = start(bron), start(bron, dagen=2)
    stil = bron.suspend(eerst.ref.id, reden="Wij wachten.", moment=MOMENT, versie=eerst.versie)
    lijst = bron.list_werkvoorraad(WerkFilter(afdelingen=frozenset({PARKEREN}))).items
    assert [item.ref for item in lijst] == [later.ref, eerst.ref]
    assert stil.opschorting is not None
    assert [item.opgeschort_sinds for item in lijst] == [None, stil.opschorting.sinds]
    bron.set_aandacht(eerst.ref.id, Aandacht.BERICHT, MOMENT)  # what is new goes before everything
    assert werk(bron, PARKEREN) == [eerst.identificatie, later.identificatie]
    bron.set_aandacht(eerst.ref.id, Aandacht.BERICHT, None)
    bron.resume(eerst.ref.id, moment=MOMENT, versie=stil.versie)
    assert werk(bron, PARKEREN) == [eerst.identificatie, later.identificatie]


def test_work_by_term_agrees_with_what_stands_still(bron: ZaakBron) -> None:
    """Late, within a week and later are each other's rest; a term that stands still is never late."""
    late, stil, nieuw, stil_nieuw = start(bron), start(bron), start(bron), start(bron)
    for zaak in (nieuw, stil_nieuw):
        bron.set_aandacht(zaak.ref.id, Aandacht.BERICHT, MOMENT)
    for zaak in (stil, stil_nieuw):
        bron.suspend(zaak.ref.id, reden="x", moment=MOMENT, versie=zaak.versie)
    assert late.uiterlijke_einddatum is not None
    for dagen, kleur in ((-8, TermijnKleur.GROEN), (-7, TermijnKleur.ORANJE), (0, TermijnKleur.ORANJE)):
        with op_moment(_noon(late.uiterlijke_einddatum + timedelta(days=dagen))):
            _check_colours(bron, kleur, [nieuw, late], [stil_nieuw, stil])
    with op_moment(_noon(late.uiterlijke_einddatum + timedelta(days=1))):
        _check_colours(bron, TermijnKleur.ROOD, [nieuw, late], [stil_nieuw, stil])


def _noon(dag: date) -> datetime:
    return datetime(dag.year, dag.month, dag.day, 12, tzinfo=UTC)


def _check_colours(bron: ZaakBron, kleur: TermijnKleur, lopend: list[Zaak], stil: list[Zaak]) -> None:
    groen = TermijnKleur.GROEN
    for gevraagd in TermijnKleur:
        verwacht = {zaak.identificatie for zaak in lopend} if gevraagd is kleur else set()
        verwacht |= {zaak.identificatie for zaak in stil} if gevraagd is groen else set()
        assert set(werk(bron, PARKEREN, RUIMTE, termijn=gevraagd)) == verwacht, gevraagd


def test_work_narrowed_to_a_status_follows_the_zaak(bron: ZaakBron) -> None:
    zaak, _ = start(bron), start(bron)
    verder = zet(bron, zaak, 2)
    assert werk(bron, PARKEREN, badge=Badge.IN_BEHANDELING) == [zaak.identificatie]
    assert werk(bron, PARKEREN, badge=Badge.IN_BEHANDELING, niet_toegewezen=True) == [zaak.identificatie]
    assert werk(bron, PARKEREN, badge=Badge.IN_BEHANDELING, zaaktypen=frozenset({"MOR"})) == []
    dicht = sluit(bron, verder)
    assert werk(bron, PARKEREN, badge=Badge.IN_BEHANDELING) == []
    bron.reopen(zaak.ref.id, moment=MOMENT + timedelta(days=3), versie=dicht.versie)
    assert werk(bron, PARKEREN, badge=Badge.IN_BEHANDELING) == [zaak.identificatie]


def test_closed_work_is_a_list_of_its_own_the_last_closed_first(bron: ZaakBron) -> None:
    open_, eerst, laatst = start(bron), start(bron), start(bron)
    zet(bron, laatst, 4, dagen=9)
    zet(bron, eerst, 4, dagen=3)
    dicht = bron.list_werkvoorraad(WerkFilter(afdelingen=frozenset({PARKEREN}), is_open=False)).items
    assert [item.ref for item in dicht] == [laatst.ref, eerst.ref]
    assert [item.einddatum for item in dicht] == [
        (MOMENT + timedelta(days=9)).date(),
        (MOMENT + timedelta(days=3)).date(),
    ]
    assert dicht[0].badge is Badge.AFGEROND
    assert werk(bron, PARKEREN) == [open_.identificatie]
    assert set(werk(bron, PARKEREN, is_open=None)) == {een.identificatie for een in (open_, eerst, laatst)}
    assert werk(bron, PARKEREN, is_open=False, limit=1, offset=1) == [eerst.identificatie]
    bron.set_toegang(laatst.ref.id, medewerkers=frozenset({7}), versie=2)
    assert werk(bron, PARKEREN, is_open=False, medewerker_id=8) == [eerst.identificatie]


def test_a_whole_number_is_found_open_or_closed(bron: ZaakBron) -> None:
    zaak = sluit(bron, start(bron))
    for is_open, gevonden in ((True, []), (False, [zaak.identificatie]), (None, [zaak.identificatie])):
        assert werk(bron, PARKEREN, zoek=f" {zaak.identificatie.lower()}", is_open=is_open) == gevonden


def test_search_is_for_a_name_first_and_else_for_the_subject(bron: ZaakBron) -> None:
    van_bakker = start(bron, FATIMA, naam="F. van den Bakker")
    bakkerij, ander = start(bron, omschrijving="Terras van de bakkerij"), start(bron, omschrijving="Boom")
    afdelingen = frozenset({PARKEREN, RUIMTE})

    def zoek(tekst: str, **velden: Any) -> tuple[list[ZaakRef], bool]:
        lijst = bron.list_werkvoorraad(WerkFilter(afdelingen=afdelingen, zoek=tekst, **velden))
        return [item.ref for item in lijst.items], lijst.op_naam

    assert zoek("Bakker") == zoek("van den BAKKER") == ([van_bakker.ref], True)
    assert zoek("bakker", alleen_onderwerp=True) == ([bakkerij.ref], False)
    assert zoek("bakker", niet_toegewezen=True, badge=Badge.ONTVANGEN) == ([van_bakker.ref], True)
    assert zoek("bakker", behandelaar_id=7) == ([], False)
    assert zoek("bakker", offset=25) == ([], True)  # beyond the last page: still about the name
    assert zoek("bakkerij") == ([bakkerij.ref], False)
    assert zoek("boom") == ([ander.ref], False)
    bron.set_toegang(van_bakker.ref.id, medewerkers=frozenset({7}), versie=1)
    # A name of which there is nothing to see is not even a name: that would tell that somebody has a zaak.
    assert zoek("bakker") == ([bakkerij.ref], False)


def test_a_name_is_found_wherever_its_zaak_goes(bron: ZaakBron) -> None:
    zaak = start(bron, naam="J. van Drouwen")
    elders = bron.set_afdeling(zaak.ref.id, afdeling=RUIMTE, versie=zaak.versie)
    assert werk(bron, RUIMTE, zoek="drouwen") == [zaak.identificatie]
    assert werk(bron, PARKEREN, zoek="drouwen") == []
    dicht = sluit(bron, elders)
    assert werk(bron, RUIMTE, zoek="drouwen") == []
    assert werk(bron, RUIMTE, zoek="drouwen", is_open=False) == [zaak.identificatie]
    bron.reopen(zaak.ref.id, moment=MOMENT + timedelta(days=3), versie=dicht.versie)
    assert werk(bron, RUIMTE, zoek="drouwen") == [zaak.identificatie]


def test_work_line_tells_who_and_what(bron: ZaakBron) -> None:
    zaak = zet(bron, start(bron, naam="J. van Drouwen"), 2)
    bron.set_behandelaar(zaak.ref.id, medewerker_id=7, versie=zaak.versie)
    (item,) = bron.list_werkvoorraad(WerkFilter(afdelingen=frozenset({PARKEREN}))).items
    assert (item.ref, item.identificatie, item.omschrijving) == (
        zaak.ref,
        zaak.identificatie,
        zaak.omschrijving,
    )
    assert item.zaaktype_omschrijving == zaak.zaaktype_omschrijving
    assert (item.aanvrager, item.behandelaar_id, item.behandelaar_naam) == (
        "J. van Drouwen",
        7,
        "Mila Jansen",
    )
    assert (item.badge, item.startdatum) == (Badge.IN_BEHANDELING, zaak.startdatum)
    assert item.uiterlijke_einddatum == zaak.uiterlijke_einddatum
    assert (item.nieuw_bericht, item.nieuw_document) == (False, False)


def test_work_pages_tell_whether_there_is_more(bron: ZaakBron) -> None:
    alle = [start(bron, dagen=dag).identificatie for dag in range(3)]
    afdelingen = frozenset({PARKEREN, RUIMTE})
    eerste = bron.list_werkvoorraad(WerkFilter(afdelingen=afdelingen, limit=2))
    tweede = bron.list_werkvoorraad(WerkFilter(afdelingen=afdelingen, limit=2, offset=2))
    assert (eerste.heeft_meer, tweede.heeft_meer) == (True, False)
    assert [item.identificatie for item in (*eerste.items, *tweede.items)] == alle


# --- samenvat ---


def test_samenvat_gives_the_known_ones(bron: ZaakBron) -> None:
    zaak, ander = start(bron, omschrijving="Losse tegel"), start(bron)
    onbekend = (ZaakRef(bron.naam, "onzin"), ZaakRef(bron.naam, "00000000-0000-7000-8000-000000000000"))
    assert bron.samenvat((zaak.ref, ander.ref, *onbekend)) == {
        zaak.ref: ZaakNaam("Losse tegel", zaak.identificatie),
        ander.ref: ZaakNaam(ander.omschrijving, ander.identificatie),
    }
    assert bron.samenvat(()) == {}


# --- find_behandelaars ---


def test_find_behandelaars_only_of_what_may_be_seen(bron: ZaakBron) -> None:
    zaak, ander = start(bron), start(bron)
    geheim = start(bron)
    bron.set_toegang(geheim.ref.id, medewerkers=frozenset(), versie=geheim.versie)
    refs = (zaak.ref, ander.ref, geheim.ref, ZaakRef(bron.naam, "onzin"))
    binnen = WerkFilter(afdelingen=frozenset({PARKEREN}), medewerker_id=1)
    assert bron.find_behandelaars(refs, binnen) == {zaak.ref: None, ander.ref: None}
    assert bron.find_behandelaars(refs, WerkFilter(afdelingen=frozenset({"elders"}))) == {}
    geen = WerkFilter(afdelingen=frozenset({PARKEREN}), zaaktypen=frozenset({"ONBEKEND"}))
    assert bron.find_behandelaars(refs, geen) == {}
    assert bron.find_behandelaars((), binnen) == {}


# --- the life of a zaak ---


def test_suspended_term_moves_by_the_days_it_stood_still(bron: ZaakBron) -> None:
    zaak = start(bron)
    assert zaak.uiterlijke_einddatum is not None
    stil = bron.suspend(
        zaak.ref.id, reden="Wij wachten.", moment=MOMENT + timedelta(days=2), versie=zaak.versie
    )
    assert stil.opschorting is not None
    assert stil.opschorting.reden == "Wij wachten."
    with pytest.raises(TermijnStaatStil):
        bron.suspend(zaak.ref.id, reden="Nog eens", moment=MOMENT, versie=stil.versie)
    verder = bron.resume(zaak.ref.id, moment=MOMENT + timedelta(days=7), versie=stil.versie)
    assert verder.opschorting is None
    assert verder.uiterlijke_einddatum == zaak.uiterlijke_einddatum + timedelta(days=5)
    with pytest.raises(TermijnLoopt):
        bron.resume(zaak.ref.id, moment=MOMENT, versie=verder.versie)


def test_a_term_is_extended_once_when_its_zaaktype_allows_it(bron: ZaakBron) -> None:
    geen = start(bron)
    assert geen.verlenging_maanden == 0
    with pytest.raises(TermijnNietTeVerlengen):
        bron.extend(geen.ref.id, reden="x", moment=MOMENT, versie=geen.versie)
    zaak = start(bron, zaaktype=VERLENGBAAR[type(bron)], sleutel="verlengbaar")
    assert (zaak.verlenging_maanden, zaak.verlenging) == (2, None)
    assert zaak.uiterlijke_einddatum is not None
    with pytest.raises(ZaakGewijzigd):
        bron.extend(zaak.ref.id, reden="x", moment=MOMENT, versie=zaak.versie + 1)
    stil = bron.suspend(zaak.ref.id, reden="Wij wachten.", moment=MOMENT, versie=zaak.versie)
    with pytest.raises(TermijnStaatStil):
        bron.extend(zaak.ref.id, reden="x", moment=MOMENT, versie=stil.versie)
    verder = bron.resume(zaak.ref.id, moment=MOMENT, versie=stil.versie)
    langer = bron.extend(zaak.ref.id, reden="Het is veel.", moment=MOMENT, versie=verder.versie)
    assert langer.verlenging == Verlenging("Het is veel.", MOMENT.date())
    assert langer.uiterlijke_einddatum is not None
    assert 58 <= (langer.uiterlijke_einddatum - zaak.uiterlijke_einddatum).days <= 66
    assert langer.versie == verder.versie + 1
    with pytest.raises(TermijnNietTeVerlengen):
        bron.extend(zaak.ref.id, reden="Nog eens", moment=MOMENT, versie=langer.versie)


def test_a_term_that_is_over_is_not_extended_any_more(bron: ZaakBron) -> None:
    zaak = start(bron, zaaktype=VERLENGBAAR[type(bron)], sleutel="te-laat")
    with pytest.raises(TermijnNietTeVerlengen):
        bron.extend(zaak.ref.id, reden="x", moment=MOMENT + timedelta(days=80), versie=zaak.versie)


def test_closed_zaak_can_be_reopened_and_closed_again(bron: ZaakBron) -> None:
    zaak = zet(bron, start(bron), 2)
    bron.set_resultaat(zaak.ref.id, resultaat="Vergunning verleend")
    dicht = sluit(bron, zaak)
    heropend = bron.reopen(zaak.ref.id, moment=MOMENT + timedelta(days=9), versie=dicht.versie)
    assert heropend.is_open
    assert (heropend.stap, heropend.resultaat, heropend.versie) == (2, "", dicht.versie + 1)
    assert heropend.heropend_op == MOMENT + timedelta(days=9)
    with pytest.raises(ZaakIsOpen):
        bron.reopen(zaak.ref.id, moment=MOMENT, versie=heropend.versie)
    assert not sluit(bron, heropend).is_open


def test_other_afdeling_takes_the_behandelaar_away(bron: ZaakBron) -> None:
    zaak = start(bron)
    zaak = bron.set_behandelaar(zaak.ref.id, medewerker_id=7, versie=zaak.versie)
    elders = bron.set_afdeling(zaak.ref.id, afdeling=RUIMTE, versie=zaak.versie)
    assert (elders.afdeling, elders.behandelaar_id, elders.versie) == (RUIMTE, None, zaak.versie + 1)
    with pytest.raises(AfdelingOnbekend):
        bron.set_afdeling(zaak.ref.id, afdeling="bestaat-niet", versie=elders.versie)
    assert werk(bron, RUIMTE) == [zaak.identificatie]


def test_need_to_know_keeps_a_zaak_out_of_the_list_and_the_counts_of_others(bron: ZaakBron) -> None:
    zaak = start(bron)
    dicht = bron.set_toegang(zaak.ref.id, medewerkers=frozenset({7}), versie=zaak.versie)
    assert bron.get_zaak(zaak.ref.id).toegang == dicht.toegang == frozenset({7})
    assert bron.get_zaak(zaak.ref.id, lambda voor: voor.toegang == frozenset({7})) == dicht
    gesloten = bron.set_toegang(zaak.ref.id, medewerkers=frozenset(), versie=dicht.versie)
    assert bron.get_zaak(zaak.ref.id, lambda voor: voor.toegang == frozenset()) == gesloten
    dicht = bron.set_toegang(zaak.ref.id, medewerkers=frozenset({7, 8}), versie=gesloten.versie)
    assert bron.get_zaak(zaak.ref.id).toegang == frozenset({7, 8})
    dicht = bron.set_toegang(zaak.ref.id, medewerkers=frozenset({7}), versie=dicht.versie)
    assert werk(bron, PARKEREN, medewerker_id=7) == [zaak.identificatie]
    assert werk(bron, PARKEREN, medewerker_id=8) == []
    assert bron.count_werk(frozenset({PARKEREN}), 7).afdeling == 1
    assert bron.count_werk(frozenset({PARKEREN}), 8).afdeling == 0
    weer = bron.set_toegang(zaak.ref.id, medewerkers=None, versie=dicht.versie)
    assert weer.toegang is None
    assert werk(bron, PARKEREN, medewerker_id=8) == [zaak.identificatie]


def test_need_to_know_zaken_are_listed_with_who_may_see_them(bron: ZaakBron) -> None:
    zaak, dicht, stil = start(bron), sluit(bron, start(bron)), sluit(bron, start(bron))
    elders = start(bron, zaaktype="MOR")
    start(bron)
    for een in (zaak, dicht, stil, elders):
        bron.set_toegang(een.ref.id, medewerkers=frozenset({7}), versie=een.versie)
    bron.set_aandacht(dicht.ref.id, Aandacht.BERICHT, MOMENT)  # somebody wrote about it after its end
    gevonden = bron.list_afgeschermd(frozenset({PARKEREN}))
    assert [een.ref for een in gevonden] == [zaak.ref, dicht.ref]
    assert (gevonden[0].identificatie, gevonden[0].afdeling, gevonden[0].zaaktype, gevonden[0].toegang) == (
        zaak.identificatie, PARKEREN, "PARKEERVERGUNNING", frozenset({7}),
    )  # fmt: skip
    assert bron.list_afgeschermd(frozenset()) == ()
    bron.set_toegang(zaak.ref.id, medewerkers=frozenset(), versie=zaak.versie + 1)
    assert bron.list_afgeschermd(frozenset({PARKEREN}))[0].toegang == frozenset()


@pytest.mark.parametrize("verb", ["suspend", "reopen", "set_afdeling", "set_toegang"])
def test_each_change_of_its_life_refuses_an_older_versie(bron: ZaakBron, verb: str) -> None:
    zaak = sluit(bron, start(bron)) if verb == "reopen" else start(bron)
    velden: dict[str, dict[str, object]] = {
        "suspend": {"reden": "x", "moment": MOMENT},
        "reopen": {"moment": MOMENT},
        "set_afdeling": {"afdeling": RUIMTE},
        "set_toegang": {"medewerkers": frozenset({7})},
    }
    with pytest.raises(ZaakGewijzigd):
        getattr(bron, verb)(zaak.ref.id, versie=zaak.versie - 1, **velden[verb])
    assert bron.get_zaak(zaak.ref.id) == zaak


def test_a_zaak_is_found_by_its_number_as_people_type_it(bron: ZaakBron) -> None:
    zaak = start(bron)
    assert bron.find_zaak(f" {zaak.identificatie.lower()} ") == zaak.ref
    with pytest.raises(ZaakNietGevonden):
        bron.find_zaak("Z-1999-000001")


def test_zaaktypen_of_an_afdeling_and_one_by_its_code(bron: ZaakBron) -> None:
    assert "PARKEERVERGUNNING" in {een.identificatie for een in bron.list_zaaktypen(frozenset({PARKEREN}))}
    assert bron.list_zaaktypen(frozenset()) == ()
    assert bron.get_zaaktype("PARKEERVERGUNNING").afdeling == PARKEREN
    with pytest.raises(ZaakTypeOnbekend):
        bron.get_zaaktype("BESTAAT_NIET")
