"""Letters are taken by several at once, each letter by one of them."""

import threading
from dataclasses import replace

import pytest
from django.db import connection

from eloket.identity.testing import inwoner
from eloket.identity.types import Actor
from eloket.kernel.errors import NietToegestaan
from eloket.kernel.klok import nu
from eloket.notifications.brieven import bundels
from eloket.notifications.brieven.models import Briefbundel, BriefInhoud
from eloket.notifications.retour.verwerken import verwerk
from tests.uitwijken import bounce, give_address, mail
from tests.web.werkplek import build_stadhuis

BSNS = ("999990019", "999990020", "999990032", "999990044", "999990056", "999990068")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_take_letters_at_once_never_take_the_same():
    huis = build_stadhuis()
    for bsn in BSNS:
        wie = inwoner(bsn)
        give_address(wie)
        verwerk(bounce(mail(wie, replace(huis, jeroen=wie).start().ref)))
    BriefInhoud.objects.update(adres='["A", "B", "C"]', adres_op=nu())
    assert BriefInhoud.objects.count() == 6
    gepakt: list[object] = []

    def werk(actor: Actor) -> None:
        try:
            gepakt.append(bundels.make_bundel(actor))
        except NietToegestaan:
            gepakt.append(None)
        finally:
            connection.close()

    draden = [threading.Thread(target=werk, args=(wie,)) for wie in (huis.mila, huis.omar, huis.mila)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(30)
    assert len(gepakt) == 3
    assert sum(Briefbundel.objects.values_list("aantal", flat=True)) == 6
    assert not BriefInhoud.objects.filter(bundel=None).exists()
