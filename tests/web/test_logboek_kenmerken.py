"""The officer reads what else a line says: of which part, which document, to whom; and tells two people apart."""

import csv
import hashlib
import io
from dataclasses import replace

import pytest

from eloket.audit import service as audit
from eloket.audit.models import AuditRegel
from eloket.documenten.models import Document
from eloket.identity.testing import inwoner
from eloket.identity.types import Recht, partij_ref
from eloket.inzage import gericht
from eloket.zaken import service as zaken
from tests.huis import partij_van
from tests.web.portaal import bron_van, tekst_van
from tests.web.werkplek import Stadhuis, build_stadhuis, client_of, zaak_pad

pytestmark = pytest.mark.django_db
LOGBOEK, BESTAND = "/werkplek/logboek/", "/werkplek/logboek/bestand/"


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


@pytest.fixture
def officer(huis):
    return client_of(replace(huis.bo, rechten=frozenset({Recht.INZIEN})))


def rows(antwoord) -> list[dict[str, str]]:
    """The lines of the file, without what stands below them."""
    inhoud = b"".join(antwoord).decode("utf-8-sig")
    return [rij for rij in csv.DictReader(io.StringIO(inhoud), delimiter=";") if rij["code"]]


def end_of(antwoord) -> list[list[str]]:
    """What stands below the lines."""
    inhoud = b"".join(antwoord).decode("utf-8-sig")
    return [rij for rij in csv.reader(io.StringIO(inhoud), delimiter=";") if len(rij) == 2]


def note(actie: str, object_ref: str, **kenmerken: str | int | bool) -> int:
    audit.record(actor_soort="systeem", actor_key="", actie=actie, object_ref=object_ref, **kenmerken)
    return AuditRegel.objects.latest("pk").pk


def test_which_part_and_which_document_stand_on_the_page_and_in_the_file(huis, officer):
    zaak = huis.start()
    huis.deliver(zaak.ref)
    document = str(Document.objects.get().pk)
    mila = client_of(huis.mila)
    mila.get(zaak_pad(zaak.ref, "?deel=notities"))
    b"".join(mila.get(zaak_pad(zaak.ref, f"documenten/{document}/openen/")))
    vraag = {"zaaknummer": zaak.identificatie, "medewerker": huis.mila.medewerker_id}
    tekst = tekst_van(officer.get(LOGBOEK, vraag))
    assert "heeft de zaak bekeken Onderdeel: notities" in tekst
    assert f"heeft een document geopend Document: {document}" in tekst
    assert [rij["kenmerken"] for rij in rows(officer.get(BESTAND, vraag))] == [
        f"Document: {document}",
        "Onderdeel: notities",
    ]


def test_of_several_all_of_them_stand_in_one_cell(huis, officer):
    zaak, ander = huis.start(), huis.start()
    note("document.verplaatst", str(zaak.ref), document="=7d1c", naar=str(ander.ref), iets_nieuws="een_code")
    (rij,) = rows(officer.get(BESTAND, {"actie": "document.verplaatst"}))
    assert rij["kenmerken"] == f"Document: =7d1c; Naar: {ander.identificatie}; iets_nieuws: een_code"
    note("zaak.bekeken", str(zaak.ref), **{"=1+2": "x"})
    (rij,) = rows(officer.get(BESTAND, {"actie": "zaak.bekeken"}))
    assert rij["kenmerken"] == "'=1+2: x", "a spreadsheet reckons nothing with it"


def test_to_whom_a_zaak_went_stands_there_by_name(huis, officer):
    zaak = huis.start()
    omar = huis.omar.medewerker_id
    zaken.hand_over(huis.mila, zaak.ref, medewerker_id=omar, afdeling="", notitie="", versie=zaak.versie)
    vraag = {"actie": "zaak.overgedragen"}
    assert "Naar: Omar de Boer" in tekst_van(officer.get(LOGBOEK, vraag))
    assert "Naar: Omar de Boer" in rows(officer.get(BESTAND, vraag))[0]["kenmerken"]


def test_two_people_are_told_apart_without_telling_who(huis, officer):
    wie = [partij_van(een).profiel_key for een in (huis.jeroen, inwoner("999990020"))]
    for key in wie:
        note("adres.opgevraagd", partij_ref(key))
    for profiel in (12, 13):
        note("profiel.gewijzigd", f"profiel-{profiel}", email=True)
    inhoud = rows(officer.get(BESTAND))
    waarover = {rij["waarover"] for rij in inhoud}
    html = bron_van(officer.get(LOGBOEK))
    for tekst in (
        *(f"Gegevens van een persoon of bedrijf ({key[:8]})" for key in wie),
        "Contactgegevens (nummer 12)",
    ):
        assert tekst in waarover
        assert tekst in html
    assert [key for key in wie if key in html or key in str(inhoud)] == []


def test_no_kenmerk_tells_the_key_of_a_person(huis, officer):
    key = partij_van(huis.jeroen).profiel_key
    note("contact.hersteld", str(huis.start().ref), hoe="gebeld", betrokkene=key)
    vraag = {"actie": "contact.hersteld"}
    html, (rij,) = bron_van(officer.get(LOGBOEK, vraag)), rows(officer.get(BESTAND, vraag))
    assert rij["kenmerken"] == f"Persoon of bedrijf: {key[:8]}; Hoe: gebeld"
    assert key not in html


def test_a_line_about_a_civil_servant_says_which(huis, officer):
    note("medewerker.afwezigheid", f"medewerker:{huis.omar.medewerker_id}")
    tekst, waarover = tekst_van(officer.get(LOGBOEK)), {rij["waarover"] for rij in rows(officer.get(BESTAND))}
    assert "Medewerker (Omar de Boer)" in tekst
    assert "Medewerker (Omar de Boer)" in waarover


def test_a_file_that_does_not_hold_all_of_somebody_says_so(huis, officer, monkeypatch):
    regel = note("persoon.opgezocht", partij_ref(partij_van(huis.jeroen).profiel_key))
    vraag = {"regel": regel, "kant": "over"}
    for zaak in (huis.start(), huis.start()):
        note("zaak.bekeken", str(zaak.ref))
    assert [een[0] for een in end_of(officer.get(BESTAND, vraag))] == ["regels", "sha256", "kop van de keten"]
    monkeypatch.setattr(gericht, "MEESTE_ZAKEN", 1)
    inhoud = b"".join(officer.get(BESTAND, vraag))
    niet_volledig, _, som, _ = list(csv.reader(io.StringIO(inhoud.decode("utf-8-sig")), delimiter=";"))[-4:]
    assert niet_volledig[0] == "niet volledig"
    assert "alleen de nieuwste 5.000 zaken van elke bron" in niet_volledig[1]
    assert som[1] == hashlib.sha256(inhoud[: inhoud.index(b"regels;")]).hexdigest(), (
        "nobody cuts it off unseen"
    )
