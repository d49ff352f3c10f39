"""A receipt says who sent it for whom; of who sends for themselves it says nothing of the kind."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from eloket.audit.models import AuditRegel
from eloket.berichten.models import Bericht
from eloket.berichten.service import send_bericht
from eloket.identity.types import Actor
from eloket.kernel.klok import nu, vandaag
from eloket.notifications.models import Ontvangstbewijs
from eloket.notifications.ontvangst import queries
from eloket.notifications.ontvangst.pdf import make_pdf
from eloket.notifications.ontvangst.types import OntvangstInzage
from eloket.profile import service as profile
from eloket.zaken import service as zaken
from eloket.zaken.access import act_for
from eloket.zaken.testing import nieuwe_zaak
from eloket.zaken.types import Kanaal, Zaak
from tests.huis import bestand, inwoner, medewerker, met_nepbronnen, partij_van
from tests.machtigen import machtig
from tests.pdf import text_of_pdf
from tests.verstuurders import BEWIND, VOOR_EEN_ANDER, ZELF, numbers_of
from tests.web.portaal import zaak_van

pytestmark = pytest.mark.django_db
ANDEREN = pytest.mark.parametrize(("actor", "door"), VOOR_EEN_ANDER.values(), ids=VOOR_EEN_ANDER)


@pytest.fixture(autouse=True)
def _bronnen():
    with met_nepbronnen():
        yield


def send_everything(actor: Actor) -> Zaak:
    """An application, a message, a document, an answer and a form that was asked for."""
    zaak = zaak_van(actor)
    send_bericht(actor, zaak.ref, tekst="Hallo", sleutel="b")
    zaken.add_documenten(actor, zaak.ref, (bestand("a.pdf"),))
    vraag = {"titel": "Wat?", "toelichting": ""}
    straks = vandaag() + timedelta(days=5)
    taak = zaken.ask_answer(medewerker(), zaak.ref, deadline=straks, **vraag)
    zaken.answer_taak(actor, zaak.ref, taak, antwoord="Dit")
    taak = zaken.ask_form(medewerker(), zaak.ref, deadline=straks, formulier="x", **vraag)
    zaken.answer_with_form(actor, zaak.ref, taak, antwoord="Dit", klaar=())
    return zaak


def receipts_of(zaak: Zaak) -> tuple[OntvangstInzage, ...]:
    return queries.list_ontvangsten(zaak.ref, partij=None)


def read(bewijs: OntvangstInzage) -> str:
    return text_of_pdf(make_pdf(bewijs, gemeente="Gemeente Voorbeeld"))


@ANDEREN
def test_whatever_somebody_sends_for_another(actor: Actor, door: str):
    bewijzen = receipts_of(send_everything(actor))
    assert {een.soort for een in bewijzen} == {"aanvraag", "bericht", "documenten", "antwoord", "formulier"}
    assert {een.verstuurd_door for een in bewijzen} == {door}
    for een in bewijzen:
        tekst = read(een)
        assert f"Verstuurd door: {door}" in tekst
        assert not [nummer for nummer in numbers_of(actor) if nummer in tekst]
        assert een.zin.endswith(f"Kenmerk {een.kenmerk}. Verstuurd door: {door.removesuffix('.')}.")


def test_who_sends_for_themselves_reads_nothing_of_it():
    bewijzen = receipts_of(send_everything(ZELF))
    assert len(bewijzen) == 5
    assert {een.verstuurd_door for een in bewijzen} == {""}
    assert not any("Verstuurd door" in read(een) or "Verstuurd door" in een.zin for een in bewijzen)


def test_it_is_the_name_under_the_message():
    for actor in (VOOR_EEN_ANDER["gemachtigde"][0], BEWIND):
        zaak = zaak_van(actor, sleutel=actor.eigen_naam)
        send_bericht(actor, zaak.ref, tekst="Hallo", sleutel=actor.eigen_naam)
        bewijs = receipts_of(zaak)[0]
        assert bewijs.verstuurd_door == Bericht.objects.get(zaak_ref=str(zaak.ref)).afzender_naam


def test_by_an_authorisation_of_this_site():
    jeroen, fatima = inwoner(naam="Jeroen van Drouwen"), inwoner("999990020", "Fatima el Idrissi")
    zaak = zaak_van(jeroen)
    machtig(jeroen, fatima, zaak.ref)
    send_bericht(act_for(fatima, zaak.ref), zaak.ref, tekst="Hallo", sleutel="b")
    bericht, aanvraag = receipts_of(zaak)
    assert bericht.verstuurd_door == "Fatima el Idrissi namens Jeroen van Drouwen"
    assert aanvraag.verstuurd_door == ""
    # It stays what it was when the authorisation ends: it tells of then.
    assert queries.get_ontvangst(bericht.id, actor=jeroen).verstuurd_door == bericht.verstuurd_door


@pytest.mark.parametrize("kanaal", [Kanaal.BALIE, Kanaal.TELEFOON, Kanaal.POST])
def test_at_the_counter_it_names_no_employee(kanaal: Kanaal):
    opdracht = replace(nieuwe_zaak(partij_van(ZELF), sleutel="s"), kanaal=kanaal)
    zaak, _ = zaken.register_zaak(medewerker(), opdracht)
    (bewijs,) = receipts_of(zaak)
    assert (bewijs.verstuurd_door, "Verstuurd door" in read(bewijs)) == ("", False)


def test_a_change_of_contact_details_was_changed_by():
    profile.update_contact(BEWIND, email="", telefoon="0612345678", wil_mail=False)
    (bewijs,) = queries.list_gegevens(BEWIND)
    assert "Gewijzigd door: De Brug namens Fatima el Idrissi" in read(bewijs)
    assert "Verstuurd door" not in read(bewijs)


def test_a_receipt_of_before_it_was_kept_has_no_such_line():
    zaak = zaak_van(BEWIND)
    (bewijs,) = receipts_of(zaak)
    wat = json.loads(Ontvangstbewijs.objects.get(bewijs_id=bewijs.id).wat)
    del wat["verstuurd_door"]
    oud = Ontvangstbewijs.objects.create(
        kenmerk="OB-2026-7K3M-9QXC",
        soort="bericht",
        onderwerp_id="oud",
        zaak_ref=str(zaak.ref),
        betrokkene_key=partij_van(BEWIND).key,
        kanaal="portaal",
        ontvangen_op=nu(),
        wat=json.dumps(wat),
    )
    inzage = queries.get_ontvangst(str(oud.bewijs_id), actor=BEWIND)
    assert (inzage.verstuurd_door, "Verstuurd door" in read(inzage)) == ("", False)


def test_no_column_and_no_line_of_the_trail_names_them():
    send_everything(BEWIND)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notifications_ontvangstbewijs")
        kaal = str(cursor.fetchall())
    assert "Brug" not in kaal
    assert "namens F" not in kaal
    assert "Brug" not in str(list(AuditRegel.objects.values_list()))
