"""`eloket controleer-bewijs` says whether the proof still holds, and where it does not."""

import io

import pytest
from django.core.management import CommandError, call_command

from eloket.audit.models import AuditRegel, Zegel
from tests.bewaking import zonder_bewaking
from tests.unit.audit.keten import add, check, seal

pytestmark = pytest.mark.django_db


def run(*opties: str) -> str:
    uit = io.StringIO()
    call_command("controleer-bewijs", *opties, stdout=uit)
    return uit.getvalue()


def fails(*opties: str) -> tuple[str, str]:
    """(what it wrote, why it ended with code 1)"""
    uit = io.StringIO()
    with pytest.raises(CommandError) as error:
        call_command("controleer-bewijs", *opties, stdout=uit)
    assert error.value.returncode == 1
    return uit.getvalue(), str(error.value)


def test_an_empty_house_holds():
    assert "Keten audit_regel: 0 zegels, 0 regels; nog niet verzegeld: 0." in run()


def test_it_tells_the_head_and_what_waits():
    add(5)
    seal()
    add(2)
    uitvoer = run()
    assert "Keten audit_regel: 2 zegels, 5 regels; nog niet verzegeld: 2." in uitvoer
    assert f"Kop: {check().kop}" in uitvoer
    assert uitvoer.endswith("Het bewijs klopt: er is niets veranderd, weggehaald of ertussen gezet.\n")


def test_it_names_the_row_and_ends_with_code_1():
    add(5)
    seal()
    regel = AuditRegel.objects.latest("pk")
    with zonder_bewaking():
        AuditRegel.objects.filter(pk=regel.pk).update(actie="zaak.x")
    uitvoer, reden = fails()
    assert f"FOUT  zegel 2, regel {regel.pk} is veranderd nadat hij verzegeld was." in uitvoer
    assert reden.startswith("Het bewijs klopt NIET: 1 keer.")


def test_a_head_that_was_noted_shows_that_the_tail_was_cut_off():
    add(5)
    seal()
    kop = check().kop
    assert kop is not None
    noot = str(kop)
    assert "Het bewijs klopt" in run("--vanaf-kop", noot)
    assert "Het bewijs klopt" in run(
        "--keten", "audit_regel", "--vanaf-kop", noot.removeprefix("audit_regel:")
    )
    with zonder_bewaking():
        AuditRegel.objects.filter(zegel=2).delete()
        Zegel.objects.filter(volgnummer=2).delete()
    assert "Het bewijs klopt" in run()
    uitvoer, _ = fails("--vanaf-kop", noot)
    assert "zegel 2 hebt u genoteerd, maar het is er niet meer" in uitvoer


@pytest.mark.parametrize("kop", ["12", "1:abc", "bestaat_niet:1:" + "a" * 64])
def test_a_head_that_cannot_be_read_is_no_success(kop):
    assert "--vanaf-kop" in fails("--vanaf-kop", kop)[1]


def test_guards_that_are_gone_are_told():
    with zonder_bewaking():
        uitvoer, reden = fails()
        assert "FOUT  audit_regel: wacht_audit_regel_insert bewaakt de database niet meer." in uitvoer
        assert "Het bewijs klopt NIET" in reden
    assert "Het bewijs klopt" in run()
