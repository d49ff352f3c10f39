"""A number of another system has any shape (ZGW: a text of at most 40 characters), and is found in the work list and
the log as one of ours is; what is no number of a zaak stands in no address and in no trail.
"""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from eloket.audit.models import AuditRegel
from eloket.identity.types import Recht
from eloket.sources.register.models import Zaak as ZaakRij
from eloket.zaken import service as zaken
from eloket.zaken.access import find_ref
from eloket.zaken.errors import ZaakNietGevonden
from eloket.zaken.types import ZaakRef
from eloket.zaken.zaaknummer import is_ours, may_be_zaaknummer, spellings
from tests.vernietigd import make_executed_list
from tests.web.portaal import bron_van, tekst_van
from tests.web.werkplek import Stadhuis, build_stadhuis, client_of, text_of, zaak_pad, zoek_werk

pytestmark = pytest.mark.django_db
LOGBOEK, ZOEKEN = "/werkplek/logboek/", "/werkplek/logboek/zoeken/"
VORMEN = ["ZAAK-2026-0000012345", "OW/2026.123 (bis)", "000123457", "kleine-letters-7", "Ω-zaak", "x" * 40]
GEEN = "Er is geen zaak met dit zaaknummer"


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


@pytest.fixture
def officer(huis: Stadhuis) -> Client:
    return client_of(replace(huis.bo, rechten=frozenset({Recht.INZIEN})))


def renumber(ref: ZaakRef, nummer: str) -> None:
    """As a system that gives numbers of its own."""
    ZaakRij.objects.filter(pk=ref.id).update(identificatie=nummer)


@pytest.mark.parametrize("nummer", VORMEN)
def test_the_work_list_finds_it_whatever_else_was_asked(huis: Stadhuis, nummer: str):
    zaak = huis.close(huis.start("Is klaar").ref)
    huis.start(f"Gaat over {nummer}")
    renumber(zaak.ref, nummer)
    for vraag in (
        {},
        {"lijst": "niet-toegewezen"},
        {"lijst": "afdeling", "termijn": "rood", "zaaktype": "X"},
    ):
        html = text_of(zoek_werk(client_of(huis.mila), f" {nummer} ", **vraag))
        assert zaak_pad(zaak.ref) in html
        assert html.count("Gaat over") == 0, "alleen deze zaak"


def test_the_work_list_finds_it_only_for_who_may_see_the_zaak(huis: Stadhuis):
    zaak = huis.start("Van Parkeren")
    renumber(zaak.ref, VORMEN[0])
    assert zaak_pad(zaak.ref) not in text_of(zoek_werk(client_of(huis.bo), VORMEN[0]))
    zaken.set_toegang(huis.omar, zaak.ref, medewerkers=frozenset(), versie=zaak.versie)
    assert zaak_pad(zaak.ref) not in text_of(zoek_werk(client_of(huis.mila), VORMEN[0]))


def test_a_word_that_is_no_number_of_a_zaak_still_searches_names_and_subjects(huis: Stadhuis):
    zaak = huis.start("Boom 12 aan de Dorpsstraat")
    for zoek in ("12", "dorpsstraat", "van Drouwen", "x" * 41):
        html = text_of(zoek_werk(client_of(huis.mila), zoek, lijst="afdeling"))
        assert (zaak_pad(zaak.ref) in html) is (len(zoek) <= 40)


@pytest.mark.parametrize("nummer", VORMEN)
def test_the_log_finds_it_and_its_number_may_stand_in_the_address(
    huis: Stadhuis, officer: Client, nummer: str
):
    zaak, ander = huis.start("Geheim onderwerp"), huis.start()
    renumber(zaak.ref, nummer)
    client_of(huis.mila).get(zaak_pad(zaak.ref))
    client_of(huis.mila).get(zaak_pad(ander.ref))
    antwoord = officer.post(ZOEKEN, {"zaaknummer": f" {nummer} ", "actie": "zaak.bekeken"})
    assert antwoord.status_code == 303
    assert parse_qs(urlsplit(antwoord["Location"]).query)["zaaknummer"] == [nummer]
    tabel = bron_van(officer.get(antwoord["Location"])).partition("<tbody")[2]
    assert tabel.count("<time") == 1
    assert AuditRegel.objects.get(actie="audit.doorzocht").kenmerken["zaaknummer"] == nummer
    assert officer.get(f"/werkplek/logboek/bestand/?zaaknummer={nummer}").status_code == 200


@pytest.mark.parametrize("getypt", ["999990019", "Jansen", "ZAAK-2026-0000099999", "Z-1900-000001"])
def test_what_is_no_number_of_a_zaak_comes_in_no_address_and_no_trail(officer: Client, getypt: str):
    antwoord = officer.post(ZOEKEN, {"zaaknummer": getypt, "actie": "zaak.bekeken"})
    assert antwoord.status_code == 422
    assert GEEN in tekst_van(antwoord)
    assert f'value="{getypt}"' in bron_van(antwoord), "wat er getypt is, staat er nog"
    assert f"zaaknummer={getypt}" not in bron_van(antwoord)
    assert not AuditRegel.objects.filter(actie__startswith="audit.").exists()


def test_a_destroyed_zaak_is_found_in_the_log_also_without_capitals(huis: Stadhuis, officer: Client):
    make_executed_list(huis.mila, huis.omar)
    antwoord = officer.post(ZOEKEN, {"zaaknummer": "z-2018-000007"})
    assert antwoord.status_code == 303
    assert officer.get(antwoord["Location"]).status_code == 200


def test_capitals_are_a_spelling_and_its_own_spelling_counts_first(huis: Stadhuis):
    klein, groot = huis.start(), huis.start()
    renumber(klein.ref, "ab-1")
    renumber(groot.ref, "AB-1")
    assert (find_ref("ab-1"), find_ref(" AB-1 ")) == (klein.ref, groot.ref)
    with pytest.raises(ZaakNietGevonden):
        find_ref("Ab-2")


def test_what_may_be_a_number_is_one_line_of_at_most_forty_characters():
    assert all(may_be_zaaknummer(nummer) for nummer in VORMEN)
    assert not any(may_be_zaaknummer(tekst) for tekst in ("", "  ", "x" * 41, "a\nb", "a\x00b"))
    assert [is_ours(tekst) for tekst in ("Z-2026-000123", " z-2026-000123 ", *VORMEN)] == [True, True] + [
        False
    ] * 6
    assert spellings(" z-1 ") == ("z-1", "Z-1")


@pytest.mark.parametrize("pad", [LOGBOEK, f"{LOGBOEK}bestand/"])
def test_what_is_no_number_is_asked_of_the_sources_once(officer: Client, pad: str):
    with CaptureQueriesContext(connection) as context:
        officer.get(pad, {"zaaknummer": "Z-1900-000001"})
    gevraagd = [een["sql"] for een in context.captured_queries if "Z-1900-000001" in een["sql"]]
    assert gevraagd
    assert len(gevraagd) == len(set(gevraagd))
