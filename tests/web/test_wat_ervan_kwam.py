"""What a resident sends on a request: asked, received, approved or refused with a reason; and answers in words."""

from datetime import date, timedelta

import pytest
from django.test import Client

from eloket.documenten import queries as documenten
from eloket.documenten.errors import DocumentAlBeoordeeld, DocumentVervangen
from eloket.documenten.upload import bied_aan
from eloket.identity.testing import force_actor, inwoner
from eloket.identity.types import Actor
from eloket.kernel.klok import nu, op_moment, vandaag
from eloket.notifications.models import Notificatie
from eloket.profile.models import Profiel
from eloket.zaken import queries
from eloket.zaken import service as zaken
from eloket.zaken.errors import AndereAanvrager, StatusNietToegestaan, TaakAlBeoordeeld
from eloket.zaken.testing import nieuwe_zaak
from eloket.zaken.types import TaakStand, Zaak
from tests.web.portaal import bron_van, partij_van, tekst_van
from tests.web.werkplek import Stadhuis, build_stadhuis

pytestmark = pytest.mark.django_db


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


@pytest.fixture
def zaak(huis: Stadhuis) -> Zaak:
    return huis.start("Parkeervergunning")


def als(actor: Actor) -> Client:
    client = Client()
    force_actor(client, actor)
    return client


def over(dagen: int) -> date:
    return vandaag() + timedelta(days=dagen)


def pagina(huis: Stadhuis, zaak: Zaak) -> str:
    return tekst_van(als(huis.jeroen).get(f"/mijn/zaken/{zaak.ref}/"))


def vraag_document(huis: Stadhuis, zaak: Zaak) -> str:
    return zaken.ask_document(huis.mila, zaak.ref, titel="Kentekenbewijs", toelichting="", deadline=over(10))


def stuur(huis: Stadhuis, zaak: Zaak, taak: str, naam: str = "bewijs.txt", inhoud: bytes = b"bewijs") -> str:
    ontvangst = zaken.add_documenten(huis.jeroen, zaak.ref, (bied_aan(naam, [inhoud]),), taak_id=taak)
    return ontvangst.toegevoegd[0].id


def standen(zaak: Zaak) -> list[TaakStand]:
    return sorted(taak.stand for taak in queries.list_taken_van_zaak(zaak.ref, partij=None))


def test_from_asked_to_refused_to_approved_the_resident_reads_what_became_of_it(huis: Stadhuis, zaak: Zaak):
    taak = vraag_document(huis, zaak)
    assert "Nog 10 dagen" in pagina(huis, zaak)
    eerste = stuur(huis, zaak, taak)
    tekst = pagina(huis, zaak)
    assert "Wat u ons stuurde op onze vraag Kentekenbewijs Ontvangen" in tekst
    opnieuw = zaken.refuse_document(
        huis.mila, zaak.ref, eerste, reden="De foto is onscherp.", deadline=over(7)
    )
    tekst = pagina(huis, zaak)
    assert "Kentekenbewijs Afgekeurd" in tekst
    assert "Waarom wij dit niet kunnen gebruiken: De foto is onscherp." in tekst
    assert "Nog 7 dagen" in tekst
    tweede = stuur(huis, zaak, opnieuw, "scherp.txt", b"scherp")
    zaken.accept_document(
        huis.mila, zaak.ref, tweede, documenttype="Kentekenbewijs", vertrouwelijkheid="zaakvertrouwelijk"
    )
    assert standen(zaak) == [TaakStand.AFGEKEURD, TaakStand.GOEDGEKEURD]
    assert "Kentekenbewijs Goedgekeurd" in pagina(huis, zaak)
    assert "Goedgekeurd" in tekst_van(als(huis.jeroen).get("/mijn/taken/"))


