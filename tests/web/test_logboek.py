"""The log of a privacy officer: who may search it, what is found, and what looking leaves behind."""

import csv
import hashlib
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from eloket.audit.controle import controleer
from eloket.audit.kop import Kop
from eloket.audit.models import AuditRegel
from eloket.audit.verzegelen import seal_batch
from eloket.identity.models import Medewerker
from eloket.identity.testing import gemachtigde, onderneming
from eloket.identity.types import Recht
from eloket.kernel.errors import BronOnbereikbaar
from eloket.kernel.klok import nu, op_moment
from eloket.loket.versies import load_meegeleverd
from eloket.zaken import service as zaken
from eloket.zaken.service import record_view
from tests.huis import partij_van
from tests.unit.loket.melding import anoniem, begin
from tests.web.portaal import bron_van, tekst_van
from tests.web.werkplek import Stadhuis, build_stadhuis, client_of

pytestmark = pytest.mark.django_db
LOGBOEK, BESTAND = "/werkplek/logboek/", "/werkplek/logboek/bestand/"
DAG = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


@pytest.fixture
def officer(huis):
    """Bo, of another afdeling, with no right but this one."""
    return client_of(replace(huis.bo, rechten=frozenset({Recht.INZIEN})))


def look(actor, ref, moment: datetime = DAG) -> None:
    with op_moment(moment):
        record_view(actor, ref)


def rows(antwoord) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(antwoord).decode("utf-8-sig")), delimiter=";"))


def test_only_who_has_the_right_finds_the_page(huis, officer):
    assert officer.get(LOGBOEK).status_code == 200
    for rechten in (frozenset(), frozenset(Recht) - {Recht.INZIEN}):
        client = client_of(replace(huis.mila, rechten=rechten))
        assert client.get(LOGBOEK).status_code == client.get(BESTAND).status_code == 404
        assert "Logboek" not in tekst_van(client.get("/werkplek/"))
    assert not AuditRegel.objects.filter(actie__startswith="audit.", actor_key=huis.mila.key).exists()


def test_a_zaak_is_found_by_number_with_who_did_what_and_never_its_subject(huis, officer):
    zaak, ander = huis.start("Geheim onderwerp"), huis.start()
    zaken.set_toegang(
        huis.mila, zaak.ref, medewerkers=frozenset({huis.mila.medewerker_id or 0}), versie=zaak.versie
    )
    look(huis.mila, zaak.ref)
    look(huis.omar, ander.ref)
    tekst = tekst_van(officer.get(LOGBOEK, {"zaaknummer": zaak.identificatie.lower()}))
    assert "3 november 2026, 10.00 uur Mila Jansen" in tekst
    assert f"heeft de zaak bekeken {zaak.identificatie}" in tekst
    assert ander.identificatie not in tekst
    assert "Geheim" not in tekst
    assert officer.get(f"/werkplek/zaken/{zaak.ref}/").status_code == 404


def test_what_happened_with_a_form_is_told_by_whom_and_of_which_form_without_a_login(huis, officer):
    load_meegeleverd()
    for actor in (anoniem(), gemachtigde("999990019", "999990020")):
        begin(actor)
    tekst = tekst_van(officer.get(LOGBOEK, {"actie": "formulier.begonnen"}))
    assert tekst.count("is begonnen met een formulier Formulier: melding-openbare-ruimte") == 2
    assert " Formulier melding-openbare-ruimte, zonder inloggen" in tekst
    assert " Gegevens van een persoon of bedrijf (" in tekst
    assert ", namens " in tekst


def test_it_is_found_by_civil_servant_by_act_and_by_day_in_amsterdam(huis, officer):
    zaak = huis.start()
    look(huis.mila, zaak.ref)
    look(huis.omar, zaak.ref, datetime(2026, 11, 3, 23, 30, tzinfo=UTC))  # the 4th in Amsterdam
    van_omar = {"medewerker": huis.omar.medewerker_id, "actie": "zaak.bekeken"}
    tabel = bron_van(officer.get(LOGBOEK, van_omar)).partition("<tbody")[2]
    assert "Omar de Boer" in tabel
    assert "Mila" not in tabel
    op_de_derde = bron_van(officer.get(LOGBOEK, {"van": "2026-11-03", "tot": "2026-11-03"}))
    assert "Omar de Boer" not in op_de_derde.partition("<tbody")[2]
    assert "Mila Jansen" in op_de_derde.partition("<tbody")[2]


@pytest.mark.parametrize(
    ("vraag", "veld", "tekst"),
    [
        ({"zaaknummer": "Z-1900-000001"}, "zaaknummer", "Er is geen zaak met dit zaaknummer"),
        ({"van": "gisteren"}, "van", "Vul een datum in"),
        ({"van": "2026-11-04", "tot": "2026-11-03"}, "tot", "De laatste dag ligt voor de eerste"),
        ({"medewerker": "999999"}, "medewerker", "Deze medewerker is er niet"),
    ],
)
def test_what_cannot_be_searched_is_said_and_makes_no_file(huis, officer, vraag, veld, tekst):
    antwoord = officer.get(LOGBOEK, vraag)
    assert antwoord.status_code == 422
    assert f'<a href="#{veld}">{tekst}' in bron_van(antwoord)
    assert tekst in tekst_van(antwoord)
    assert officer.get(BESTAND, vraag).status_code == 302
    assert not AuditRegel.objects.filter(actie__startswith="audit.").exists()


