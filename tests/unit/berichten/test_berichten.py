from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from eloket.berichten import queries, service
from eloket.berichten.errors import BerichtLeeg, BerichtTeLang
from eloket.berichten.models import Bericht
from eloket.kernel.klok import nu
from eloket.zaken import service as zaken
from eloket.zaken.bronnen import bron_voor
from eloket.zaken.errors import ZaakNietGevonden
from eloket.zaken.queries import list_gebeurtenissen, list_werkvoorraad
from eloket.zaken.testing import nieuwe_zaak
from eloket.zaken.types import GebeurtenisSoort
from eloket.zaken.werk import WerkFilter, Werkitem
from tests.huis import inwoner, medewerker, met_nepbronnen, partij_van

pytestmark = pytest.mark.django_db


@pytest.fixture
def zaak():
    with met_nepbronnen():
        yield zaken.start_zaak(inwoner(), nieuwe_zaak(partij_van(inwoner()), sleutel="s1"))[0]


def _werkitem() -> Werkitem:
    return list_werkvoorraad(medewerker(), WerkFilter(afdelingen=medewerker().afdelingen)).items[0]


def test_a_message_goes_to_the_afdeling_until_somebody_has_the_zaak(zaak):
    service.send_bericht(inwoner(), zaak.ref, tekst="Hallo", sleutel="1")
    zaken.take_zaak(medewerker(id=7), zaak.ref, versie=1)
    service.send_bericht(inwoner(), zaak.ref, tekst="Nog iets", sleutel="2")
    geadresseerd = list(Bericht.objects.order_by("verzonden_op").values_list("afdeling", "behandelaar_id"))
    assert geadresseerd == [("parkeren-en-mobiliteit", None), ("parkeren-en-mobiliteit", 7)]


def test_it_stands_in_the_zaak_under_berichten_and_on_top_of_the_work_list_at_once(zaak):
    service.send_bericht(inwoner(), zaak.ref, tekst="Geldt dit ook?\r\nGroet", sleutel="1")
    (bericht,) = queries.list_berichten(zaak.ref, partij=partij_van(inwoner()))
    (gesprek,) = queries.list_gesprekken(inwoner())
    assert bericht.tekst == "Geldt dit ook?\nGroet"
    assert (gesprek.zaak_ref, gesprek.aantal, gesprek.ongelezen) == (zaak.ref, 1, 0)
    assert _werkitem().nieuw_bericht
    assert [g.soort for g in list_gebeurtenissen(zaak, partij=None)] == [GebeurtenisSoort.BERICHT_ONTVANGEN]


def test_an_answer_is_unread_until_it_is_opened(zaak):
    service.send_bericht(inwoner(), zaak.ref, tekst="Vraag", sleutel="1")
    assert service.mark_read(medewerker(), zaak.ref) == 1
    assert not _werkitem().nieuw_bericht
    service.send_bericht(medewerker(), zaak.ref, tekst="Antwoord", sleutel="2")
    assert queries.count_ongelezen(partij_van(inwoner())) == 1
    assert queries.list_gesprekken(inwoner())[0].laatste.tekst == "Antwoord"
    assert service.mark_read(inwoner(), zaak.ref) == 1
    assert queries.count_ongelezen(partij_van(inwoner())) == 0
    assert service.mark_read(inwoner(), zaak.ref) == 0


def test_a_double_click_is_one_message_and_two_people_never_share_a_sleutel(zaak):
    een = service.send_bericht(inwoner(), zaak.ref, tekst="Hallo", sleutel="x")
    twee = service.send_bericht(inwoner(), zaak.ref, tekst="Hallo", sleutel="x")
    ander = service.send_bericht(medewerker(), zaak.ref, tekst="Hallo", sleutel="x")
    assert een == twee != ander
    assert Bericht.objects.count() == 2


def test_a_stranger_can_neither_send_nor_mark(zaak):
    for verb in (
        lambda: service.send_bericht(inwoner("999990020"), zaak.ref, tekst="Hallo", sleutel="1"),
        lambda: service.mark_read(inwoner("999990020"), zaak.ref),
        lambda: service.send_bericht(medewerker("belastingen"), zaak.ref, tekst="Hallo", sleutel="1"),
    ):
        with pytest.raises(ZaakNietGevonden):
            verb()
    assert not Bericht.objects.exists()


def test_a_closed_zaak_still_takes_messages(zaak):
    bron_voor(zaak.ref.bron).set_status(zaak.ref.id, volgnummer=4, toelichting="", moment=nu(), versie=1)
    service.send_bericht(inwoner(), zaak.ref, tekst="Waarom?", sleutel="1")
    assert len(queries.list_berichten(zaak.ref, partij=partij_van(inwoner()))) == 1


def test_conversations_stand_newest_first_and_page(zaak, monkeypatch):
    refs = [zaak.ref]
    for n in range(4):
        nieuw, _ = zaken.start_zaak(inwoner(), nieuwe_zaak(partij_van(inwoner()), sleutel=f"n{n}"))
        refs.append(nieuw.ref)
    begin = nu()
    for n, ref in enumerate(refs):
        monkeypatch.setattr(service, "nu", lambda n=n: begin + timedelta(minutes=n))
        service.send_bericht(inwoner(), ref, tekst=f"bericht {n}", sleutel=str(n))
    eerste = queries.list_gesprekken(inwoner(), limit=3)
    tweede = queries.list_gesprekken(inwoner(), offset=3, limit=3)
    assert [g.laatste.tekst for g in (*eerste, *tweede)] == [f"bericht {n}" for n in (4, 3, 2, 1, 0)]
    assert queries.count_gesprekken(partij_van(inwoner())) == 5


def test_text_and_names_are_not_readable_in_the_table(zaak):
    service.send_bericht(inwoner(), zaak.ref, tekst="Mijn geheime vraag", sleutel="1")
    with connection.cursor() as cursor:
        cursor.execute("SELECT tekst, afzender_naam FROM berichten_bericht")
        rij = " ".join(cursor.fetchone())
    assert "geheime" not in rij
    assert "Drouwen" not in rij


@given(st.text(max_size=200))
def test_a_cleaned_text_stays_as_it_is_when_cleaned_again(tekst):
    try:
        schoon = service.clean_tekst(tekst)
    except BerichtLeeg:
        assert not tekst.replace("\x00", "").strip()
        return
    assert service.clean_tekst(schoon) == schoon
    assert "\r" not in schoon


def test_exactly_five_thousand_characters_fit_and_line_ends_of_a_browser_do_not_count_double():
    assert len(service.clean_tekst("é" * 5000)) == 5000
    assert len(service.clean_tekst("a\r\n" * 2499 + "bc")) == 5000
    with pytest.raises(BerichtTeLang):
        service.clean_tekst("é" * 5001)


def test_a_message_that_comes_in_while_the_page_is_open_stays_unread(zaak, monkeypatch):
    begin = nu()
    for minuut in (0, 1):
        monkeypatch.setattr(service, "nu", lambda minuut=minuut: begin + timedelta(minutes=minuut))
        service.send_bericht(inwoner(), zaak.ref, tekst=f"bericht {minuut}", sleutel=str(minuut))
    assert service.mark_read(medewerker(), zaak.ref, tot=begin) == 1
    assert _werkitem().nieuw_bericht
    assert service.mark_read(medewerker(), zaak.ref, tot=begin + timedelta(minutes=1)) == 1
    assert not _werkitem().nieuw_bericht
