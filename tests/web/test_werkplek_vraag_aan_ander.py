"""The werkplek says whom something was asked of, or written to: not always the applicant."""

from datetime import timedelta

import pytest

from eloket.berichten.service import send_bericht
from eloket.identity.types import Actor
from eloket.kernel.klok import vandaag
from eloket.zaken import service as zaken
from eloket.zaken.betrokkenen import describe_all
from eloket.zaken.errors import StatusNietToegestaan
from eloket.zaken.types import Zaak
from tests.huis import inwoner, medewerker
from tests.web.portaal import BUUR, client_van, rol_van, tekst_van

pytestmark = pytest.mark.django_db
JEROEN, MILA = inwoner(), medewerker()


def ask(zaak: Zaak, wie: Actor | None = None, titel: str = "Uw brief") -> str:
    van = rol_van(wie) if wie else None
    dag = vandaag() + timedelta(days=5)
    return zaken.ask_document(MILA, zaak.ref, titel=titel, toelichting="", deadline=dag, van=van)


def deel(zaak: Zaak, naam: str) -> str:
    return tekst_van(client_van(MILA).get(f"/werkplek/zaken/{zaak.ref}/?deel={naam}"))


def close(zaak: Zaak) -> None:
    zaken.set_status(
        MILA,
        zaak.ref,
        volgnummer=zaak.statustypen[-1].volgnummer,
        toelichting="",
        resultaat="Verleend",
        versie=zaak.versie,
    )


def test_a_question_says_whom_it_was_put_to(buurzaak: Zaak):
    ask(buurzaak, BUUR)
    ask(buurzaak)
    pagina = deel(buurzaak, "vragen")
    assert "Gevraagd aan B. Buurman op" in pagina
    assert "Gevraagd aan de aanvrager op" in pagina


@pytest.mark.parametrize(
    ("wie", "tekst"),
    [
        ((BUUR,), "Er staat nog een vraag aan B. Buurman open."),
        ((None,), "Er staat nog een vraag aan de aanvrager open."),
        ((BUUR, None), "Er staan nog 2 vragen aan de aanvrager en B. Buurman open."),
    ],
    ids=["another", "applicant", "both"],
)
def test_why_a_zaak_cannot_be_closed_says_who_still_has_to_answer(
    buurzaak: Zaak, wie: tuple[Actor | None, ...], tekst: str
):
    for nummer, een in enumerate(wie):
        ask(buurzaak, een, f"Vraag {nummer}")
    with pytest.raises(StatusNietToegestaan) as fout:
        close(buurzaak)
    assert fout.value.tekst == f"{tekst} Trek de vraag in, of wacht op het antwoord."


def test_who_left_the_zaak_is_not_called_the_applicant(buurzaak: Zaak):
    assert describe_all(buurzaak, [("iemand", "")]) == "iemand die niet meer bij deze zaak hoort"


def test_in_a_conversation_with_another_betrokkene_the_answer_is_addressed_to_them(buurzaak: Zaak):
    send_bericht(BUUR, buurzaak.ref, tekst="Ik ben het er niet mee eens.", sleutel="b")
    pagina = deel(buurzaak, "berichten")
    assert "Uw bericht aan B. Buurman" in pagina
    assert "B. Buurman (andere betrokkene)" in pagina
    assert "van de aanvrager" not in pagina


def test_in_a_conversation_with_the_applicant_nothing_changes(buurzaak: Zaak):
    send_bericht(JEROEN, buurzaak.ref, tekst="Hoe lang nog?", sleutel="j")
    pagina = deel(buurzaak, "berichten")
    assert buurzaak.initiator is not None
    assert f"Uw bericht aan {buurzaak.initiator.naam}" in pagina
    assert f"{JEROEN.naam} (aanvrager)" in pagina