def test_a_question_is_answered_in_words_once(huis: Stadhuis, zaak: Zaak):
    taak = zaken.ask_answer(
        huis.mila, zaak.ref, titel="Hoe vaak parkeert u?", toelichting="Per week.", deadline=over(5)
    )
    client, pad = als(huis.jeroen), f"/mijn/zaken/{zaak.ref}/vragen/{taak}/"
    assert f'href="{pad}"' in bron_van(client.get("/mijn/taken/"))
    leeg = client.post(pad, {"antwoord": "  "})
    assert leeg.status_code == 422
    assert "Typ eerst uw antwoord." in tekst_van(leeg)
    assert client.post(pad, {"antwoord": "Elke dag."}).status_code == 303
    assert client.post(pad, {"antwoord": "Elke dag."}).status_code == 303  # a double click
    anders = client.post(pad, {"antwoord": "Nooit, ik fiets."})
    assert anders.status_code == 409
    assert "Nooit, ik fiets." in tekst_van(anders)
    (gezien,) = queries.list_taken_van_zaak(zaak.ref, partij=None)
    assert (gezien.antwoord, gezien.stand) == ("Elke dag.", TaakStand.ONTVANGEN)
    zaken.approve_taak(huis.mila, zaak.ref, taak)
    with pytest.raises(TaakAlBeoordeeld):
        zaken.reject_taak(huis.omar, zaak.ref, taak, reden="Toch niet", deadline=None)
    assert "Goedgekeurd" in tekst_van(client.get(pad))


def test_a_question_to_somebody_else_does_not_exist(huis: Stadhuis, zaak: Zaak):
    taak = zaken.ask_answer(huis.mila, zaak.ref, titel="Hoe vaak?", toelichting="", deadline=over(5))
    vreemde = als(inwoner("999990020", "Fatima"))
    pad = f"/mijn/zaken/{zaak.ref}/vragen/{taak}/"
    assert vreemde.get(pad).status_code == 404
    assert vreemde.post(pad, {"antwoord": "Ik"}).status_code == 404
    assert queries.list_taken_van_zaak(zaak.ref, partij=None)[0].antwoord == ""


def test_a_refused_document_that_nobody_asked_for_says_why(huis: Stadhuis, zaak: Zaak):
    document = stuur(huis, zaak, "")
    zaken.refuse_document(huis.mila, zaak.ref, document, reden="Dit is niet nodig.", deadline=None)
    tekst = pagina(huis, zaak)
    assert "Afgekeurd" in tekst
    assert "Waarom wij dit niet kunnen gebruiken: Dit is niet nodig." in tekst


def test_a_reminder_goes_out_once_and_only_in_time(huis: Stadhuis, zaak: Zaak):
    wil_mail(huis.jeroen)
    begin = nu()
    with op_moment(begin):
        vraag_document(huis, zaak)
    assert zaken.remind_taken(begin + timedelta(days=5)) == 0
    assert zaken.remind_taken(begin + timedelta(days=8)) == 1
    assert zaken.remind_taken(begin + timedelta(days=8)) == 0
    assert Notificatie.objects.filter(soort="taak_herinnering").count() == 1


def test_what_was_asked_just_before_the_date_needs_no_reminder(huis: Stadhuis, zaak: Zaak):
    zaken.ask_document(huis.mila, zaak.ref, titel="Snel", toelichting="", deadline=over(2))
    assert zaken.remind_taken(nu() + timedelta(hours=20)) == 0


def wil_mail(actor: Actor, adres: str = "j@voorbeeld.nl") -> None:
    Profiel.objects.create(
        profiel_key=partij_van(actor).key, email=adres, email_bevestigd_op=nu(), wil_mail=True
    )


def mails() -> list[tuple[str, str]]:
    """What will be mailed, and about which zaak."""
    return list(Notificatie.objects.filter(uitkomst="").order_by("id").values_list("soort", "zaak_ref"))


@pytest.mark.parametrize("vraag", [zaken.ask_document, zaken.ask_answer])
def test_who_was_asked_hears_that_it_is_no_longer_needed(huis: Stadhuis, zaak: Zaak, vraag):
    taak = vraag(huis.mila, zaak.ref, titel="Kentekenbewijs", toelichting="", deadline=over(5))
    wil_mail(huis.jeroen)
    assert zaken.withdraw_taak(huis.mila, zaak.ref, taak)
    assert not zaken.withdraw_taak(huis.mila, zaak.ref, taak)  # a double click
    assert pagina(huis, zaak).count("Wij hebben dit niet meer van u nodig: Kentekenbewijs") == 1
    assert mails() == [("taak_ingetrokken", str(zaak.ref))]
    assert standen(zaak) == []


