"""The same act twice at the same time, for real: connections of their own. One change, and one receipt of it."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import OperationalError, connection

from eloket.berichten.models import Bericht
from eloket.berichten.service import send_bericht
from eloket.identity.testing import inwoner
from eloket.kernel.klok import vandaag
from eloket.notifications.models import Notificatie, Ontvangstbewijs
from eloket.notifications.types import NotificatieSoort
from eloket.profile.service import update_contact
from eloket.zaken import service as zaken
from eloket.zaken.models import Taak
from tests.web.werkplek import build_stadhuis

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
JEROEN = inwoner()


def at_once(werk: Callable[[], object], aantal: int = 8) -> None:
    """Do it in as many threads as said, that begin together. A busy SQLite may refuse one: then nothing was kept."""
    klaar, fouten = threading.Barrier(aantal), []

    def _werk() -> None:
        try:
            klaar.wait(timeout=30)
            werk()
        except OperationalError:
            pass
        except Exception as fout:  # noqa: BLE001 - told by the assert below, in the thread of the test
            fouten.append(fout)
        finally:
            connection.close()

    draden = [threading.Thread(target=_werk) for _ in range(aantal)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert fouten == []


def receipts(soort: str) -> int:
    """How many there are of this kind; each of them is told of once."""
    bewijzen = Ontvangstbewijs.objects.filter(soort=soort)
    verteld = Notificatie.objects.filter(soort=NotificatieSoort.ONTVANGST)
    assert sorted(verteld.values_list("onderwerp_id", flat=True)) == sorted(
        str(een) for een in bewijzen.values_list("bewijs_id", flat=True)
    )
    return bewijzen.count()


def test_a_message_sent_eight_times_at_once_is_one_message_and_one_receipt():
    zaak = build_stadhuis().start("Parkeervergunning")
    at_once(lambda: send_bericht(JEROEN, zaak.ref, tekst="Hallo", sleutel="s" * 32))
    assert (Bericht.objects.count(), receipts("bericht")) == (1, 1)


def test_an_answer_sent_eight_times_at_once_is_one_receipt():
    huis = build_stadhuis()
    zaak = huis.start("Parkeervergunning")
    taak = zaken.ask_answer(
        huis.mila, zaak.ref, titel="Hoeveel?", toelichting="", deadline=vandaag() + timedelta(days=5)
    )
    at_once(lambda: zaken.answer_taak(JEROEN, zaak.ref, taak, antwoord="Twee"))
    assert Taak.objects.get().vervuld_op is not None
    assert receipts("antwoord") == 1


def test_contact_details_saved_eight_times_at_once_are_one_change_and_one_receipt():
    at_once(lambda: update_contact(JEROEN, email="", telefoon="0612345678", wil_mail=False))
    assert receipts("gegevens") == 1
