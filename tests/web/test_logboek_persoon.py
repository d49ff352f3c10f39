"""The log of one person: who looked at their data (AVG 15), what they did, and that no number of theirs shows."""

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from eloket.audit import service as audit
from eloket.audit.models import AuditRegel
from eloket.identity.testing import gemachtigde, onderneming
from eloket.identity.types import Partij, Recht, partij_ref
from eloket.inzage import gericht
from eloket.inzage.opvallend.types import ref_of
from eloket.kernel.errors import BronOnbereikbaar
from eloket.kernel.klok import op_moment
from eloket.profile.models import Profiel
from eloket.zaken.service import record_view
from eloket.zaken.testing import FakeZaakBron, nieuwe_zaak
from tests.architecture.routetabel import fatima
from tests.huis import met_nepbronnen, partij_van
from tests.web.portaal import bron_van, tekst_van, titel_van, zaak_van
from tests.web.werkplek import Stadhuis, build_stadhuis, client_of

pytestmark = pytest.mark.django_db
LOGBOEK, OPZOEKEN, BESTAND = "/werkplek/logboek/", "/werkplek/logboek/persoon/", "/werkplek/logboek/bestand/"
BSN = "999990019"  # of Jeroen
DAG = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


@pytest.fixture
def officer(huis):
    return client_of(replace(huis.bo, rechten=frozenset({Recht.INZIEN})))


def note(actor, actie: str, object_ref: str) -> int:
    with op_moment(DAG):
        audit.record(
            actor_soort=actor.soort, actor_key=actor.key, actie=actie, object_ref=object_ref, **actor.sporen
        )
    return AuditRegel.objects.order_by("-pk")[0].pk


def table(antwoord) -> str:
    assert antwoord.status_code == 200
    return bron_van(antwoord).partition("<tbody")[2]


def find(officer, **velden: str):
    """The page on which the form ends."""
    antwoord = officer.post(OPZOEKEN, velden)
    assert antwoord.status_code == 303, tekst_van(antwoord)
    return officer.get(antwoord["Location"])


def test_who_looked_at_a_resident_is_found_by_bsn_their_zaken_and_contact_details_with_it(huis, officer):
    zaak, ander = huis.start(), zaak_van(fatima())
    profiel = Profiel.objects.create(profiel_key=partij_van(huis.jeroen).key)
    for ref in (zaak.ref, ander.ref):
        record_view(huis.mila, ref)
    note(huis.omar, "persoon.opgezocht", partij_ref(partij_van(huis.jeroen).profiel_key))
    note(huis.omar, "profiel.adres_kapot", f"profiel-{profiel.pk}")
    tabel = table(find(officer, wie="inwoner", bsn="9999 90.019"))
    assert zaak.identificatie in tabel
    assert "heeft iemand opgezocht om een zaak te registreren" in tabel
    assert "heeft genoteerd dat een e-mailadres niet werkt" in tabel
    assert ander.identificatie not in tabel


def test_looking_somebody_up_is_noted_about_that_person_and_their_number_is_nowhere(huis, officer):
    huis.start()
    antwoord = officer.post(OPZOEKEN, {"wie": "inwoner", "bsn": BSN})
    regel = AuditRegel.objects.get(actie="audit.persoon_gezocht")
    assert (regel.actor_key, regel.object_ref) == (
        huis.bo.key,
        partij_ref(partij_van(huis.jeroen).profiel_key),
    )
    assert antwoord["Location"] == f"{LOGBOEK}?regel={regel.pk}&kant=over"
    pagina = officer.get(antwoord["Location"])
    html = bron_van(pagina)
    assert BSN not in html
    assert partij_van(huis.jeroen).key not in html
    assert partij_van(huis.jeroen).key[:8] not in titel_van(pagina)
    gezocht = AuditRegel.objects.get(actie="audit.doorzocht")
    assert (gezocht.kenmerken["regel"], gezocht.kenmerken["kant"]) == (regel.pk, "over")
    assert not [een for een in AuditRegel.objects.all() if BSN in str(een.kenmerken)]
    eigen = tekst_van(client_of(huis.jeroen).get("/mijn/gegevens/inzage/"))
    assert "heeft opgezocht wie uw gegevens heeft bekeken, om toezicht te houden" in eigen


