"""The address that a business had before its people had their own (ADR 18): what was on its way when that changed."""

import json
from datetime import timedelta

import pytest

from eloket.identity.testing import onderneming
from eloket.kernel.klok import nu
from eloket.notifications.afmelden import make_afmeld_url, read_afmelding
from eloket.notifications.contact.models import Contactherstel
from eloket.notifications.models import Notificatie, Ontvangstbewijs, Zending
from eloket.notifications.ontvangst.kenmerk import make_kenmerk
from eloket.notifications.ontvangst.queries import count_gegevens, get_ontvangst
from eloket.notifications.retour.verwerken import verwerk
from eloket.notifications.service import enqueue
from eloket.notifications.types import Kanaal
from eloket.notifications.types import NotificatieSoort as S
from eloket.profile import service as profile
from eloket.profile.afmelden import stop_alles, undo_stop
from eloket.profile.contactpersonen import list_collegas, stop_collega
from eloket.profile.errors import BevestigingOngeldig
from eloket.profile.models import Profiel
from eloket.profile.queries import get_bereikbaarheid, hash_token
from eloket.profile.testing import FakePersonenBron, give_contact
from eloket.zaken import service as zaken
from eloket.zaken.testing import nieuwe_zaak
from eloket.zaken.types import Zaak
from tests.huis import PDF, bestand, partij_van
from tests.uitwijken import bounce, send_all
from tests.web.werkplek import Stadhuis, build_stadhuis

pytestmark = pytest.mark.django_db

ANNE = onderneming(persoon="anne")
BEDRIJF = partij_van(ANNE).profiel_key
INFO = "info@korenaar.nl"


@pytest.fixture
def huis() -> Stadhuis:
    profile.configure(FakePersonenBron())
    return build_stadhuis()


@pytest.fixture
def zaak(huis: Stadhuis) -> Zaak:
    opdracht = nieuwe_zaak(partij_van(ANNE), sleutel="s1", zaaktype="PARKEERVERGUNNING")
    zaak = zaken.start_zaak(ANNE, opdracht)[0]
    Notificatie.objects.all().delete()
    return zaak


@pytest.fixture
def gedeeld() -> Profiel:
    return Profiel.objects.create(
        profiel_key=BEDRIJF, email=INFO, email_bevestigd_op=nu() - timedelta(days=9), wil_mail=True
    )


def test_what_the_release_before_had_ready_is_mailed_there(huis, zaak, gedeeld):
    enqueue(S.DOCUMENT_TOEGEVOEGD, betrokkene_key=BEDRIJF, zaak_ref=str(zaak.ref), onderwerp_id="d")
    send_all()
    assert Zending.objects.get().aan == INFO


def test_a_link_that_was_open_still_confirms_and_only_for_the_business(huis, gedeeld):
    eigen = give_contact(ANNE, "a@korenaar.nl")
    Profiel.objects.filter(pk=gedeeld.pk).update(
        email_nieuw="nieuw@korenaar.nl",
        token_hash=hash_token("t"),
        token_verloopt_op=nu() + timedelta(hours=1),
    )
    profile.confirm_email("t")
    assert Profiel.objects.get(pk=gedeeld.pk).email == "nieuw@korenaar.nl"
    assert Profiel.objects.get(pk=eigen.pk).email == "a@korenaar.nl"
    with pytest.raises(BevestigingOngeldig):
        profile.confirm_email("u")


def test_when_it_comes_back_the_business_gets_a_letter_and_is_called_when_nobody_else_is_mailed(
    huis, zaak, gedeeld
):
    zaken.add_documenten(huis.mila, zaak.ref, (bestand("besluit.pdf"),))
    verwerk(bounce(send_all()[0]))
    bereik = get_bereikbaarheid(BEDRIJF)
    assert bereik
    assert not bereik.werkt
    assert Zending.objects.get(kanaal=Kanaal.BRIEF).betrokkene_key == BEDRIJF
    assert Contactherstel.objects.get().profiel_key == BEDRIJF


def test_the_link_in_an_old_mail_stops_that_address_and_nobodys_own(huis, zaak, gedeeld):
    give_contact(ANNE, "a@korenaar.nl")
    zaken.add_documenten(huis.mila, zaak.ref, (bestand("besluit.pdf"),))
    send_all()
    oud = Zending.objects.get(betrokkene_key=BEDRIJF)
    link = read_afmelding(make_afmeld_url(oud.pk).rstrip("/").rpartition("/")[2])
    stop_alles(link.profiel_key, link=link.link)
    Notificatie.objects.all().delete()
    zaken.add_documenten(huis.mila, zaak.ref, (bestand("bijlage.pdf", PDF + b"2"),))
    assert [rij.betrokkene_key for rij in Notificatie.objects.filter(uitkomst="")] == [ANNE.profiel_key]


def test_the_link_does_not_undo_what_a_colleague_stopped(huis, zaak, gedeeld):
    zaken.add_documenten(huis.mila, zaak.ref, (bestand("besluit.pdf"),))
    send_all()
    link = read_afmelding(make_afmeld_url(Zending.objects.get().pk).rstrip("/").rpartition("/")[2])
    stop_alles(link.profiel_key, link=link.link)
    undo_stop(link.profiel_key, link=link.link)
    stop_collega(ANNE, list_collegas(ANNE)[0].nummer)
    stop_alles(link.profiel_key, link=link.link)
    undo_stop(link.profiel_key, link=link.link)
    assert not Profiel.objects.get(pk=gedeeld.pk).wil_mail


def test_receipts_of_changes_to_it_stay_readable_for_each_of_its_people_and_for_nobody_else(gedeeld):
    wat = {"zaaknummer": "", "zaak": "", "onderwerp": "", "bestanden": [], "velden": ["email"]}
    rij = Ontvangstbewijs.objects.create(
        kenmerk=make_kenmerk(2026), soort="gegevens", onderwerp_id="w", profiel_key=BEDRIJF,
        kanaal="portaal", ontvangen_op=nu(), wat=json.dumps(wat),
    )  # fmt: skip
    for een in (ANNE, onderneming(persoon="bo")):
        assert get_ontvangst(str(rij.bewijs_id), actor=een).velden == ("email",)
        assert count_gegevens(een) == 1
    for ander in (onderneming("12345678", persoon="anne"), onderneming("69599084", "000038509504")):
        assert count_gegevens(ander) == 0
