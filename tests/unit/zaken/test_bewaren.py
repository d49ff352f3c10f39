"""How long a closed zaak is kept: the rule itself, without a database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from eloket.kernel.duur import Duur
from eloket.zaken.bewaren import Archief, BewaarDeel, check_bewaren, determine_archief
from eloket.zaken.types import Archiefnominatie, Brondatum

VERNIETIGEN, ALTIJD = Archiefnominatie.VERNIETIGEN, Archiefnominatie.BLIJVEND_BEWAREN
NA_VIJF_JAAR = BewaarDeel(archiefnominatie=VERNIETIGEN, bewaartermijn="P5Y")
INGETROKKEN = BewaarDeel(resultaat="Ingetrokken", archiefnominatie=VERNIETIGEN, bewaartermijn="P1Y")
VERLEEND = BewaarDeel(
    resultaat="Verleend",
    archiefnominatie=VERNIETIGEN,
    bewaartermijn="P1Y",
    brondatum=Brondatum.TERMIJN,
    procestermijn="P10Y",
)
MONUMENT = BewaarDeel(resultaat="Monument", archiefnominatie=ALTIJD)
REGELS = (NA_VIJF_JAAR, INGETROKKEN, VERLEEND, MONUMENT)
DAGEN = st.dates(date(1990, 1, 1), date(2100, 12, 31))
TERMIJNEN = st.sampled_from(["P1Y", "P5Y", "P20Y", "P6M", "P18M", "P30D", "P1M"])


@pytest.mark.parametrize(
    ("resultaat", "verwacht"),
    [
        (
            "Geweigerd",
            Archief(VERNIETIGEN, date(2029, 2, 28)),
        ),  # no line of its own; 29 February and five years
        ("", Archief(VERNIETIGEN, date(2029, 2, 28))),
        ("Ingetrokken", Archief(VERNIETIGEN, date(2025, 2, 28))),
        ("Verleend", Archief(VERNIETIGEN, date(2035, 2, 28))),  # ten years it counts, and one year more
        ("Monument", Archief(ALTIJD, None)),
    ],
)
def test_the_result_decides(resultaat: str, verwacht: Archief):
    assert determine_archief(REGELS, resultaat=resultaat, einddatum=date(2024, 2, 29)) == verwacht


def test_without_a_rule_nothing_is_decided():
    assert determine_archief((), resultaat="Verleend", einddatum=date(2024, 2, 29)) is None


def test_a_day_that_the_calendar_does_not_have_is_never():
    regel = BewaarDeel(archiefnominatie=VERNIETIGEN, bewaartermijn="P999Y")
    ver = date(9500, 1, 1)
    assert determine_archief((regel,), resultaat="", einddatum=ver) == Archief(ALTIJD, None)


@given(DAGEN, TERMIJNEN)
def test_a_zaak_is_never_destroyed_before_its_whole_period_is_over(einddatum: date, termijn: str):
    regel = BewaarDeel(archiefnominatie=VERNIETIGEN, bewaartermijn=termijn)
    archief = determine_archief((regel,), resultaat="x", einddatum=einddatum)
    assert archief is not None
    assert archief.actiedatum == Duur.parse(termijn).na(einddatum)
    assert archief.actiedatum > einddatum


@given(DAGEN, DAGEN, TERMIJNEN)
def test_what_was_closed_later_is_never_destroyed_earlier(een: date, ander: date, termijn: str):
    regel = BewaarDeel(archiefnominatie=VERNIETIGEN, bewaartermijn=termijn)
    eerst, dan = (determine_archief((regel,), resultaat="", einddatum=dag) for dag in sorted((een, ander)))
    assert eerst is not None
    assert dan is not None
    assert eerst.actiedatum <= dan.actiedatum  # type: ignore[operator]


@pytest.mark.parametrize(
    "velden",
    [
        {"archiefnominatie": "vernietigen"},
        {"archiefnominatie": "vernietigen", "bewaartermijn": "vijf jaar"},
        {"archiefnominatie": "vernietigen", "bewaartermijn": "P0Y"},
        {"archiefnominatie": "weggooien", "bewaartermijn": "P5Y"},
        {"archiefnominatie": "vernietigen", "bewaartermijn": "P5Y", "brondatum": "termijn"},
        {"archiefnominatie": "vernietigen", "bewaartermijn": "P5Y", "procestermijn": "P1Y"},
        {"archiefnominatie": "vernietigen", "bewaartermijn": "P5Y", "brondatum": "hoofdzaak"},
    ],
)
def test_a_rule_that_is_not_whole_is_refused(velden: dict[str, str]):
    with pytest.raises(ValidationError):
        BewaarDeel.model_validate(velden)


@pytest.mark.parametrize(
    ("regels", "fout"),
    [
        ((INGETROKKEN,), "andere resultaten"),
        ((NA_VIJF_JAAR, NA_VIJF_JAAR), "één keer"),
        ((NA_VIJF_JAAR, MONUMENT), "bestaat niet: Monument"),
    ],
)
def test_the_rules_of_a_zaaktype_leave_no_result_out_and_name_none_twice(regels, fout: str):
    with pytest.raises(ValueError, match=fout):
        check_bewaren(regels, ("Verleend", "Ingetrokken"))