def test_what_a_resident_did_themselves_is_one_link_further(huis, officer):
    zaak = huis.start()
    record_view(huis.mila, zaak.ref)
    record_view(gemachtigde(BSN, "999990020"), zaak.ref)  # Fatima, for Jeroen
    pagina = bron_van(find(officer, wie="inwoner", bsn=BSN))
    zelf = re.search(r'href="([^"]+kant=zelf)"', pagina)
    assert zelf
    tabel = table(officer.get(zelf[1].replace("&amp;", "&")))
    assert f"Inwoner ({huis.jeroen.key[:8]})" in tabel
    assert "Mila" not in tabel
    assert "Gemachtigde" not in tabel


def test_a_business_is_found_with_its_branches_and_one_branch_without_the_others(huis, officer):
    noord, zuid = onderneming(vestigingsnummer="000038509504"), onderneming(vestigingsnummer="000037178598")
    kvk = partij_van(noord).nummer
    van_noord, van_zuid = zaak_van(noord), zaak_van(zuid)
    for zaak in (van_noord, van_zuid):
        record_view(huis.mila, zaak.ref)
    note(huis.omar, "gegevens.bekeken", partij_ref(partij_van(noord).vestiging_key))
    alles = table(find(officer, wie="onderneming", kvk=kvk))
    assert van_noord.identificatie in alles
    assert van_zuid.identificatie in alles
    assert "heeft contactgegevens bekeken" in alles
    pagina = find(officer, wie="onderneming", kvk=kvk, vestiging="000037178598")
    een = table(pagina)
    assert van_zuid.identificatie in een
    assert van_noord.identificatie not in een
    assert "heeft contactgegevens bekeken" not in een
    assert "kant=zelf" not in bron_van(pagina), "een onderneming doet zelf niets"


def test_from_a_line_that_does_not_say_what_it_is_about_a_business_has_nothing_of_its_own(huis, officer):
    partij = partij_van(onderneming())
    profiel = Profiel.objects.create(profiel_key=partij.profiel_key)  # of before its people had their own
    for regel in (
        note(huis.omar, "gegevens.bekeken", partij_ref(partij.profiel_key)),
        note(huis.omar, "profiel.adres_kapot", f"profiel-{profiel.pk}"),
    ):
        pagina = officer.get(LOGBOEK, {"regel": regel, "kant": "over"})
        assert table(pagina)
        assert "kant=zelf" not in bron_van(pagina)
        zelf = officer.get(LOGBOEK, {"regel": regel, "kant": "zelf"})
        assert zelf.status_code == 422
        assert "Wat iemand voor een onderneming deed, staat bij die medewerker" in tekst_van(zelf)


def test_from_such_a_line_what_a_resident_did_is_found(huis, officer):
    partij = partij_van(huis.jeroen)
    regel = note(huis.omar, "gegevens.bekeken", partij_ref(partij.profiel_key))
    note(huis.jeroen, "gegevens.bekeken", partij_ref(partij.profiel_key))
    assert "kant=zelf" in bron_van(officer.get(LOGBOEK, {"regel": regel, "kant": "over"}))
    assert table(officer.get(LOGBOEK, {"regel": regel, "kant": "zelf"})).count("<time") == 1


