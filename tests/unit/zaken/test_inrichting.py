"""The configuration as files: out and in again is the same, and a bad file changes nothing and is named."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eloket.audit.models import AuditRegel
from eloket.beschikbaarheid.models import RegelWaarde
from eloket.beschikbaarheid.regels import get_regels, save_regels
from eloket.identity.access import get_medewerker_by_subject
from eloket.identity.errors import BeheerGewijzigd
from eloket.identity.models import Afdeling, Medewerker
from eloket.identity.testing import medewerker
from eloket.identity.types import Recht
from eloket.kernel.errors import NietGevonden
from eloket.sources.register.models import ZaakType
from eloket.zaken import sjablonen, teksten
from eloket.zaken.herinneringen import get_regel, save_regel
from eloket.zaken.inrichting import (
    InrichtingOngeldig,
    Stand,
    bekijk,
    importeer,
    lees_inrichting,
)
from eloket.zaken.inrichtingsbestanden import export_zip, parse_zip
from eloket.zaken.models import HerinneringsregelRij, SjabloonRegel, TekstRegel
from tests.web.werkplek import build_stadhuis

pytestmark = pytest.mark.django_db


def zip_of(bestanden: dict[str, str]) -> bytes:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as zip_:
        for naam, tekst in bestanden.items():
            zip_.writestr(naam, tekst)
    return uit.getvalue()


def files_of(inhoud: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(inhoud)) as zip_:
        return {naam: zip_.read(naam).decode() for naam in zip_.namelist()}


@pytest.fixture
def manager():
    build_stadhuis()
    sjablonen.load_meegeleverd()
    save_regel(None, "taak", is_aan=False, dagen=5)
    save_regels(None, {"minimum_minuten": 90})
    teksten.save_tekst(None, "overzicht", "Fijn dat u er bent: dit is 'ons' loket.\nTot ziens.")
    rij = Medewerker.objects.get(subject="m-1")
    rij.rechten = [recht.value for recht in Recht]
    rij.vervanger = Medewerker.objects.get(subject="m-2")
    rij.save()
    return medewerker(rij.pk, subject="m-1", rechten=tuple(Recht))


def empty() -> None:
    ZaakType.objects.all().delete()
    Medewerker.objects.all().delete()
    Afdeling.objects.all().delete()
    for sjabloon in sjablonen.list_alle():
        SjabloonRegel.objects.filter(pk=sjabloon.id).delete()
    TekstRegel.objects.all().delete()
    HerinneringsregelRij.objects.all().delete()
    RegelWaarde.objects.all().delete()


def test_an_export_in_an_empty_environment_gives_the_same(manager):
    voor, inhoud = lees_inrichting(), export_zip(manager)
    empty()
    importeer(None, parse_zip(inhoud), merk=None)
    assert lees_inrichting() == voor
    assert export_zip(None) == inhoud


TEKST = (
    st.text(
        alphabet=st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\x00"),
        min_size=1,
        max_size=60,
    )
    .map(str.strip)
    .filter(bool)
)


@given(
    namen=st.dictionaries(st.from_regex(r"[a-z0-9-]{1,20}", fullmatch=True), TEKST, max_size=4), tekst=TEKST
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_people_typed_survives_the_way_out_and_in(namen: dict[str, str], tekst: str):
    with transaction.atomic():
        empty()
        for code, naam in namen.items():
            Afdeling.objects.create(code=code, naam=naam[:80])
        teksten.save_tekst(None, "bericht", tekst)
        voor, inhoud = lees_inrichting(), export_zip(None)
        empty()
        importeer(None, parse_zip(inhoud), merk=None)
        assert lees_inrichting() == voor
        transaction.set_rollback(True)


def test_importing_what_is_there_changes_nothing(manager):
    inhoud = export_zip(manager)
    plan = importeer(manager, parse_zip(inhoud), merk=None)
    assert {een.stand for een in plan.wijzigingen} == {Stand.ONGEWIJZIGD}
    assert ZaakType.objects.filter(versie__gt=1).count() == 0


def test_the_preview_writes_nothing_and_says_what_the_import_does(manager):
    bestanden = files_of(export_zip(manager))
    naam = "zaaktype-kapvergunning.yaml"
    bestanden[naam] = bestanden[naam].replace("doorlooptijd_dagen: 56", "doorlooptijd_dagen: 70")
    bestanden["afdelingen.yaml"] += "nieuwe-afdeling: Nieuw\n"
    invoer = parse_zip(zip_of(bestanden))
    regels = AuditRegel.objects.count()
    plan = bekijk(manager, invoer)
    assert [een.titel for een in plan.met(Stand.NIEUW)] == ["nieuwe-afdeling"]
    (gewijzigd,) = plan.met(Stand.GEWIJZIGD)
    assert [(v.veld, v.oud, v.nieuw) for v in gewijzigd.verschillen] == [
        ("Wettelijke termijn in dagen", "56", "70")
    ]
    assert AuditRegel.objects.count() == regels
    assert not Afdeling.objects.filter(code="nieuwe-afdeling").exists()
    assert importeer(manager, invoer, merk=plan.merk) == plan
    assert ZaakType.objects.get(identificatie="KAPVERGUNNING", einde_geldigheid=None).versie == 2


def test_what_changed_since_the_preview_is_not_overwritten(manager):
    bestanden = files_of(export_zip(manager))
    bestanden["teksten.yaml"] = "overzicht: Uit het bestand\n"
    invoer = parse_zip(zip_of(bestanden))
    plan = bekijk(manager, invoer)
    teksten.save_tekst(manager, "overzicht", "Van een collega")
    with pytest.raises(BeheerGewijzigd):
        importeer(manager, invoer, merk=plan.merk)
    assert teksten.lees_tekst("overzicht") == "Van een collega"


def test_nothing_is_removed_and_one_mistake_stops_all(manager):
    aantal = Medewerker.objects.count()
    importeer(manager, parse_zip(zip_of({"afdelingen.yaml": "extra: Extra\n"})), merk=None)
    assert Medewerker.objects.count() == aantal
    fout = {
        "afdelingen.yaml": "nog-een: Nog een\n",
        "medewerkers.yaml": "- {subject: x, naam: X, afdelingen: [bestaat-niet]}\n",
    }
    with pytest.raises(InrichtingOngeldig) as gezien:
        bekijk(manager, parse_zip(zip_of(fout)))
    with pytest.raises(InrichtingOngeldig) as gedaan:
        importeer(manager, parse_zip(zip_of(fout)), merk=None)
    assert gezien.value.fouten == gedaan.value.fouten
    assert "medewerkers.yaml, X" in gezien.value.tekst
    assert not Afdeling.objects.filter(code="nog-een").exists()


def test_who_may_not_manage_learns_nothing(manager):
    ander = medewerker(9, subject="m-9")
    inhoud = export_zip(manager)
    with pytest.raises(NietGevonden):
        export_zip(ander)
    with pytest.raises(NietGevonden):
        bekijk(ander, parse_zip(inhoud))


@pytest.mark.parametrize(
    ("bestanden", "verwacht"),
    [
        ({"../etc/passwd.yaml": "a: b"}, "iets anders dan YAML"),
        ({"map/": ""}, "iets anders dan YAML"),
        ({"afdelingen.yaml": "a: &x b\nc: *x\n"}, "afdelingen.yaml, regel 2: een verwijzing"),
        ({"afdelingen.yaml": "a: b\na: c\n"}, "afdelingen.yaml, regel 2, a: staat er twee keer in"),
        ({"afdelingen.yaml": "- a\n"}, "afdelingen.yaml, regel 1: moet velden"),
        (
            {"sjablonen.yaml": "- soort: brief\n  titel: x\n  tekst: y\n"},
            "sjablonen.yaml, regel 1, 1.soort: kies uit",
        ),
        (
            {"medewerkers.yaml": "- {subject: x, naam: X, wachtwoord: y}\n"},
            "wachtwoord: dit veld kennen wij niet",
        ),
        ({"medewerkers.yaml": "- {subject: x, naam: X}\n- {subject: x, naam: Y}\n"}, "staat er twee keer in"),
        ({"zaaktype-x.yaml": "[" * 5000}, "zaaktype-x.yaml"),
        ({"afdelingen.yaml": "a: '" + "x" * 600_000 + "'\n"}, "afdelingen.yaml: is te groot"),
        ({f"zaaktype-{n}.yaml": "" for n in range(201)}, "te veel"),
        ({}, "leeg"),
    ],
)
def test_a_bad_file_is_named(bestanden: dict[str, str], verwacht: str):
    with pytest.raises(InrichtingOngeldig) as gevangen:
        parse_zip(zip_of(bestanden))
    assert verwacht in gevangen.value.tekst


@pytest.mark.parametrize("inhoud", [b"", b"geen zip", b"PK\x03\x04" + b"\x00" * 40, b"x" * 600_000])
def test_what_is_no_zip_is_refused(inhoud: bytes):
    with pytest.raises(InrichtingOngeldig):
        parse_zip(inhoud)


@given(st.binary(max_size=400))
def test_noise_never_crashes(inhoud: bytes):
    with pytest.raises(InrichtingOngeldig):
        parse_zip(inhoud)


def test_the_commands_carry_it_over(manager, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    pad = tmp_path / "inrichting.zip"
    call_command("export-inrichting", str(pad))
    voor = lees_inrichting()
    empty()
    call_command("import-inrichting", str(pad), "--proef")
    assert "Dit was een proef" in capsys.readouterr().out
    assert not Medewerker.objects.exists()
    call_command("import-inrichting", str(pad))
    assert lees_inrichting() == voor
    mila = get_medewerker_by_subject("m-1")
    assert mila is not None
    assert Recht.BEHEREN in mila.rechten
    pad.write_bytes(b"kapot")
    with pytest.raises(CommandError, match="niets veranderd"):
        call_command("import-inrichting", str(pad))


def test_an_unpacked_export_is_a_folder_of_zaaktypen(manager, tmp_path: Path):
    for naam, tekst in files_of(export_zip(manager)).items():
        (tmp_path / naam).write_text(tekst, encoding="utf-8")
    call_command("import-zaaktypen", str(tmp_path))
    assert ZaakType.objects.filter(versie__gt=1).count() == 0


@pytest.mark.parametrize(
    ("bestand", "tekst"),
    [
        ("herinneringen.yaml", "taak: {is_aan: true, dagen: 99}"),
        ("herinneringen.yaml", "taak: {is_aan: graag, dagen: 3}"),
        ("herinneringen.yaml", "postduif: {is_aan: true, dagen: 3}"),
        ("storingsregels.yaml", "minimum_minuten: {waarde: 0}"),
        ("storingsregels.yaml", "onzin: {waarde: 5}"),
    ],
)
def test_a_rule_in_a_file_has_the_same_bounds(manager, bestand, tekst):
    voor = lees_inrichting()
    with pytest.raises(InrichtingOngeldig) as fout:
        importeer(None, parse_zip(zip_of({bestand: tekst})), merk=None)
    assert bestand in fout.value.tekst
    assert NietGevonden.tekst not in fout.value.tekst, "no page was asked for"
    assert lees_inrichting() == voor


def test_a_rule_that_a_file_does_not_name_stays_as_it_is(manager):
    inhoud = zip_of({"storingsregels.yaml": "nabericht_uren: {waarde: 8}"})
    importeer(None, parse_zip(inhoud), merk=None)
    regels = get_regels()
    assert (regels.minimum_minuten, regels.nabericht_uren) == (90, 8)
    assert get_regel("taak").dagen == 5
