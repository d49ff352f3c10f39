"""`eloket controleer-documenten` says what is wrong by its exit, and never a name."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from eloket.documenten import opslag, service, voorbeelden
from eloket.documenten.types import Herkomst
from eloket.documenten.upload import bied_aan
from eloket.kernel.klok import nu, op_moment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_storage(tmp_path: Path, settings: Settings) -> None:
    """What other tests left behind in the storage has no rows any more."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "files"}},
    }
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "files" / "tmp"


def add(tekst: str) -> str:
    """A document with this text; returns the hash of its content."""
    klaar = service.prepare(
        (bied_aan("Geheime brief.pdf", [voorbeelden.pdf(tekst)]),), zaak_ref="", moment=nu()
    )
    (bestand,) = klaar.goed
    service.add_document(
        zaak_ref="register-x",
        bestand=bestand,
        herkomst=Herkomst.AANVRAGER,
        auteur_key="k",
        auteur_naam="Jeroen",
        moment=nu(),
    )
    return bestand.sha256


def test_all_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    add("alles goed")
    call_command("controleer-documenten", "--volledig", "--ruim-op")
    uit = capsys.readouterr().out
    assert "1 documenten bekeken" in uit
    assert "Opgeruimd: " in uit


def test_missing_content_ends_in_failure_without_names(capsys: pytest.CaptureFixture[str]) -> None:
    opslag.delete(add("verdwenen"))
    with pytest.raises(CommandError):
        call_command("controleer-documenten")
    uit = capsys.readouterr().out
    assert "Document zonder inhoud: 1" in uit
    assert "Geheime" not in uit
    assert "Jeroen" not in uit


def test_clean_up_removes_what_nobody_linked() -> None:
    lang_geleden = nu().replace(year=nu().year - 1, day=1)
    with op_moment(lang_geleden):
        klaar = service.prepare((bied_aan("los.pdf", [voorbeelden.pdf("los")]),), zaak_ref="", moment=nu())
    (bestand,) = klaar.goed
    assert opslag.exists(bestand.sha256)
    call_command("controleer-documenten", "--ruim-op")
    assert not opslag.exists(bestand.sha256)


def flip(pad: Path) -> None:
    inhoud = bytearray(pad.read_bytes())
    inhoud[-20] ^= 1
    pad.write_bytes(inhoud)


def cut_off(pad: Path) -> None:
    pad.write_bytes(pad.read_bytes()[:-40])


def of_another(pad: Path) -> None:
    ander = next(een for een in pad.parents[2].rglob("*") if een.is_file() and een != pad)
    pad.write_bytes(ander.read_bytes())


@pytest.mark.parametrize("hoe", [flip, cut_off, of_another])
def test_a_file_that_was_changed_on_the_disk_is_named_by_its_hash_and_by_no_name(
    hoe: Callable[[Path], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add("een ander document, met een andere lengte")
    goed = {pad for pad in (tmp_path / "files").rglob("*") if pad.is_file()}
    sha256 = add("wat er stond")
    (pad,) = {een for een in (tmp_path / "files").rglob("*") if een.is_file()} - goed
    hoe(pad)
    with pytest.raises(CommandError):
        call_command("controleer-documenten", "--volledig")
    uit = capsys.readouterr().out
    assert sha256 in uit or pad.name in uit
    assert "FOUT" in uit
    assert "Geheime" not in uit
