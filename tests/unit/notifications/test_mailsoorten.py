"""The files in teksten/: a kind is whole, or the tests say what is missing."""

import re

import pytest
from pydantic import ValidationError

from eloket.notifications.mail.mailsoorten import (
    MAX_TEKST,
    MEEGELEVERD,
    PLAATSHOUDER,
    MailSoort,
    Plaatshouder,
    Reactie,
    algemeen,
    mailsoort,
    missing_context,
)
from eloket.notifications.rubrieken import rubriek_van
from eloket.notifications.types import NotificatieSoort
from eloket.profile.types import Rubriek, Taal

ALLE = [(soort, taal) for soort in NotificatieSoort for taal in Taal]
NIET_GEKOZEN = {
    NotificatieSoort.ADRES_BEVESTIGEN,
    NotificatieSoort.ADRES_GEWIJZIGD,
    NotificatieSoort.MAIL_GESTOPT,
    NotificatieSoort.MELDING_ONTVANGEN,
    NotificatieSoort.MACHTIGING_AANVAARD,
    NotificatieSoort.MACHTIGING_GEEINDIGD,
    NotificatieSoort.EXPORT_KLAAR,
}


def test_every_kind_has_a_file_and_every_file_is_a_kind():
    bestanden = {pad.stem for pad in MEEGELEVERD.glob("*.yaml")}
    assert bestanden == {soort.value for soort in NotificatieSoort} | {"algemeen"}


@pytest.mark.parametrize(("soort", "taal"), ALLE)
def test_every_kind_says_what_it_must_in_both_languages(soort, taal):
    gegevens, deel = mailsoort(soort), mailsoort(soort).deel(taal)
    genoemd = set(PLAATSHOUDER.findall(deel.mailtekst.tekst))
    assert set(gegevens.verplicht) <= genoemd <= set(gegevens.plaatshouders)
    assert len(deel.mailtekst.tekst) <= MAX_TEKST
    assert not re.search(r"[{}]", deel.onderwerp + deel.knop + deel.reactie)
    if not gegevens.is_vast:
        assert set(PLAATSHOUDER.findall(deel.meer)) <= {"aantal", "termijn"}
        assert "{aantal}" in deel.meer


@pytest.mark.parametrize("soort", list(NotificatieSoort))
def test_the_two_languages_are_two_texts(soort):
    nl, en = mailsoort(soort).nl, mailsoort(soort).en
    assert nl.onderwerp != en.onderwerp
    assert not set(nl.alineas) & (set(en.alineas) - {"{reactie}"})
    assert nl.knop != en.knop


@pytest.mark.parametrize("soort", list(NotificatieSoort))
def test_who_must_react_is_told_until_when(soort):
    """Awb 2:10 lid 2."""
    if mailsoort(soort).reactie is Reactie.GEVRAAGD:
        assert Plaatshouder.TERMIJN in mailsoort(soort).verplicht
        assert missing_context(soort, {}) == ("deadline",)
        assert missing_context(soort, {"deadline": "2026-12-01"}) == ()


def test_every_kind_falls_under_one_choice_of_the_receiver_or_under_none_on_purpose():
    assert {soort for soort in NotificatieSoort if rubriek_van(soort) is None} == NIET_GEKOZEN
    assert {rubriek_van(soort) for soort in NotificatieSoort} - {None} == set(Rubriek)
    assert rubriek_van(NotificatieSoort.ONTVANGST) is Rubriek.ONTVANGST


def test_what_every_mail_says_is_there_in_both_languages():
    nl, en = algemeen(Taal.NL).model_dump(), algemeen(Taal.EN).model_dump()
    assert nl.keys() == en.keys()
    assert not set(nl.values()) & set(en.values())


@pytest.mark.parametrize(
    ("wijziging", "fout"),
    [
        ({"verplicht": ("reactie",)}, "zet termijn bij verplicht"),
        ({"verplicht": ("termijn",)}, "zet reactie bij verplicht"),
        ({"nl": {"onderwerp": "a", "alineas": ("b",), "knop": "c"}}, "vul reactie in, in beide talen"),
        (
            {"nl": {"onderwerp": "a", "alineas": ("b",), "knop": "c", "reactie": "d"}},
            "vul een en meer in, in beide talen",
        ),
        ({"verplicht": ("naam",)}, "verplicht"),
        ({"kleur": "rood"}, "kleur"),
    ],
)
def test_a_file_that_is_not_whole_is_refused(wijziging, fout):
    heel = mailsoort(NotificatieSoort.DOCUMENT_GEVRAAGD).model_dump()
    with pytest.raises(ValidationError, match=fout):
        MailSoort.model_validate({**heel, **wijziging})
