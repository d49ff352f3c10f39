"""Who sent something for whom: on pages, on the copy of a form, in the zaak, the dossier and what one takes along."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponseBase
from django.urls import reverse

from eloket.documenten import voorbeelden
from eloket.documenten.queries import list_documenten, open_document
from eloket.identity.testing import inwoner
from eloket.identity.types import Actor
from eloket.kernel.klok import nu
from eloket.loket.bewijzen import add_bewijzen, make_bewijs
from eloket.loket.concepten import inzage
from eloket.loket.models import Concept
from eloket.loket.types import ConceptInzage
from eloket.loket.versies import load_meegeleverd
from eloket.notifications.ontvangst.queries import list_gegevens, list_ontvangsten
from eloket.portal import paden
from eloket.portal.loket import paden as loketpaden
from eloket.zaken.types import ZaakRef
from tests.architecture.routetabel import build_zonder, send_melding
from tests.machtigen import machtig
from tests.pdf import text_of_pdf
from tests.unit.export.uitpakken import take, text_of, zaken_of
from tests.verstuurders import BEWIND, VOOR_EEN_ANDER, ZELF, numbers_of
from tests.web.portaal import bron_van, client_van, tekst_van
from tests.web.werkplek import Stadhuis, build_stadhuis, client_of

pytestmark = pytest.mark.django_db
ANDEREN = pytest.mark.parametrize(("actor", "door"), VOOR_EEN_ANDER.values(), ids=VOOR_EEN_ANDER)
REGEL = "Verstuurd door"
FATIMA = inwoner("999990020", "Fatima el Idrissi")


@pytest.fixture(autouse=True)
def huis() -> Stadhuis:
    huis = build_stadhuis()
    load_meegeleverd()
    return huis


def zaak_of(concept: ConceptInzage) -> ZaakRef:
    assert concept.zaak_ref is not None
    return concept.zaak_ref


def form_page(
    actor: Actor, concept: ConceptInzage, maak: Callable[[str], str] = loketpaden.verstuurd
) -> HttpResponseBase:
    return client_van(actor).get(maak(loketpaden.concept(concept.formulier, concept.id, is_anoniem=False)))


def copy_of(actor: Actor, concept: ConceptInzage) -> str:
    """The text of the PDF that the page after sending offers."""
    return text_of_pdf(b"".join(form_page(actor, concept, loketpaden.pdf)))


def copy_in_zaak(ref: ZaakRef) -> str:
    """The text of the PDF that the worker put in the zaak."""
    add_bewijzen(nu())
    (document,) = list_documenten(str(ref))
    return text_of_pdf(b"".join(open_document(document.id).brokken))


@ANDEREN
def test_the_copy_of_a_form_and_the_page_after_sending_say_it(actor: Actor, door: str):
    concept = send_melding(actor)
    assert f"{REGEL}: {door}" in tekst_van(form_page(actor, concept))
    for tekst in (copy_of(actor, concept), copy_in_zaak(zaak_of(concept))):
        assert f"{REGEL}: {door}" in tekst
        assert not [nummer for nummer in numbers_of(actor) if nummer in tekst]


def test_of_who_fills_in_a_form_for_themselves_nothing_is_said():
    concept = send_melding(ZELF)
    teksten = tekst_van(form_page(ZELF, concept)), copy_of(ZELF, concept), copy_in_zaak(zaak_of(concept))
    assert [REGEL in tekst for tekst in teksten] == [False, False, False]


def test_of_who_did_not_log_in_nothing_is_said():
    zonder = build_zonder()
    pad = reverse("loket-zonder-verstuurd", args=["melding-openbare-ruimte", zonder.verstuurd])
    assert REGEL not in tekst_van(zonder.browser().get(pad))
    assert REGEL not in text_of_pdf(make_bewijs(inzage(Concept.objects.get(pk=zonder.verstuurd))))


def test_a_form_of_before_it_was_kept_has_no_such_line():
    concept = send_melding(BEWIND)
    Concept.objects.update(verstuurd_door="")
    assert REGEL not in copy_of(BEWIND, concept)
    assert REGEL not in tekst_van(form_page(BEWIND, concept))


def test_a_name_is_text_and_encrypted_in_the_table():
    wie = replace(BEWIND, eigen_naam="<b>*De* #Brug[x]")
    concept = send_melding(wie)
    assert "<b>*De* #Brug[x] namens" in copy_of(wie, concept)
    assert "<b>*De*" not in bron_van(form_page(wie, concept))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM loket_concept")
        assert "Brug" not in str(cursor.fetchall())


@ANDEREN
def test_the_receipts_say_it_on_the_page_after_an_act_in_the_list_and_on_paper(actor: Actor, door: str):
    ref, client = zaak_of(send_melding(actor)), client_van(actor)
    for pad, velden in (
        (paden.bericht_bij_zaak(ref), {"bericht": "Hallo", "sleutel": "s" * 32}),
        (paden.documenten(ref), {"bestanden": SimpleUploadedFile("a.pdf", voorbeelden.pdf())}),
    ):
        client.post(pad, velden)
        assert f". {REGEL}: {door.removesuffix('.')}. Bewaar" in tekst_van(client.get(paden.zaak(ref)))
    assert tekst_van(client.get(paden.zaak_ontvangst(ref))).count(f"{REGEL}: {door}") == 3
    for een in list_ontvangsten(ref, partij=None):
        tekst = text_of_pdf(b"".join(client.get(paden.ontvangstbewijs(een.id))))
        assert f"{REGEL}: {door}" in tekst


def test_the_receipts_of_who_acts_for_themselves_say_nothing_of_it():
    ref, client = zaak_of(send_melding(ZELF)), client_van(ZELF)
    client.post(paden.bericht_bij_zaak(ref), {"bericht": "Hallo", "sleutel": "s" * 32})
    assert REGEL not in tekst_van(client.get(paden.zaak(ref)))
    assert REGEL not in tekst_van(client.get(paden.zaak_ontvangst(ref)))


def test_the_giver_of_an_authorisation_reads_who_sent_it_and_keeps_it(huis: Stadhuis):
    ref = huis.start("Parkeervergunning").ref
    machtig(huis.jeroen, FATIMA, ref)
    helper, gever = client_van(FATIMA), client_van(huis.jeroen)
    helper.post(paden.bericht_bij_zaak(ref), {"bericht": "Hallo", "sleutel": "s" * 32})
    door = f"{REGEL}: Fatima el Idrissi namens {huis.jeroen.naam}"
    assert door.removesuffix(".") in tekst_van(helper.get(paden.zaak(ref)))
    assert tekst_van(gever.get(paden.zaak_ontvangst(ref))).count(door) == 1
    bewijs = list_ontvangsten(ref, partij=None)[0]
    assert door in text_of_pdf(b"".join(gever.get(paden.ontvangstbewijs(bewijs.id))))
    assert helper.get(paden.ontvangstbewijs(bewijs.id)).status_code == 404


def test_a_bewindvoerder_who_changes_contact_details_stands_on_the_receipt():
    client = client_van(BEWIND)
    client.post(paden.GEGEVENS, {"email": "", "telefoon": "06 12 34 56 78"})
    door = "Gewijzigd door: De Brug namens Fatima el Idrissi"
    assert door in tekst_van(client.get(paden.GEGEVENS))
    assert door in tekst_van(client.get(reverse("mijn-gegevens-ontvangst")))
    (bewijs,) = list_gegevens(BEWIND)
    assert door in text_of_pdf(b"".join(client.get(paden.ontvangstbewijs(bewijs.id))))


def test_a_civil_servant_reads_it_too(huis: Stadhuis):
    ref = huis.start("Parkeervergunning").ref
    pad = f"{reverse('werkplek-zaak', args=[str(ref)])}?deel=historie"
    assert REGEL not in tekst_van(client_of(huis.mila).get(pad))
    machtig(huis.jeroen, FATIMA, ref)
    client_van(FATIMA).post(paden.bericht_bij_zaak(ref), {"bericht": "Hallo", "sleutel": "s" * 32})
    tekst = tekst_van(client_of(huis.mila).get(pad))
    assert f"{REGEL}: Fatima el Idrissi namens {huis.jeroen.naam}" in tekst


@ANDEREN
def test_the_dossier_says_it(actor: Actor, door: str):
    ref = zaak_of(send_melding(actor))
    antwoord = client_van(actor).get(paden.dossier(ref))
    with zipfile.ZipFile(io.BytesIO(b"".join(antwoord))) as archief:
        naam = next(een for een in archief.namelist() if een.endswith("index.pdf"))
        bewijs = next(een for een in archief.namelist() if "/ontvangst/" in een)
        assert f"{REGEL}: {door}" in text_of_pdf(archief.read(naam))
        assert f"{REGEL}: {door}" in text_of_pdf(archief.read(bewijs))


def test_what_one_takes_along_says_it():
    send_melding(BEWIND)
    bestanden = take(BEWIND)
    (zaak,) = zaken_of(bestanden)
    door = "De Brug namens Fatima el Idrissi"
    assert [een["verstuurdDoor"] for een in zaak["formulieren"]] == [door]
    assert [een["verstuurdDoor"] for een in zaak["ontvangstbewijzen"]] == [door]
    assert REGEL in text_of(bestanden)
