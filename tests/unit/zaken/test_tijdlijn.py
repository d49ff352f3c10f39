from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from eloket.zaken.tijdlijn import StapStand, build_termijn, build_tijdlijn
from eloket.zaken.types import (
    Badge,
    Gebeurtenis,
    GebeurtenisSoort,
    Opschorting,
    Status,
    StatusType,
    Zaak,
    ZaakRef,
)

START = date(2026, 11, 3)
TYPEN = (
    StatusType(1, "Aanvraag ontvangen", "Wij hebben uw aanvraag.", Badge.ONTVANGEN, False, True),
    StatusType(
        2, "Aanvraag in behandeling", "Wij controleren uw gegevens.", Badge.IN_BEHANDELING, False, True
    ),
    StatusType(3, "Besluit", "Wij hebben besloten.", Badge.BESLUIT_GENOMEN, False, True),
    StatusType(4, "Zaak afgerond", "De zaak is klaar.", Badge.AFGEROND, True, True),
)


def _moment(dag: int, uur: int = 9) -> datetime:
    return datetime(2026, 11, dag, uur, tzinfo=UTC)


def _status(nummer: int, dag: int, toelichting: str = "") -> Status:
    return Status(nummer, TYPEN[nummer - 1].omschrijving, _moment(dag), toelichting)


def _zaak(*statussen: Status, einddatum: date | None = None) -> Zaak:
    stap = statussen[-1].volgnummer if statussen else 0
    return Zaak(
        ref=ZaakRef("nep", "1"),
        identificatie="Z-2026-004213",
        omschrijving="Parkeervergunning voor bewoners",
        toelichting="",
        zaaktype="PARKEERVERGUNNING",
        zaaktype_omschrijving="Parkeervergunning",
        afdeling="parkeren",
        afdeling_naam="Parkeren en mobiliteit",
        behandelaar_id=None,
        behandelaar_naam="",
        startdatum=START,
        registratiedatum=_moment(3),
        doorlooptijd_dagen=56,
        uiterlijke_einddatum=START + timedelta(days=56),
        einddatum=einddatum,
        resultaat="",
        opschorting=None,
        stap=stap,
        badge=TYPEN[max(stap, 1) - 1].badge,
        statustypen=TYPEN,
        resultaattypen=("Verleend", "Geweigerd"),
        statussen=statussen,
        kenmerken=(),
        betrokkenen=(),
        aandacht=frozenset(),
        versie=1,
    )


def test_steps_are_done_current_and_to_come_with_the_term_at_the_decision():
    stappen = build_tijdlijn(_zaak(_status(1, 3), _status(2, 10)), ())
    assert [stap.stand for stap in stappen] == [
        StapStand.GEDAAN,
        StapStand.HUIDIG,
        StapStand.KOMEND,
        StapStand.KOMEND,
    ]
    assert [stap.uiterlijk for stap in stappen] == [None, None, date(2026, 12, 29), None]
    assert stappen[1].tekst == "Wij controleren uw gegevens."


def test_the_text_of_the_handler_goes_before_the_standard_text():
    stappen = build_tijdlijn(_zaak(_status(1, 3), _status(2, 10, "Wij wachten op uw kenteken.")), ())
    assert stappen[1].tekst == "Wij wachten op uw kenteken."


def test_a_step_that_was_skipped_is_not_shown_and_a_closed_zaak_is_done_to_the_end():
    zaak = _zaak(_status(1, 3), _status(4, 12), einddatum=date(2026, 11, 12))
    stappen = build_tijdlijn(zaak, ())
    assert [stap.volgnummer for stap in stappen] == [1, 4]
    assert {stap.stand for stap in stappen} == {StapStand.GEDAAN}


def test_an_event_stands_under_the_step_that_was_current_then():
    def gebeurtenis(dag: int) -> Gebeurtenis:
        return Gebeurtenis(GebeurtenisSoort.BERICHT_ONTVANGEN, _moment(dag, 12), f"dag {dag}")

    stappen = build_tijdlijn(_zaak(_status(1, 3), _status(2, 10)), tuple(map(gebeurtenis, (2, 4, 11))))
    assert [[g.tekst for g in stap.gebeurtenissen] for stap in stappen] == [
        ["dag 2", "dag 4"],
        ["dag 11"],
        [],
        [],
    ]


@given(st.lists(st.integers(1, 28), max_size=20), st.integers(1, 4))
def test_no_event_is_ever_lost_or_doubled(dagen, laatste):
    statussen = tuple(_status(n, 3 + 4 * n) for n in range(1, laatste + 1))
    gebeurtenissen = tuple(
        Gebeurtenis(GebeurtenisSoort.BERICHT_ONTVANGEN, _moment(dag), str(i)) for i, dag in enumerate(dagen)
    )
    einddatum = date(2026, 11, 20) if laatste == 4 else None
    stappen = build_tijdlijn(_zaak(*statussen, einddatum=einddatum), gebeurtenissen)
    getoond = sorted(g.tekst for stap in stappen for g in stap.gebeurtenissen)
    assert getoond == sorted(g.tekst for g in gebeurtenissen)
    assert sum(stap.stand is StapStand.HUIDIG for stap in stappen) == (0 if einddatum else 1)


def test_eight_weeks_are_56_days_from_the_day_after_receipt_and_stand_still_when_suspended():
    zaak = _zaak(_status(1, 3))
    termijn = build_termijn(zaak, date(2026, 11, 23))
    assert termijn is not None
    assert (termijn.dag, termijn.van, termijn.is_te_laat) == (20, 56, False)
    stil = build_termijn(
        replace(zaak, opschorting=Opschorting("Wij wachten.", date(2026, 11, 10))), date(2027, 3, 1)
    )
    assert stil is not None
    assert (stil.dag, stil.is_te_laat) == (7, False)


def test_late_is_said_and_a_closed_zaak_has_no_term():
    laat = build_termijn(_zaak(_status(1, 3)), date(2027, 1, 5))
    assert laat is not None
    assert laat.is_te_laat
    assert build_termijn(_zaak(_status(1, 3), einddatum=date(2026, 11, 9)), date(2026, 11, 23)) is None
