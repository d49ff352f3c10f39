"""Who opens nothing gets a letter: by the rule, once, and not who opened anything since."""

import json
import uuid
from datetime import timedelta

import pytest

from eloket.berichten.service import send_bericht
from eloket.kernel.klok import nu, op_moment
from eloket.notifications.ander_kanaal import write_who_opens_nothing
from eloket.notifications.bezorgen.samenstellen import compose
from eloket.notifications.brieven.inhoud import NIETS_GEOPEND, write_inhoud
from eloket.notifications.models import Notificatie, Zending
from eloket.notifications.types import Kanaal, NotificatieSoort
from eloket.notifications.verantwoorden.levensloop import list_levenslopen
from eloket.zaken.herinneringen import save_regel
from eloket.zaken.types import Zaak
from tests.web.werkplek import Stadhuis, build_stadhuis, client_of

pytestmark = pytest.mark.django_db
DAG = timedelta(days=1)


@pytest.fixture
def huis() -> Stadhuis:
    save_regel(None, "ander_kanaal", is_aan=True, dagen=14)
    return build_stadhuis()


def bericht(huis: Stadhuis, dagen: int = 15) -> Zaak:
    with op_moment(nu() - dagen * DAG):
        zaak = huis.start()
        send_bericht(huis.mila, zaak.ref, tekst="Hallo", sleutel=uuid.uuid4().hex)
    return zaak


def brieven() -> int:
    return Zending.objects.filter(kanaal=Kanaal.BRIEF).count()


def test_who_opened_nothing_gets_one_letter_for_all_of_it_and_no_mail_of_it(huis):
    bericht(huis), bericht(huis)
    assert write_who_opens_nothing(nu()) == 2
    assert write_who_opens_nothing(nu()) == write_who_opens_nothing(nu() - DAG) == 0
    assert brieven() == 1
    compose(nu(), 100)
    verteld = Notificatie.objects.filter(soort=NotificatieSoort.ONGELEZEN_HERINNERING)
    assert {rij.zending.kanaal for rij in verteld if rij.zending} == {Kanaal.BRIEF}


def test_who_opened_anything_since_knows_the_way(huis):
    zaak = bericht(huis)
    bericht(huis)
    client_of(huis.jeroen).get(f"/mijn/berichten/{zaak.ref}/")
    assert write_who_opens_nothing(nu()) == 0


def test_not_before_its_day_and_not_when_it_is_off(huis):
    bericht(huis, dagen=13)
    assert write_who_opens_nothing(nu()) == 0
    save_regel(None, "ander_kanaal", is_aan=False, dagen=3)
    assert write_who_opens_nothing(nu()) == 0
    assert brieven() == 0


def test_the_letter_and_the_proof_do_not_say_that_a_mail_failed(huis):
    zaak = bericht(huis)
    write_who_opens_nothing(nu())
    (brief,) = Zending.objects.filter(kanaal=Kanaal.BRIEF)
    inhoud = json.loads(write_inhoud(brief.pk, "[]", brief.notificaties.all(), nu()))
    assert inhoud["aanleiding"] == NIETS_GEOPEND
    stappen = [stap.tekst for een in list_levenslopen(zaak.ref).meldingen for stap in een.stappen]
    assert "Brief gemaakt, omdat de ontvanger niets had geopend van wat wij stuurden." in stappen
    assert not any("e-mail niet lukte" in tekst for tekst in stappen)
