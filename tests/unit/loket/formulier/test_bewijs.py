"""The proof before publishing, held against trying everything."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eloket.loket.formulier.basis import Omgeving, Wie
from eloket.loket.formulier.bewijs import prove
from eloket.loket.formulier.definitie import Definitie
from eloket.loket.formulier.doorloop import Doorloop, doorloop
from tests.unit.loket.formulier.bouw import VANDAAG, check_form, form, getal, ja_nee, keuze, keuzes, tekst


def proof(definitie: Definitie) -> list[str]:
    return [fout for _, fout in prove(definitie, VANDAAG)]


def test_a_step_that_nobody_can_reach():
    fout = proof(
        form([keuze("a", "x", "y")], {"als": {"en": [{"a": "x"}, {"a": "y"}]}, "velden": [tekst("b")]})
    )
    assert fout == ["de stap `s1` is nooit te zien: deze voorwaarde kan niet waar zijn"]


def test_a_condition_that_always_holds():
    fout = proof(form([keuze("a", "x", "y"), tekst("b", als={"a": {"een_van": ["x", "y"]}})]))
    assert fout == ["het veld `b` is altijd te zien: deze voorwaarde zegt niets en kan weg"]
    assert (
        proof(form([keuze("a", "x", "y", verplicht=False), tekst("b", als={"a": {"een_van": ["x", "y"]}})]))
        == []
    )


def test_a_field_inside_a_step_that_rules_it_out():
    fout = proof(form([ja_nee("a")], {"als": {"a": "ja"}, "velden": [tekst("b", als={"a": "nee"})]}))
    assert fout == ["het veld `b` is nooit te zien: deze voorwaarde kan niet waar zijn"]


def test_a_dependency_on_a_field_that_is_hidden_then():
    definitie = form([ja_nee("a"), ja_nee("b", als={"a": "ja"}), tekst("c", als={"a": "nee", "b": "ja"})])
    assert proof(definitie) == ["het veld `c` is nooit te zien: deze voorwaarde kan niet waar zijn"]


@pytest.mark.parametrize(
    ("grens", "is_goed"),
    [
        ({"minstens": 11}, False),
        ({"minstens": 10}, True),
        ({"meer_dan": 9}, True),
        ({"minstens": 1}, False),
        (5, True),
    ],
)
def test_the_limits_of_a_number_count(grens: Any, is_goed: bool):
    assert (proof(form([getal("n", min=1, max=10), tekst("b", als={"n": grens})])) == []) is is_goed


def test_the_limits_of_a_day_count():
    dag = {"id": "d", "soort": "datum", "label": "D", "min": "vandaag", "max": "vandaag+10d"}
    for grens, is_goed in [
        (date(2026, 12, 8), True),
        (date(2026, 12, 9), False),
        (date(2026, 11, 28), False),
    ]:
        definitie = form([dag, tekst("b", als={"d": {"minstens": grens}})])
        assert (proof(definitie) == []) is is_goed


def test_the_number_of_choices_counts():
    delen = keuzes("k", "a", "b", "c", hoogstens=1)
    fout = proof(form([delen, tekst("x", als={"en": [{"k": {"bevat": "a"}}, {"k": {"bevat": "b"}}]})]))
    assert "nooit te zien" in fout[0]


def test_who_may_log_in_counts():
    definitie = form([tekst("a"), tekst("b", als={"wie": "anoniem"})], inloggen=["digid"])
    assert "nooit te zien" in proof(definitie)[0]
    assert "altijd te zien" in proof(form([tekst("b", als={"wie": "inwoner"})], inloggen=["digid"]))[0]


def test_an_outcome_that_never_has_its_turn():
    uit = [
        {"als": {"a": "ja"}, "titel": "1", "tekst": ["t"]},
        {"als": {"a": "nee"}, "titel": "2", "tekst": ["t"]},
    ]
    fout = proof(check_form([ja_nee("a")], uitkomsten=[*uit, {"titel": "3", "tekst": ["t"]}]))
    assert fout == ["deze uitkomst komt nooit aan de beurt"]


def test_another_zaaktype_that_never_comes():
    zaak = {"zaaktype": "A1", "onderwerp": "x", "anders": [{"als": {"n": {"meer_dan": 5}}, "zaaktype": "B1"}]}
    assert "het zaaktype B1 is nooit te zien" in proof(form([getal("n", max=5)], zaak=zaak))[0]


def test_a_field_in_a_group_is_proven_too():
    groep = {"id": "g", "soort": "groep", "label": "G", "een": "ding", "velden": [
        ja_nee("p"), tekst("q", als={"en": [{"p": "ja"}, {"p": "nee"}]}), tekst("r", als={"p": "ja"})]}  # fmt: skip
    assert proof(form([groep])) == ["het veld `q` is nooit te zien: deze voorwaarde kan niet waar zijn"]


def test_what_stands_after_a_full_stop_is_never_reached():
    stop = {"id": "s", "soort": "inhoud", "toon": "stop", "tekst": ["Het kan niet."], "als": {"a": "ja"}}
    fout = proof(form([ja_nee("a"), stop], {"als": {"a": "ja"}, "velden": [tekst("b")]}))
    assert fout == ["de stap `s1` is nooit te zien: deze voorwaarde kan niet waar zijn"]


def test_a_form_that_is_too_complicated_is_told_and_ends():
    velden = [keuze(f"k{n}", *"abcdef") for n in range(14)]
    als = {"en": [{f"k{n}": {"is_niet": "a"}} for n in range(13)] + [{"k13": "a"}, {"k13": "b"}]}
    fout = proof(form([*velden, tekst("z", als=als)]))
    assert fout
    uit: list[dict[str, Any]] = [{"als": als, "titel": "1", "tekst": ["t"]}, {"titel": "2", "tekst": ["t"]}]
    assert any("te ingewikkeld" in een for een in proof(check_form(velden, uitkomsten=uit)))


# --- against trying everything ---

NAMEN = ("a", "b", "c")


@st.composite
def definities(draw: st.DrawFn) -> Definitie:
    """Three questions with conditions on the ones before, and a last one that is text."""
    velden: list[dict[str, Any]] = []
    for nummer, naam in enumerate((*NAMEN, "z")):
        als = draw(_condition(NAMEN[:nummer])) if nummer and draw(st.booleans()) else None
        vraag = tekst(naam) if naam == "z" else keuze(naam, "x", "y", verplicht=draw(st.booleans()))
        velden.append(vraag | ({"als": als} if als else {}))
    return form(velden, inloggen=["digid"])


def _condition(eerder: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    blad = st.builds(
        lambda naam, zegt: {naam: zegt},
        st.sampled_from(eerder),
        st.sampled_from(["x", "y", {"is_niet": "x"}, {"een_van": ["x", "y"]}, {"ingevuld": False}]),
    )
    return st.recursive(
        blad,
        lambda deel: st.one_of(
            st.tuples(st.sampled_from(["en", "of"]), st.lists(deel, min_size=2, max_size=2)).map(
                lambda p: {p[0]: p[1]}
            ),
            deel.map(lambda een: {"niet": een}),
        ),
        max_leaves=3,
    )


def everything(definitie: Definitie) -> Iterator[Doorloop]:
    """Every way to fill in the form that has no mistakes."""
    for waarden in product(["", "x", "y"], repeat=3):
        invoer = {naam: [waarde] for naam, waarde in zip(NAMEN, waarden, strict=True)} | {"z": ["t"]}
        loop = doorloop(definitie, invoer, Omgeving(Wie.INWONER, VANDAAG))
        if all(een.is_goed for een in loop.zichtbaar):
            yield loop


@given(definities())
def test_the_proof_says_what_trying_everything_says(definitie: Definitie):
    wegen = [
        {v.veld.id for s in loop.zichtbaar for v in s.velden if v.is_zichtbaar}
        for loop in everything(definitie)
    ]
    verwacht = {
        veld.id: "nooit" if not any(veld.id in weg for weg in wegen) else "altijd"
        for _, veld in definitie.velden()
        if veld.voorwaarde and len({veld.id in weg for weg in wegen}) == 1
    }
    bewezen = {fout.split("`")[1]: "nooit" if "nooit" in fout else "altijd" for fout in proof(definitie)}
    assert bewezen == verwacht
