"""What two do at once about the people of a business happens once."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from eloket.identity.testing import onderneming
from eloket.kernel.klok import nu
from eloket.notifications import ander_kanaal, herinneren
from eloket.notifications.models import Notificatie
from eloket.notifications.types import NotificatieSoort as S
from eloket.profile.contactpersonen import stop_collega
from eloket.profile.testing import give_contact
from eloket.zaken import service as zaken
from eloket.zaken.testing import nieuwe_zaak
from tests.huis import bestand, partij_van
from tests.web.werkplek import build_stadhuis

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ANNE, BO, CAS = (onderneming(persoon=een) for een in ("anne", "bo", "cas"))


def at_once(*werk: Callable[[], object]) -> None:
    samen = threading.Barrier(len(werk))

    def doe(een: Callable[[], object]) -> None:
        try:
            samen.wait(10)
            een()
        finally:
            connection.close()

    draden = [threading.Thread(target=doe, args=(een,)) for een in werk]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(30)


def old_document() -> list[int]:
    """The notifications of a document that two of a business were told of."""
    huis = build_stadhuis()
    give_contact(ANNE, "a@korenaar.nl")
    give_contact(BO, "b@korenaar.nl")
    opdracht = nieuwe_zaak(partij_van(ANNE), sleutel="s1", zaaktype="PARKEERVERGUNNING")
    zaak = zaken.start_zaak(ANNE, opdracht)[0]
    Notificatie.objects.all().delete()
    zaken.add_documenten(huis.mila, zaak.ref, (bestand("besluit.pdf"),))
    return list(Notificatie.objects.order_by("pk").values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("doe", "aantal"), [(herinneren._remind, 2), (lambda pk: ander_kanaal._write(pk, nu()), 1)]
)
def test_two_workers_who_each_come_to_another_colleague_tell_the_business_once(doe, aantal):
    """Each has a row of its own: what holds them apart is that both take all of them."""
    een, ander = old_document()
    at_once(lambda: doe(een), lambda: doe(ander))
    assert Notificatie.objects.filter(soort=S.ONGELEZEN_HERINNERING).count() == aantal


def test_who_two_colleagues_stop_at_once_gets_one_last_mail():
    rij = give_contact(CAS, "c@korenaar.nl")
    at_once(*(lambda wie=wie: stop_collega(wie, rij.pk) for wie in (ANNE, BO, ANNE)))
    assert Notificatie.objects.filter(soort=S.MAIL_GESTOPT).count() == 1