def test_the_applicant_of_a_zaak_is_found_by_its_number_and_from_each_line(huis, officer):
    zaak, ouder = huis.start(), huis.start()
    record_view(huis.mila, zaak.ref)
    regel = AuditRegel.objects.filter(object_ref=str(zaak.ref)).order_by("-pk")[0]
    record_view(huis.omar, ouder.ref)
    html = bron_van(officer.get(LOGBOEK, {"zaaknummer": zaak.identificatie}))
    assert f'href="{LOGBOEK}?regel={regel.pk}&amp;kant=over">Alles over de aanvrager<' in html
    for pagina in (
        find(officer, wie="zaak", zaaknummer=zaak.identificatie.lower()),
        officer.get(LOGBOEK, {"regel": regel.pk, "kant": "over"}),
    ):
        assert {zaak.identificatie, ouder.identificatie} <= {*re.findall(r"Z-\d{4}-\d+", table(pagina))}


def test_all_of_one_civil_servant_is_found_from_a_line_also_when_they_are_gone(huis, officer):
    zaak = huis.start()
    record_view(huis.omar, zaak.ref)
    regel = note(replace(huis.mila, key="f" * 64), "zaak.bekeken", str(zaak.ref))
    tabel = table(officer.get(LOGBOEK, {"regel": regel, "kant": "door"}))
    assert "Medewerker die er niet meer is (ffffffff)" in tabel
    assert "Omar" not in tabel


def test_an_employee_of_a_business_is_found_from_their_line_whatever_they_did_for_whom(huis, officer):
    bakker = onderneming()
    ander = replace(bakker, partij=Partij.onderneming("12345678"))
    note(bakker, "gegevens.bekeken", partij_ref(partij_van(bakker).profiel_key))
    regel = note(ander, "gegevens.bekeken", partij_ref(partij_van(ander).profiel_key))
    note(replace(bakker, key="e" * 64), "gegevens.bekeken", partij_ref(partij_van(bakker).profiel_key))
    tabel = table(officer.get(LOGBOEK, {"regel": regel, "kant": "door"}))
    assert tabel.count(f">Ondernemer ({bakker.key[:8]}), namens") == tabel.count("<time") == 2


def test_the_contact_details_of_an_employee_are_theirs_at_every_business_and_not_the_business(huis, officer):
    zaak = zaak_van(onderneming())
    record_view(huis.mila, zaak.ref)
    key = partij_van(onderneming()).key
    rijen = [
        Profiel.objects.create(
            profiel_key=naam * 64, partij_key=key, onderneming_key=key, contactpersoon_key=wie
        )
        for naam, wie in (("a", "c" * 64), ("b", "c" * 64), ("d", "e" * 64))
    ]
    regels = [note(huis.omar, "profiel.adres_kapot", f"profiel-{rij.pk}") for rij in rijen]
    pagina = officer.get(LOGBOEK, {"regel": regels[0], "kant": "over"})
    assert "de regels over de contactgegevens van deze persoon, bij elk bedrijf" in tekst_van(pagina)
    assert "over de zaken" not in tekst_van(pagina)
    tabel = table(pagina)
    assert tabel.count("<time") == 2
    assert zaak.identificatie not in tabel


def test_the_other_fields_search_within_the_lines_of_the_person_and_the_file_holds_those_alone(huis, officer):
    zaak, ander = huis.start(), zaak_van(fatima())
    for actor in (huis.mila, huis.omar):
        record_view(actor, zaak.ref)
        record_view(actor, ander.ref)
    officer.post(OPZOEKEN, {"wie": "inwoner", "bsn": BSN})
    vraag = {"regel": AuditRegel.objects.get(actie="audit.persoon_gezocht").pk, "kant": "over"}
    van_omar = vraag | {"medewerker": huis.omar.medewerker_id, "actie": "zaak.bekeken"}
    pagina = officer.get(LOGBOEK, van_omar)
    assert f'name="regel" value="{vraag["regel"]}"' in bron_van(pagina)
    assert table(pagina).count("<time") == 1
    assert "Er zijn geen regels" in tekst_van(
        officer.get(LOGBOEK, vraag | {"zaaknummer": ander.identificatie})
    )
    inhoud = b"".join(officer.get(BESTAND, van_omar)).decode("utf-8-sig")
    regels = list(csv.reader(io.StringIO(inhoud), delimiter=";"))[1:-3]
    assert [(regel[2], regel[5]) for regel in regels] == [("Omar de Boer", zaak.identificatie)]


