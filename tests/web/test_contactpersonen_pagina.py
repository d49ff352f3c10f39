"""Mijn Gegevens of a business: one's own details, and the colleagues who are mailed as well."""

import re

import pytest

from eloket.identity.testing import gemachtigde, inwoner, log_in, onderneming
from eloket.kernel.klok import nu
from eloket.notifications.models import Notificatie
from eloket.profile import service
from eloket.profile.bron import personen_bron
from eloket.profile.models import Profiel
from eloket.profile.queries import get_contact
from eloket.profile.testing import FakePersonenBron, give_contact
from tests.huis import partij_van
from tests.web.portaal import bron_van, client_van, tekst_van

pytestmark = pytest.mark.django_db
GEGEVENS, STOP = "/mijn/gegevens/", "/mijn/gegevens/collega-stoppen/"
ANNE, BO = onderneming(persoon="anne"), onderneming(persoon="bo")
MARKT = onderneming("69599084", "000038509504", persoon="cas")


@pytest.fixture(autouse=True)
def register():
    bron, vorige = FakePersonenBron(), personen_bron()
    service.configure(bron)
    yield bron
    service.configure(vorige)


def test_whose_details_these_are_is_said_to_who_acts_for_a_business_only():
    assert (
        "Dit zijn uw eigen contactgegevens. Collega's die ook inloggen voor Bakkerij De Korenaar B.V."
        in tekst_van(client_van(ANNE).get(GEGEVENS))
    )
    for ander in (inwoner(), gemachtigde()):
        assert "Collega" not in tekst_van(client_van(ander).get(GEGEVENS))


def test_what_one_saves_stands_in_their_own_form_and_not_in_that_of_a_colleague():
    client_van(ANNE).post(GEGEVENS, {"email": "anne@korenaar.nl", "telefoon": "06 87654321"})
    assert 'value="06 87 65 43 21"' in bron_van(client_van(ANNE).get(GEGEVENS))
    van_bo = bron_van(client_van(BO).get(GEGEVENS))
    assert "anne@" not in van_bo
    assert "87 65 43 21" not in van_bo


def test_a_colleague_is_stopped_with_their_own_button_and_the_page_says_so():
    rij = give_contact(BO, "bo.bakker@korenaar.nl")
    client = client_van(ANNE)
    html = bron_van(client.get(GEGEVENS))
    assert "bo***@korenaar.nl" in tekst_van(client.get(GEGEVENS))
    assert "bo.bakker" not in html
    knop = re.search(r'name="nummer" value="(\d+)"', html)
    assert knop
    assert int(knop[1]) == rij.pk
    antwoord = client.post(STOP, {"nummer": knop[1]}, follow=True)
    tekst = tekst_van(antwoord)
    assert "Deze collega krijgt geen e-mails meer over uw zaken." in tekst
    assert "Wie krijgt ook e-mails?" not in tekst
    assert Notificatie.objects.get(soort="mail_gestopt").aan == "bo.bakker@korenaar.nl"
    assert "heeft gekozen dat u geen e-mails meer krijgt" in tekst_van(
        client_van(BO).get("/mijn/gegevens/inzage/")
    )


def test_the_page_says_only_what_is_true_of_the_address_that_was_stopped():
    client = client_van(ANNE)
    kapot = give_contact(BO, "bo@korenaar.nl", email_kapot_op=nu())
    tekst = tekst_van(client.post(STOP, {"nummer": str(kapot.pk)}, follow=True))
    assert "Uw collega kan de e-mails zelf weer aanzetten." in tekst
    assert "laatste e-mail" not in tekst
    assert not Notificatie.objects.filter(soort="mail_gestopt").exists()
    gedeeld = Profiel.objects.create(
        profiel_key=partij_van(ANNE).profiel_key,
        email="info@korenaar.nl",
        email_bevestigd_op=nu(),
        wil_mail=True,
    )
    tekst = tekst_van(client.post(STOP, {"nummer": str(gedeeld.pk)}, follow=True))
    assert "Naar dit adres sturen wij geen e-mails meer over uw zaken. Dat hebben wij in een" in tekst
    assert "zelf weer aanzetten" not in tekst


@pytest.mark.parametrize("nummer", ["", "x", "-1", "١", "9" * 18, "9" * 400, "1.0", "0"])
def test_a_number_of_nobody_is_not_found(nummer):
    give_contact(BO, "bo@korenaar.nl")
    assert client_van(ANNE).post(STOP, {"nummer": nummer}).status_code == 404
    assert get_contact(BO).wil_mail


@pytest.mark.parametrize(
    "wie", [inwoner(), MARKT, onderneming("12345678")], ids=["resident", "branch", "other"]
)
def test_a_stranger_stops_nobody_and_reads_nothing(wie):
    rij = give_contact(BO, "bo@korenaar.nl")
    client = client_van(wie)
    assert "korenaar.nl" not in tekst_van(client.get(GEGEVENS))
    assert client.post(STOP, {"nummer": str(rij.pk)}).status_code == 404
    assert get_contact(BO).wil_mail


def test_looking_at_the_address_of_the_button_changes_nothing():
    give_contact(BO, "bo@korenaar.nl")
    antwoord = client_van(ANNE).get(STOP, {"nummer": Profiel.objects.get().pk})
    assert (antwoord.status_code, antwoord["Location"]) == (302, GEGEVENS)
    assert get_contact(BO).wil_mail


def test_a_real_login_says_that_somebody_is_still_of_the_business():
    """Through the whole login: the event must be published by whatever means somebody came in."""
    rij = give_contact(onderneming(persoon="demo"), "x@korenaar.nl")
    Profiel.objects.filter(pk=rij.pk).update(gezien_op=None)
    client = client_van()
    log_in(client, kvk="69599084")
    client.post(GEGEVENS, {"telefoon": "06 12345678"})
    eigen = Profiel.objects.exclude(pk=rij.pk).get()
    Profiel.objects.filter(pk=eigen.pk).update(gezien_op=None)
    log_in(client_van(), kvk="69599084")
    assert Profiel.objects.get(pk=eigen.pk).gezien_op is not None
    assert Profiel.objects.get(pk=rij.pk).gezien_op is None
