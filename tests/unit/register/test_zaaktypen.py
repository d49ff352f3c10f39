"""Importing zaaktypen: versions, and mistakes that say where they are."""

import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from eloket.identity.models import Afdeling
from eloket.identity.types import Partij
from eloket.kernel.klok import nu, op_moment, vandaag
from eloket.sources.register.bron import RegisterBron
from eloket.sources.register.models import ZaakType
from eloket.sources.register.zaaktypen import MEEGELEVERD, ZaakTypenOngeldig, import_zaaktypen
from eloket.zaken.testing import nieuwe_zaak

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of our own zaaktypen, to change."""
    return Path(shutil.copytree(MEEGELEVERD, tmp_path / "zaaktypen"))


def change(folder: Path, van: str, naar: str, bestand: str = "kapvergunning.yaml") -> None:
    pad = folder / bestand
    tekst = pad.read_text(encoding="utf-8")
    assert van in tekst
    pad.write_text(tekst.replace(van, naar, 1), encoding="utf-8")


def test_our_own_zaaktypen_are_twelve_with_their_afdelingen() -> None:
    verslag = import_zaaktypen(MEEGELEVERD)
    assert len(verslag.nieuw) == 12
    assert set(verslag.afdelingen) == set(Afdeling.objects.values_list("code", flat=True))
    assert ZaakType.objects.filter(einde_geldigheid=None, versie=1).count() == 12


def test_importing_again_changes_nothing(folder: Path) -> None:
    import_zaaktypen(folder)
    change(folder, "identificatie:", "# een opmerking\nidentificatie:")
    verslag = import_zaaktypen(folder)
    assert (verslag.nieuw, verslag.gewijzigd, verslag.afdelingen) == ((), (), ())
    assert ZaakType.objects.count() == 12


def test_changed_file_becomes_next_version_and_zaken_keep_theirs(folder: Path) -> None:
    bron = RegisterBron()
    bron.import_zaaktypen(folder)
    opdracht = nieuwe_zaak(Partij.inwoner("999990019"), zaaktype="KAPVERGUNNING")
    oud, _ = bron.start_zaak(opdracht, nu())
    change(folder, "omschrijving: Boom beoordelen", "omschrijving: Boom bekijken")
    change(folder, "doorlooptijd_dagen: 56", "doorlooptijd_dagen: 70")
    assert import_zaaktypen(folder).gewijzigd == ("KAPVERGUNNING",)
    nieuw, _ = bron.start_zaak(opdracht, nu())
    assert bron.get_zaak(oud.ref.id) == oud
    assert oud.statustypen[1].omschrijving == "Boom beoordelen"
    assert nieuw.statustypen[1].omschrijving == "Boom bekijken"
    assert (oud.doorlooptijd_dagen, nieuw.doorlooptijd_dagen) == (56, 70)
    versies = ZaakType.objects.filter(identificatie="KAPVERGUNNING").order_by("versie")
    assert [(z.versie, z.einde_geldigheid) for z in versies] == [(1, vandaag()), (2, None)]


@pytest.mark.parametrize(
    ("van", "naar", "verwacht"),
    [
        (
            "doorlooptijd_dagen: 56",
            "doorlooptijd_dagen: veel",
            "doorlooptijd_dagen: moet een heel getal zijn",
        ),
        ("badge: besluit_genomen", "badge: klaar", "statustypen.3.badge: kies uit: 'ontvangen'"),
        ("omschrijving: Kapvergunning", "naam: Kapvergunning", "naam: dit veld kennen wij niet"),
        ("omschrijving: Kapvergunning", "naam: Kapvergunning", "omschrijving: ontbreekt"),
        ("afdeling: vergunningen", "afdeling: bestaat-niet", "'bestaat-niet' staat niet in afdelingen.yaml"),
        ("badge: afgerond", "badge: ontvangen", "de laatste status rondt de zaak af"),
        ("initiator", "belanghebbende", "een van de roltypen is de initiator"),
        ("identificatie: KAPVERGUNNING", "identificatie: MOR", "staat ook al in"),
        (
            "vertrouwelijkheidaanduiding: openbaar",
            "vertrouwelijkheidaanduiding: gewoon",
            "kies uit: openbaar",
        ),
        ("statustypen:", "statustypen: [", "dit is geen geldige YAML"),
    ],
)
def test_mistake_names_file_and_field_and_changes_nothing(
    folder: Path, van: str, naar: str, verwacht: str
) -> None:
    change(folder, van, naar)
    with pytest.raises(ZaakTypenOngeldig) as gevangen:
        import_zaaktypen(folder)
    assert verwacht in gevangen.value.tekst
    assert (
        "kapvergunning.yaml" in gevangen.value.tekst or "melding-openbare-ruimte.yaml" in gevangen.value.tekst
    )
    assert not ZaakType.objects.exists()
    assert not Afdeling.objects.exists()


def test_mistake_names_the_line(folder: Path) -> None:
    change(folder, "badge: besluit_genomen", "badge: klaar")
    regels = (folder / "kapvergunning.yaml").read_text(encoding="utf-8").splitlines()
    with pytest.raises(ZaakTypenOngeldig) as gevangen:
        import_zaaktypen(folder)
    (fout,) = gevangen.value.fouten
    assert f"regel {regels.index('    badge: klaar') + 1}," in fout


def test_every_mistake_is_told_at_once(folder: Path) -> None:
    change(folder, "doorlooptijd_dagen: 56", "doorlooptijd_dagen: 0")
    change(folder, "badge: afgerond", "badge: klaar", "bezwaar-woz.yaml")
    with pytest.raises(ZaakTypenOngeldig) as gevangen:
        import_zaaktypen(folder)
    assert len(gevangen.value.fouten) == 2


def test_command_reports_and_refuses(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import-zaaktypen", str(folder))
    assert "Nieuw: AVG_VERZOEK, BEZWAAR_WOZ" in capsys.readouterr().out
    change(folder, "doorlooptijd_dagen: 56", "doorlooptijd_dagen: 0")
    with pytest.raises(CommandError, match="regel 5, doorlooptijd_dagen"):
        call_command("import-zaaktypen", str(folder))
    with pytest.raises(CommandError, match="deze map bestaat niet"):
        call_command("import-zaaktypen", str(folder / "weg"))


def test_moment_of_import_is_the_start_of_a_version(folder: Path) -> None:
    gisteren = nu().replace(year=nu().year - 1, day=1)
    with op_moment(gisteren):
        import_zaaktypen(folder)
        dag = vandaag()
    assert set(ZaakType.objects.values_list("begin_geldigheid", flat=True)) == {dag}
