"""One pass over a form: what is hidden has no answer, and whatever is sent, the same always follows from it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eloket.loket.formulier.basis import Omgeving, Wie
from eloket.loket.formulier.doorloop import doorloop, inputs_of, list_antwoorden
from eloket.loket.formulier.samengesteld import GroepVeld, InhoudVeld
from eloket.loket.versies import MEEGELEVERD
from tests.unit.loket.formulier.bouw import VANDAAG, bestanden, form, getal, ja_nee, keuze, tekst
from tests.unit.loket.voorbeelden import definities

ANONIEM = Omgeving(Wie.ANONIEM, VANDAAG)
KETEN = form(
    [ja_nee("a"), ja_nee("b", als={"a": "ja"}), ja_nee("c", als={"b": "ja"})],
    {"als": {"c": "ja"}, "velden": [tekst("d", verplicht=False)]},
)


def answers(invoer: dict[str, list[str]], omgeving: Omgeving = ANONIEM) -> dict[str, Any]:
    return {naam: w for naam, w in doorloop(KETEN, invoer, omgeving).antwoorden.items() if naam != "wie"}


def test_an_answer_of_a_hidden_field_never_counts():
    alles = {naam: ["ja"] for naam in "abc"} | {"d": ["tekst"]}
    assert answers(alles) == {"a": "ja", "b": "ja", "c": "ja", "d": "tekst"}
    assert answers(alles | {"a": ["nee"]}) == {"a": "nee"}
    assert answers(alles | {"b": [""]}) == {"a": "ja"}
    assert answers(alles | {"c": ["onzin"]}) == {"a": "ja", "b": "ja"}


def test_a_step_that_nobody_saw_is_not_done():
    loop = doorloop(KETEN, {naam: ["ja"] for naam in "abc"}, ANONIEM)
    volgende = loop.volgende(frozenset({"s0"}))
    assert volgende is not None
    assert volgende.stap.id == "s1"
    assert loop.volgende(frozenset({"s0", "s1"})) is None


def test_somebody_who_cannot_go_on_does_not_go_on():
    stop = {"id": "s", "soort": "inhoud", "toon": "stop", "tekst": ["Het kan niet."], "als": {"a": "nee"}}
    definitie = form([ja_nee("a"), stop], [tekst("b", verplicht=False)])
    loop = doorloop(definitie, {"a": ["nee"]}, ANONIEM)
    assert loop.volgende(frozenset({"s0", "s1"})) is loop.stappen[0]


def test_what_is_only_for_reading_comes_from_the_register_whatever_is_sent():
    definitie = form([tekst("naam", vooraf="persoon.naam", alleen_lezen=True)])
    vast = Omgeving(Wie.INWONER, VANDAAG, vast={"naam": {"naam": ("J. de Vries",)}})
    loop = doorloop(definitie, {"naam": ["Iemand anders"]}, vast)
    assert (loop.antwoorden["naam"], loop.stappen[0].velden[0].is_vast) == ("J. de Vries", True)
    assert doorloop(definitie, {"naam": ["Typt zelf"]}, ANONIEM).antwoorden["naam"] == "Typt zelf"


def test_the_first_other_zaaktype_whose_condition_holds():
    anders = [{"als": {"n": {"meer_dan": n}}, "zaaktype": code} for n, code in ((10, "B1"), (5, "C1"))]
    zaak = {"zaaktype": "A1", "onderwerp": "{n} ({t})", "anders": anders}
    definitie = form([getal("n"), tekst("t", verplicht=False)], zaak=zaak)
    for n, zaaktype in [("5", "A1"), ("6", "C1"), ("11", "B1")]:
        assert doorloop(definitie, {"n": [n]}, ANONIEM).zaaktype == zaaktype
    assert doorloop(definitie, {"n": ["5"]}, ANONIEM).onderwerp == "5"
    assert doorloop(definitie, {"n": ["5"], "t": ["x" * 200]}, ANONIEM).onderwerp == f"5 ({'x' * 116}…"


def test_an_answer_with_braces_is_no_placeholder():
    definitie = form([tekst("a"), tekst("b")], zaak={"zaaktype": "A1", "onderwerp": "{a} en {b}"})
    loop = doorloop(definitie, {"a": ["{b}"], "b": ["geheim"]}, ANONIEM)
    assert loop.onderwerp == "{b} en geheim"


GROEP = {
    "id": "g",
    "soort": "groep",
    "label": "Kinderen",
    "een": "kind",
    "max": 3,
    "velden": [tekst("naam"), ja_nee("school", verplicht=False), tekst("welke", als={"school": "ja"})],
}


@pytest.mark.parametrize(
    ("getypt", "aantal"),
    [("0", 1), ("2", 2), ("99", 3), ("-1", 1), ("x", 1), ("٣", 1), ("9999", 1), ("", 1)],
)
def test_a_group_has_entries_within_its_limits(getypt: str, aantal: int):
    loop = doorloop(form([GROEP]), {"g-aantal": [getypt]}, ANONIEM)
    assert len(loop.stappen[0].velden[0].rijen) == aantal


def test_an_entry_says_nothing_about_the_next():
    invoer = {"g-aantal": ["2"], "g-0-naam": ["A"], "g-0-school": ["ja"], "g-0-welke": ["De Brug"], "g-1-naam": ["B"],
              "g-1-welke": ["telt niet"]}  # fmt: skip
    loop = doorloop(form([GROEP]), invoer, ANONIEM)
    assert loop.antwoorden["g"] == ("A, Ja, De Brug", "B")
    regels = [(een.vraag, een.antwoord) for een in list_antwoorden(loop)[0].regels]
    assert regels == [
        ("Kind 1: Naam", "A"),
        ("Kind 1: School", "Ja"),
        ("Kind 1: Welke", "De Brug"),
        ("Kind 2: Naam", "B"),
        ("Kind 2: School", ""),
    ]
    assert loop.stappen[0].is_goed


def test_files_count_up_to_their_number():
    definitie = form([{"id": "f", "soort": "bestand", "label": "Foto", "hoogstens": 2}])
    for aantal, fout in [
        (0, "Voeg een bestand toe: foto"),
        (2, ""),
        (3, "U kunt hier hoogstens 2 bestanden"),
    ]:
        loop = doorloop(definitie, {}, Omgeving(Wie.ANONIEM, VANDAAG, bestanden(f=aantal)))
        assert loop.stappen[0].velden[0].fout.startswith(fout)
        assert loop.stappen[0].is_goed is (fout == "")


# --- hostile input, on the real forms ---

ALLE = st.sampled_from(sorted(definities()))
GETYPT = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["ja", "nee", "lamp", "woz", "kind", "1", "0", "\x00", "\u202e", "tent", "x" * 3000]),
)


@st.composite
def filled_in(draw: st.DrawFn) -> tuple[str, dict[str, list[str]]]:
    slug = draw(ALLE)
    namen = {"wie", "stap", "onbekend"}
    for _, veld in definities()[slug].velden():
        if isinstance(veld, GroepVeld):
            namen |= {
                f"{veld.id}-aantal",
                *(f"{veld.id}-{n}-{een.id}" for n in (0, 1, 30) for een in veld.velden),
            }
        elif isinstance(veld, InhoudVeld):
            namen.add(veld.id)
        else:
            namen |= {veld.id, *veld.namen(veld.id)}
    return slug, draw(st.dictionaries(st.sampled_from(sorted(namen)), st.lists(GETYPT, max_size=2)))


@given(filled_in(), st.sampled_from(Wie))
def test_whatever_is_sent_the_form_can_be_worked_out(formulier: tuple[str, dict[str, list[str]]], wie: Wie):
    slug, invoer = formulier
    definitie, omgeving = definities()[slug], Omgeving(wie, VANDAAG)
    loop = doorloop(definitie, invoer, omgeving)
    assert loop == doorloop(definitie, dict(reversed(invoer.items())), omgeving)
    assert loop.antwoorden["wie"] == wie.value
    zichtbaar = {stand.veld.id for stap in loop.zichtbaar for stand in stap.velden if stand.is_zichtbaar}
    assert loop.antwoorden.keys() <= zichtbaar | {"wie"}
    assert len(loop.onderwerp) <= 120
    for blok in list_antwoorden(loop):
        for regel in blok.regels:
            assert not {"\x00", "\u202e"} & set(regel.antwoord)
    if not definitie.is_check:
        assert loop.zaaktype.isupper()


@given(filled_in())
def test_only_inputs_of_the_page_belong_to_the_step(formulier: tuple[str, dict[str, list[str]]]):
    slug, invoer = formulier
    loop = doorloop(definities()[slug], invoer, ANONIEM)
    for stap in loop.zichtbaar:
        namen = inputs_of(stap, invoer)
        eigen = {veld.id for veld in stap.stap.velden}
        assert all(naam.split("-", 1)[0] in eigen for naam in namen)
        assert not any("-30-" in naam for naam in namen)
        assert {naam for naam, _ in stap.fouten} <= namen | eigen | {f"{een}-1" for een in namen}


def test_ten_thousand_inputs_and_ten_megabyte_change_nothing():
    goed = {"soort": ["lamp"], "plaats": ["Lindelaan 12"], "omschrijving": ["Kapot."]}
    definitie = definities()["melding-openbare-ruimte"]
    veel = {f"x{n}": ["y"] for n in range(10_000)} | {"soort-aantal": ["999"], "zaaktype": ["BEZWAAR"]}
    assert doorloop(definitie, goed | veel, ANONIEM) == doorloop(definitie, goed, ANONIEM)
    groot = doorloop(definitie, goed | {"omschrijving": ["\u202e\x00x" * 3_000_000]}, ANONIEM)
    assert groot.stappen[0].fouten == (
        ("omschrijving", "Gebruik hoogstens 2000 tekens. U heeft er nu 3000000"),
    )


def test_every_form_that_is_shipped_was_looked_at():
    assert {pad.stem for pad in MEEGELEVERD.glob("*.yaml")} == definities().keys()


def test_a_choice_of_options_is_checked_against_the_form():
    loop = doorloop(form([keuze("k", "a", "b")]), {"k": ["c"]}, ANONIEM)
    assert loop.stappen[0].fouten == (("k", "Kies een van de antwoorden uit de lijst"),)
