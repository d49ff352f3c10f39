"""A message never waits for somebody who is away, and never reaches who may not see the zaak."""

from dataclasses import replace
from datetime import timedelta

import pytest

from eloket.berichten.models import Bericht
from eloket.berichten.service import mark_read, send_bericht
from eloket.berichten.types import Gesprek
from eloket.berichten.werklijst import list_werkgesprekken
from eloket.identity.afwezigheid import Afwezigheid, get_afwezigheid, set_afwezigheid
from eloket.identity.errors import BeheerOngeldig
from eloket.identity.models import Medewerker
from eloket.identity.types import Actor
from eloket.kernel.klok import vandaag
from eloket.zaken import service as zaken
from eloket.zaken.types import Zaak
from tests.web.werkplek import OPENBARE_RUIMTE, Stadhuis, build_stadhuis

pytestmark = pytest.mark.django_db
DAG = timedelta(days=1)


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


@pytest.fixture
def zaak(huis: Stadhuis) -> Zaak:
    """Of Jeroen, handled by Mila."""
    zaak = huis.start("Parkeervergunning")
    return zaken.take_zaak(huis.mila, zaak.ref, versie=zaak.versie)


def lines_of(wie: Actor) -> tuple[Gesprek, ...]:
    return list_werkgesprekken(wie).regels


def away(wie: Actor, vervanger: Actor | None, *, van: int = 0, tot: int = 5) -> None:
    set_afwezigheid(
        wie, vandaag() + van * DAG, vandaag() + tot * DAG, vervanger.medewerker_id if vervanger else None
    )


def ask(huis: Stadhuis, zaak: Zaak, tekst: str = "Hallo") -> int | None:
    """Jeroen writes; to whom it went."""
    pk = send_bericht(huis.jeroen, zaak.ref, tekst=tekst, sleutel=tekst)
    return Bericht.objects.get(pk=pk).behandelaar_id


def test_it_goes_to_the_replacement_and_stands_in_their_list(huis: Stadhuis, zaak: Zaak) -> None:
    away(huis.mila, huis.omar)
    assert ask(huis, zaak) == huis.omar.medewerker_id
    (regel,) = lines_of(huis.omar)
    assert (regel.ongelezen, regel.is_waarneming) == (1, True)
    (eigen,) = lines_of(huis.mila)
    assert not eigen.is_waarneming
    assert lines_of(huis.bo) == ()


def test_without_absence_a_colleague_sees_nothing_of_it(huis: Stadhuis, zaak: Zaak) -> None:
    assert ask(huis, zaak) == huis.mila.medewerker_id
    assert lines_of(huis.omar) == ()


@pytest.mark.parametrize(("van", "tot"), [(1, 5), (-5, -1)])
def test_only_on_the_days_themselves(huis: Stadhuis, zaak: Zaak, van: int, tot: int) -> None:
    away(huis.mila, huis.omar, van=van, tot=tot)
    assert ask(huis, zaak) == huis.mila.medewerker_id


def test_nobody_named_or_the_replacement_away_too_is_the_afdeling(huis: Stadhuis, zaak: Zaak) -> None:
    away(huis.mila, None)
    assert ask(huis, zaak, "een") is None
    away(huis.mila, huis.omar)
    away(huis.omar, None)
    assert ask(huis, zaak, "twee") is None


def test_a_need_to_know_zaak_never_reaches_who_may_not_see_it(huis: Stadhuis, zaak: Zaak) -> None:
    away(huis.mila, huis.omar)
    assert huis.mila.medewerker_id is not None
    zaken.set_toegang(
        huis.mila,
        zaak.ref,
        medewerkers=frozenset({huis.mila.medewerker_id}),
        versie=huis.now(zaak.ref).versie,
    )
    assert ask(huis, zaak) is None
    assert lines_of(huis.omar) == ()
    assert len(lines_of(huis.mila)) == 1


def test_a_replacement_for_other_zaaktypen_is_passed_over(huis: Stadhuis, zaak: Zaak) -> None:
    away(huis.mila, huis.omar)
    Medewerker.objects.filter(pk=huis.omar.medewerker_id or 0).update(zaaktypen=["KAPVERGUNNING"])
    assert ask(huis, zaak) is None
    beperkt = replace(huis.omar, zaaktypen=frozenset({"KAPVERGUNNING"}))
    assert lines_of(beperkt) == ()


def test_what_nobody_handles_reaches_the_whole_afdeling(huis: Stadhuis) -> None:
    ask(huis, huis.start("Nieuw"))
    assert [len(lines_of(wie)) for wie in (huis.mila, huis.omar, huis.bo)] == [1, 1, 0]


def test_after_a_hand_over_it_reaches_the_new_behandelaar(huis: Stadhuis, zaak: Zaak) -> None:
    ask(huis, zaak, "een")
    zaken.hand_over(
        huis.mila,
        zaak.ref,
        medewerker_id=huis.omar.medewerker_id,
        afdeling="",
        notitie="Neem jij dit over?",
        versie=huis.now(zaak.ref).versie,
    )
    assert ask(huis, zaak, "twee") == huis.omar.medewerker_id
    assert len(lines_of(huis.omar)) == 1
    assert lines_of(huis.mila) == ()


