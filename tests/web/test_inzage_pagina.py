"""Wie heeft mijn gegevens bekeken: what a person reads about who looked, and who else gets to read that."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from eloket.audit.models import AuditRegel
from eloket.documenten.upload import bied_aan
from eloket.identity.models import Medewerker
from eloket.identity.testing import gemachtigde, inwoner, onderneming
from eloket.identity.types import Machtiging, Partij, Recht
from eloket.inzage import eigen
from eloket.kernel.errors import BronOnbereikbaar
from eloket.kernel.klok import op_moment, vandaag
from eloket.portal import paden
from eloket.zaken import bronnen
from eloket.zaken import service as zaken
from eloket.zaken.service import record_view
from tests.uitwijken import make_bundel_of_one
from tests.web.portaal import bron_van, client_van, tekst_van, zaak_van
from tests.web.werkplek import PDF, Stadhuis, build_stadhuis, client_of

pytestmark = pytest.mark.django_db
DAG = datetime(2026, 11, 3, 8, 12, tzinfo=UTC)  # 9.12 in Amsterdam
MILA = "Een medewerker van Parkeren en mobiliteit"


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


def look(huis: Stadhuis, ref, keer: int = 1, *, actor=None, vanaf: datetime = DAG) -> None:
    for minuut in range(keer):
        with op_moment(vanaf + timedelta(minutes=minuut)):
            record_view(actor or huis.mila, ref)


def own_page(actor=None, vraag: str = "") -> str:
    return tekst_van(client_van(actor or inwoner()).get(paden.INZAGE + vraag))


def test_ten_looks_on_a_day_are_one_line_with_the_times(huis):
    zaak = huis.start("Parkeervergunning")
    look(huis, zaak.ref, 10)
    tekst = own_page()
    zin = f"{MILA} heeft uw zaak bekeken 10 keer, tussen 9.12 en 9.21 uur · Zaak Parkeervergunning"
    assert f"{zin} , {zaak.identificatie}" in tekst
    assert tekst.count(MILA) == 1
    assert "3 november 2026" in tekst


def test_the_line_of_midnight_stands_under_the_day_of_amsterdam(huis):
    zaak = huis.start()
    look(huis, zaak.ref, vanaf=datetime(2026, 11, 3, 23, 30, tzinfo=UTC))
    assert "4 november 2026" in own_page()
    assert "3 november 2026" not in own_page()


def test_who_looked_is_told_by_afdeling_and_function_and_never_by_name(huis):
    Medewerker.objects.filter(naam="Mila Jansen").update(functie="behandelaar")
    zaak = huis.start()
    look(huis, zaak.ref)
    for tekst in (own_page(), tekst_van(client_van(inwoner()).get(paden.zaak_inzage(zaak.ref)))):
        assert f"{MILA} (behandelaar) heeft uw zaak bekeken" in tekst
        assert "Mila" not in tekst


def test_who_left_is_told_as_such(huis):
    zaak = huis.start()
    look(huis, zaak.ref, actor=replace(huis.mila, key="f" * 64))
    assert "Een medewerker die hier niet meer werkt heeft uw zaak bekeken" in own_page()


def test_a_document_is_named_by_its_title_while_the_person_may_see_it(huis):
    zaak = huis.start()
    document = zaken.add_documenten(huis.mila, zaak.ref, (bied_aan("besluit.pdf", [PDF]),)).toegevoegd[0]
    with op_moment(DAG):
        record_view(huis.mila, zaak.ref, "document.geopend", document_id=document.id)
        record_view(huis.mila, zaak.ref, "document.geopend", document_id=str(uuid.uuid4()))
    assert "heeft een document bekeken: besluit Om 9.12 uur" in own_page()
    # A line that names a document of another zaak never gives its title away.
    ander = huis.start("Een andere zaak")
    with op_moment(DAG):
        record_view(huis.mila, ander.ref, "document.geopend", document_id=document.id)
    pagina = tekst_van(client_van(inwoner()).get(paden.zaak_inzage(ander.ref)))
    assert "heeft een document bekeken" in pagina
    assert "besluit" not in pagina


def test_titles_that_cannot_be_fetched_are_said_to_be_and_the_rest_is_told(huis, monkeypatch):
    zaak = huis.start()
    document = zaken.add_documenten(huis.mila, zaak.ref, (bied_aan("besluit.pdf", [PDF]),)).toegevoegd[0]
    with op_moment(DAG):
        record_view(huis.mila, zaak.ref, "document.geopend", document_id=document.id)

    def faal(_ids):
        raise BronOnbereikbaar("de documenten")

    monkeypatch.setattr("eloket.inzage.eigen.find_documenten", faal)
    assert "heeft een document bekeken: de titel is nu niet op te halen Om 9.12 uur" in own_page()


def test_own_acts_are_shown_when_asked_for(huis):
    huis.start("Parkeervergunning")
    assert "Niemand anders heeft uw gegevens bekeken." in own_page()
    assert "U zelf heeft uw aanvraag gestart" in own_page(vraag="?ook=zelf")


def test_a_need_to_know_zaak_is_told_of_too(huis):
    zaak = huis.start("Geheim")
    zaken.set_toegang(
        huis.mila, zaak.ref, medewerkers=frozenset({huis.mila.medewerker_id or 0}), versie=zaak.versie
    )
    look(huis, zaak.ref)
    assert "heeft uw zaak bekeken" in own_page()


def test_looking_somebody_up_at_the_counter_and_printing_a_letter_are_told(huis):
    client_of(huis.mila).post(
        "/werkplek/zaken/nieuw/", {"kanaal": "balie", "wie": "inwoner", "bsn": "999990019"}
    )
    assert f"{MILA} heeft u opgezocht om een zaak voor u te registreren" in own_page()


def test_every_letter_in_a_bundle_is_told_to_whom_it_is_for(huis):
    verdeler = replace(huis.mila, rechten=frozenset({Recht.VERDELEN}))
    bundel = make_bundel_of_one(verdeler)
    client_of(verdeler).get(f"/werkplek/brieven/{bundel}/pdf/")
    client_of(verdeler).post(f"/werkplek/brieven/{bundel}/", {"knop": "gepost", "dag": vandaag().isoformat()})
    acties = AuditRegel.objects.filter(object_ref__startswith="partij-", actie__startswith="brief.")
    assert [een.actie for een in acties.order_by("pk")] == [
        "brief.gemaakt",
        "brief.opgeslagen",
        "brief.gepost",
    ]
    assert {een.actor_key for een in acties} == {huis.mila.key}


def test_looking_up_leaves_a_line_also_when_nobody_is_found(huis):
    client_of(huis.mila).post(
        "/werkplek/zaken/nieuw/", {"kanaal": "balie", "wie": "inwoner", "bsn": "999990895"}
    )
    regel = AuditRegel.objects.get(actie="persoon.opgezocht")
    assert regel.object_ref == f"partij-{Partij.inwoner('999990895').key}"
    assert "999990895" not in f"{regel.kenmerken}"


def test_who_reads_who_looked_at_one_zaak_leaves_a_line_at_that_zaak(huis):
    zaak = huis.start()
    bewindvoerder = replace(
        gemachtigde("999990019", door="999990044"), machtiging=Machtiging.BEWIND, eigen_naam="De Brug"
    )
    for wie, extra in ((inwoner(), {}), (bewindvoerder, {"namens": inwoner().key})):
        laatste = AuditRegel.objects.latest("pk").pk
        for pad in (paden.zaak_inzage(zaak.ref), paden.INZAGE):
            assert client_van(wie).get(pad).status_code == 200
        regels = AuditRegel.objects.filter(pk__gt=laatste, actie__endswith="bekeken").order_by("pk")
        assert [(een.actie, een.object_ref, een.kenmerken) for een in regels] == [
            ("zaak.inzage_bekeken", str(zaak.ref), extra),
            ("inzage.bekeken", f"partij-{inwoner().key}", extra),
        ]
    for wat in (
        "wie uw gegevens heeft bekeken",
        "wie deze zaak heeft bekeken",
    ):  # who else has the zaak reads it too
        assert f"Een bewindvoerder heeft bekeken {wat}" in own_page()


def test_somebody_else_reads_nothing_of_it(huis):
    zaak = huis.start("Parkeervergunning")
    look(huis, zaak.ref)
    ander = inwoner("999990020")
    assert "heeft uw zaak bekeken" not in own_page(ander)
    assert client_van(ander).get(paden.zaak_inzage(zaak.ref)).status_code == 404
    assert client_of(huis.mila).get(paden.INZAGE).status_code in {302, 303, 403, 404}


def test_a_branch_reads_of_its_own_zaken_and_the_business_of_all(huis):
    heel = onderneming()
    een, ander = onderneming(vestigingsnummer="000038509504"), onderneming(vestigingsnummer="000038509520")
    zaak = zaak_van(een, "Terras")
    look(huis, zaak.ref)
    assert "heeft uw zaak bekeken" in own_page(een)
    assert "heeft uw zaak bekeken" not in own_page(ander)
    assert client_van(ander).get(paden.zaak_inzage(zaak.ref)).status_code == 404
    assert "heeft uw zaak bekeken" in own_page(heel)


def test_fifty_lines_a_page_and_no_more_queries_for_more(huis, django_assert_max_num_queries):
    client = client_van(inwoner())
    refs = [huis.start(f"Zaak {nummer}").ref for nummer in range(12)]
    look(huis, refs[0])
    with django_assert_max_num_queries(12):
        client.get(paden.INZAGE)
    for ref in refs:
        for dag in range(5):
            look(huis, ref, vanaf=DAG - timedelta(days=dag))
    with django_assert_max_num_queries(12):
        eerste = bron_van(client.get(paden.INZAGE))
    tweede = bron_van(client.get(f"{paden.INZAGE}?p=2"))
    assert (eerste.count("heeft uw zaak bekeken"), tweede.count("heeft uw zaak bekeken")) == (50, 10)
    assert "Pagina 2 van 2" in tweede


def test_reading_it_leaves_a_line_itself(huis):
    own_page()
    assert AuditRegel.objects.filter(actie="inzage.bekeken", actor_key=inwoner().key).count() == 1


@pytest.mark.parametrize(
    ("soort", "wie"), [("gemachtigde", "Iemand die is gemachtigd"), ("bewindvoerder", "Een bewindvoerder")]
)
def test_an_act_on_behalf_of_the_person_is_told_as_such(huis, soort, wie):
    zaak = huis.start()
    AuditRegel.objects.create(
        moment=DAG, actor_soort=soort, actor_key="a" * 64, actie="zaak.bekeken", object_ref=str(zaak.ref)
    )
    assert f"{wie} heeft uw zaak bekeken" in own_page()


def test_an_act_of_the_system_is_told_as_such(huis):
    zaak = huis.start()
    AuditRegel.objects.create(
        moment=DAG, actor_soort="systeem", actor_key="", actie="taak.verlengd", object_ref=str(zaak.ref)
    )
    assert "E-loket zelf, automatisch heeft na een storing meer tijd gegeven voor een vraag" in own_page()


class Weg:
    """A source that does not answer."""

    naam, titel = "zaaksysteem", "het zaaksysteem"

    def __getattr__(self, naam: str) -> object:
        raise BronOnbereikbaar("het zaaksysteem")


def test_that_nobody_looked_is_only_said_when_everything_could_be_asked(huis, monkeypatch):
    niemand = "Niemand anders heeft uw gegevens bekeken."
    huis.start()
    huis.start("Kapvergunning")
    assert niemand in own_page()
    monkeypatch.setattr(bronnen, "_bronnen", {**bronnen._bronnen, "zaaksysteem": Weg()})
    gemist = own_page()
    assert "Wij kunnen het zaaksysteem nu niet bereiken." in gemist
    assert niemand not in gemist
    monkeypatch.undo()
    monkeypatch.setattr(eigen, "MEESTE_ZAKEN", 1)
    assert niemand not in own_page()
    assert "In de gegevens die wij konden bekijken, staat nog niets." in own_page()
