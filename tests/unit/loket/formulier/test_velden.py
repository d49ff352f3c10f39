"""Every kind of field: what it reads, what it refuses and how it says so. Nothing that is typed makes it fall over."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from stdnum import iban
from stdnum.nl import bsn

from eloket.kernel.klok import MAANDEN
from eloket.loket.formulier.basis import Invoer, Omgeving, VeldBasis, VeldFout, Wie, clean
from eloket.loket.formulier.getalvelden import parse_datum, solve_limit
from eloket.loket.formulier.samengesteld import parse_huisnummer, parse_postcode, parse_punt
from eloket.loket.formulier.voorwaarden import Waarde
from eloket.loket.geld import parse_bedrag, parse_getal, schrijf_euro, schrijf_getal
from tests.unit.loket.formulier.bouw import OMGEVING, VANDAAG, lees, veld

OPTIES = {"a": "Eerste", "b": "Tweede", "c": "Derde"}
VELDEN: dict[str, VeldBasis] = {
    "tekst": veld("tekst"),
    "lange_tekst": veld("lange_tekst"),
    "getal": veld("getal", decimalen=2, eenheid="cm"),
    "bedrag": veld("bedrag"),
    "datum": veld("datum", min="vandaag-100j", max="vandaag+5j"),
    "tijd": veld("tijd"),
    "email": veld("email"),
    "telefoon": veld("telefoon"),
    "keuze": veld("keuze", opties=OPTIES),
    "keuzes": veld("keuzes", opties=OPTIES, hoogstens=2),
    "ja_nee": veld("ja_nee"),
    "bsn": veld("bsn"),
    "iban": veld("iban"),
    "kenteken": veld("kenteken"),
    "adres": veld("adres"),
}
SOORTEN = sorted(VELDEN)
# What people type: digits and signs that nearly make sense, and what nobody types by accident.
LASTIG = st.one_of(
    st.text(max_size=40),
    st.text("0123456789.,-+ €/:eE\u00a0\u202f٣²½", max_size=20),
    st.sampled_from(
        ["NaN", "Infinity", "-0", "1e9", "\x00", "\u202e1", "１２", "0" * 400, "true", "[]", "29 2 2024"]
    ),
)


def attempt(een: VeldBasis, invoer: str | Invoer) -> Waarde | VeldFout | None:
    """What it reads, or what is wrong."""
    try:
        return lees(een, invoer)
    except VeldFout as fout:
        return fout


def namen(soort: str) -> list[str]:
    return [*dict.fromkeys(("v", *VELDEN[soort].namen("v")))]


@pytest.mark.parametrize("soort", SOORTEN)
@given(data=st.data())
def test_whatever_is_typed_is_an_answer_nothing_or_a_mistake_with_a_text(soort: str, data: st.DataObject):
    invoer = {naam: data.draw(st.lists(LASTIG, max_size=3)) for naam in namen(soort)}
    waarde = attempt(VELDEN[soort], invoer)
    if isinstance(waarde, VeldFout):
        assert waarde.tekst
        assert (f"v-{waarde.sub}" if waarde.sub else "v") in namen(soort)
    elif waarde is not None:
        getoond = VELDEN[soort].toon(waarde)
        assert getoond
        assert "\x00" not in getoond


@pytest.mark.parametrize(
    "soort", [een for een in SOORTEN if een not in {"datum", "adres", "keuze", "keuzes"}]
)
@given(data=st.data())
def test_what_is_shown_can_be_typed_again(soort: str, data: st.DataObject):
    een = VELDEN[soort]
    waarde = attempt(een, data.draw(LASTIG | st.integers(0, 10**9).map(str) | st.just("ja")))
    if waarde is not None and not isinstance(waarde, VeldFout):
        getoond = een.toon(waarde).lower() if soort == "ja_nee" else een.toon(waarde)
        assert lees(een, getoond) == waarde


@pytest.mark.parametrize("soort", SOORTEN)
def test_nothing_typed_is_no_answer(soort: str):
    for leeg in (
        {},
        {naam: ["  \t\u200b".strip()] for naam in namen(soort)},
        {naam: [" "] for naam in namen(soort)},
    ):
        assert lees(VELDEN[soort], leeg) is None


@pytest.mark.parametrize("soort", SOORTEN)
def test_ten_megabyte_is_a_mistake_and_quickly(soort: str):
    for teken in ("1", "a"):
        for naam in VELDEN[soort].namen("v"):
            fout = attempt(VELDEN[soort], {naam: [teken * 10_000_000]})
            assert isinstance(fout, VeldFout)
            assert len(fout.tekst) < 200


# --- text ---


def test_one_line_of_text_is_one_line():
    assert lees(VELDEN["tekst"], " Jan \r\n  de\tVries\x00 ") == "Jan de Vries"
    assert lees(VELDEN["lange_tekst"], "Een\r\n\r\ntwee\x07") == "Een\n\ntwee"


def test_a_text_that_is_too_long_says_by_how_much():
    with pytest.raises(VeldFout, match=r"Gebruik hoogstens 5 tekens\. U heeft er nu 6"):
        lees(veld("tekst", max=5), "zesles")
    assert lees(veld("tekst", max=5), "e\u0301e\u0301e\u0301") == "ééé"  # counted as people see them


@given(st.text())
def test_clean_text_stays_clean_and_can_be_stored(ruw: str):
    schoon = clean(ruw)
    assert clean(schoon) == schoon
    assert "\x00" not in schoon
    schoon.encode()


# --- numbers and money ---


@pytest.mark.parametrize(
    ("getypt", "gelezen"),
    [
        ("1.234,5", "1234.5"), ("1234.5", "1234.5"), ("1 234,5", "1234.5"), ("1\u00a0234", "1234"),
        ("1.234", "1234"), ("1.2", "1.2"), ("0,50", "0.5"), ("12 cm", "12"), ("007", "7"), ("250,-", "250"),
    ],
)  # fmt: skip
def test_numbers_are_read_as_the_dutch_write_them(getypt: str, gelezen: str):
    assert lees(VELDEN["getal"], getypt) == Decimal(gelezen)


@pytest.mark.parametrize(
    "getypt", ["1.23.4", "1,2,3", "een", "1e3", "٣", "½", "--1", "+", ",5,", "1.2345,6", "NaN"]
)
def test_what_is_no_number_is_refused(getypt: str):
    with pytest.raises(VeldFout, match="Vul een getal in"):
        lees(VELDEN["getal"], getypt)


def test_limits_and_decimals_of_a_number_are_told():
    for getypt, tekst in [
        ("1,5", "heel getal"),
        ("0", "Vul 1 in, of meer"),
        ("1001", "Vul 1.000 in, of minder"),
    ]:
        with pytest.raises(VeldFout, match=tekst):
            lees(veld("getal", min=1, max=1000), getypt)
    with pytest.raises(VeldFout, match="hoogstens 2 cijfers achter de komma"):
        lees(VELDEN["getal"], "1,234")


def test_a_year_has_no_point_and_a_big_number_has():
    jaar = veld("getal")
    assert [jaar.toon(Decimal(een)) for een in (1964, 9999, 10_000, -1964)] == [
        "1964",
        "9999",
        "10.000",
        "-1964",
    ]


@given(st.decimals(-(10**9), 10**9, places=3))
def test_a_number_is_written_as_it_is_read(getal: Decimal):
    assert parse_getal(schrijf_getal(getal)) == getal


@given(st.integers(0, 10**9))
def test_an_amount_is_written_as_it_is_read(cent: int):
    assert parse_bedrag(schrijf_euro(cent)) == cent
    assert lees(veld("bedrag", max=99_999_999), schrijf_euro(cent)) == Decimal(cent) / 100


@pytest.mark.parametrize(
    ("getypt", "cent"),
    [
        ("€ 1.234,50", 123450), ("1234,5", 123450), ("12", 1200), ("EUR 12,-", 1200), ("€12,--", 1200), ("0,01", 1),
        ("1.234", 123400), ("12.50", 1250), ("1,234", None), ("€", None), ("12 euro vijftig", None), ("1e2", None),
    ],
)  # fmt: skip
def test_amounts_are_exact_to_the_cent(getypt: str, cent: int | None):
    assert parse_bedrag(getypt) == cent


def test_a_limit_of_an_amount_is_told_in_euros():
    with pytest.raises(VeldFout, match="Vul € 10,00 in, of meer"):
        lees(veld("bedrag", min=10), "9,99")
    with pytest.raises(VeldFout, match="Vul € 20,50 in, of minder"):
        lees(veld("bedrag", max=20.5), "20,51")


# --- dates and times ---


def dag(d: object, m: object, j: object) -> dict[str, list[str]]:
    return {"v-dag": [str(d)], "v-maand": [str(m)], "v-jaar": [str(j)]}


@given(st.dates(date(1930, 1, 1), date(2031, 1, 1)))
def test_every_day_can_be_typed_in_numbers_and_with_the_name_of_the_month(een: date):
    naam = MAANDEN[een.month - 1]
    for maand in (een.month, f"{een.month:02d}", naam, naam.upper(), naam[:3], f"{naam[:3]}."):
        assert lees(VELDEN["datum"], dag(een.day, maand, een.year)) == een
    assert VELDEN["datum"].toon(een) == f"{een.day} {naam} {een.year}"


def test_march_has_an_abbreviation_of_its_own():
    assert parse_datum("1", "mrt", "2026") == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("d", "m", "j"),
    [(29, 2, 2023), (31, 4, 2026), (0, 1, 2026), (1, 13, 2026), (1, 1, 26), (1, "foo", 2026), ("١", 1, 2026)],
)
def test_a_day_that_does_not_exist_is_refused(d: object, m: object, j: object):
    with pytest.raises(VeldFout, match="datum in die bestaat"):
        lees(VELDEN["datum"], dag(d, m, j))
    assert lees(VELDEN["datum"], dag(29, 2, 2024)) == date(2024, 2, 29)


def test_half_a_date_says_which_part_is_missing():
    for sub, tekst in [("dag", "Vul ook de dag in"), ("maand", "de maand"), ("jaar", "Vul ook het jaar in")]:
        with pytest.raises(VeldFout, match=tekst) as gevangen:
            lees(VELDEN["datum"], dag(1, 1, 2026) | {f"v-{sub}": [""]})
        assert gevangen.value.sub == sub


def test_limits_count_from_today_and_from_an_earlier_answer():
    verhuizing = veld("datum", min="vandaag-5d", max="vandaag+28d")
    for dagen, is_goed in [(-6, False), (-5, True), (28, True), (29, False)]:
        een = VANDAAG + timedelta(days=dagen)
        if is_goed:
            assert lees(verhuizing, dag(een.day, een.month, een.year)) == een
        else:
            with pytest.raises(VeldFout, match="Kies"):
                lees(verhuizing, dag(een.day, een.month, een.year))
    einde = veld("datum", min="$start", max="$start+1d")
    with pytest.raises(VeldFout, match="Kies 1 december 2026 of een latere dag"):
        lees(einde, dag(30, 11, 2026), {"start": date(2026, 12, 1)})
    assert lees(einde, dag(30, 11, 2026)) == date(2026, 11, 30)  # the other day is wrong: that is told there


@pytest.mark.parametrize(
    ("grens", "dag_van"),
    [
        ("vandaag", date(2024, 2, 29)),
        ("vandaag-18j", date(2006, 2, 28)),
        ("vandaag+4j", date(2028, 2, 29)),
        ("vandaag+1d", date(2024, 3, 1)),
        ("vandaag-99999j", None),
        ("vandaag+99999j", None),
        (None, None),
        (date(2020, 1, 1), date(2020, 1, 1)),
    ],
)
def test_a_limit_is_a_day(grens: str | date | None, dag_van: date | None):
    assert solve_limit(grens, date(2024, 2, 29), {}) == dag_van


@pytest.mark.parametrize(
    ("getypt", "gelezen"),
    [("14.30", time(14, 30)), ("14:30", time(14, 30)), ("1430", time(14, 30)), ("9", time(9)), ("9 uur", time(9)),
     ("0.00", time(0)), ("23.59 uur", time(23, 59)), ("930", time(9, 30))],
)  # fmt: skip
def test_times_are_read(getypt: str, gelezen: time):
    assert lees(VELDEN["tijd"], getypt) == gelezen
    assert VELDEN["tijd"].toon(gelezen) == f"{gelezen.hour}.{gelezen.minute:02d} uur"


@pytest.mark.parametrize("getypt", ["24.00", "12.60", "half drie", "1.5", "12345", "-1"])
def test_what_is_no_time_is_refused(getypt: str):
    with pytest.raises(VeldFout, match=r"bijvoorbeeld 14\.30"):
        lees(VELDEN["tijd"], getypt)


# --- numbers with a check ---


@pytest.mark.parametrize("getypt", ["AB-123-C", "ab123c", " A B 1 2 3 C", "AB-12-3C"])
def test_a_plate_is_read_however_it_is_typed(getypt: str):
    assert lees(VELDEN["kenteken"], getypt) == "AB-123-C"


@pytest.mark.parametrize("getypt", ["AB-1234-C", "123456", "ABCDEF", "AB-123-É", "", "1-AB-12"])
def test_what_is_no_dutch_plate_is_refused(getypt: str):
    if getypt:
        with pytest.raises(VeldFout, match="Nederlands kenteken"):
            lees(VELDEN["kenteken"], getypt)


@given(st.integers(0, 10**10 - 1))
def test_an_iban_is_checked_and_shown_in_groups_of_four(rekening: int):
    kaal = f"ABNA{rekening:010d}"
    goed = f"NL{iban.calc_check_digits(f'NL00{kaal}')}{kaal}"
    assert lees(VELDEN["iban"], goed.lower()) == goed
    assert lees(VELDEN["iban"], VELDEN["iban"].toon(goed)) == goed
    fout = f"{goed[:-1]}{(int(goed[-1]) + 1) % 10}"
    with pytest.raises(VeldFout, match="Vul een IBAN in"):
        lees(VELDEN["iban"], fout)


@given(st.integers(0, 999_999_999))
@example(999990019)
def test_a_bsn_is_checked_and_never_stands_in_a_mistake(nummer: int):
    cijfers = f"{nummer:09d}"
    if bsn.is_valid(cijfers):
        assert lees(VELDEN["bsn"], cijfers) == cijfers
        assert lees(VELDEN["bsn"], VELDEN["bsn"].toon(cijfers)) == cijfers
        return
    with pytest.raises(VeldFout) as gevangen:
        lees(VELDEN["bsn"], cijfers)
    assert cijfers not in f"{gevangen.value}{gevangen.value!r}{gevangen.value.tekst}"


@pytest.mark.parametrize("soort", ["bsn", "iban", "email", "telefoon", "kenteken", "getal", "bedrag", "tijd"])
def test_what_was_typed_never_stands_in_the_mistake(soort: str):
    for geheim in ("999990018", "geheim@@voorbeeld", "X9999X9999X"):
        fout = attempt(VELDEN[soort], geheim)
        assert not isinstance(fout, VeldFout) or geheim not in f"{fout}{fout!r}{fout.tekst}"


# --- choices ---


def test_a_choice_is_one_of_the_options():
    assert lees(VELDEN["keuze"], {"v": ["a", "b"]}) == "b"  # the last one, as a browser with two would mean
    for onzin in ("d", "A", "Eerste", "a\x00b"):
        with pytest.raises(VeldFout, match="uit de lijst"):
            lees(VELDEN["keuze"], onzin)
    with pytest.raises(VeldFout, match="Kies ja of nee"):
        lees(VELDEN["ja_nee"], "misschien")


@given(st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=8))
def test_choices_come_in_the_order_of_the_form_each_once(gekozen: list[str]):
    verschillend = {een for een in gekozen if een}
    if len(verschillend) > 2:
        with pytest.raises(VeldFout, match="Kies er hoogstens 2"):
            lees(VELDEN["keuzes"], {"v": gekozen})
    else:
        assert lees(VELDEN["keuzes"], {"v": gekozen}) == (tuple(sorted(verschillend)) or None)


def test_too_few_choices_are_told():
    with pytest.raises(VeldFout, match="Kies er minstens 2"):
        lees(veld("keuzes", opties=OPTIES, minstens=2), {"v": ["a"]})
    assert VELDEN["keuzes"].toon(("a", "c")) == "Eerste, Derde"


# --- addresses and places ---

ADRES = {
    "postcode": "1234 AB",
    "huisnummer": "12",
    "toevoeging": "",
    "straat": "Lindelaan",
    "woonplaats": "Voorbeeld",
}


def adres(**anders: str) -> dict[str, list[str]]:
    return {f"v-{sub}": [waarde] for sub, waarde in (ADRES | anders).items()}


def test_an_address_is_one_line():
    assert lees(VELDEN["adres"], adres()) == "Lindelaan 12, 1234 AB Voorbeeld"
    assert (
        lees(VELDEN["adres"], adres(postcode="1234ab", toevoeging="bis"))
        == "Lindelaan 12 bis, 1234 AB Voorbeeld"
    )


@pytest.mark.parametrize(
    ("sub", "getypt", "fout_bij", "tekst"),
    [
        ("postcode", "", "postcode", "Vul ook de postcode in"),
        ("postcode", "1234", "postcode", "bijvoorbeeld 1234 AB"),
        ("postcode", "0123 AB", "postcode", "bijvoorbeeld 1234 AB"),
        ("postcode", "1234 SS", "postcode", "bijvoorbeeld 1234 AB"),
        ("huisnummer", "", "huisnummer", "Vul ook het huisnummer in"),
        ("huisnummer", "12a", "huisnummer", "Zet een letter bij Toevoeging"),
        ("huisnummer", "0", "huisnummer", "alleen het huisnummer"),
        ("toevoeging", "x" * 11, "toevoeging", "hoogstens 10 tekens"),
        ("straat", "", "straat", "Wij kennen dit adres niet"),
        ("woonplaats", "", "woonplaats", "Wij kennen dit adres niet"),
        ("straat", "x" * 81, "straat", "hoogstens 80 tekens"),
    ],
)
def test_a_mistake_in_an_address_stands_at_its_part(sub: str, getypt: str, fout_bij: str, tekst: str):
    with pytest.raises(VeldFout, match=tekst) as gevangen:
        lees(VELDEN["adres"], adres(**{sub: getypt}))
    assert gevangen.value.sub == fout_bij


@given(st.integers(1000, 9999), st.sampled_from(["AB", "zz", "RX"]), st.sampled_from(["", " "]))
def test_a_postcode_is_read_with_and_without_a_space(cijfers: int, letters: str, tussen: str):
    assert parse_postcode(f"{cijfers}{tussen}{letters}") == f"{cijfers} {letters.upper()}"
    assert parse_huisnummer(str(cijfers)) == str(cijfers)


@pytest.mark.parametrize("getypt", ["52.09,5.12", "52.090831, 5.122221", "12.51000,-69.98000"])
def test_a_point_lies_in_the_kingdom(getypt: str):
    assert parse_punt(getypt)


@pytest.mark.parametrize(
    "getypt", ["", "0.0,0.0", "48.85,2.35", "52,5", "52.1;5.1", "nan,nan", "1e1,5.0", "٥2.1,5.1"]
)
def test_any_other_point_is_none(getypt: str):
    assert parse_punt(getypt) is None


def test_a_mistake_is_no_answer_of_an_anonymous_visitor_either():
    anoniem = Omgeving(Wie.ANONIEM, VANDAAG)
    with pytest.raises(VeldFout):
        lees(VELDEN["bsn"], "1", omgeving=anoniem)
    assert OMGEVING.vast == {}
