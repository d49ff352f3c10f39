"""A letter counts what still waits: when it is made, and again when it is printed."""

import json
from datetime import timedelta

import pytest

from eloket.berichten.service import send_bericht
from eloket.documenten import service as documenten
from eloket.documenten.models import Document
from eloket.documenten.upload import bied_aan
from eloket.kernel.errors import BronOnbereikbaar, NietToegestaan
from eloket.kernel.klok import nu, op_moment, vandaag
from eloket.notifications.ander_kanaal import write_who_opens_nothing
from eloket.notifications.brieven.adressen import find_adressen
from eloket.notifications.brieven.bundels import make_bundel
from eloket.notifications.brieven.models import BriefInhoud
from eloket.notifications.models import Notificatie
from eloket.notifications.types import NotificatieSoort
from eloket.profile import service as profile
from eloket.profile.testing import FakePersonenBron
from eloket.sources.register.models import Zaak as ZaakRij
from eloket.zaken import service as zaken
from eloket.zaken.herinneringen import save_regel
from eloket.zaken.types import Zaak
from tests.web.werkplek import Stadhuis, build_stadhuis

pytestmark = pytest.mark.django_db
TOEN = timedelta(days=15)


@pytest.fixture
def huis() -> Stadhuis:
    save_regel(None, "ander_kanaal", is_aan=True, dagen=14)
    profile.configure(FakePersonenBron())
    return build_stadhuis()


class Drie:
    """A message, a document and a question, fifteen days ago."""

    def __init__(self, huis: Stadhuis) -> None:
        self.huis = huis
        with op_moment(nu() - TOEN):
            self.zaak = huis.start()
            send_bericht(huis.mila, self.zaak.ref, tekst="Hallo", sleutel="b")
            self.document = self.stuur("besluit.txt", b"eerste")
            self.vraag = zaken.ask_document(
                huis.mila, self.zaak.ref, titel="Foto", toelichting="", deadline=vandaag() + 3 * TOEN
            )

    def stuur(self, naam: str, inhoud: bytes, vervangt: str = "") -> str:
        bestanden = (bied_aan(naam, [inhoud]),)
        return (
            zaken.add_documenten(self.huis.mila, self.zaak.ref, bestanden, vervangt=vervangt).toegevoegd[0].id
        )

    def withdraw_and_replace(self) -> None:
        zaken.withdraw_taak(self.huis.mila, self.zaak.ref, self.vraag)
        self.stuur("besluit 2.txt", b"tweede", vervangt=self.document)


def regels() -> list[list[str]]:
    gevonden: list[list[str]] = json.loads(BriefInhoud.objects.get().inhoud)["regels"]
    return gevonden


def close(zaak: Zaak) -> None:
    """In its own system, with a question that stands open."""
    ZaakRij.objects.filter(pk=zaak.ref.id).update(einddatum=vandaag())


def test_all_three_are_in_the_letter_while_they_wait(huis):
    Drie(huis)
    assert write_who_opens_nothing(nu()) == 3
    find_adressen(nu())
    make_bundel(huis.mila)
    assert "3" in regels()[0][0]


def test_what_was_withdrawn_or_replaced_is_not_in_the_letter(huis):
    drie = Drie(huis)
    with op_moment(nu() - timedelta(days=5)):
        drie.withdraw_and_replace()
    assert write_who_opens_nothing(nu()) == 1
    rij = Notificatie.objects.get(soort=NotificatieSoort.ONGELEZEN_HERINNERING)
    assert rij.onderwerp_id not in {drie.vraag, drie.document}


def test_what_was_moved_to_another_zaak_is_not_in_the_letter_about_this_one(huis):
    drie = Drie(huis)
    ander = huis.start()
    # As it could be until a document that was decided about stayed where it is; ours are from the start.
    Document.objects.filter(pk=drie.document).update(zaak_ref=str(ander.ref))
    assert write_who_opens_nothing(nu()) == 2


def test_a_question_in_a_zaak_that_was_closed_is_not_in_it_and_the_message_is(huis):
    drie = Drie(huis)
    close(drie.zaak)
    assert write_who_opens_nothing(nu()) == 2


def test_what_went_away_after_the_letter_was_made_is_not_printed(huis):
    drie = Drie(huis)
    assert write_who_opens_nothing(nu()) == 3
    find_adressen(nu())
    drie.withdraw_and_replace()
    make_bundel(huis.mila)
    assert "3" not in regels()[0][0]


def test_a_letter_in_which_nothing_waits_any_more_is_not_printed(huis):
    drie = Drie(huis)
    Notificatie.objects.exclude(onderwerp_id__in=[drie.vraag, drie.document]).delete()
    assert write_who_opens_nothing(nu()) == 2
    find_adressen(nu())
    drie.withdraw_and_replace()
    with pytest.raises(NietToegestaan):
        make_bundel(huis.mila)
    assert not BriefInhoud.objects.exclude(inhoud="").exists()


def test_what_cannot_be_looked_at_now_waits_for_the_next_round_and_stays_in_a_letter(huis, monkeypatch):
    Drie(huis)

    def away(*_: object) -> None:
        raise BronOnbereikbaar("documenten")

    with monkeypatch.context() as storing:
        storing.setattr(type(documenten.configured_bron()), "find_documenten", away)
        assert write_who_opens_nothing(nu()) == 1
    assert write_who_opens_nothing(nu()) == 2
    find_adressen(nu())
    monkeypatch.setattr(type(documenten.configured_bron()), "find_documenten", away)
    make_bundel(huis.mila)
    assert "3" in regels()[0][0]
