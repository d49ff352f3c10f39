"""What the rewriting of files does beside the rest of the product."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from eloket.documenten import controle, herversleutelen, opslag, service
from eloket.documenten.models import Bestand
from eloket.documenten.tijdelijk import Schrijver
from eloket.documenten.types import Controle, Herkomst
from eloket.documenten.upload import bied_aan
from eloket.kernel.klok import nu

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bron")]
INHOUD = b"een brief van vroeger " * 5_000


@pytest.fixture
def oud(opslagmap: Path) -> str:
    """A document from before there was encryption; its sha256."""
    [klaar] = service.prepare((bied_aan("a.txt", [INHOUD]),), zaak_ref="register-1", moment=nu()).goed
    service.add_document(
        zaak_ref="register-1",
        bestand=klaar,
        herkomst=Herkomst.AANVRAGER,
        auteur_key="k",
        auteur_naam="n",
        moment=nu(),
    )
    opslag.delete(klaar.sha256)
    plat(opslagmap, klaar.sha256, INHOUD)
    return klaar.sha256


def plat(opslagmap: Path, sha256: str, inhoud: bytes) -> Path:
    pad = opslagmap / sha256[:2] / sha256[2:4] / sha256
    pad.parent.mkdir(parents=True, exist_ok=True)
    pad.write_bytes(inhoud)
    return pad


def alles(_ronde: herversleutelen.Ronde) -> bool:
    return True


def test_a_file_of_before_is_read_told_of_and_rewritten(oud: str) -> None:
    assert b"".join(opslag.open_inhoud(oud).brokken) == INHOUD
    voor = controle.controleer(volledig=True)
    assert (voor.is_goed, voor.niet_versleuteld) == (True, 1)
    assert "Nog niet versleuteld: 1 bestanden" in controle.schrijf(voor)
    assert herversleutelen.rewrite_files(alles) == herversleutelen.Ronde(gedaan=1)
    assert b"".join(opslag.open_inhoud(oud).brokken) == INHOUD
    assert herversleutelen.count_over() == {}
    assert controle.controleer(volledig=True).is_goed


def test_a_file_that_changed_is_not_given_a_seal_of_ours(oud: str, opslagmap: Path) -> None:
    plat(opslagmap, oud, INHOUD[:-1] + b"!")
    assert herversleutelen.rewrite_files(alles) == herversleutelen.Ronde(mislukt=1)
    assert herversleutelen.count_over() == {"": 1}
    assert list((opslagmap / "tmp").iterdir()) == []


def test_a_round_stops_when_it_was_told_to(oud: str, opslagmap: Path) -> None:
    assert herversleutelen.rewrite_files(lambda _ronde: False) == herversleutelen.Ronde()
    assert herversleutelen.count_over() == {"": 1}


@pytest.mark.parametrize("kijk", [opslag.size, lambda sha256: opslag.open_inhoud(sha256).omvang])
def test_a_file_that_moves_between_looking_and_opening_is_not_called_gone(
    oud: str, monkeypatch: pytest.MonkeyPatch, kijk: Callable[[str], int]
) -> None:
    echt, plekken = opslag.vind, []

    def vind(sha256: str) -> opslag.Plek:
        plekken.append(echt(sha256))
        if len(plekken) == 1:
            plek = plekken[0]
            assert herversleutelen.rewrite_files(alles) == herversleutelen.Ronde(gedaan=1)
            return plek
        return plekken[-1]

    monkeypatch.setattr(opslag, "vind", vind)
    assert kijk(oud) == len(INHOUD)


@pytest.mark.parametrize("wat", ["opgeruimd", "besmet"])
def test_what_was_removed_meanwhile_does_not_come_back(
    oud: str, monkeypatch: pytest.MonkeyPatch, wat: str, opslagmap: Path
) -> None:
    echt = herversleutelen._copy

    def traag(sha256: str, schrijver: Schrijver) -> bool:
        gelukt = echt(sha256, schrijver)
        if wat == "besmet":
            Bestand.objects.update(controle=Controle.BESMET, gescand_op=nu())
        else:
            Bestand.objects.get().documenten.all().delete()
            service.ruim_op(nu() + timedelta(hours=2))
        return gelukt

    monkeypatch.setattr(herversleutelen, "_copy", traag)
    herversleutelen.rewrite_files(alles)
    assert not opslag.exists(oud)
    assert [pad for pad in opslagmap.rglob("*") if pad.is_file()] == []
