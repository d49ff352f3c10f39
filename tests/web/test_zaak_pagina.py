"""The page of one zaak: status, what is asked, details and the message box."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponseBase

from eloket.audit.models import AuditRegel
from eloket.kernel.errors import BronOnbereikbaar
from eloket.kernel.klok import op_moment, schrijf_datum, vandaag
from eloket.zaken import service as zaken
from eloket.zaken.testing import FakeZaakBron
from eloket.zaken.types import Opschorting, Zaak
from tests.huis import inwoner, medewerker, met_nepbronnen
from tests.web.portaal import bron_van, client_van, tekst_van, titel_van, zaak_van

pytestmark = pytest.mark.django_db
DRIE_NOVEMBER = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
TIEN_NOVEMBER = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
NU = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def bron():
    with met_nepbronnen() as bron:
        yield bron


@pytest.fixture
def zaak(bron):
    """The zaak of the pictures: started on 3 November, in treatment since the 10th, and a document is asked."""
    with op_moment(DRIE_NOVEMBER):
        zaak = zaak_van(inwoner(), kenmerken=(("Kenteken", "XX-123-X"),), toelichting="Ik <woon> er.")
    with op_moment(TIEN_NOVEMBER):
        zaak = zaken.set_status(medewerker(), zaak.ref, volgnummer=2, toelichting="", resultaat="", versie=1)
        zaken.ask_document(
            medewerker(),
            zaak.ref,
            titel="Stuur een kopie van uw kentekenbewijs",
            toelichting="Allebei de kanten.",
            deadline=date(2026, 11, 28),
        )
    return zaak


def pad(zaak: Zaak) -> str:
    return f"/mijn/zaken/{zaak.ref}/"


def open_zaak(zaak: Zaak, moment: datetime = NU) -> HttpResponseBase:
    with op_moment(moment):
        return client_van().get(pad(zaak))


def wijzig(bron: FakeZaakBron, zaak: Zaak, **velden: Any) -> None:
    """Put the zaak in a state that the source may answer with."""
    bron._zaken[zaak.ref.id] = replace(bron._zaken[zaak.ref.id], **velden)


def test_the_page_reads_in_the_promised_order(zaak):
    tekst = tekst_van(open_zaak(zaak))
    begin = tekst.index("Verstuur een bericht", tekst.index("Wacht op u"))  # the link under the title
    assert tekst.index("Wacht op u") < begin < tekst.index("Stuur een kopie")
    volgorde = [
        "Wacht op u",
        "Stuur een kopie van uw kentekenbewijs",
        "Nog 5 dagen, vóór 28 november 2026",
        "Status Dag 20 van 56 · Uiterlijk 29 december 2026",
        "Afgerond: Aanvraag ontvangen 3 november 2026",
        "Huidige stap: Aanvraag in behandeling Sinds 10 november 2026",
        "Wij hebben u om een document gevraagd",
        "Komt nog: Besluit Uiterlijk 29 december 2026",
        "Komt nog: Zaak afgerond",
        "Details Datum aanvraag 3 november 2026",
        "Kenteken XX-123-X",
        "Behandelende afdeling Parkeren en mobiliteit",
        "Verwachte datum Uiterlijk 29 december 2026",
        "Ik <woon> er.",
        "Documenten",
        "Berichten over deze zaak",
        "Uw bericht gaat naar de afdeling Parkeren en mobiliteit.",
    ]
    plekken = [tekst.index(deel) for deel in volgorde]
    assert plekken == sorted(plekken)


def test_the_box_has_the_words_of_the_explanation(zaak):
    html = bron_van(open_zaak(zaak))
    vak = html[html.index('id="verstuur-een-bericht"') :]
    assert "Verstuur een bericht</h2>" in vak
    assert re.search(r'<span class="nl-button__label">Verstuur</span>', vak)
    assert 'href="#bericht-t"' in html


def test_who_handles_the_zaak_gets_the_message(zaak):
    zaken.take_zaak(medewerker(id=7), zaak.ref, versie=zaak.versie)
    assert "Uw bericht gaat naar Medewerker 7, die uw zaak behandelt." in tekst_van(open_zaak(zaak))


@pytest.mark.parametrize(
    ("dag", "tekst"),
    [
        (1, "Nog 27 dagen, vóór 28"),
        (26, "Nog 2 dagen, vóór 28"),
        (27, "Vandaag is de laatste dag"),
        (28, "1 dag te laat, het moest vóór 28"),
        (30, "3 dagen te laat"),
    ],
)
def test_the_deadline_in_words(zaak, dag, tekst):
    assert tekst in tekst_van(open_zaak(zaak, datetime(2026, 11, dag, 9, tzinfo=UTC)))


def test_a_term_that_stands_still_is_explained(bron, zaak):
    wijzig(bron, zaak, opschorting=Opschorting("wij wachten op uw kentekenbewijs.", date(2026, 11, 10)))
    tekst = tekst_van(open_zaak(zaak))
    assert "Dag 7 van 56" in tekst
    assert "De termijn staat stil sinds 10 november 2026. Wij wachten op uw kentekenbewijs." in tekst


def test_a_zaak_that_takes_too_long_says_so(zaak):
    tekst = tekst_van(open_zaak(zaak, datetime(2027, 1, 4, 9, tzinfo=UTC)))
    assert "Dag 62 van 56" in tekst
    assert "Wij hadden uiterlijk 29 december 2026 klaar moeten zijn." in tekst


def test_a_closed_zaak_shows_its_result_and_asks_nothing(bron):
    zaak = zaak_van(inwoner())
    zaken.set_status(
        medewerker(), zaak.ref, volgnummer=4, toelichting="", resultaat="Vergunning verleend", versie=1
    )
    tekst = tekst_van(client_van().get(pad(zaak)))
    assert "Resultaat Vergunning verleend" in tekst
    assert f"Afgerond op {schrijf_datum(vandaag())}" in tekst
    assert "Dag 1" not in tekst
    assert "Komt nog" not in tekst


def test_opening_a_zaak_is_audited(zaak):
    open_zaak(zaak)
    regel = AuditRegel.objects.get(actie="zaak.bekeken")
    assert (regel.actor_key, regel.object_ref) == (inwoner().key, str(zaak.ref))


def test_a_source_that_fails_is_no_missing_zaak(bron, zaak):
    bron.faalt = True
    antwoord = open_zaak(zaak)
    assert antwoord.status_code == 503
    assert "Dat ligt aan ons" in tekst_van(antwoord)


def test_documents_that_cannot_be_fetched_cost_only_their_own_part(zaak, monkeypatch):
    def faal(_ref):
        raise BronOnbereikbaar("de documenten")

    monkeypatch.setattr("eloket.portal.zaken.views.list_voor_aanvrager", faal)
    antwoord = open_zaak(zaak)
    tekst = tekst_van(antwoord)
    assert antwoord.status_code == 200
    assert "Wij kunnen de documenten van deze zaak nu niet ophalen." in tekst
    assert "Er zijn nog geen documenten" not in tekst
    assert "Aanvraag in behandeling" in tekst


def test_the_taak_leads_to_its_open_upload_form(zaak):
    client = client_van()
    with op_moment(NU):
        html = bron_van(client.get(pad(zaak)))
        gevonden = re.search(r'href="(/mijn/zaken/[^"]*voeg-toe=([^"#]*))#toevoegen"', html)
        assert gevonden
        assert not re.search(r'<details[^>]*id="toevoegen" open', html)
        geopend = bron_van(client.get(gevonden.group(1)))
    assert re.search(r'<details[^>]*id="toevoegen" open', geopend)
    assert f'name="taak" value="{gevonden.group(2)}"' in geopend


def test_with_two_taken_the_reader_says_for_which(zaak):
    with op_moment(TIEN_NOVEMBER):
        tweede = zaken.ask_document(
            medewerker(), zaak.ref, titel="Huurcontract", toelichting="", deadline=date(2026, 12, 1)
        )
    with op_moment(NU):
        html = bron_van(client_van().get(f"{pad(zaak)}?voeg-toe={tweede}"))
    assert f'<option value="{tweede}" selected>Huurcontract' in html
    assert '<option value="">Iets anders' in html


def test_a_typed_text_of_the_municipality_is_text(bron, zaak):
    with op_moment(NU + timedelta(hours=1)):
        zaken.set_status(
            medewerker(),
            zaak.ref,
            volgnummer=3,
            toelichting="<b>Regel</b>\nTwee",
            resultaat="",
            versie=zaak.versie,
        )
    html = bron_van(open_zaak(zaak, NU + timedelta(hours=2)))
    assert "&lt;b&gt;Regel&lt;/b&gt;<br>Twee" in html


def test_the_title_of_the_page_is_that_of_the_zaak(zaak):
    assert titel_van(open_zaak(zaak)).startswith("Parkeervergunning voor bewoners - ")
