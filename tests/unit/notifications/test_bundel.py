"""Several notifications in one mail: a line per kind, what asks for a reaction first, nothing left out."""

import re

import pytest

from eloket.notifications.mail.mailsoorten import mailsoort
from eloket.notifications.mail.maken import build
from eloket.notifications.rubrieken import is_vast
from eloket.notifications.types import NotificatieSoort as Soort
from eloket.profile.types import Taal
from tests.unit.notifications.brieven import BASIS, brief, melding, parts
from tests.unit.notifications.zaken import GEHEIM

pytestmark = pytest.mark.django_db

SAMEN = [een for een in Soort if not is_vast(een)]


def regels(tekst: str) -> list[str]:
    return [regel.removeprefix("- ") for regel in tekst.splitlines() if regel.startswith("- ")]


def test_a_burst_is_one_mail_with_a_line_per_kind():
    onderwerp, tekst, html = parts(
        brief(Soort.STATUS_GEWIJZIGD, Soort.BERICHT_BEANTWOORD, Soort.BERICHT_BEANTWOORD)
    )
    assert onderwerp == "Er zijn 3 wijzigingen voor u"
    assert regels(tekst) == ["2 nieuwe berichten", "1 wijziging van de status van uw zaak"]
    assert html.count("<li>") == 2
    assert html.count('class="voet"') == 1
    assert tekst.count("Met vriendelijke groet,") == 1


def test_in_english_too():
    onderwerp, tekst, html = parts(brief(Soort.DOCUMENT_GEVRAAGD, Soort.STATUS_GEWIJZIGD, taal=Taal.EN))
    assert onderwerp == "There are 2 changes for you"
    assert regels(tekst) == ["1 request for a document", "1 change to the status of your case"]
    assert "We expect you to reply. You can do this until 1 December 2026, that day included." in tekst
    assert '<html lang="en">' in html


def test_what_asks_for_a_reaction_stands_first_and_the_earliest_term_in_front():
    _, tekst, _ = parts(
        brief(
            Soort.STATUS_GEWIJZIGD,
            melding(Soort.DOCUMENT_GEVRAAGD, context={"deadline": "2026-12-08"}),
            Soort.BERICHT_BEANTWOORD,
            melding(Soort.ANTWOORD_GEVRAAGD, context={"deadline": "2026-12-20"}),
            melding(Soort.ANTWOORD_GEVRAAGD, context={"deadline": "2026-11-30"}),
        )
    )
    assert regels(tekst) == [
        "2 vragen aan u",
        "1 vraag om een document",
        "1 nieuw bericht",
        "1 wijziging van de status van uw zaak",
    ]
    assert "Wij verwachten dat u reageert. De eerste keer kan dat tot en met 30 november 2026." in tekst
    assert "Wij verwachten dat u reageert. Dat kan tot en met 8 december 2026." in tekst
    assert "20 december" not in tekst
    assert tekst.startswith(
        "Hieronder staat wat er is gewijzigd. Wij verwachten een reactie van u. Bovenaan staat waarop"
    )


def test_two_with_the_same_term_have_no_first_one():
    _, tekst, _ = parts(brief(Soort.DOCUMENT_GEVRAAGD, Soort.DOCUMENT_GEVRAAGD))
    assert "De eerste keer" not in tekst
    assert "Dat kan tot en met 1 december 2026." in tekst


def test_without_a_question_no_reaction_is_asked():
    _, tekst, _ = parts(brief(Soort.STATUS_GEWIJZIGD, Soort.ZAAK_HEROPEND))
    assert "Wij verwachten" not in tekst
    assert "U hoeft niet te reageren op deze wijziging." in tekst
    assert "U hoeft nu niet te reageren." in tekst


def test_a_line_leads_to_the_zaak_and_of_more_zaken_to_the_page_that_has_them_all():
    een, ander = (
        melding(Soort.BERICHT_BEANTWOORD, zaak_ref="register-1"),
        melding(Soort.BERICHT_BEANTWOORD, zaak_ref="register-2"),
    )
    zelfde = parts(brief(een, een, Soort.STATUS_GEWIJZIGD))[1].splitlines()
    assert f"  {BASIS}/mijn/zaken/register-1/" in zelfde
    samen = parts(brief(een, ander, Soort.STATUS_GEWIJZIGD))[1].splitlines()
    assert f"  {BASIS}/mijn/berichten/" in samen
    vragen = [melding(Soort.DOCUMENT_GEVRAAGD, zaak_ref=ref) for ref in ("register-1", "register-2")]
    assert f'href="{BASIS}/mijn/taken/"' in parts(brief(*vragen))[2]
    statussen = [melding(Soort.STATUS_GEWIJZIGD, zaak_ref=ref) for ref in ("register-1", "register-2")]
    assert f'href="{BASIS}/mijn/zaken/"' in parts(brief(*statussen))[2]


@pytest.mark.parametrize("taal", list(Taal))
def test_every_kind_has_a_line_for_one_and_for_more(taal):
    enkel = parts(brief(*SAMEN, taal=taal))
    dubbel = parts(brief(*SAMEN, *SAMEN, taal=taal))
    for (onderwerp, tekst, html), aantal in ((enkel, 1), (dubbel, 2)):
        assert str(len(SAMEN) * aantal) in onderwerp
        assert len(regels(tekst)) == len(SAMEN) == html.count("<li>")
        assert all(str(aantal) in regel for regel in regels(tekst))
        for soort in SAMEN:
            assert mailsoort(soort).deel(taal).reactie in tekst
        for deel in (tekst, re.sub(r"<style>.*</style>", "", html, flags=re.DOTALL)):
            assert not re.search(r"[{}]", deel)
            assert not [woord for woord in GEHEIM if woord.lower() in deel.lower()]


def test_every_link_of_a_mail_has_words_of_its_own():
    _, _, html = parts(brief(*SAMEN))
    teksten = re.findall(r"<a [^>]*>(.*?)</a>", html)
    assert len(teksten) == len(set(teksten)) == len(SAMEN) + 1


def test_a_form_that_goes_names_the_first_day():
    _, tekst, _ = parts(
        brief(
            melding(Soort.FORMULIER_HERINNERING, context={"deadline": "2026-12-08"}, zaak_ref=""),
            melding(Soort.FORMULIER_HERINNERING, context={"deadline": "2026-12-02"}, zaak_ref=""),
        )
    )
    assert "Het eerste bewaren wij tot 2 december 2026." in tekst


@pytest.mark.parametrize(
    "meldingen",
    [
        (),
        (Soort.ADRES_GEWIJZIGD, Soort.STATUS_GEWIJZIGD),
        (Soort.STATUS_GEWIJZIGD, Soort.MELDING_ONTVANGEN),
        (Soort.STATUS_GEWIJZIGD, Soort.ONTVANGST),
        (Soort.STATUS_GEWIJZIGD, melding(Soort.DOCUMENT_GEVRAAGD, context={})),
    ],
)
def test_what_cannot_be_one_mail_is_refused(meldingen):
    with pytest.raises(ValueError, match=r"is er geen e-mail|mist 'termijn'"):
        build(brief(*meldingen))