def test_looking_is_noted_itself_with_what_was_asked(huis, officer):
    zaak = huis.start()
    officer.get(LOGBOEK, {"zaaknummer": zaak.identificatie, "van": "2026-11-01"})
    b"".join(officer.get(BESTAND, {"actie": "zaak.bekeken"}))
    gezocht, opgeslagen = AuditRegel.objects.filter(object_ref="audit").order_by("pk")
    assert (gezocht.actie, gezocht.actor_key) == ("audit.doorzocht", huis.bo.key)
    assert (gezocht.kenmerken["zaaknummer"], gezocht.kenmerken["van"]) == (zaak.identificatie, "2026-11-01")
    assert (opgeslagen.actie, opgeslagen.kenmerken["wat"]) == ("audit.opgeslagen", "zaak.bekeken")


def test_pages_follow_each_other_without_a_gap_or_a_double_also_within_one_moment(huis, officer):
    zaak = huis.start()
    for nummer in range(230):
        look(huis.mila, zaak.ref, DAG + timedelta(seconds=nummer // 50))
    vraag, gezien, paginas = "?actie=zaak.bekeken", 0, 0
    while vraag:
        html = bron_van(officer.get(LOGBOEK + vraag))
        gezien += html.count("heeft de zaak bekeken</td>")
        paginas += 1
        volgende = html.partition('--next" href="')[2].partition('"')[0].replace("&amp;", "&")
        vraag = volgende.removeprefix(LOGBOEK)
    assert (gezien, paginas) == (230, 3)


@pytest.mark.parametrize("na", ["", "x", "1-x", "99999999999999999-1", "-", "1-1-1"])
def test_a_place_that_is_none_is_the_first_page(huis, officer, na):
    assert officer.get(LOGBOEK, {"na": na}).status_code == 200


def test_the_file_holds_every_line_its_sum_and_the_head_of_the_chain(huis, officer):
    zaak = huis.start()
    Medewerker.objects.filter(naam="Mila Jansen").update(naam="=2+3 Jansen")
    for nummer in range(620):
        look(huis.mila, zaak.ref, DAG + timedelta(minutes=nummer))
    while seal_batch(AuditRegel, nu()):
        pass
    antwoord = officer.get(BESTAND, {"actie": "zaak.bekeken"})
    with CaptureQueriesContext(connection) as vragen:
        inhoud = b"".join(antwoord)
    assert not [een for een in vragen if "identity_medewerker" in een["sql"]], (
        "namen opnieuw gelezen per brok"
    )
    *regels, aantal, som, kop = list(csv.reader(io.StringIO(inhoud.decode("utf-8-sig")), delimiter=";"))
    assert regels[0] == ["nummer", "moment", "wie", "wat", "code", "waarover", "zegel", "kenmerken"]
    assert aantal == ["regels", "620"]
    assert len(regels) == 621
    assert regels[1][2:6] == ["'=2+3 Jansen", "heeft de zaak bekeken", "zaak.bekeken", zaak.identificatie]
    assert all(regel[6] for regel in regels[1:])
    assert som == ["sha256", hashlib.sha256(inhoud[: inhoud.index(b"regels;")]).hexdigest()]
    uitslag = controleer(AuditRegel, [Kop.parse(kop[1])])
    assert (uitslag.aantal_bevindingen, uitslag.te_oude_koppen) == (0, [])


def test_a_resident_stands_in_it_without_a_name_or_a_number(huis, officer):
    huis.start()
    html = bron_van(officer.get(LOGBOEK, {"actie": "zaak.gestart"}))
    assert f"Inwoner ({huis.jeroen.key[:8]})" in html
    assert huis.jeroen.key not in html
    assert huis.jeroen.naam not in html.partition("<tbody")[2]


def test_for_whom_somebody_acted_stands_beside_who_it_was(huis, officer):
    """On the page and in the file: an employee of two branches of a business, and somebody who was authorised."""
    noord, zuid = onderneming(vestigingsnummer="000038509504"), onderneming(vestigingsnummer="000037178598")
    namens_jeroen = gemachtigde(partij_van(huis.jeroen).nummer, "999990020")
    ref = huis.start().ref
    verwacht = set()
    namen = [partij_van(een).profiel_key for een in (noord, zuid, namens_jeroen)]
    for wie, soort in ((noord, "Ondernemer"), (zuid, "Ondernemer"), (namens_jeroen, "Gemachtigde")):
        look(wie, ref)
        verwacht.add(f"{soort} ({wie.key[:8]}), namens {partij_van(wie).profiel_key[:8]}")
    assert len(verwacht) == 3
    html = bron_van(officer.get(LOGBOEK, {"actie": "zaak.bekeken"}))
    assert [een for een in verwacht if een not in html] == []
    assert [een for een in namen if een in html] == [], "never the whole key"
    regels = rows(officer.get(BESTAND, {"actie": "zaak.bekeken"}))
    assert {regel[2] for regel in regels[1:-3]} == verwacht


def test_the_number_of_queries_does_not_grow_with_the_lines(huis, officer, django_assert_max_num_queries):
    refs = [huis.start().ref for _ in range(8)]
    for ref in refs:
        look(huis.mila, ref)
        look(huis.omar, ref)
    with django_assert_max_num_queries(7):
        officer.get(LOGBOEK)


def test_a_source_that_does_not_answer_is_said_and_its_zaken_are_not_called_gone(huis, officer, monkeypatch):
    zaak = huis.start()
    look(huis.mila, zaak.ref)

    def faal(_refs):
        raise BronOnbereikbaar("de zaken")

    monkeypatch.setattr("eloket.inzage.toezicht.samenvat", faal)
    tekst = tekst_van(officer.get(LOGBOEK))
    assert "Een zaak, het nummer is nu niet op te halen" in tekst
    assert "die er niet meer is" not in tekst
    assert zaak.identificatie not in tekst
