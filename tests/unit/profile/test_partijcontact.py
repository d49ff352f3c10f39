"""How a business can be reached, when its people come and go (profile.queries.list_partijcontact)."""

import pytest

from eloket.identity.testing import inwoner, onderneming
from eloket.identity.types import Actor
from eloket.kernel import events
from eloket.kernel.klok import nu
from eloket.profile import queries, service
from eloket.profile.contactpersonen import list_collegas, stop_collega
from eloket.profile.events import AdresGewijzigd, AdresHersteld
from eloket.profile.models import Profiel
from eloket.profile.testing import give_contact
from eloket.profile.types import Partijcontact
from tests.huis import partij_van

pytestmark = pytest.mark.django_db

ANNE, BO = onderneming(persoon="anne"), onderneming(persoon="bo")


def reach(actor: Actor) -> Partijcontact:
    key = partij_van(actor).profiel_key
    return queries.list_partijcontact([key])[key]


def test_a_shared_address_that_was_stopped_reaches_nobody_any_more():
    Profiel.objects.create(
        profiel_key=partij_van(ANNE).profiel_key,
        email="info@korenaar.nl",
        email_bevestigd_op=nu(),
        wil_mail=True,
    )
    give_contact(ANNE, "a@korenaar.nl", email_kapot_op=nu())
    assert reach(ANNE).kapot_sinds is None
    stop_collega(ANNE, list_collegas(ANNE)[0].nummer)
    assert reach(ANNE).kapot_sinds is not None


def test_a_resident_who_wants_no_mail_is_still_reached_by_their_address():
    give_contact(inwoner(), "j@voorbeeld.nl", wil_mail=False, email_kapot_op=nu())
    assert reach(inwoner()).kapot_sinds is not None


def test_who_is_called_is_rather_somebody_who_wants_mail_than_a_colleague_who_was_stopped():
    give_contact(BO, "b@korenaar.nl", telefoon="+31612345678")
    give_contact(ANNE, "a@korenaar.nl", telefoon="+31687654321")
    assert reach(ANNE).telefoon == "06 12 34 56 78"
    stop_collega(ANNE, list_collegas(ANNE)[0].nummer)
    assert reach(ANNE).telefoon == "06 87 65 43 21"


@pytest.mark.parametrize(("wil_mail", "hersteld"), [(True, [partij_van(BO).profiel_key]), (False, [])])
def test_a_colleague_with_an_address_that_works_restores_contact_with_the_business(
    monkeypatch, wil_mail, hersteld
):
    give_contact(ANNE, "a@korenaar.nl", email_kapot_op=nu())
    tokens: list[str] = []
    gezien: list[str] = []
    monkeypatch.setitem(events._subscribers, AdresGewijzigd, [lambda event: tokens.append(event.token)])
    monkeypatch.setitem(events._subscribers, AdresHersteld, [lambda event: gezien.append(event.partij_key)])
    service.update_contact(BO, email="b@korenaar.nl", telefoon="", wil_mail=wil_mail)
    service.confirm_email(tokens[0])
    assert gezien == hersteld