def test_what_came_in_and_was_not_judged_keeps_the_zaak_open(huis: Stadhuis, zaak: Zaak):
    taken = [
        zaken.ask_answer(huis.mila, zaak.ref, titel=titel, toelichting="", deadline=over(5))
        for titel in ("Hoe vaak?", "Waar?")
    ]
    for taak in taken:
        zaken.answer_taak(huis.jeroen, zaak.ref, taak, antwoord="Elke dag.")
    pad, eind = f"/werkplek/zaken/{zaak.ref}/", zaak.statustypen[-1].volgnummer
    for taak, zin in zip(taken, ("op 2 vragen", "op een vraag"), strict=True):
        with pytest.raises(StatusNietToegestaan, match="status-niet-toegestaan") as fout:
            huis.close(zaak.ref)
        assert fout.value.tekst.startswith(f"U moet nog beoordelen wat er kwam {zin}.")
        assert fout.value.tekst in tekst_van(als(huis.mila).get(f"{pad}?deel=status&status={eind}"))
        zaken.approve_taak(huis.mila, zaak.ref, taak)
    assert not huis.close(zaak.ref).is_open


def test_a_request_is_open_again_when_its_last_document_turns_out_to_belong_elsewhere(
    huis: Stadhuis, zaak: Zaak
):
    eigen, taak = huis.start("Tweede aanvraag"), vraag_document(huis, zaak)
    bestanden = (bied_aan("een.txt", [b"een"]), bied_aan("twee.txt", [b"twee"]))
    een, twee = zaken.add_documenten(huis.jeroen, zaak.ref, bestanden, taak_id=taak).toegevoegd
    zaken.move_document(huis.mila, zaak.ref, een.id, naar=eigen.identificatie)
    assert standen(zaak) == [TaakStand.ONTVANGEN], "er is nog een document"
    zaken.move_document(huis.mila, zaak.ref, twee.id, naar=eigen.identificatie)
    assert standen(zaak) == [TaakStand.GEVRAAGD]
    tekst = pagina(huis, zaak)
    assert "Wij wachten weer op wat wij u vroegen: Kentekenbewijs" in tekst
    assert "Nog 10 dagen" in tekst
    with pytest.raises(StatusNietToegestaan):
        huis.close(zaak.ref)
    stuur(huis, zaak, taak, "weer.txt", b"weer")
    assert standen(zaak) == [TaakStand.ONTVANGEN]


def test_a_request_that_was_judged_stays_judged_when_its_document_moves(huis: Stadhuis, zaak: Zaak):
    eigen, taak = huis.start("Tweede aanvraag"), vraag_document(huis, zaak)
    bestanden = (bied_aan("een.txt", [b"een"]), bied_aan("twee.txt", [b"twee"]))
    een, twee = zaken.add_documenten(huis.jeroen, zaak.ref, bestanden, taak_id=taak).toegevoegd
    zaken.refuse_document(huis.mila, zaak.ref, een.id, reden="Onscherp.", deadline=None)
    zaken.move_document(huis.mila, zaak.ref, twee.id, naar=eigen.identificatie)
    assert standen(zaak) == [TaakStand.AFGEKEURD]


@pytest.mark.parametrize("oordeel", ["goedkeuren", "afkeuren"])
def test_what_a_colleague_decided_meanwhile_is_not_undone_by_moving_it(
    huis: Stadhuis, zaak: Zaak, oordeel: str
):
    """Omar has the page open; Mila decides; Omar presses Verplaats."""
    eigen, taak = huis.start("Tweede aanvraag"), vraag_document(huis, zaak)
    document = stuur(huis, zaak, taak)
    if oordeel == "goedkeuren":
        zaken.accept_document(huis.mila, zaak.ref, document, documenttype="Foto", vertrouwelijkheid="intern")
    else:
        zaken.refuse_document(huis.mila, zaak.ref, document, reden="Onscherp.", deadline=None)
    was, stand = documenten.get_document(document), standen(zaak)
    antwoord = als(huis.omar).post(
        f"/werkplek/zaken/{zaak.ref}/documenten/{document}/verplaatsen/",
        {"naar": eigen.identificatie, "knop": "verplaats"},
    )
    assert antwoord.status_code == 409
    assert DocumentAlBeoordeeld.tekst in tekst_van(antwoord)
    assert documenten.get_document(document) == was
    assert standen(zaak) == stand


