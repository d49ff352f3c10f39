"""What is for a higher level of login must not leave by a side door: what one takes along, and who looked."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpResponseBase

from eloket.berichten.concepten import save_concept
from eloket.berichten.service import send_bericht
from eloket.documenten.upload import bied_aan
from eloket.export import service
from eloket.identity.niveaus import Zekerheid
from eloket.identity.testing import inwoner, medewerker
from eloket.identity.types import Actor
from eloket.loket.concepten import to_json
from eloket.loket.models import Concept
from eloket.loket.service import start_concept
from eloket.loket.versies import load_meegeleverd
from eloket.portal import paden
from eloket.sources.register.bron import RegisterBron
from eloket.zaken.service import add_documenten, record_view, start_zaak
from eloket.zaken.testing import PARKEERVERGUNNING, FakeZaakBron, nieuwe_zaak
from eloket.zaken.types import Zaak
from tests.huis import met_nepbronnen
from tests.machtigen import INZIEN, machtig
from tests.unit.export.uitpakken import make
from tests.web.portaal import client_van, partij_van, tekst_van
from tests.web.werkplek import PDF

pytestmark = pytest.mark.django_db
GEHEIM = "Mijn rug is al jaren niet goed."
BESTAND = f"{paden.MEENEMEN}bestand/"


@pytest.fixture
def bron() -> Iterator[FakeZaakBron]:
    soort = replace(PARKEERVERGUNNING, zekerheid=Zekerheid.SUBSTANTIEEL)
    with met_nepbronnen() as bron:
        bron._zaaktypen[soort.identificatie] = soort
        yield bron


@pytest.fixture
def zaak(bron: FakeZaakBron) -> Zaak:
    nieuw = start_zaak(sterk(), nieuwe_zaak(partij_van(sterk())))[0]
    send_bericht(sterk(), nieuw.ref, tekst=GEHEIM, sleutel="a" * 32)
    return nieuw


def sterk() -> Actor:
    return replace(inwoner(), zekerheid=Zekerheid.SUBSTANTIEEL)


def naar(antwoord: HttpResponseBase) -> tuple[str, Any]:
    delen = urlsplit(antwoord["Location"])
    return delen.path, parse_qs(delen.query)


def alles_van(antwoord: HttpResponseBase) -> str:
    with zipfile.ZipFile(io.BytesIO(b"".join(antwoord))) as archief:
        return "\n".join(archief.read(een).decode() for een in archief.namelist() if een.endswith(".json"))


def test_what_was_asked_at_the_level_of_the_zaak_is_not_handed_out_below_it(zaak: Zaak):
    service.request_export(sterk())
    make()
    antwoord = client_van(inwoner()).get(BESTAND)
    assert naar(antwoord) == ("/inloggen/hoger/", {"zekerheid": ["substantieel"], "terug": [BESTAND]})
    assert GEHEIM in alles_van(client_van(sterk()).get(BESTAND))


def test_asked_below_it_the_zaak_is_named_and_nothing_more_and_nobody_waits_for_it(zaak: Zaak):
    zonder = start_zaak(inwoner(), nieuwe_zaak(partij_van(inwoner()), zaaktype="MOR"))[0]
    service.request_export(inwoner())
    make()  # at once: asking again later does not help
    client = client_van(inwoner())
    assert "Uw bestand staat klaar" in tekst_van(client.get(paden.MEENEMEN))
    alles = alles_van(client.get(BESTAND))
    assert GEHEIM not in alles
    assert zaak.identificatie in alles
    assert "omdat u daarvoor op een hoger niveau moet inloggen" in alles
    assert "Log in op het hogere niveau en vraag een nieuw bestand." in alles
    assert f"{zonder.identificatie}/gegevens.json" in alles


def test_what_was_typed_and_not_sent_is_for_that_level_too(zaak: Zaak):
    RegisterBron().import_zaaktypen()
    load_meegeleverd()
    concept = start_concept(sterk(), "gehandicaptenparkeerkaart", sleutel="a" * 32)
    Concept.objects.filter(pk=concept.id).update(invoer=to_json({"beperking": ["Half verlamd."]}))
    save_concept(sterk(), zaak.ref, tekst="Over mijn hart.")
    service.request_export(inwoner())
    make()
    alles = alles_van(client_van(inwoner()).get(BESTAND))
    assert "Half verlamd." not in alles
    assert "Over mijn hart." not in alles
    service.request_export(sterk())
    make()
    assert naar(client_van(inwoner()).get(BESTAND))[0] == "/inloggen/hoger/"
    alles = alles_van(client_van(sterk()).get(BESTAND))
    assert "Half verlamd." in alles
    assert "Over mijn hart." in alles


def test_who_looked_tells_no_title_of_a_document_in_it(zaak: Zaak):
    wie = medewerker(afdelingen=[zaak.afdeling])
    document = add_documenten(wie, zaak.ref, (bied_aan("keuring-hartpatient.pdf", [PDF]),)).toegevoegd[0]
    record_view(wie, zaak.ref, "document.geopend", document_id=document.id)
    zwak = tekst_van(client_van(inwoner()).get(paden.INZAGE))
    assert "heeft een document bekeken" in zwak
    assert "hartpatient" not in zwak
    assert "keuring-hartpatient" in tekst_van(client_van(sterk()).get(paden.INZAGE))


def test_who_logs_in_below_it_does_not_get_there_by_authorising_somebody_for_all_zaken(zaak: Zaak):
    """Whoever has the lower login of somebody would be their own gemachtigde, at a level of their own."""
    fatima = replace(inwoner("999990020", "F. el Idrissi"), zekerheid=Zekerheid.HOOG)
    pad = f"/mijn/zaken/{zaak.ref}/"
    machtig(inwoner(), fatima)
    antwoord = client_van(fatima).get(pad)
    assert antwoord.status_code == 409
    assert "Vraag de gever om u opnieuw te machtigen" in tekst_van(antwoord)
    assert GEHEIM not in tekst_van(antwoord)
    machtig(sterk(), fatima, bevoegdheid=INZIEN)
    antwoord = client_van(fatima).get(pad)
    assert antwoord.status_code == 200
    assert GEHEIM in tekst_van(antwoord)
