"""A term for a calendar: on the right day, discreet, and the same appointment when it is extended."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from eloket.afschriften.agenda import Afspraak, afspraak_van_taak, afspraak_van_zaak, make_ics, may_be_planned
from eloket.afschriften.errors import TermijnLooptNiet
from eloket.zaken.types import Opschorting, TaakInzage, ZaakRef
from tests.unit.afschriften.stukken import MOMENT, TRAAG, zaak

URL = "https://loket.voorbeeld.nl/mijn/taken/"
GEMEENTE = "Gemeente Voorbeeld"
VANDAAG = date(2026, 11, 3)


def taak(deadline: date = date(2026, 11, 20), *, vervuld_op: datetime | None = None) -> TaakInzage:
    return TaakInzage(
        id="0b1f6f5e-7c1d-4a83-9a6c-1f0e5f0e8a11",
        ref=ZaakRef("nep", "1"),
        zaak_omschrijving="Bijzondere bijstand",
        zaak_identificatie="Z-2026-000001",
        titel="Stuur uw loonstrook",
        toelichting="Van oktober",
        deadline=deadline,
        gevraagd_op=MOMENT,
        vervuld_op=vervuld_op,
        dagen_over=(deadline - VANDAAG).days,
    )


def event_of(afspraak: Afspraak) -> Any:
    """The one event of the file, read back. Its library types each property as any of thirty kinds."""
    (event,) = Calendar.from_ical(make_ics(afspraak)).walk("VEVENT")
    return event


def van_taak(**velden: object) -> Afspraak:
    return afspraak_van_taak(taak(**velden), gemeente=GEMEENTE, url=URL)  # type: ignore[arg-type]


def test_the_appointment_is_the_whole_last_day_which_is_the_day_before_the_deadline():
    event = event_of(van_taak(deadline=date(2026, 11, 20)))
    assert event["DTSTART"].dt == date(2026, 11, 19)
    assert event["DTEND"].dt == date(2026, 11, 20)
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert event["TRANSP"] == "TRANSPARENT"


def test_the_warning_is_two_days_before_at_nine():
    (alarm,) = event_of(van_taak()).walk("VALARM")
    begin = datetime(2026, 11, 19)  # noqa: DTZ001 - a day in a calendar has no time zone
    assert begin + alarm["TRIGGER"].dt == datetime(2026, 11, 17, 9, 0)  # noqa: DTZ001
    assert alarm["ACTION"] == "DISPLAY"
    assert alarm["DESCRIPTION"]


def test_it_says_nothing_of_what_it_is_about_and_leads_to_the_portal():
    tekst = make_ics(van_taak()).decode()
    for woord in ("bijstand", "loonstrook", "oktober", "Z-2026", "Drouwen", "999990019"):
        assert woord.lower() not in tekst.lower()
    event = event_of(van_taak())
    assert event["SUMMARY"] == "Gemeente Voorbeeld: laatste dag voor uw reactie"
    assert event["URL"] == URL
    assert event["CLASS"] == "PRIVATE"


def test_an_extended_term_is_the_same_appointment_in_a_later_version():
    eerst, later = event_of(van_taak()), event_of(van_taak(deadline=date(2026, 12, 4)))
    assert eerst["UID"] == later["UID"]
    assert later["SEQUENCE"] > eerst["SEQUENCE"]
    assert later["DTSTART"].dt == date(2026, 12, 3)


def test_another_term_is_another_appointment():
    ander = replace(taak(), id="een-ander")
    assert (
        event_of(van_taak())["UID"] != event_of(afspraak_van_taak(ander, gemeente=GEMEENTE, url=URL))["UID"]
    )
    van_zaak = afspraak_van_zaak(zaak(), gemeente=GEMEENTE, url=URL, vandaag=VANDAAG)
    assert van_zaak.uid not in {van_taak().uid, afspraak_van_taak(ander, gemeente=GEMEENTE, url=URL).uid}


def test_the_same_term_is_the_same_file_whenever_it_is_downloaded():
    assert make_ics(van_taak()) == make_ics(van_taak())
    assert event_of(van_taak())["DTSTAMP"].dt == MOMENT


def test_the_term_of_a_zaak_is_the_last_day_itself():
    lopend = replace(zaak(), uiterlijke_einddatum=date(2026, 12, 29))
    event = event_of(afspraak_van_zaak(lopend, gemeente=GEMEENTE, url=URL, vandaag=VANDAAG))
    assert event["DTSTART"].dt == date(2026, 12, 29)
    assert (
        lopend.omschrijving
        not in make_ics(afspraak_van_zaak(lopend, gemeente=GEMEENTE, url=URL, vandaag=VANDAAG)).decode()
    )


@pytest.mark.parametrize(
    "velden",
    [
        {"einddatum": date(2026, 11, 2)},
        {"opschorting": Opschorting("Wij wachten.", date(2026, 11, 1))},
        {"uiterlijke_einddatum": None},
        {"uiterlijke_einddatum": VANDAAG - timedelta(days=1)},
    ],
    ids=["closed", "suspended", "no-term", "past"],
)
def test_a_zaak_of_which_no_term_runs_has_nothing_for_a_calendar(velden):
    anders = replace(zaak(), **velden)
    assert not may_be_planned(anders, VANDAAG)
    with pytest.raises(TermijnLooptNiet):
        afspraak_van_zaak(anders, gemeente=GEMEENTE, url=URL, vandaag=VANDAAG)


@pytest.mark.parametrize("velden", [{"vervuld_op": MOMENT}, {"deadline": VANDAAG}], ids=["done", "too-late"])
def test_what_is_done_or_too_late_has_nothing_for_a_calendar(velden):
    with pytest.raises(TermijnLooptNiet):
        van_taak(**velden)


def test_the_last_day_itself_still_counts():
    assert van_taak(deadline=VANDAAG + timedelta(days=1)).dag == VANDAAG


# Letters, and what has a meaning of its own in the format. Line ends become those of the format; see below.
TEKST = st.text(
    st.one_of(st.sampled_from(",;\\:\"'nN€é\U0001f600"), st.characters(categories=["L", "N", "P", "Zs"]))
)


@TRAAG
@given(TEKST.filter(str.strip), st.dates(date(2020, 1, 1), date(2099, 1, 1)), st.integers(0, 99_999))
def test_what_is_read_back_is_what_was_written(tekst, dag, volgnummer):
    afspraak = Afspraak("uid@host", volgnummer, dag, tekst, f"{tekst}\n{tekst}", URL, MOMENT.astimezone(UTC))
    event = event_of(afspraak)
    assert event["SUMMARY"] == tekst
    assert event["DESCRIPTION"] == f"{tekst}\n{tekst}"
    assert (event["DTSTART"].dt, event["SEQUENCE"]) == (dag, volgnummer)
    assert Calendar.from_ical(make_ics(afspraak)).to_ical() == make_ics(afspraak)


@TRAAG
@given(TEKST)
def test_lines_end_and_fold_as_the_standard_has_it(tekst):
    """Read by hand, not with the library that wrote it. RFC 5545, 3.1."""
    afspraak = Afspraak("uid@host", 1, VANDAAG, tekst * 5, tekst * 20, URL, MOMENT)
    inhoud = make_ics(afspraak)
    assert inhoud.endswith(b"\r\n")
    regels = inhoud.split(b"\r\n")
    assert all(len(regel) <= 75 for regel in regels)
    assert not any(b"\n" in regel or b"\r" in regel for regel in regels)
    heel = inhoud.replace(b"\r\n ", b"").decode()
    for regel in heel.rstrip("\r\n").split("\r\n"):
        assert re.match(r"[A-Z-]+[;:]", regel), regel
    (samenvatting,) = (r.removeprefix("SUMMARY:") for r in heel.split("\r\n") if r.startswith("SUMMARY:"))
    terug = re.sub(r"\\([,;\\nN])", lambda m: "\n" if m[1] in "nN" else m[1], samenvatting)
    assert terug == tekst * 5