def test_a_letter_of_the_municipality_does_not_move_with_its_versions(huis: Stadhuis, zaak: Zaak):
    eigen = huis.start("Tweede aanvraag")
    eerste = zaken.add_documenten(huis.mila, zaak.ref, (bied_aan("a.txt", [b"a"]),)).toegevoegd[0]
    tweede = zaken.add_documenten(
        huis.mila, zaak.ref, (bied_aan("b.txt", [b"b"]),), vervangt=eerste.id
    ).toegevoegd[0]
    for een, fout in ((tweede, DocumentAlBeoordeeld), (eerste, DocumentVervangen)):
        with pytest.raises(fout):
            zaken.move_document(huis.mila, zaak.ref, een.id, naar=eigen.identificatie)
    assert {een.zaak_ref for een in documenten.list_versies(eerste.id)} == {str(zaak.ref)}
    assert documenten.get_document(tweede.id) == tweede


def test_a_document_that_moved_is_found_again_by_who_sent_it(huis: Stadhuis, zaak: Zaak):
    eigen, document = huis.start("Tweede aanvraag"), stuur(huis, zaak, "", "kenteken.txt")
    wil_mail(huis.jeroen)
    zaken.move_document(huis.mila, zaak.ref, document, naar=eigen.identificatie)
    weg = f"Wij hebben een document verplaatst naar uw zaak {eigen.identificatie}: kenteken"
    erbij = f"Wij hebben een document verplaatst uit uw zaak {zaak.identificatie}: kenteken"
    assert weg in pagina(huis, zaak)
    assert erbij in pagina(huis, eigen)
    assert mails() == [("document_verplaatst", str(zaak.ref))]


def test_a_document_that_moved_to_somebody_else_does_not_name_their_zaak(huis: Stadhuis, zaak: Zaak):
    fatima = inwoner("999990020", "Fatima")
    ander, _ = zaken.start_zaak(fatima, nieuwe_zaak(partij_van(fatima), naam="Fatima"))
    document = stuur(huis, zaak, "", "kenteken.txt")
    wil_mail(huis.jeroen)
    wil_mail(fatima, "f@voorbeeld.nl")
    zaken.move_document(huis.mila, zaak.ref, document, naar=ander.identificatie, ook_andere_aanvrager=True)
    bij_jeroen, bij_fatima = pagina(huis, zaak), tekst_van(als(fatima).get(f"/mijn/zaken/{ander.ref}/"))
    assert "Wij hebben een document verplaatst naar een andere zaak: kenteken" in bij_jeroen
    assert ander.identificatie not in bij_jeroen
    assert "Wij hebben een document toegevoegd" in bij_fatima
    assert "toegevoegd: kenteken" not in bij_fatima
    assert zaak.identificatie not in bij_fatima
    assert mails() == [("document_verplaatst", str(zaak.ref)), ("document_toegevoegd", str(ander.ref))]


def test_moving_to_a_zaak_of_somebody_else_must_be_confirmed(huis: Stadhuis, zaak: Zaak):
    document = stuur(huis, zaak, "")
    fatima = inwoner("999990020", "Fatima")
    ander, _ = zaken.start_zaak(fatima, nieuwe_zaak(partij_van(fatima), naam="Fatima"))
    with pytest.raises(AndereAanvrager):
        zaken.move_document(huis.mila, zaak.ref, document, naar=ander.identificatie)
    eigen = huis.start("Tweede aanvraag")
    zaken.move_document(huis.mila, zaak.ref, document, naar=eigen.identificatie.lower())
    assert documenten.get_document(document).zaak_ref == str(eigen.ref)
    assert als(huis.jeroen).get(f"/mijn/zaken/{eigen.ref}/documenten/{document}/opslaan/").status_code == 200
    assert als(huis.jeroen).get(f"/mijn/zaken/{zaak.ref}/documenten/{document}/opslaan/").status_code == 404
