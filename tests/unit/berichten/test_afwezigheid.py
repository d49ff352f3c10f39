"""A message never waits for somebody who is away, and never reaches who may not see the zaak."""

from dataclasses import replace
from datetime import timedelta

import pytest

from eloket.berichten.models import Bericht
from eloket.berichten.service import mark_read, send_bericht
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
    (regel,) = list_werkgesprekken(huis.omar)
    assert (regel.ongelezen, regel.is_waarneming) == (1, True)
    (eigen,) = list_werkgesprekken(huis.mila)
    assert not eigen.is_waarneming
    assert list_werkgesprekken(huis.bo) == ()


def test_without_absence_a_colleague_sees_nothing_of_it(huis: Stadhuis, zaak: Zaak) -> None:
    assert ask(huis, zaak) == huis.mila.medewerker_id
    assert list_werkgesprekken(huis.omar) == ()


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
    assert list_werkgesprekken(huis.omar) == ()
    assert len(list_werkgesprekken(huis.mila)) == 1


def test_a_replacement_for_other_zaaktypen_is_passed_over(huis: Stadhuis, zaak: Zaak) -> None:
    away(huis.mila, huis.omar)
    Medewerker.objects.filter(pk=huis.omar.medewerker_id or 0).update(zaaktypen=["KAPVERGUNNING"])
    assert ask(huis, zaak) is None
    beperkt = replace(huis.omar, zaaktypen=frozenset({"KAPVERGUNNING"}))
    assert list_werkgesprekken(beperkt) == ()


def test_what_nobody_handles_reaches_the_whole_afdeling(huis: Stadhuis) -> None:
    ask(huis, huis.start("Nieuw"))
    assert [len(list_werkgesprekken(wie)) for wie in (huis.mila, huis.omar, huis.bo)] == [1, 1, 0]


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
    assert len(list_werkgesprekken(huis.omar)) == 1
    assert list_werkgesprekken(huis.mila) == ()


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
    assert [len(list_werkgesprekken(wie)) for wie in (huis.mila, huis.bo)] == [0, 1]


def test_what_was_read_stands_below(huis: Stadhuis) -> None:
    eerste, tweede = huis.start("Eerste"), huis.start("Tweede")
    for een in (eerste, tweede):
        ask(huis, een, een.omschrijving)
    mark_read(huis.mila, tweede.ref)
    assert [een.zaak_omschrijving for een in list_werkgesprekken(huis.mila)] == ["Eerste", "Tweede"]


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
