"""Posts that no page of ours sends: skipped steps, foreign concepts, unknown fields, far too much."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from eloket.loket.access import get_concept_for
from eloket.loket.formulier.definitie import MEESTE_INVOER
from eloket.loket.formulier.lezen import FormulierOngeldig
from eloket.loket.models import Concept
from eloket.loket.types import ConceptInzage
from eloket.loket.versies import load_meegeleverd
from eloket.portal.loket import paden
from eloket.sources.register.bron import RegisterBron
from eloket.sources.register.models import Zaak
from tests.huis import inwoner
from tests.unit.loket.melding import GOED, MELDING, begin, fill, publish, save
from tests.web.portaal import ANDER, bron_van, client_van, tekst_van

pytestmark = pytest.mark.django_db
GROEP = "groep-proef"
TEKST = """
titel: Proef
inloggen: [digid]
zaak: {zaaktype: MOR, onderwerp: Proef}
stappen:
  - id: kinderen
    titel: Uw kinderen
    velden:
      - id: kinderen
        soort: groep
        label: Kinderen
        een: kind
        max: 20
        velden:
          - {id: naam, soort: tekst, label: Naam}
          - {id: school, soort: tekst, label: School, verplicht: false}
"""


@pytest.fixture(autouse=True)
def _inrichting() -> None:
    RegisterBron().import_zaaktypen()
    load_meegeleverd()


def basis(concept: ConceptInzage) -> str:
    return paden.concept(concept.formulier, concept.id, is_anoniem=False)


def stap(concept: ConceptInzage, naam: str = "melding") -> str:
    return paden.stap(basis(concept), naam)


def post(client: Client, concept: ConceptInzage, **velden: Any) -> Any:
    gewoon = {naam: waarden[0] for naam, waarden in GOED.items()} | {"knop": "verder", "venster": "v1"}
    return client.post(stap(concept), gewoon | velden)


def test_a_skipped_step_leads_back_to_it():
    concept, client = begin(inwoner()), client_van()
    antwoord = client.post(paden.controleren(basis(concept)), {"revisie": str(concept.revisie)})
    assert antwoord["Location"] == stap(concept)
    assert client.get(paden.controleren(basis(concept)))["Location"] == stap(concept)
    assert not Zaak.objects.exists()


@pytest.mark.parametrize("naam", ["contact", "bestaat-niet", "melding2"])
def test_a_step_that_is_not_shown_takes_nothing(naam: str):
    """`contact` is for who did not log in."""
    concept = fill(inwoner())
    antwoord = client_van().post(stap(concept, naam), {"email": "x@voorbeeld.nl", "knop": "verder"})
    assert antwoord.status_code == 404
    assert "email" not in get_concept_for(inwoner(), concept.id).invoer


def test_a_foreign_concept_takes_nothing():
    concept = fill(inwoner())
    for pad in (stap(concept), paden.controleren(basis(concept)), paden.stoppen(basis(concept))):
        assert client_van(inwoner(ANDER)).post(pad, {"revisie": "2"}).status_code == 404
    zonder = paden.concept(MELDING, concept.id, is_anoniem=True)
    assert Client().post(paden.stap(zonder, "melding"), {"plaats": "x"}).status_code == 404
    assert get_concept_for(inwoner(), concept.id) == concept


def test_unknown_fields_and_values_of_nowhere_are_not_kept():
    concept = begin(inwoner())
    antwoord = post(
        client_van(),
        concept,
        soort="vuurwerk",
        zaaktype="PARKEERVERGUNNING",
        revisie="99",
        eigenaar_key="x",
        verstuurd_op="2026-01-01",
        **{"plaats-punt": "91.5,4.5", "plaats-gevonden": "ja", "soort-0-x": "y", "__class__": "z"},
    )
    invoer = get_concept_for(inwoner(), concept.id).invoer
    assert set(invoer) <= {"soort", "plaats", "plaats-punt", "omschrijving", "mast"}
    assert antwoord.status_code == 422, "an option that is none is a mistake"
    assert '<a href="#soort">' in bron_van(antwoord)


@pytest.mark.parametrize(
    "velden",
    [
        {"venster": "x" * 5_000, "gezien": "y" * 5_000},
        {"venster": "", "gezien": ""},
        {"venster": "\x00", "gezien": "<script>"},
        {"knop": "bestand-weg:../../etc/passwd"},
        {"knop": "bestand-weg:7cedf530-5ba4-40fd-a9e6-9a547a170d3b"},
        {"knop": "eraf:soort:0"},
        {"knop": "erbij:" + "a" * 500},
        {"knop": "onzin"},
    ],
)
def test_forged_words_of_the_page_itself_do_no_harm(velden: dict[str, str]):
    concept, client = begin(inwoner()), client_van()
    assert post(client, concept, **velden).status_code in {303, 409}
    assert len(str(Concept.objects.get().vensters)) < 200
    assert client.get(stap(concept)).status_code == 200


@pytest.mark.parametrize("teken", ["\x00", "\ud800", "\u202e", "\ufeff", "\r", "𒐫" * 50])
def test_no_letter_breaks_it(teken: str):
    concept, client = begin(inwoner()), client_van()
    body = f"soort=lamp&plaats=Laan{teken}12&omschrijving=Kapot{teken}&knop=verder".encode(
        "utf-8", "surrogatepass"
    )
    antwoord = client.post(stap(concept), body, content_type="application/x-www-form-urlencoded")
    assert antwoord.status_code in {303, 422}
    assert client.get(stap(concept)).status_code == 200


@pytest.mark.parametrize("soort", ["multipart", "urlencoded"])
def test_ten_megabytes_of_text_are_refused_with_clear_words(soort: str):
    concept, client = fill(inwoner()), client_van()
    veel = "x" * 10_000_000
    if soort == "multipart":
        antwoord = post(client, concept, omschrijving=veel)
    else:
        body = f"omschrijving={veel}&knop=verder"
        antwoord = client.post(stap(concept), body, content_type="application/x-www-form-urlencoded")
    assert antwoord.status_code == 413
    assert "maak uw tekst korter" in tekst_van(antwoord)
    assert get_concept_for(inwoner(), concept.id) == concept


def test_a_thousand_entries_of_a_group_are_at_most_twenty():
    publish(GROEP, TEKST)
    concept = begin(inwoner(), GROEP)
    invoer = {f"kinderen-{n}-naam": [f"Kind {n}"] for n in range(240)} | {"kinderen-aantal": ["999"]}
    bewaard = save(inwoner(), concept, invoer, stap="kinderen")
    assert len(bewaard.stap.velden[0].rijen) == 20
    assert len(bewaard.formulier.concept.invoer) == 21
    veel = {f"kinderen-{n}-naam": "x" for n in range(1000)}
    antwoord = client_van().post(stap(concept, "kinderen"), veel)
    assert antwoord.status_code == 413
    assert "kies minder" in tekst_van(antwoord)


@pytest.mark.parametrize("aantal", ["-1", "x", "²", "9" * 400, "1e3", " 3"])
def test_a_number_of_entries_that_is_none_is_the_least(aantal: str):
    publish(GROEP, TEKST)
    concept = begin(inwoner(), GROEP)
    bewaard = save(inwoner(), concept, {"kinderen-aantal": [aantal]}, stap="kinderen")
    assert len(bewaard.stap.velden[0].rijen) == 1


def test_the_largest_step_that_a_form_may_have_fits_in_a_post_and_in_an_ended_session():
    """And a larger one is no form."""
    adressen = "".join(f"\n      - {{id: a{n}, soort: adres, label: Adres}}" for n in range(39))
    groep = TEKST.replace("label: School, verplicht: false}", "label: School, verplicht: false}" + adressen)
    with pytest.raises(FormulierOngeldig) as fout:
        publish(GROEP, groep.replace("max: 20", "max: 20") + adressen * 2)
    assert any("te groot" in een or "hoogstens" in een or "te veel" in een for een in fout.value.fouten)
    groepen = "".join(
        TEKST[TEKST.index("      - id: kinderen") :].replace("id: kinderen", f"id: g{n}").replace("naam,", f"n{n},")
        .replace("school,", f"s{n},")
        for n in range(9)
    )  # fmt: skip
    publish(GROEP, TEKST[: TEKST.index("      - id: kinderen")] + groepen)
    concept, client = begin(inwoner(), GROEP), client_van()
    velden = {f"g{g}-{n}-{v}{g}": "tekst" for g in range(9) for n in range(20) for v in "ns"}
    velden |= {f"g{g}-aantal": "20" for g in range(9)} | {
        "knop": "verder",
        "terug": stap(concept, "kinderen"),
    }
    assert 360 < len(velden) <= MEESTE_INVOER < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    assert client.post(stap(concept, "kinderen"), velden).status_code == 303
    assert len(get_concept_for(inwoner(), concept.id).invoer) == 369


def test_numbers_of_people_stand_in_no_address():
    concept = fill(inwoner())
    html = bron_van(client_van().get(stap(concept)))
    assert not re.search(r'(?:href|action)="[^"]*999990019', html)