@pytest.mark.parametrize(
    ("velden", "veld", "tekst"),
    [
        ({}, "wie", "Kies wie u zoekt"),
        ({"wie": "inwoner", "bsn": "123456789"}, "bsn", "Dit BSN klopt niet"),
        ({"wie": "onderneming", "kvk": "1"}, "kvk", "Dit KvK-nummer klopt niet"),
        ({"wie": "zaak", "zaaknummer": "Z-1900-000001"}, "zaaknummer", "Er is geen zaak met dit zaaknummer"),
    ],
)
def test_a_number_that_is_wrong_is_said_comes_back_and_notes_nothing(huis, officer, velden, veld, tekst):
    antwoord = officer.post(OPZOEKEN, velden)
    assert antwoord.status_code == 422
    html = bron_van(antwoord)
    assert f'<a href="#{veld}">{tekst}' in html
    assert all(f'value="{waarde}"' in html for waarde in velden.values())
    assert not AuditRegel.objects.filter(actie="audit.persoon_gezocht").exists()


def test_a_line_that_is_not_there_or_names_nobody_is_said_and_never_shows_everybody(huis, officer):
    zaak = huis.start()
    lijst = note(huis.mila, "lijst.bekeken", "lijst-werkvoorraad")
    weg = note(huis.mila, "zaak.bekeken", "register-018f0000-0000-7000-8000-000000000000")
    with op_moment(DAG):
        audit.record(actor_soort=audit.SYSTEEM, actor_key="", actie="audit.opgeruimd", object_ref="audit")
    niemand = AuditRegel.objects.order_by("-pk")[0].pk
    profiel = note(huis.mila, "profiel.gewijzigd", "profiel-999999")
    for regel, kant in (
        (0, "over"), ("x", "over"), (10**17, "door"), (lijst, "over"), (lijst, "zelf"), (weg, "over"),
        (niemand, "door"), (profiel, "over"),
    ):  # fmt: skip
        antwoord = officer.get(LOGBOEK, {"regel": regel, "kant": kant})
        assert antwoord.status_code == 422, (regel, kant)
        html = bron_van(antwoord)
        assert 'href="#regel"' in html
        assert 'id="regel"' in html
        assert zaak.identificatie not in html
        assert officer.get(BESTAND, {"regel": regel, "kant": kant}).status_code == 302


def test_a_line_about_a_signal_about_the_officer_is_not_there_for_them(huis, officer):
    regel = note(huis.mila, "opvallend.gezien", ref_of(huis.bo.key))
    for kant in ("over", "door", "zelf"):
        html = tekst_van(officer.get(LOGBOEK, {"regel": regel, "kant": kant}))
        assert "Deze regel is er niet" in html
        assert "Mila Jansen heeft" not in html


def test_only_who_has_the_right_can_look_somebody_up(huis):
    for rechten in (frozenset(), frozenset(Recht) - {Recht.INZIEN}):
        client = client_of(replace(huis.mila, rechten=rechten))
        assert client.get(OPZOEKEN).status_code == 404
        assert client.post(OPZOEKEN, {"wie": "inwoner", "bsn": BSN}).status_code == 404
    assert not AuditRegel.objects.filter(actie="audit.persoon_gezocht").exists()


def test_who_looks_up_very_many_people_is_stopped(huis, officer, settings):
    settings.ELOKET = settings.ELOKET.model_copy(update={"limieten": True})
    for _ in range(60):
        assert officer.post(OPZOEKEN, {"wie": "inwoner", "bsn": BSN}).status_code == 303
    antwoord = officer.post(OPZOEKEN, {"wie": "inwoner", "bsn": BSN})
    assert antwoord.status_code == 429
    assert AuditRegel.objects.filter(actie="audit.persoon_gezocht").count() == 60


