"""The next release runs beside this one for some minutes, and writes codes that this one does not know. What is proof
is still shown, whole; no page fails on it, and nothing is taken for opened that this release may not have shown.
"""

import uuid
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from eloket.berichten.service import send_bericht
from eloket.identity.types import Partij
from eloket.kernel.klok import nu
from eloket.notifications.afmelden import make_afmeld_url
from eloket.notifications.bezorgen.samenstellen import compose
from eloket.notifications.models import BewijsRegel, Notificatie, Ontvangstbewijs, Zending
from eloket.notifications.service import enqueue
from eloket.notifications.types import BewijsSoort, NotificatieSoort
from eloket.notifications.verantwoorden.levensloop import Stand, list_levenslopen
from eloket.profile.models import Profiel
from eloket.zaken.types import Zaak
from tests.bewaking import zonder_bewaking
from tests.huis import inwoner, medewerker, met_nepbronnen, partij_van
from tests.pdf import text_of_pdf
from tests.web.portaal import client_van, tekst_van, zaak_van

pytestmark = pytest.mark.django_db
NIEUW = "volgende_versie"
FEIT = f"Er gebeurde iets dat deze versie van E-loket niet kent (code {NIEUW})."
MELDING = "Een melding die deze versie van E-loket niet kent"


@pytest.fixture
def zaak():
    """Of a resident who was told of a change, in a mail that is on its way."""
    with met_nepbronnen():
        partij = partij_van(inwoner())
        Profiel.objects.create(
            profiel_key=partij.profiel_key,
            wil_mail=True,
            email="jeroen@voorbeeld.nl",
            email_bevestigd_op=nu(),
        )
        zaak = zaak_van(inwoner(), "Bijzondere bijstand")
        Notificatie.objects.all().delete()
        tell(partij, zaak)
        compose(nu() + timedelta(minutes=1), 10)
        yield zaak


def tell(partij: Partij, zaak: Zaak) -> int:
    return enqueue(
        NotificatieSoort.STATUS_GEWIJZIGD, betrokkene_key=partij.profiel_key, zaak_ref=str(zaak.ref)
    )


def write_fact(zaak: Zaak, *, about_mail: bool) -> None:
    """As the next release does: a code that is in no list of ours."""
    melding = Notificatie.objects.get()
    BewijsRegel.objects.create(
        moment=nu(),
        soort=NIEUW,
        betrokkene_key=melding.betrokkene_key,
        zaak_ref="" if about_mail else str(zaak.ref),
        notificatie_id=None if about_mail else melding.pk,
        zending_id=melding.zending_id if about_mail else None,
        kenmerken={"iets": "anders"},
    )


def write_kind() -> None:
    Notificatie.objects.update(soort=NIEUW)


def afschrift(zaak: Zaak) -> str:
    antwoord = client_van().get(f"/mijn/zaken/{zaak.ref}/bewijs/")
    assert antwoord.status_code == 200
    return text_of_pdf(b"".join(antwoord))


def part(zaak: Zaak) -> str:
    return tekst_van(client_van(medewerker()).get(f"/werkplek/zaken/{zaak.ref}/?deel=verzending"))


@pytest.mark.parametrize("about_mail", [False, True], ids=["of-the-notification", "of-its-mail"])
def test_a_fact_that_this_release_does_not_know_stands_among_the_others(zaak, about_mail):
    write_fact(zaak, about_mail=about_mail)
    assert FEIT in " ".join(afschrift(zaak).split())
    assert FEIT in part(zaak)
    (een,) = list_levenslopen(zaak.ref).meldingen
    assert [stap.tekst for stap in een.stappen] == ["Melding gemaakt.", "In een e-mail gezet.", FEIT]
    assert een.stand is Stand.WACHT  # it says nothing about how far the mail came


def test_what_is_known_after_it_still_counts(zaak):
    write_fact(zaak, about_mail=True)
    melding = Notificatie.objects.get()
    BewijsRegel.objects.create(
        moment=nu(),
        soort=BewijsSoort.BEZORGD,
        betrokkene_key=melding.betrokkene_key,
        zending_id=melding.zending_id,
    )
    (een,) = list_levenslopen(zaak.ref).meldingen
    assert een.stand is Stand.BEZORGD


def test_a_notification_of_a_kind_of_the_next_release_is_shown_with_all_that_happened_to_it(zaak):
    write_kind()
    assert MELDING in part(zaak)
    assert "In een e-mail gezet." in part(zaak)
    assert MELDING in " ".join(afschrift(zaak).split())


def test_the_page_of_a_zaak_opens_and_takes_nothing_for_opened_that_it_may_not_have_shown(zaak):
    write_kind()
    bekend = tell(partij_van(inwoner()), zaak)
    assert client_van().get(f"/mijn/zaken/{zaak.ref}/").status_code == 200
    assert Notificatie.objects.get(pk=bekend).geopend_op is not None
    assert Notificatie.objects.get(soort=NIEUW).geopend_op is None


def test_the_link_that_stops_mail_works_for_what_is_known_of_its_mail(zaak):
    mail = Zending.objects.get()
    nieuw = Notificatie.objects.get()
    nieuw.pk, nieuw.soort = None, NIEUW
    nieuw.save(force_insert=True)
    assert client_van().get(make_afmeld_url(mail.pk)).status_code == 200


def test_the_account_of_a_period_counts_a_reason_of_the_next_release_by_its_code(zaak):
    Notificatie.objects.update(uitkomst="later_bedacht")
    uit = StringIO()
    call_command("verantwoording", stdout=uit)
    assert "1  later_bedacht" in uit.getvalue()


def test_a_receipt_of_something_new_is_a_receipt(zaak):
    send_bericht(inwoner(), zaak.ref, tekst="Dag", sleutel=uuid.uuid4().hex)
    bewijs = Ontvangstbewijs.objects.get(zaak_ref=str(zaak.ref), soort="bericht")
    with zonder_bewaking():
        Ontvangstbewijs.objects.filter(pk=bewijs.pk).update(soort=NIEUW)
    antwoord = client_van().get(reverse("mijn-ontvangstbewijs", args=[bewijs.bewijs_id]))
    assert antwoord.status_code == 200
    tekst = text_of_pdf(b"".join(antwoord))
    assert bewijs.kenmerk in tekst
    assert "Wat u stuurde" in tekst
