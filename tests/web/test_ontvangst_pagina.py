"""What a person sees after sending something, the receipts that are kept, and who gets to see them."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from eloket.berichten.service import send_bericht
from eloket.documenten import voorbeelden
from eloket.identity.testing import inwoner, onderneming
from eloket.kernel.errors import BronOnbereikbaar
from eloket.kernel.klok import schrijf_moment, vandaag
from eloket.loket.versies import load_meegeleverd
from eloket.notifications.models import Notificatie, Ontvangstbewijs
from eloket.notifications.ontvangst import queries
from eloket.notifications.ontvangst.pdf import make_pdf
from eloket.notifications.ontvangst.types import OntvangstSoort
from eloket.notifications.types import NotificatieSoort, Uitkomst
from eloket.portal import paden
from eloket.portal.gegevens.keuzes import veld_van
from eloket.profile.models import Profiel
from eloket.profile.types import Rubriek, Wanneer
from eloket.sources.register.bron import RegisterBron
from eloket.workbench.zaken import inhoud
from eloket.zaken import service as zaken
from tests.architecture.routetabel import build_zonder, send_melding
from tests.web.portaal import ANDER, bron_van, client_van, partij_van, tekst_van, zaak_van
from tests.web.werkplek import build_stadhuis, client_of, text_of, zoek_werk

pytestmark = pytest.mark.django_db
JEROEN = inwoner()
NU = vandaag()


@pytest.fixture
def huis():
    return build_stadhuis()


@pytest.fixture
def adres():
    return Profiel.objects.create(
        profiel_key=partij_van(JEROEN).profiel_key,
        email="j@voorbeeld.nl",
        email_bevestigd_op="2026-01-01T00:00Z",
    )


def laatste(soort: OntvangstSoort) -> Ontvangstbewijs:
    return Ontvangstbewijs.objects.filter(soort=soort.value).latest("id")


def says_received(tekst: str, wat: str, bewijs: Ontvangstbewijs) -> bool:
    zin = f"Wij hebben {wat} ontvangen op {schrijf_moment(bewijs.ontvangen_op)}. Kenmerk {bewijs.kenmerk}."
    return f"{zin} Bewaar het ontvangstbewijs (pdf)" in tekst


def test_after_a_message_the_page_says_what_was_received_when_and_the_reference(huis, adres):
    client, zaak = client_van(), zaak_van(JEROEN)
    velden = {"bericht": "Hoe lang duurt het?", "sleutel": "s" * 32}
    for _ in range(2):  # a double click
        client.post(paden.bericht_bij_zaak(zaak.ref), velden)
    pagina = client.get(paden.zaak(zaak.ref))
    bewijs = laatste(OntvangstSoort.BERICHT)
    assert Ontvangstbewijs.objects.filter(soort="bericht").count() == 1
    assert "Uw bericht is verstuurd." in tekst_van(pagina)
    assert says_received(tekst_van(pagina), "uw bericht", bewijs)
    assert tekst_van(pagina).count(bewijs.kenmerk) == 1
    assert f'href="{paden.ontvangstbewijs(str(bewijs.bewijs_id))}"' in bron_van(pagina)
    (mail,) = Notificatie.objects.filter(soort=NotificatieSoort.ONTVANGST)
    assert (mail.onderwerp_id, mail.uitkomst) == (
        str(bewijs.bewijs_id),
        "",
    )  # also who wants no mail on changes
    assert mail.context["kenmerk"] == bewijs.kenmerk


def test_who_switched_receipts_off_gets_the_page_and_no_mail(huis, adres):
    Profiel.objects.update(meldingen={Rubriek.ONTVANGST.value: Wanneer.NOOIT.value})
    client, zaak = client_van(), zaak_van(JEROEN)
    client.post(paden.bericht_bij_zaak(zaak.ref), {"bericht": "Hallo", "sleutel": "s" * 32})
    assert says_received(
        tekst_van(client.get(paden.zaak(zaak.ref))), "uw bericht", laatste(OntvangstSoort.BERICHT)
    )
    (mail,) = Notificatie.objects.filter(soort=NotificatieSoort.ONTVANGST)
    assert mail.uitkomst == Uitkomst.NIET_GEKOZEN


def test_after_adding_documents_the_page_says_so(huis):
    client, zaak = client_van(), zaak_van(JEROEN)
    bestanden = [
        SimpleUploadedFile("a.pdf", voorbeelden.pdf()),
        SimpleUploadedFile("b.txt", b"tekst"),
    ]
    client.post(paden.documenten(zaak.ref), {"bestanden": bestanden})
    tekst = tekst_van(client.get(paden.zaak(zaak.ref)))
    assert says_received(tekst, "uw 2 documenten", laatste(OntvangstSoort.DOCUMENTEN))


def test_after_an_answer_the_page_says_so(huis):
    zaak = zaak_van(JEROEN)
    taak = zaken.ask_answer(
        huis.mila, zaak.ref, titel="Hoeveel?", toelichting="", deadline=NU + timedelta(days=5)
    )
    client = client_van()
    for _ in range(2):
        client.post(paden.vraag(zaak.ref, taak), {"antwoord": "Twee"})
    tekst = tekst_van(client.get(paden.zaak(zaak.ref)))
    assert says_received(tekst, "uw antwoord", laatste(OntvangstSoort.ANTWOORD))


def test_after_changing_contact_details_the_page_says_so_and_keeps_the_receipt(adres):
    client = client_van()
    client.post(paden.GEGEVENS, {"email": "j@voorbeeld.nl", "telefoon": "06 12 34 56 78"})
    bewijs = laatste(OntvangstSoort.GEGEVENS)
    assert says_received(tekst_van(client.get(paden.GEGEVENS)), "uw wijziging", bewijs)
    lijst = tekst_van(client.get(reverse("mijn-gegevens-ontvangst")))
    assert bewijs.kenmerk in lijst
    assert "Gewijzigd: telefoonnummer" in lijst
    client.post(paden.GEGEVENS, {"email": "j@voorbeeld.nl", "telefoon": "06 12 34 56 78"})  # nothing new
    tekst = tekst_van(client.get(paden.GEGEVENS))
    assert "Uw gegevens zijn opgeslagen." in tekst
    assert "Kenmerk" not in tekst
    assert Ontvangstbewijs.objects.count() == 1


def test_a_sent_form_has_its_reference_on_the_receipt_and_in_the_mail(huis, adres):
    load_meegeleverd()
    concept = send_melding(JEROEN)
    bewijs = laatste(OntvangstSoort.AANVRAAG)
    pagina = client_van().get(reverse("loket-verstuurd", args=[concept.formulier, concept.id]))
    assert f"Kenmerk van ontvangst: {bewijs.kenmerk}" in tekst_van(pagina)
    assert paden.ontvangstbewijs(str(bewijs.bewijs_id)) in bron_van(pagina)
    (mail,) = Notificatie.objects.filter(zaak_ref=bewijs.zaak_ref)
    assert (mail.soort, mail.context["kenmerk"]) == (NotificatieSoort.ZAAK_ONTVANGEN, bewijs.kenmerk)


def test_a_report_without_login_has_its_reference_on_screen(huis):
    load_meegeleverd()
    zonder = build_zonder()
    pagina = zonder.browser().get(
        reverse("loket-zonder-verstuurd", args=["melding-openbare-ruimte", zonder.verstuurd])
    )
    bewijs = laatste(OntvangstSoort.AANVRAAG)
    assert f"Kenmerk van ontvangst: {bewijs.kenmerk}" in tekst_van(pagina)
    assert "/mijn/ontvangst/" not in bron_van(pagina)


def test_the_receipts_of_a_zaak_are_listed_newest_first_and_kept_as_pdf(huis):
    client, zaak = client_van(), zaak_van(JEROEN)
    client.post(paden.documenten(zaak.ref), {"bestanden": [SimpleUploadedFile("a.pdf", voorbeelden.pdf())]})
    client.post(paden.bericht_bij_zaak(zaak.ref), {"bericht": "Hallo", "sleutel": "s" * 32})
    client.get(paden.zaak(zaak.ref))
    assert paden.zaak_ontvangst(zaak.ref) in bron_van(client.get(paden.zaak(zaak.ref)))
    tekst = tekst_van(client.get(paden.zaak_ontvangst(zaak.ref)))
    plekken = [
        tekst.index(naam) for naam in ("Uw bericht", "Documenten die u stuurde", "Uw aanvraag of melding")
    ]
    assert plekken == sorted(plekken)
    for bewijs in queries.list_ontvangsten(zaak.ref, partij=partij_van(JEROEN)):
        antwoord = client.get(paden.ontvangstbewijs(bewijs.id))
        assert antwoord["Content-Type"] == "application/pdf"
        assert f"ontvangstbewijs-{bewijs.kenmerk}.pdf" in antwoord["Content-Disposition"]
        assert "no-store" in antwoord["Cache-Control"]
        # The same bytes whenever it is made: a copy of years later proves the same.
        assert b"".join(antwoord) == make_pdf(bewijs, gemeente=settings.ELOKET.gemeente)


def test_a_long_list_is_paged(huis):
    client, zaak = client_van(), zaak_van(JEROEN)
    for nummer in range(21):
        client.post(
            paden.bericht_bij_zaak(zaak.ref), {"bericht": f"Nummer {nummer}", "sleutel": f"{nummer:032d}"}
        )
    client.get(paden.zaak(zaak.ref))  # the messages of after sending are read there
    eerste, tweede = (bron_van(client.get(f"{paden.zaak_ontvangst(zaak.ref)}?p={p}")) for p in (1, 2))
    assert [len(set(re.findall(r"OB-\d{4}-\w{4}-\w{4}", een))) for een in (eerste, tweede)] == [20, 2]


@pytest.mark.parametrize(
    "vreemde", [inwoner(ANDER, "F. el Idrissi"), onderneming(), onderneming(vestigingsnummer="000038509504")]
)
def test_a_receipt_of_somebody_else_does_not_exist(huis, vreemde):
    zaak = zaak_van(JEROEN)
    bewijs = queries.list_ontvangsten(zaak.ref, partij=None)[0]
    client = client_van(vreemde)
    assert client.get(paden.ontvangstbewijs(bewijs.id)).status_code == 404
    assert client.get(paden.zaak_ontvangst(zaak.ref)).status_code == 404


def test_another_branch_does_not_see_what_a_branch_sent(huis):
    tak, ander = onderneming(vestigingsnummer="000038509504"), onderneming(vestigingsnummer="000099999999")
    zaak = zaak_van(tak)
    bewijs = queries.list_ontvangsten(zaak.ref, partij=None)[0]
    status = [
        client_van(wie).get(paden.ontvangstbewijs(bewijs.id)).status_code
        for wie in (tak, ander, onderneming())
    ]
    assert status == [200, 404, 200]


def test_a_civil_servant_sees_the_receipts_and_finds_the_zaak_by_its_reference(huis):
    zaak = huis.start("Parkeervergunning")
    bewijs = queries.list_ontvangsten(zaak.ref, partij=None)[0]
    pad = reverse("werkplek-zaak", args=[str(zaak.ref)])
    mila = client_of(huis.mila)
    assert bewijs.kenmerk in text_of(mila.get(f"{pad}?deel=historie"))
    assert mila.get(reverse("werkplek-ontvangstbewijs", args=[str(zaak.ref), bewijs.id])).status_code == 200
    gevonden = zoek_werk(mila, bewijs.kenmerk.lower().replace("-", " "))
    assert (gevonden.status_code, gevonden["Location"]) == (302, pad)


def test_a_civil_servant_is_told_of_more_receipts_only_when_there_are(huis, monkeypatch):
    zaak = huis.start("Parkeervergunning")
    send_bericht(huis.jeroen, zaak.ref, tekst="Hallo", sleutel="s1")
    pad = f"{reverse('werkplek-zaak', args=[str(zaak.ref)])}?deel=historie"
    for meeste, gezegd in ((2, False), (1, True)):
        monkeypatch.setattr(inhoud, "_MEESTE_BEWIJZEN", meeste)
        tekst = text_of(client_of(huis.mila).get(pad))
        assert (f"U ziet de laatste {meeste} bewijzen." in tekst) is gezegd
        assert sum(een.kenmerk in tekst for een in queries.list_ontvangsten(zaak.ref, partij=None)) == meeste


def test_a_reference_opens_nothing_for_a_civil_servant_of_another_afdeling(huis):
    zaak = huis.start("Parkeervergunning")
    bewijs = queries.list_ontvangsten(zaak.ref, partij=None)[0]
    bo = client_of(huis.bo)
    assert zoek_werk(bo, bewijs.kenmerk).status_code == 200
    assert bo.get(reverse("werkplek-ontvangstbewijs", args=[str(zaak.ref), bewijs.id])).status_code == 404


def test_a_reference_of_which_the_zaak_cannot_be_fetched_is_no_empty_list(huis, monkeypatch):
    zaak = huis.start("Parkeervergunning")
    bewijs = queries.list_ontvangsten(zaak.ref, partij=None)[0]

    def away(*_: object) -> None:
        raise BronOnbereikbaar("de zaken")

    monkeypatch.setattr(RegisterBron, "get_zaak", away)
    antwoord = zoek_werk(client_of(huis.mila), bewijs.kenmerk)
    assert antwoord.status_code == 503
    assert "Wij vinden in deze lijst geen" not in text_of(antwoord)


def test_a_receipt_is_not_read_through_another_zaak(huis):
    een, ander = huis.start("Parkeervergunning"), huis.start("Ontheffing")
    bewijs = queries.list_ontvangsten(een.ref, partij=None)[0]
    pad = reverse("werkplek-ontvangstbewijs", args=[str(ander.ref), bewijs.id])
    assert client_of(huis.mila).get(pad).status_code == 404


def test_after_choosing_other_mails_the_page_says_so_and_the_same_choice_again_is_nothing():
    client = client_van()
    keuze = {veld_van(een): Wanneer.DAGELIJKS.value for een in Rubriek} | {"taal": "nl", "versie": "0"}
    client.post(paden.MELDINGEN, keuze)
    bewijs = laatste(OntvangstSoort.GEGEVENS)
    assert says_received(tekst_van(client.get(paden.MELDINGEN)), "uw wijziging", bewijs)
    (inzage,) = queries.list_gegevens(JEROEN)
    assert inzage.velden == ("voorkeuren",)
    client.post(paden.MELDINGEN, keuze)  # the second click of a double click
    assert "Kenmerk" not in tekst_van(client.get(paden.MELDINGEN))
    assert Ontvangstbewijs.objects.count() == 1