def test_after_a_hand_over_to_another_afdeling_it_waits_there(huis: Stadhuis, zaak: Zaak) -> None:
    ask(huis, zaak)
    zaken.hand_over(
        huis.mila,
        zaak.ref,
        medewerker_id=None,
        afdeling=OPENBARE_RUIMTE,
        notitie="",
        versie=huis.now(zaak.ref).versie,
    )
    assert [len(lines_of(wie)) for wie in (huis.mila, huis.bo)] == [0, 1]


def test_what_was_read_stands_below(huis: Stadhuis) -> None:
    eerste, tweede = huis.start("Eerste"), huis.start("Tweede")
    for een in (eerste, tweede):
        ask(huis, een, een.omschrijving)
    mark_read(huis.mila, tweede.ref)
    assert [een.zaak_omschrijving for een in lines_of(huis.mila)] == ["Eerste", "Tweede"]


def test_absence_is_checked_and_can_be_ended(huis: Stadhuis) -> None:
    for van, tot, wie, veld in (
        (None, vandaag(), None, "afwezig_van"),
        (vandaag(), None, None, "afwezig_tot"),
        (vandaag(), vandaag() - DAG, None, "afwezig_tot"),
        (vandaag(), vandaag(), huis.bo, "vervanger"),
        (vandaag(), vandaag(), huis.mila, "vervanger"),
    ):
        with pytest.raises(BeheerOngeldig) as fout:
            set_afwezigheid(huis.mila, van, tot, wie.medewerker_id if wie else None)
        assert set(fout.value.fouten) == {veld}
    assert get_afwezigheid(huis.mila) == Afwezigheid()
    away(huis.mila, huis.omar)
    assert get_afwezigheid(huis.mila).vervanger_id == huis.omar.medewerker_id
    set_afwezigheid(huis.mila, None, None, huis.omar.medewerker_id)
    assert get_afwezigheid(huis.mila) == Afwezigheid()


# --- paging ---


def pages(wie: Actor, limit: int) -> list[list[str]]:
    """The subjects of the zaken on every page."""
    gelezen, na = [], ""
    for _ in range(50):
        lijst = list_werkgesprekken(wie, na=na, limit=limit)
        gelezen.append([een.zaak_omschrijving for een in lijst.regels])
        na = lijst.volgende
        if not na:
            return gelezen
    raise AssertionError("de lijst houdt niet op")


def test_every_conversation_is_reached_by_paging(huis: Stadhuis) -> None:
    """The unread ones first, then the newest; none twice, none left out, also when colleagues have most of them."""
    namen = [f"Zaak {nummer:02d}" for nummer in range(12)]
    for naam in namen:
        zaak = huis.start(naam)
        ask(huis, zaak, f"{naam} een")
        ask(huis, zaak, f"{naam} twee")
        if naam[-1] in "3579":
            mark_read(huis.mila, zaak.ref)
    gelezen = [naam for naam in namen if naam[-1] in "3579"]
    verwacht = [naam for naam in namen if naam not in gelezen][::-1] + gelezen[::-1]
    for limit in (1, 3, 5, 12, 25):
        gevonden = pages(huis.mila, limit)
        assert [naam for pagina in gevonden for naam in pagina] == verwacht, limit
        assert all(len(pagina) == limit for pagina in gevonden[:-1])


def test_a_page_is_filled_from_far_when_colleagues_have_nearly_all(huis: Stadhuis, monkeypatch) -> None:
    monkeypatch.setattr("eloket.berichten.bladeren.GROEP", 2)
    eigen = [huis.start(f"Eigen {nummer}") for nummer in range(2)]
    for zaak in eigen:
        ask(huis, zaak, zaak.omschrijving)
    for nummer in range(9):
        zaak = huis.start(f"Van Omar {nummer}")
        zaken.take_zaak(huis.omar, zaak.ref, versie=zaak.versie)
        ask(huis, zaak, zaak.omschrijving)
    assert [naam for pagina in pages(huis.mila, 25) for naam in pagina] == ["Eigen 1", "Eigen 0"]
    monkeypatch.setattr("eloket.berichten.werklijst._MEESTE_GROEPEN", 2)
    gevonden = pages(huis.mila, 25)  # an empty page with a next one is better than a page that takes for ever
    assert gevonden[0] == []
    assert [naam for pagina in gevonden for naam in pagina] == ["Eigen 1", "Eigen 0"]


@pytest.mark.parametrize(
    "na", ["x", "n", "n.1", "n.1.x", "g.-1.0", "n." + "9" * 40, "g.99999999999999999." + "0" * 32]
)
def test_a_place_that_is_none_is_the_beginning(huis: Stadhuis, zaak: Zaak, na: str) -> None:
    ask(huis, zaak)
    begin = list_werkgesprekken(huis.mila, na=na)
    assert len(begin.regels) == 1 or na.startswith("g.9999")


def test_what_waits_goes_along_to_another_afdeling(huis: Stadhuis, zaak: Zaak) -> None:
    """Also when the list of that afdeling is long: it stands there in its own place."""
    ask(huis, zaak)
    zaken.hand_over(
        huis.mila, zaak.ref, medewerker_id=None, afdeling=OPENBARE_RUIMTE, notitie="", versie=zaak.versie
    )
    bericht = Bericht.objects.get()
    assert (bericht.afdeling, bericht.gesprek.afdeling, bericht.behandelaar_id) == (OPENBARE_RUIMTE,) * 2 + (
        None,
    )
