"""Whatever somebody sends is proven once, in the transaction that keeps it, and only to them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from eloket.berichten.service import send_bericht
from eloket.documenten import service as documenten
from eloket.documenten.queries import list_documenten
from eloket.identity.types import Actor, Soort
from eloket.kernel.klok import nu, vandaag
from eloket.notifications.errors import OntvangstNietGevonden
from eloket.notifications.models import Ontvangstbewijs
from eloket.notifications.ontvangst import queries, schrijven
from eloket.notifications.ontvangst.kenmerk import make_kenmerk, parse_kenmerk
from eloket.notifications.ontvangst.types import OntvangstInzage, OntvangstSoort
from eloket.profile import service as profile
from eloket.zaken import service as zaken
from eloket.zaken.errors import ZaakIsGesloten
from eloket.zaken.testing import nieuwe_zaak
from eloket.zaken.types import Kanaal, Zaak
from tests.huis import bestand, inwoner, medewerker, met_nepbronnen, onderneming, partij_van

pytestmark = pytest.mark.django_db
JEROEN, FATIMA = inwoner(), inwoner("999990020", "F. el Idrissi")
DEADLINE = vandaag() + timedelta(days=9)


@pytest.fixture(autouse=True)
def _bronnen():
    with met_nepbronnen():
        yield


def start(actor: Actor = JEROEN, sleutel: str = "s1", **velden: Any) -> Zaak:
    zaak, _ = zaken.start_zaak(actor, nieuwe_zaak(partij_van(actor), sleutel=sleutel, **velden))
    return zaak


def bewijzen(zaak: Zaak, actor: Actor | None = JEROEN) -> list[OntvangstInzage]:
    """Newest first, without that of the application."""
    partij = partij_van(actor) if actor else None
    alle = queries.list_ontvangsten(zaak.ref, partij=partij)
    return [een for een in alle if een.soort is not OntvangstSoort.AANVRAAG]


def test_an_application_is_proven_with_its_files_and_sent_twice_it_is_once():
    opdracht = nieuwe_zaak(partij_van(JEROEN), sleutel="s1")
    zaak, _ = zaken.start_zaak(JEROEN, opdracht, (bestand("plattegrond.pdf"),))
    zaken.start_zaak(JEROEN, opdracht, (bestand("plattegrond.pdf"),))
    (bewijs,) = queries.list_ontvangsten(zaak.ref, partij=partij_van(JEROEN))
    (document,) = list_documenten(str(zaak.ref))
    assert (bewijs.soort, bewijs.zaaknummer, bewijs.middel) == ("aanvraag", zaak.identificatie, "digid")
    assert bewijs.ontvangen_op == zaak.registratiedatum
    assert [(een.naam, een.omvang, een.sha256) for een in bewijs.bestanden] == [
        (document.bestandsnaam, document.omvang, document.sha256)
    ]
    assert parse_kenmerk(bewijs.kenmerk) == bewijs.kenmerk


def test_a_report_without_login_is_proven_to_nobody_by_name():
    bezoeker = Actor(Soort.ANONIEM, "geheim", "", "", "")
    opdracht = replace(nieuwe_zaak(partij_van(JEROEN), sleutel="s1"), initiator_soort=Soort.ANONIEM)
    zaak, _ = zaken.start_zaak(bezoeker, opdracht)
    rij = Ontvangstbewijs.objects.get(zaak_ref=str(zaak.ref))
    assert (rij.betrokkene_key, rij.vestiging_key, rij.profiel_key) == ("", "", "")
    assert queries.find_kenmerk(OntvangstSoort.AANVRAAG, str(zaak.ref)) == rij.kenmerk
    assert queries.find_ontvangst(OntvangstSoort.AANVRAAG, str(zaak.ref), actor=JEROEN) is None


def test_a_message_with_attachments_is_one_receipt_with_all_of_it():
    zaak = start()
    een, ander = (  # a double click
        send_bericht(
            JEROEN,
            zaak.ref,
            tekst="Zie bijlage",
            sleutel="k",
            gesprek_id="nieuw",
            onderwerp="De dakkapel",
            bestanden=(bestand("a.pdf"),),
        )
        for _ in range(2)
    )
    assert een == ander
    (bewijs,) = bewijzen(zaak)
    assert (bewijs.soort, bewijs.onderwerp, bewijs.wat) == ("bericht", "De dakkapel", "uw bericht")
    assert [bestand.naam for bestand in bewijs.bestanden] == ["a.pdf"]
    assert queries.find_ontvangst(OntvangstSoort.BERICHT, een, actor=JEROEN) == bewijs


def test_documents_added_in_one_go_are_one_receipt_and_those_that_were_refused_are_not_in_it():
    zaak = start()
    ontvangst = zaken.add_documenten(
        JEROEN, zaak.ref, (bestand("a.pdf"), bestand("b.txt", b"tekst"), bestand("c.exe", b"MZ\x90\0kwaad"))
    )
    zaken.add_documenten(JEROEN, zaak.ref, (bestand("a.pdf"),))  # there already: nothing came in
    (bewijs,) = bewijzen(zaak)
    assert {een.naam for een in bewijs.bestanden} == {een.bestandsnaam for een in ontvangst.toegevoegd}
    assert len(bewijs.bestanden) == 2
    assert bewijs.zin.startswith("Wij hebben uw 2 documenten ontvangen op ")
    assert bewijs.zin.endswith(f" uur. Kenmerk {bewijs.kenmerk}.")
    assert bewijs.ontvangen_op == ontvangst.toegevoegd[0].ontvangen_op


def test_a_document_that_was_asked_for_is_one_receipt():
    zaak = start()
    taak = zaken.ask_document(medewerker(), zaak.ref, titel="Kopie", toelichting="", deadline=DEADLINE)
    zaken.add_documenten(JEROEN, zaak.ref, (bestand("a.pdf"),), taak_id=taak)
    assert [een.soort for een in bewijzen(zaak)] == ["documenten"]


def test_an_answer_in_words_is_proven_once():
    zaak = start()
    taak = zaken.ask_answer(medewerker(), zaak.ref, titel="Hoe hoog?", toelichting="", deadline=DEADLINE)
    for _ in range(2):
        zaken.answer_taak(JEROEN, zaak.ref, taak, antwoord="Twee meter")
    (bewijs,) = bewijzen(zaak)
    assert (bewijs.soort, bewijs.onderwerp) == ("antwoord", "Hoe hoog?")
    assert "Twee meter" not in Ontvangstbewijs.objects.get(bewijs_id=bewijs.id).wat


def test_a_form_that_was_asked_for_is_one_receipt_with_its_files():
    zaak = start()
    taak = zaken.ask_form(
        medewerker(), zaak.ref, titel="Vul aan", toelichting="", deadline=DEADLINE, formulier="x"
    )
    klaar = documenten.prepare((bestand("foto.pdf"),), zaak_ref="", moment=nu()).goed
    zaken.answer_with_form(JEROEN, zaak.ref, taak, antwoord="Kleur: rood", klaar=klaar)
    (bewijs,) = bewijzen(zaak)
    assert (bewijs.soort, [een.naam for een in bewijs.bestanden]) == ("formulier", ["foto.pdf"])


def test_what_the_municipality_does_is_no_receipt():
    zaak = start()
    send_bericht(medewerker(), zaak.ref, tekst="Hallo", sleutel="m")
    zaken.add_documenten(medewerker(), zaak.ref, (bestand("brief.pdf"),))
    assert bewijzen(zaak, None) == []


def test_changed_contact_details_are_named_never_written_down_and_unchanged_ones_give_nothing():
    eerst, nog_eens = (
        profile.update_contact(JEROEN, email="", telefoon="0612345678", wil_mail=False) for _ in range(2)
    )
    (bewijs,) = queries.list_gegevens(JEROEN)
    assert (bewijs.soort, bewijs.velden, bewijs.zaak_ref) == ("gegevens", ("telefoon",), "")
    assert bewijs == queries.find_ontvangst(OntvangstSoort.GEGEVENS, eerst.wijziging_id, actor=JEROEN)
    assert nog_eens.wijziging_id == ""
    assert "612345678" not in Ontvangstbewijs.objects.get().wat


def test_a_change_that_fails_leaves_no_receipt():
    zaak = start()

    def send_and_fail() -> None:
        with transaction.atomic():
            send_bericht(JEROEN, zaak.ref, tekst="Hallo", sleutel="k")
            assert len(bewijzen(zaak)) == 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        send_and_fail()
    assert bewijzen(zaak) == []


def test_a_receipt_that_cannot_be_kept_undoes_the_change(monkeypatch):
    zaak = start()
    monkeypatch.setattr("secrets.choice", lambda tekens: tekens[0])
    send_bericht(JEROEN, zaak.ref, tekst="Een", sleutel="a")
    with pytest.raises(IntegrityError), transaction.atomic():
        send_bericht(JEROEN, zaak.ref, tekst="Twee", sleutel="b")  # every reference that it tries is taken
    assert [een.soort for een in bewijzen(zaak)] == ["bericht"]


def test_a_reference_that_is_taken_is_followed_by_another(monkeypatch):
    zaak = start()
    lot = iter("222222222222223333333")
    monkeypatch.setattr("secrets.choice", lambda _: next(lot))
    send_bericht(JEROEN, zaak.ref, tekst="Een", sleutel="a")
    send_bericht(JEROEN, zaak.ref, tekst="Twee", sleutel="b")
    assert {een.kenmerk[8:15] for een in bewijzen(zaak)} == {"2222-22", "3333-33"}


def test_the_same_thing_is_never_proven_twice():
    zaak = start()
    bericht_id = send_bericht(JEROEN, zaak.ref, tekst="Hallo", sleutel="k")
    wie = schrijven._Wie(partij_van(JEROEN).key)
    with pytest.raises(IntegrityError), transaction.atomic():
        schrijven._write(OntvangstSoort.BERICHT, bericht_id, wie, nu(), zaak=zaak)


# --- whose it is ---


def test_a_receipt_is_for_who_sent_it_alone():
    zaak = start()
    send_bericht(JEROEN, zaak.ref, tekst="Hallo", sleutel="k")
    for bewijs in queries.list_ontvangsten(zaak.ref, partij=None):
        assert queries.get_ontvangst(bewijs.id, actor=JEROEN) == bewijs
        assert queries.get_ontvangst_bij_zaak(zaak.ref, bewijs.id) == bewijs
        with pytest.raises(OntvangstNietGevonden):
            queries.get_ontvangst(bewijs.id, actor=FATIMA)
    assert queries.list_ontvangsten(zaak.ref, partij=partij_van(FATIMA)) == ()
    with pytest.raises(OntvangstNietGevonden):
        queries.get_ontvangst_bij_zaak(start(sleutel="s2").ref, bewijs.id)


@pytest.mark.parametrize("bewijs_id", ["", "x", "0" * 32, "../zaken"])
def test_what_is_no_id_does_not_exist(bewijs_id):
    with pytest.raises(OntvangstNietGevonden):
        queries.get_ontvangst(bewijs_id, actor=JEROEN)


def test_a_branch_sees_its_own_and_the_business_sees_that_of_all_branches():
    hoofd, tak, ander = (onderneming(vestiging=nummer) for nummer in ("", "000038509504", "000099999999"))
    zaak = start(tak)
    send_bericht(tak, zaak.ref, tekst="Van de tak", sleutel="t")
    send_bericht(hoofd, zaak.ref, tekst="Van het hoofdkantoor", sleutel="h")
    eigen = {
        actor: len(queries.list_ontvangsten(zaak.ref, partij=partij_van(actor)))
        for actor in (hoofd, tak, ander)
    }
    # As in the conversation: what the whole business sends about the zaak of a branch, the branch reads.
    assert eigen == {hoofd: 3, tak: 3, ander: 0}


def test_contact_details_of_a_branch_are_of_that_branch_alone():
    hoofd, tak = onderneming(), onderneming(vestiging="000038509504")
    profile.update_contact(tak, email="", telefoon="0612345678", wil_mail=False)
    (bewijs,) = queries.list_gegevens(tak)
    assert queries.get_ontvangst(bewijs.id, actor=tak) == bewijs
    assert queries.list_gegevens(hoofd) == ()
    with pytest.raises(OntvangstNietGevonden):
        queries.get_ontvangst(bewijs.id, actor=hoofd)


def test_a_reference_leads_a_civil_servant_to_the_zaak_also_when_typed_carelessly():
    zaak = start()
    (bewijs,) = queries.list_ontvangsten(zaak.ref, partij=None)
    assert queries.find_zaak_van(bewijs.kenmerk.lower().replace("-", " ")) == zaak.ref
    assert queries.find_zaak_van(make_kenmerk(2026)) is None
    assert queries.find_zaak_van("") is None


def test_at_the_counter_it_is_received_then_by_the_channel_it_came_through():
    opdracht = replace(nieuwe_zaak(partij_van(JEROEN), sleutel="s1"), kanaal=Kanaal.BALIE)
    zaak, _ = zaken.register_zaak(medewerker(), opdracht)
    (bewijs,) = queries.list_ontvangsten(zaak.ref, partij=partij_van(JEROEN))
    assert (bewijs.kanaal, bewijs.middel) == ("balie", "")


def test_the_table_names_nobody_in_a_readable_column():
    zaak = start()
    send_bericht(
        JEROEN, zaak.ref, tekst="Hallo", sleutel="k", gesprek_id="nieuw", onderwerp="Mijn scheiding",
        bestanden=(bestand("vonnis-drouwen.pdf"),),
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notifications_ontvangstbewijs")
        kaal = str(cursor.fetchall())
    for geheim in ("scheiding", "drouwen", "Drouwen", zaak.identificatie, zaak.omschrijving, "999990019"):
        assert geheim not in kaal


def test_a_closed_zaak_takes_no_documents_and_proves_nothing():
    zaak = start()
    zaken.set_status(
        medewerker(), zaak.ref, volgnummer=zaak.statustypen[-1].volgnummer, toelichting="Klaar",
        resultaat=zaak.resultaattypen[0] if zaak.resultaattypen else "", versie=zaak.versie,
    )  # fmt: skip
    with pytest.raises(ZaakIsGesloten):
        zaken.add_documenten(JEROEN, zaak.ref, (bestand("a.pdf"),))
    assert bewijzen(zaak) == []
