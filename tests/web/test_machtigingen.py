"""Machtigingen: from the form to a zaak of another, as the two of them see it; and back again at the next click."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from eloket.audit.models import AuditRegel
from eloket.berichten.models import Bericht
from eloket.berichten.service import send_bericht
from eloket.documenten.queries import list_voor_aanvrager
from eloket.identity.testing import gemachtigde
from eloket.identity.types import Actor, Machtiging
from eloket.kernel.klok import vandaag
from eloket.machtigingen import service
from eloket.machtigingen.models import MachtigingRegel
from eloket.notifications.models import Notificatie
from eloket.zaken import service as zaken
from eloket.zaken.testing import FakeZaakBron
from tests.huis import PDF, bestand, inwoner, medewerker, met_nepbronnen
from tests.machtigen import HANDELEN, INZIEN, leg_voor, machtig, wens
from tests.web.portaal import bron_van, client_van, tekst_van, titel_van, zaak_van

pytestmark = pytest.mark.django_db
JEROEN = inwoner("999990019", "Jeroen van Drouwen")
FATIMA = inwoner("999990020", "Fatima el Idrissi")
SANNE = inwoner("999990032", "Sanne de Wit")
LIJST, NIEUW, CODE = "/mijn/machtigingen/", "/mijn/machtigingen/nieuw/", "/mijn/machtigingen/code/"


@pytest.fixture
def bron():
    with met_nepbronnen() as bron:
        yield bron


@pytest.fixture
def zaak(bron):
    return zaak_van(JEROEN, "Parkeervergunning")


def velden(zaak_ref: object = "alle", **anders: str) -> dict[str, str]:
    dag = vandaag()
    begin = {"zaak": str(zaak_ref), "bevoegdheid": "inzien", "van": dag.isoformat(), "sleutel": "s"}
    return begin | {"tot": (dag + timedelta(days=30)).isoformat()} | anders


def code_on(html: str) -> str:
    gevonden = re.search(r"[2-9CDFHJKMPQRTVWXY]{4}(?:-[2-9CDFHJKMPQRTVWXY]{4}){2}", html)
    return gevonden.group(0) if gevonden else ""


def press(client: Client, machtiging_id: str, knop: str) -> str:
    return tekst_van(client.post(f"{LIJST}{machtiging_id}/", {"knop": knop}, follow=True))


def test_the_whole_way(zaak):
    """Jeroen gives, Fatima types the code and accepts, sends a message, and Jeroen takes it back."""
    gever, helper = client_van(JEROEN), client_van(FATIMA)
    html = bron_van(gever.post(NIEUW, velden(zaak.ref, bevoegdheid="handelen"), follow=True))
    code = code_on(html)
    assert code
    machtiging_id = str(MachtigingRegel.objects.get().id)
    assert code_on(bron_van(gever.get(f"{LIJST}{machtiging_id}/"))) == "", "één keer"

    pagina = helper.post(CODE, {"code": code.lower().replace("-", " ")}, follow=True)
    assert titel_van(pagina).startswith("Jeroen van Drouwen wil u machtigen")
    assert "Eén zaak (u ziet welke als u de machtiging aanneemt)" in tekst_van(pagina)
    assert helper.get(f"/mijn/zaken/{zaak.ref}/").status_code == 404, "nog niet aangenomen"
    aangenomen = press(helper, machtiging_id, "aannemen")
    assert "U heeft de machtiging aangenomen" in aangenomen
    assert "Parkeervergunning" in aangenomen

    eigen = helper.get("/mijn/zaken/")
    assert "Zaken waarvoor ik gemachtigd ben Bekijken en handelen Parkeervergunning" in tekst_van(eigen)
    assert f'href="/mijn/zaken/{zaak.ref}/"' in bron_van(eigen)
    tekst = tekst_van(helper.get(f"/mijn/zaken/{zaak.ref}/"))
    assert "U handelt namens Jeroen van Drouwen . Wat u hier doet, geldt voor deze persoon." in tekst
    assert "Ingelogd als Fatima el Idrissi" in tekst
    antwoord = helper.post(
        f"/mijn/zaken/{zaak.ref}/berichten/", {"bericht": "Ik help Jeroen", "sleutel": "b"}, follow=True
    )
    assert "Uw bericht is verstuurd." in tekst_van(antwoord)
    assert Bericht.objects.get().afzender_naam == "Fatima el Idrissi namens Jeroen van Drouwen"
    assert "Fatima el Idrissi namens Jeroen van Drouwen" in tekst_van(gever.get(f"/mijn/zaken/{zaak.ref}/"))

    assert "Machtiging voor Fatima el Idrissi" in tekst_van(gever.get(f"{LIJST}{machtiging_id}/"))
    assert "Deze persoon kan nu niets meer" in press(gever, machtiging_id, "intrekken")
    assert helper.get(f"/mijn/zaken/{zaak.ref}/").status_code == 404
    assert "Zaken waarvoor ik gemachtigd ben" not in tekst_van(helper.get("/mijn/zaken/"))
    assert "Ingetrokken" in tekst_van(helper.get(LIJST))


def test_who_may_only_look_sees_no_form(zaak):
    zaken.ask_document(
        medewerker(zaak.afdeling), zaak.ref, titel="Kopie", toelichting="", deadline=vandaag() + timedelta(5)
    )
    machtig(JEROEN, FATIMA, zaak.ref, INZIEN)
    html = bron_van(client_van(FATIMA).get(f"/mijn/zaken/{zaak.ref}/?voeg-toe=document"))
    assert "U bekijkt gegevens van" in html
    assert "U kunt alleen kijken." in html
    assert "Dit kan alleen de aanvrager zelf doen." in html
    inhoud = html[html.index("<main") : html.index("</main>")]
    assert "<form" not in inhoud
    assert "/dossier/" not in inhoud
    assert "/inzage/" not in inhoud
    assert (
        "<form"
        not in (gesprek := bron_van(client_van(FATIMA).get(f"/mijn/berichten/{zaak.ref}/")))[
            gesprek.index("<main") : gesprek.index("</main>")
        ]
    )


def test_what_was_typed_while_it_was_withdrawn_is_not_lost(zaak):
    machtiging_id = machtig(JEROEN, FATIMA, zaak.ref)
    client = client_van(FATIMA)
    assert client.get(f"/mijn/zaken/{zaak.ref}/").status_code == 200
    service.withdraw(JEROEN, machtiging_id)
    antwoord = client.post(
        f"/mijn/zaken/{zaak.ref}/berichten/", {"bericht": "Een lang <b>verhaal", "sleutel": "w"}
    )
    assert antwoord.status_code == 404
    assert "Dit heeft u ingevuld Een lang <b>verhaal" in tekst_van(antwoord)
    assert "Probeer opnieuw" not in tekst_van(antwoord)
    assert not Bericht.objects.exists()


def test_the_menu_counts_what_is_of_oneself(zaak):
    """Of the giver it would tell of zaken that were not given."""
    for titel in ("Een", "Twee"):
        zaken.ask_answer(
            medewerker(zaak.afdeling),
            zaak.ref,
            titel=titel,
            toelichting="",
            deadline=vandaag() + timedelta(5),
        )
    machtig(JEROEN, FATIMA, zaak.ref)
    assert "Mijn Taken 2 2 open" in tekst_van(client_van(JEROEN).get(f"/mijn/zaken/{zaak.ref}/"))
    assert "open" not in menu_of(client_van(FATIMA).get(f"/mijn/zaken/{zaak.ref}/"))


def menu_of(antwoord) -> str:
    html = bron_van(antwoord)
    begin = html.index('aria-label="Mijn omgeving"')
    return html[begin : html.index("</nav>", begin)]


def test_what_is_new_stays_new_for_the_giver(zaak):
    machtig(JEROEN, FATIMA, zaak.ref)
    send_bericht(medewerker(zaak.afdeling), zaak.ref, tekst="Nieuws", sleutel="n")
    helper = client_van(FATIMA)
    for pad in (f"/mijn/zaken/{zaak.ref}/", f"/mijn/berichten/{zaak.ref}/"):
        assert "Nieuws" in bron_van(helper.get(pad))
    assert Bericht.objects.get().gelezen_op is None
    assert not Notificatie.objects.exclude(geopend_op=None).exists()
    client_van(JEROEN).get(f"/mijn/zaken/{zaak.ref}/")
    assert Bericht.objects.get().gelezen_op is not None


def test_a_document_names_who_sent_it_for_whom(zaak):
    machtig(JEROEN, FATIMA, zaak.ref)
    pad = f"/mijn/zaken/{zaak.ref}/"
    antwoord = client_van(FATIMA).post(
        f"{pad}documenten/", {"bestanden": SimpleUploadedFile("brief.pdf", PDF)}, follow=True
    )
    assert "is toegevoegd" in tekst_van(antwoord)
    assert "Bewaar het ontvangstbewijs" not in tekst_van(antwoord), "dat is van de gever"
    [document] = list_voor_aanvrager(str(zaak.ref))
    assert document.auteur_naam == "Fatima el Idrissi namens Jeroen van Drouwen"
    for wie in (JEROEN, FATIMA):
        assert "Van Fatima el Idrissi namens Jeroen" in tekst_van(client_van(wie).get(pad))


def test_what_the_giver_wrote_and_sent_is_of_the_giver(zaak):
    """And not of "u", for who reads along."""
    send_bericht(JEROEN, zaak.ref, tekst="Van mij", sleutel="j")
    zaken.add_documenten(JEROEN, zaak.ref, (bestand(),))
    machtig(JEROEN, FATIMA, zaak.ref, INZIEN)
    for pad in (f"/mijn/zaken/{zaak.ref}/", f"/mijn/berichten/{zaak.ref}/"):
        assert '<strong translate="no">Jeroen van Drouwen</strong> <time' in bron_van(
            client_van(FATIMA).get(pad)
        )
        assert '<strong translate="no">U</strong> <time' in bron_van(client_van(JEROEN).get(pad))
    assert "Van Jeroen van Drouwen" in tekst_van(client_van(FATIMA).get(f"/mijn/zaken/{zaak.ref}/"))
    assert "Van u" in tekst_van(client_van(JEROEN).get(f"/mijn/zaken/{zaak.ref}/"))


def test_all_zaken_also_those_that_come_later(zaak):
    machtiging_id = machtig(JEROEN, FATIMA)
    later = zaak_van(JEROEN, "Kapvergunning", sleutel="later")
    van_sanne = zaak_van(SANNE, "Iets van Sanne", sleutel="sanne")
    helper = client_van(FATIMA)
    pagina = helper.get(f"{LIJST}{machtiging_id}/zaken/")
    assert "U handelt namens Jeroen" in tekst_van(pagina)
    for een in (zaak, later):
        assert een.omschrijving in tekst_van(pagina)
        assert helper.get(f"/mijn/zaken/{een.ref}/").status_code == 200
    assert "Iets van Sanne" not in tekst_van(pagina)
    assert helper.get(f"/mijn/zaken/{van_sanne.ref}/").status_code == 404
    assert helper.get(f"{LIJST}{machtiging_id}/zaken/?status=afgerond&p=7").status_code == 302
    assert client_van(JEROEN).get(f"{LIJST}{machtiging_id}/zaken/").status_code == 404, "is van de ontvanger"
    service.stop(FATIMA, machtiging_id)
    assert helper.get(f"{LIJST}{machtiging_id}/zaken/").status_code == 404


def test_the_list_of_zaken_is_only_for_who_has_all(zaak):
    machtiging_id = machtig(JEROEN, FATIMA, zaak.ref)
    assert client_van(FATIMA).get(f"{LIJST}{machtiging_id}/zaken/").status_code == 404


def test_ones_own_part_in_a_zaak_comes_before_an_authorisation(zaak):
    """Who was authorised for their own zaak by nobody in particular acts as themselves."""
    eigen = zaak_van(FATIMA, "Van Fatima", sleutel="f")
    machtig(JEROEN, FATIMA)
    tekst = tekst_van(client_van(FATIMA).get(f"/mijn/zaken/{eigen.ref}/"))
    assert "U handelt namens" not in tekst
    assert "Download het hele dossier" in tekst


def test_the_giver_reads_who_looked_by_name_and_others_do_not(zaak):
    machtig(JEROEN, FATIMA, zaak.ref)
    client_van(FATIMA).get(f"/mijn/zaken/{zaak.ref}/")
    for pad in ("/mijn/gegevens/inzage/", f"/mijn/zaken/{zaak.ref}/inzage/"):
        assert "Fatima el Idrissi, die u heeft gemachtigd heeft uw zaak bekeken" in tekst_van(
            client_van(JEROEN).get(pad)
        ).replace(" , ", ", ")
    for pad in ("/mijn/gegevens/inzage/", f"/mijn/zaken/{zaak.ref}/inzage/"):
        assert "heeft een machtiging aangenomen" in tekst_van(client_van(JEROEN).get(pad))
    assert "Fatima" not in tekst_van(client_van(SANNE).get("/mijn/gegevens/inzage/"))


def test_both_are_told_by_mail_without_a_name(zaak):
    machtiging_id = machtig(JEROEN, FATIMA, zaak.ref)
    service.withdraw(JEROEN, machtiging_id)
    verteld = [(een.soort, een.betrokkene_key, een.zaak_ref) for een in Notificatie.objects.order_by("pk")]
    assert ("machtiging_aanvaard", JEROEN.key, "") in verteld
    assert ("machtiging_geeindigd", FATIMA.key, "") in verteld
    assert not any(een.payload for een in Notificatie.objects.all())


def test_a_code_that_does_not_work_says_what_to_do_and_keeps_what_was_typed(bron):
    antwoord = client_van(FATIMA).post(CODE, {"code": "7K3M-9QXC"})
    assert antwoord.status_code == 422
    assert "Deze code werkt niet" in tekst_van(antwoord)
    assert 'value="7K3M-9QXC"' in bron_van(antwoord)


def test_guessing_codes_is_stopped_by_person(bron, settings):
    settings.ELOKET = settings.ELOKET.model_copy(update={"limieten": True})
    client = client_van(FATIMA)
    antwoorden = [client.post(CODE, {"code": "7K3M-9QXC-P4TD"}).status_code for _ in range(11)]
    assert antwoorden == [422] * 10 + [429]
    assert client_van(SANNE).post(CODE, {"code": "x"}).status_code == 422


@pytest.mark.parametrize(
    ("anders", "veld"),
    [
        ({"zaak": ""}, "zaak"),
        ({"zaak": "register-bestaat-niet"}, "zaak"),
        ({"zaak": "<script>"}, "zaak"),
        ({"bevoegdheid": "alles"}, "bevoegdheid"),
        ({"van": "gisteren"}, "van"),
        ({"tot": "31-02-2027"}, "tot"),
        ({"tot": "01-01-2020"}, "tot"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_the_rest_stays(zaak, anders, veld):
    client = client_van(JEROEN)
    antwoord = client.post(NIEUW, velden(zaak.ref, **anders))
    assert antwoord.status_code == 422
    assert titel_van(antwoord).startswith("Fout: ")
    assert f'href="#{veld}"' in bron_van(antwoord)
    if veld != "zaak":
        assert re.search(rf'value="{zaak.ref}" checked', bron_van(antwoord))
    assert not MachtigingRegel.objects.exists()


def test_a_date_as_people_type_it(zaak):
    tot = (vandaag() + timedelta(days=40)).strftime("%-d-%-m-%Y")
    assert client_van(JEROEN).post(NIEUW, velden(zaak.ref, tot=tot)).status_code == 303
    assert MachtigingRegel.objects.get().tot == vandaag() + timedelta(days=40)


def test_a_double_click_gives_one_authorisation(zaak):
    client = client_van(JEROEN)
    paden = {client.post(NIEUW, velden(zaak.ref))["Location"] for _ in range(2)}
    assert len(paden) == 1
    assert code_on(bron_van(client.get(paden.pop())))


def test_a_page_that_is_fetched_in_advance_does_not_use_up_the_code(zaak):
    client = client_van(JEROEN)
    pad = client.post(NIEUW, velden(zaak.ref))["Location"]
    client.head(pad)
    client.get(pad, headers={"Sec-Purpose": "prefetch"})
    assert code_on(bron_van(client.get(pad)))


def test_who_lost_the_code_makes_another(zaak):
    client = client_van(JEROEN)
    oud = code_on(bron_van(client.post(NIEUW, velden(zaak.ref), follow=True)))
    machtiging_id = str(MachtigingRegel.objects.get().id)
    html = bron_van(client.post(f"{LIJST}{machtiging_id}/", {"knop": "nieuwe-code"}, follow=True))
    assert code_on(html) not in {"", oud}
    assert client_van(FATIMA).post(CODE, {"code": oud}).status_code == 422


def test_a_button_that_comes_too_late_says_how_it_is_now(zaak):
    machtiging_id = leg_voor(JEROEN, FATIMA, wens(zaak.ref))
    service.withdraw(JEROEN, machtiging_id)
    tekst = press(client_van(FATIMA), machtiging_id, "aannemen")
    assert "De machtiging is intussen gewijzigd" in tekst
    assert "Ingetrokken" in tekst


@pytest.mark.parametrize("knop", ["aannemen", "weigeren", "stoppen", "intrekken", "nieuwe-code", "", "x"])
@pytest.mark.parametrize("wie", [SANNE, FATIMA])
def test_a_button_of_the_other_side_does_nothing(zaak, wie: Actor, knop: str):
    machtiging_id = leg_voor(JEROEN, FATIMA, wens(zaak.ref))
    van_ontvanger = knop in {"aannemen", "weigeren", "stoppen"}
    if wie is FATIMA and van_ontvanger:
        return
    voor = MachtigingRegel.objects.values().get()
    client_van(wie).post(f"{LIJST}{machtiging_id}/", {"knop": knop})
    assert MachtigingRegel.objects.values().get() == voor


def test_withdrawing_works_while_the_source_of_the_zaken_is_away(bron: FakeZaakBron, zaak):
    machtiging_id = machtig(JEROEN, FATIMA, zaak.ref)
    bron.faalt = True
    client = client_van(JEROEN)
    assert "de titel is nu niet op te halen" in tekst_van(client.get(LIJST))
    assert "Ingetrokken" in press(client, machtiging_id, "intrekken")
    assert client.get(NIEUW).status_code == 200


def test_the_section_and_a_zaak_cost_the_same_however_many_authorisations_there_are(
    zaak, django_assert_max_num_queries
):
    for nummer in range(12):
        machtig(JEROEN, FATIMA, zaak_van(JEROEN, "Nog een", sleutel=f"n{nummer}").ref, HANDELEN)
    client = client_van(FATIMA)
    for hoogstens in (
        9,
        7,
    ):  # two of the line that it leaves each time; once the one where the giver reads it
        with django_assert_max_num_queries(hoogstens):
            client.get("/mijn/zaken/")
    with django_assert_max_num_queries(8):
        client.get(LIJST)


def test_the_zaak_offers_its_owner_to_authorise_somebody(zaak):
    html = bron_van(client_van(JEROEN).get(f"/mijn/zaken/{zaak.ref}/"))
    assert f'href="{NIEUW}?zaak={zaak.ref}"' in html
    pagina = bron_van(client_van(JEROEN).get(f"{NIEUW}?zaak={zaak.ref}"))
    assert re.search(rf'value="{zaak.ref}" checked', pagina)


def bewindvoerder(bsn: str = "999990019") -> Actor:
    return replace(gemachtigde(bsn, door="999990044"), machtiging=Machtiging.BEWIND, eigen_naam="De Brug")


def test_a_bewindvoerder_sees_what_the_person_gave_and_takes_it_back(zaak):
    """Somebody who comes under bewind may have given what they should not have."""
    machtiging_id = machtig(JEROEN, FATIMA, zaak.ref)
    client = client_van(bewindvoerder())
    assert "Bekijk de machtigingen" in tekst_van(client.get("/mijn/gegevens/"))
    lijst = tekst_van(client.get(LIJST))
    assert "Voor Fatima el Idrissi" in lijst
    assert "Machtig iemand" not in lijst
    assert "Voor wie u gemachtigd bent" not in lijst
    assert "Ingetrokken" in press(client, machtiging_id, "intrekken")
    assert client_van(FATIMA).get(f"/mijn/zaken/{zaak.ref}/").status_code == 404
    regel = AuditRegel.objects.get(actie="machtiging.ingetrokken")
    assert regel.object_ref == str(zaak.ref)
    assert (regel.actor_soort, regel.kenmerken["namens"]) == ("bewindvoerder", JEROEN.key)


def test_a_bewindvoerder_gives_and_accepts_nothing(zaak):
    gegeven, ontvangen = leg_voor(JEROEN, FATIMA, wens(zaak.ref)), leg_voor(FATIMA, JEROEN, wens())
    client, voor = client_van(bewindvoerder()), list(MachtigingRegel.objects.order_by("pk").values())
    for pad in (NIEUW, CODE):
        assert client.get(pad).status_code == 409
        assert client.post(pad, {**velden(), "code": "7K3M-9QXC-P4TD"}).status_code == 409
    for knop in ("aannemen", "weigeren", "stoppen", "nieuwe-code"):
        client.post(f"{LIJST}{gegeven}/", {"knop": knop})
    for methode in (client.get, client.post):
        assert methode(f"{LIJST}{ontvangen}/").status_code == 404, "wat de ander kreeg, is van de ander"
    assert list(MachtigingRegel.objects.order_by("pk").values()) == voor


def test_a_bewindvoerder_of_somebody_else_or_a_gemachtigde_finds_nothing(zaak):
    machtiging_id = machtig(JEROEN, FATIMA, zaak.ref)
    for wie in (bewindvoerder("999990032"), gemachtigde("999990019", door="999990044")):
        for methode in (client_van(wie).get, client_van(wie).post):
            assert methode(f"{LIJST}{machtiging_id}/", {"knop": "intrekken"}).status_code == 404
    assert MachtigingRegel.objects.get().ingetrokken_op is None
