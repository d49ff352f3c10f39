"""A form that is not sent: kept for thirty days from the last change, reminded of once, and then really gone."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from eloket.audit.models import AuditRegel
from eloket.documenten import opslag, voorbeelden
from eloket.documenten import service as documenten
from eloket.documenten.models import Bestand, Vasthouding
from eloket.documenten.upload import bied_aan
from eloket.identity.types import Actor, partij_ref
from eloket.kernel import klok
from eloket.loket import service
from eloket.loket.access import get_concept_for
from eloket.loket.bewaartijd import remind_concepten, ruim_op
from eloket.loket.errors import ConceptNietGevonden
from eloket.loket.models import Concept, Meting
from eloket.notifications.models import Notificatie
from eloket.notifications.types import NotificatieSoort
from eloket.profile.models import Profiel
from eloket.profile.testing import give_contact
from eloket.zaken.access import get_zaak_for
from tests.huis import inwoner, onderneming, partij_van
from tests.unit.loket.melding import GOED, MELDING, anoniem, begin, fill, save, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loket")]
DAG = timedelta(days=1)


def mail_to(actor: Actor, **anders: Any) -> None:
    """This actor wants mail, at a confirmed address."""
    give_contact(actor, **{"adres": "j@voorbeeld.nl", **anders})


def test_after_thirty_days_without_a_change_it_is_gone_and_the_zaak_is_not():
    nu = klok.nu()
    with klok.op_moment(nu - 30 * DAG - timedelta(minutes=1)):
        ref = send(inwoner()).concept.zaak_ref
        oud, gewijzigd = fill(inwoner()), fill(inwoner())
    with klok.op_moment(nu - 29 * DAG):
        save(inwoner(), gewijzigd, GOED | {"plaats": ["Plein 1"]})
    assert ruim_op(nu) == 1
    with pytest.raises(ConceptNietGevonden):
        get_concept_for(inwoner(), oud.id)
    assert get_concept_for(inwoner(), gewijzigd.id).invoer["plaats"] == ["Plein 1"]
    assert ref
    assert get_zaak_for(inwoner(), ref).is_open
    assert Meting.objects.get(wat="gestopt").stap == "", "they stopped at the review"


def test_a_form_that_cannot_be_decrypted_goes_and_holds_up_none_behind_it():
    nu = klok.nu()
    with klok.op_moment(nu - 31 * DAG):
        for _ in range(2):
            fill(inwoner(), bestanden=(bied_aan("lamp.jpg", [voorbeelden.jpg()]),))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE loket_concept SET invoer = 'kapot', overzicht = 'kapot', verstuurd_door = 'kapot'"
        )
    assert ruim_op(nu) == 2
    assert not Concept.objects.exists()
    assert not Vasthouding.objects.exists()
    assert AuditRegel.objects.filter(actie="formulier.verlopen").count() == 2


def test_its_files_go_with_it_row_and_blob():
    nu, inhoud = klok.nu(), voorbeelden.jpg()
    with klok.op_moment(nu - 31 * DAG):
        fill(inwoner(), bestanden=(bied_aan("lamp.jpg", [inhoud]),))
        sha256 = Bestand.objects.get().sha256
        documenten.ruim_op(klok.nu() + DAG)
    assert opslag.exists(sha256), "what is held for a form is never cleaned up"
    ruim_op(nu)
    assert not Vasthouding.objects.exists()
    documenten.ruim_op(nu)
    assert not Bestand.objects.exists()
    assert not opslag.exists(sha256)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM loket_concept")
        assert cursor.fetchone()[0] == 0


def test_what_a_zaak_holds_as_well_stays_when_the_form_goes():
    nu = klok.nu()
    with klok.op_moment(nu - 31 * DAG):
        concepten = [fill(inwoner(), bestanden=(bied_aan("x.jpg", [voorbeelden.jpg()]),)) for _ in range(2)]
        send(inwoner(), concepten[1])
        sha256 = Bestand.objects.get().sha256
    ruim_op(nu)
    documenten.ruim_op(nu)
    assert opslag.exists(sha256)


def test_without_a_login_it_is_gone_after_two_hours():
    nu = klok.nu()
    with klok.op_moment(nu - timedelta(hours=2, minutes=1)):
        begin(anoniem())
        ingelogd = begin(inwoner())
    with klok.op_moment(nu - timedelta(minutes=90)):
        vers = begin(anoniem())
    assert ruim_op(nu) == 1
    assert {str(pk) for pk in Concept.objects.values_list("pk", flat=True)} == {ingelogd.id, vers.id}


def test_what_was_sent_goes_after_a_year_and_not_before_its_pdf_is_in_the_zaak():
    nu = klok.nu()
    with klok.op_moment(nu - 361 * DAG):
        send(inwoner())
    assert ruim_op(nu) == 0
    Concept.objects.update(bewijs_op=nu)
    assert ruim_op(nu) == 1


@pytest.mark.parametrize(("dagen", "mails"), [(22, 0), (23, 1), (29, 1), (30, 0)])
def test_the_reminder_comes_within_the_last_seven_days(dagen: int, mails: int):
    nu = klok.nu()
    mail_to(inwoner())
    with klok.op_moment(nu - dagen * DAG):
        fill(inwoner())
    assert remind_concepten(nu) == mails
    assert Notificatie.objects.count() == mails


def test_the_reminder_is_sent_once_and_once_more_after_a_change():
    nu = klok.nu()
    mail_to(inwoner())
    with klok.op_moment(nu - 25 * DAG):
        concept = fill(inwoner())
    assert [remind_concepten(nu), remind_concepten(nu), remind_concepten(nu + DAG)] == [1, 0, 0]
    mail = Notificatie.objects.get()
    assert (mail.soort, mail.uitkomst) == (NotificatieSoort.FORMULIER_HERINNERING, "")
    assert mail.context == {"deadline": klok.datum_van(nu + 5 * DAG).isoformat()}
    with klok.op_moment(nu):
        save(inwoner(), concept, GOED | {"plaats": ["Plein 1"]})
    assert remind_concepten(nu + 20 * DAG) == 0
    assert remind_concepten(nu + 24 * DAG) == 1
    regels = AuditRegel.objects.filter(actie="formulier.herinnerd")
    assert [(een.actor_soort, een.object_ref, een.kenmerken) for een in regels] == [
        (
            "systeem",
            partij_ref(partij_van(inwoner()).profiel_key),
            {"formulier": MELDING, "concept": concept.id},
        )
    ] * 2


@pytest.mark.parametrize(
    ("anders", "uitkomst"),
    [({"wil_mail": False}, "niet_gekozen"), ({"email_bevestigd_op": None}, "geen_adres")],
)
def test_who_did_not_choose_mail_or_did_not_confirm_gets_none(anders: dict[str, object], uitkomst: str):
    nu = klok.nu()
    mail_to(inwoner(), **anders)
    with klok.op_moment(nu - 25 * DAG):
        fill(inwoner())
        fill(anoniem())
    assert remind_concepten(nu) == 1
    assert Notificatie.objects.get().uitkomst == uitkomst


def test_checks_that_nobody_is_reminded_of_keep_no_form_waiting(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("eloket.loket.bewaartijd.PER_RONDE", 1)
    nu = klok.nu()
    mail_to(inwoner())
    with klok.op_moment(nu - 26 * DAG):
        service.start_concept(inwoner(), "kapvergunning-check", sleutel="c" * 32)
    with klok.op_moment(nu - 25 * DAG):
        fill(inwoner())
    assert [remind_concepten(nu), remind_concepten(nu)] == [0, 1]


def test_a_branch_is_reminded_at_its_own_address():
    nu = klok.nu()
    vestiging = onderneming("12345678", "000012345678")
    mail_to(vestiging)
    with klok.op_moment(nu - 25 * DAG):
        fill(vestiging)
        fill(onderneming("12345678"))
    assert remind_concepten(nu) == 2
    assert sorted(Notificatie.objects.values_list("uitkomst", flat=True)) == ["", "geen_adres"]


def test_a_form_that_was_begun_before_contactpersonen_is_reminded_of_at_the_address_of_the_business():
    nu = klok.nu()
    actor = onderneming("12345678")
    with klok.op_moment(nu - 25 * DAG):
        fill(actor)
    Concept.objects.update(contact_key="")
    Profiel.objects.create(
        profiel_key=partij_van(actor).profiel_key,
        email="b@voorbeeld.nl",
        email_bevestigd_op=nu,
        wil_mail=True,
    )
    assert remind_concepten(nu) == 1
    assert Notificatie.objects.get().uitkomst == ""


def test_what_was_sent_is_not_reminded_of():
    nu = klok.nu()
    mail_to(inwoner())
    with klok.op_moment(nu - 25 * DAG):
        send(inwoner())
    Notificatie.objects.all().delete()  # the confirmation of receipt
    assert remind_concepten(nu) == 0
