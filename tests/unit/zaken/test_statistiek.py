"""The numbers of the dashboard against a plain count, week borders included."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from eloket.berichten.statistiek import build_antwoordtijden
from eloket.zaken.statistiek import build_stand, monday
from eloket.zaken.werk import OpenGroep, Tellingen, TermijnKleur

VANDAAG = date(2027, 1, 4)  # the first Monday after a New Year in week 53
NU = datetime(2027, 1, 4, 12, tzinfo=UTC)
dagen = st.dates(VANDAAG - timedelta(days=200), VANDAAG)


@given(binnen=st.lists(dagen, max_size=60), klaar=st.lists(dagen, max_size=60))
def test_every_day_counts_in_the_week_of_its_monday(binnen: list[date], klaar: list[date]):
    maandag = monday(VANDAAG) - timedelta(weeks=11)
    tellingen = Tellingen(
        instroom={dag: binnen.count(dag) for dag in binnen},
        uitstroom={dag: klaar.count(dag) for dag in klaar},
        open=(),
    )
    stand = build_stand([tellingen, tellingen], maandag, 12, VANDAAG)
    for week in stand.weken:
        in_week = [week.maandag + timedelta(days=nummer) for nummer in range(7)]
        assert week.instroom == 2 * sum(dag in in_week for dag in binnen)
        assert week.uitstroom == 2 * sum(dag in in_week for dag in klaar)
    assert [week.maandag.weekday() for week in stand.weken] == [0] * 12
    assert stand.weken[-1].maandag == VANDAAG


@given(
    zaken=st.lists(st.tuples(dagen, st.integers(-40, 60), st.booleans(), st.integers(1, 5)), max_size=40),
)
def test_every_open_zaak_has_one_colour_and_one_age(zaken: list[tuple[date, int, bool, int]]):
    groepen = tuple(
        OpenGroep("Parkeren", "Vergunning", start, VANDAAG + timedelta(days=over), stil, aantal)
        for start, over, stil, aantal in zaken
    )
    stand = build_stand([Tellingen({}, {}, groepen)], monday(VANDAAG), 1, VANDAAG)
    alle = sum(aantal for *_, aantal in zaken)
    assert stand.open == alle == sum(stand.termijnen.values()) + stand.stil
    assert stand.termijnen[TermijnKleur.ROOD] == sum(
        aantal for _, over, stil, aantal in zaken if over < 0 and not stil
    )
    assert stand.termijnen[TermijnKleur.ORANJE] == sum(
        aantal for _, over, stil, aantal in zaken if 0 <= over <= 7 and not stil
    )
    assert sum(aantal for _, aantal in stand.per_zaaktype) == alle


def test_who_writes_twice_waits_from_the_first_time_and_the_last_word_waits():
    def uur(getal: int) -> datetime:
        return NU - timedelta(hours=getal)

    regels = [
        ("a", False, uur(30)),
        ("a", False, uur(20)),
        ("a", True, uur(6)),
        ("a", True, uur(5)),
        ("b", True, uur(9)),
        ("b", False, uur(8)),
    ]
    tijden = build_antwoordtijden(regels, maandag=VANDAAG, weken=1, nu=NU)
    (week,) = tijden.weken
    assert (week.aantal, week.mediaan, week.negentig) == (1, 24.0, 24.0)
    assert (tijden.wachtend, tijden.langst) == (1, timedelta(hours=8))
