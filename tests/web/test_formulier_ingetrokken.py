"""A form that is withdrawn while somebody fills it in: they finish it, and no link of theirs leads to nowhere."""

import re

import pytest
from django.test import Client

from eloket.audit.models import AuditRegel
from eloket.loket.models import Concept, FormulierVersie
from eloket.loket.types import VersieStand
from eloket.loket.versies import load_meegeleverd
from eloket.portal.loket import paden
from eloket.sources.register.bron import RegisterBron
from tests.huis import inwoner, medewerker
from tests.unit.loket.melding import GOED, MELDING, begin, fill
from tests.web.portaal import ANDER, bron_van, client_van, tekst_van, zaak_van
from tests.web.test_loket_zonder_en_ingelogd import START as ZONDER
from tests.web.test_loket_zonder_en_ingelogd import begin as begin_zonder
from tests.web.test_loket_zonder_en_ingelogd import fill as fill_zonder
from tests.web.test_loket_zonder_en_ingelogd import hidden

pytestmark = pytest.mark.django_db
START = paden.start(MELDING)
CHECK = "kapvergunning-check"


@pytest.fixture(autouse=True)
def _inrichting() -> None:
    RegisterBron().import_zaaktypen()
    load_meegeleverd()


def withdraw(slug: str = MELDING) -> None:
    """As a functional manager does it (loket.beheer)."""
    FormulierVersie.objects.filter(slug=slug).update(stand=VersieStand.INGETROKKEN)


def links(antwoord) -> list[str]:
    """Every address of the form pages that the page links to."""
    return [een for een in re.findall(r'href="([^"#]+)"', bron_van(antwoord)) if een.startswith("/loket/")]


def test_every_link_of_the_page_of_a_step_and_of_the_review_still_leads_somewhere():
    concept, client = fill(inwoner()), client_van()
    basis = paden.concept(MELDING, concept.id, is_anoniem=False)
    withdraw()
    for pad in (paden.stap(basis, "melding"), paden.controleren(basis), paden.stoppen(basis), START):
        gevonden = links(client.get(pad))
        assert gevonden
        for link in gevonden:
            assert client.get(link, follow=True).status_code == 200, (pad, link)


def test_the_page_that_began_it_says_what_they_can_do_and_they_can():
    concept, client = begin(inwoner()), client_van()
    basis = paden.concept(MELDING, concept.id, is_anoniem=False)
    withdraw()
    tekst = tekst_van(client.get(START))
    assert "Met dit formulier kunt u niet meer opnieuw beginnen." in tekst
    assert "U kunt het afmaken en versturen." in tekst
    assert "Ga verder met: Melding openbare ruimte" in tekst
    assert "Begin met invullen" not in tekst
    stap = paden.stap(basis, "melding")
    getypt = {naam: waarden[0] for naam, waarden in GOED.items()}
    assert client.post(stap, hidden(client, stap) | getypt | {"knop": "verder"}).status_code == 303
    controle = paden.controleren(basis)
    assert client.post(controle, hidden(client, controle)).status_code == 303
    assert Concept.objects.get().zaak_ref


def test_the_zaak_of_another_in_its_address_leaves_no_line_there():
    van_ander = zaak_van(inwoner(ANDER))
    begin(inwoner())
    withdraw()
    for antwoord in (
        client_van().get(START, {paden.OVER: str(van_ander.ref)}),
        client_van().post(START, {paden.OVER: str(van_ander.ref)}),
    ):
        assert antwoord.status_code == 200
    assert not AuditRegel.objects.filter(object_ref=str(van_ander.ref), actie="formulier.bekeken").exists()
    assert AuditRegel.objects.filter(actie="formulier.bekeken").exists()


def test_the_button_of_a_page_that_stood_open_begins_nothing_and_shows_what_there_is():
    client = client_van()
    begin(inwoner())
    velden = hidden(client, START)
    withdraw()
    antwoord = client.post(START, velden)
    assert antwoord.status_code == 200
    assert "niet meer opnieuw beginnen" in tekst_van(antwoord)
    assert Concept.objects.count() == 1


@pytest.mark.parametrize("wie", [inwoner(ANDER), medewerker()], ids=["somebody else", "a civil servant"])
def test_who_was_not_filling_it_in_finds_nothing(wie):
    fill(inwoner())
    withdraw()
    antwoord = client_van(wie).get(START)
    assert antwoord.status_code == 404
    assert "Ga verder met" not in tekst_van(antwoord)
    assert client_van().get(paden.start("bestaat-niet")).status_code == 404


def test_without_a_login_the_browser_that_began_it_goes_on_and_no_other():
    client = Client()
    basis = begin_zonder(client)
    withdraw()
    antwoord = client.get(ZONDER)
    assert antwoord.status_code == 200
    assert antwoord["Cache-Control"] == "no-store"
    assert f'href="{basis}"' in bron_van(antwoord)
    assert "een uur lang" in tekst_van(antwoord)
    assert Client().get(ZONDER).status_code == 404
    controle = fill_zonder(client, basis)
    assert client.post(controle, hidden(client, controle)).status_code == 303


def test_what_was_typed_in_a_form_that_is_gone_leads_to_the_loket_and_not_to_its_beginning():
    client = client_van()
    concept = begin(inwoner())
    stap = paden.stap(paden.concept(MELDING, concept.id, is_anoniem=False), "melding")
    velden = hidden(client, stap) | {naam: waarden[0] for naam, waarden in GOED.items()}
    Concept.objects.all().delete()
    for knop in ("Begin opnieuw", "Ga naar het E-loket"):
        antwoord = client.post(stap, velden | {"knop": "verder"})
        assert antwoord.status_code == 404
        assert GOED["plaats"][0] in tekst_van(antwoord)
        assert knop in tekst_van(antwoord)
        withdraw()


def test_the_outcome_of_a_check_offers_no_form_that_was_withdrawn():
    client = Client()
    start = paden.start(CHECK, is_anoniem=True)
    pad = str(client.post(start, {"sleutel": "b" * 32})["Location"])
    stap = f"{pad}stap/boom/"
    boom = {"eigenaar": "zelf", "snoeien": "nee", "omtrek": "120", "bomenkaart": "nee"}
    assert client.post(stap, hidden(client, stap) | boom | {"knop": "verder"}).status_code == 303
    uitkomst = client.get(f"{pad}controleren/")
    assert "Vraag het nu aan" in tekst_van(uitkomst)
    withdraw("kapvergunning")
    tekst = tekst_van(client.get(f"{pad}controleren/"))
    assert "Vraag het nu aan" not in tekst
    assert "U kunt het nu niet online aanvragen." in tekst