def test_a_source_that_does_not_answer_gives_no_half_answer(huis, officer, monkeypatch):
    huis.start()
    officer.post(OPZOEKEN, {"wie": "inwoner", "bsn": BSN})

    def faal(*_args, **_velden):
        raise BronOnbereikbaar("de zaken")

    monkeypatch.setattr("eloket.inzage.gericht.list_rollen", faal)
    regel = AuditRegel.objects.get(actie="audit.persoon_gezocht").pk
    antwoord = officer.get(LOGBOEK, {"regel": regel, "kant": "over"})
    assert antwoord.status_code == 503
    assert "heeft iemand opgezocht" not in tekst_van(antwoord)


def test_of_very_many_zaken_the_page_says_that_it_shows_the_newest(huis, officer, monkeypatch):
    oud, nieuw = huis.start(), huis.start()
    monkeypatch.setattr(gericht, "MEESTE_ZAKEN", 1)
    pagina = find(officer, wie="inwoner", bsn=BSN)
    assert "Hier staan de nieuwste" in tekst_van(pagina)
    assert nieuw.identificatie in table(pagina)
    assert oud.identificatie not in table(pagina)


def test_of_more_than_one_source_the_newest_of_each_are_there(huis, monkeypatch):
    monkeypatch.setattr(gericht, "MEESTE_ZAKEN", 1)
    partij = partij_van(huis.jeroen)
    regel = note(huis.mila, "gegevens.bekeken", partij_ref(partij.profiel_key))
    ander = FakeZaakBron(naam="ander", titel="het archief van de regio")
    with met_nepbronnen(ander):
        hier = zaak_van(huis.jeroen)
        daar, _ = ander.start_zaak(nieuwe_zaak(partij, sleutel="een"), DAG)
        alles = gericht.aim(regel, gericht.Kant.OVER, zonder_ref="")
        assert alles.object_refs is not None
        assert {str(hier.ref), str(daar.ref)} <= alles.object_refs
        assert not alles.is_afgekapt
        nieuwste, _ = ander.start_zaak(nieuwe_zaak(partij, sleutel="twee"), DAG)
        deel = gericht.aim(regel, gericht.Kant.OVER, zonder_ref="")
        assert deel.object_refs == alles.object_refs - {str(daar.ref)} | {str(nieuwste.ref)}
        assert deel.is_afgekapt


@pytest.mark.parametrize(("soort", "aantal"), [("partij", 5), ("profiel", 6), ("zaak", 8)])
def test_the_number_of_queries_does_not_grow_with_the_zaken(
    huis, officer, django_assert_num_queries, soort, aantal
):
    for _ in range(8):
        record_view(huis.mila, huis.start().ref)
    profiel = Profiel.objects.create(profiel_key=partij_van(huis.jeroen).key)
    regel = {
        "partij": note(huis.mila, "gegevens.bekeken", partij_ref(partij_van(huis.jeroen).profiel_key)),
        "profiel": note(huis.mila, "profiel.adres_kapot", f"profiel-{profiel.pk}"),
        "zaak": AuditRegel.objects.filter(actie="zaak.bekeken").latest("pk").pk,
    }[soort]
    with django_assert_num_queries(aantal):
        gericht.aim(regel, gericht.Kant.OVER, zonder_ref="")
    antwoord = officer.get(LOGBOEK, {"regel": regel, "kant": "over"})
    assert len({*re.findall(r"Z-\d{4}-\d+", table(antwoord))}) == 8
    is_zaak_genoteerd = soort == "zaak"  # that it was read to know whose it is: asked for each page
    with django_assert_num_queries(aantal + 9 + is_zaak_genoteerd):
        officer.get(LOGBOEK, {"regel": regel, "kant": "over"})
