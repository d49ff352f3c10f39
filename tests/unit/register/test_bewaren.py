"""When a zaak of the register is closed it gets its archiefactiedatum; reopened it has none any more."""

from datetime import UTC, date, datetime

import pytest

from eloket.identity.types import Partij
from eloket.sources.register import archief
from eloket.sources.register.bron import RegisterBron
from eloket.sources.register.models import Zaak as ZaakRij
from eloket.sources.register.models import ZaakType
from eloket.zaken.bewaren import BewaarDeel
from eloket.zaken.testing import nieuwe_zaak
from eloket.zaken.types import Archiefnominatie, Zaak

pytestmark = pytest.mark.django_db
MOMENT = datetime(2024, 2, 28, 23, 30, tzinfo=UTC)  # in Amsterdam it is the 29th already
JEROEN = Partij.inwoner("999990019")
INGETROKKEN, VERLEEND = "Aanvraag ingetrokken", "Vergunning verleend"


@pytest.fixture
def bron() -> RegisterBron:
    register = RegisterBron()
    register.import_zaaktypen()
    return register


def close(bron: RegisterBron, resultaat: str, moment: datetime = MOMENT) -> Zaak:
    zaak, _ = bron.start_zaak(nieuwe_zaak(JEROEN, zaaktype="PARKEERVERGUNNING"), moment)
    laatste = zaak.statustypen[-1].volgnummer
    bron.set_status(zaak.ref.id, volgnummer=laatste, toelichting="", moment=moment, versie=zaak.versie)
    bron.set_resultaat(zaak.ref.id, resultaat=resultaat)
    return bron.get_zaak(zaak.ref.id)


def without_terms(bron: RegisterBron) -> BewaarDeel:
    """Takes the terms off the zaaktype, as of before there were any; gives one to put there."""
    ZaakType.objects.update(bewaren=[])
    return BewaarDeel(archiefnominatie=Archiefnominatie.VERNIETIGEN, bewaartermijn="P3Y")


def write_terms(bron: RegisterBron, deel: BewaarDeel) -> None:
    """The municipality writes its terms, in a next version."""
    nu = bron.list_versies("PARKEERVERGUNNING")[0].definitie
    bron.save_definitie(nu.model_copy(update={"bewaren": (deel,)}), versie=None)


def test_a_closed_zaak_gets_its_date_by_its_result(bron: RegisterBron):
    assert close(bron, INGETROKKEN).archiefactiedatum == date(2025, 2, 28)
    zaak = close(bron, VERLEEND)  # it counts for a year, and is kept a year after that
    assert (zaak.archiefnominatie, zaak.archiefactiedatum) == (
        Archiefnominatie.VERNIETIGEN,
        date(2026, 2, 28),
    )


def test_an_open_zaak_has_none(bron: RegisterBron):
    zaak, _ = bron.start_zaak(nieuwe_zaak(JEROEN, zaaktype="PARKEERVERGUNNING"), MOMENT)
    assert (zaak.archiefnominatie, zaak.archiefactiedatum) == (None, None)


def test_a_reopened_zaak_has_none_until_it_is_closed_again(bron: RegisterBron):
    zaak = close(bron, INGETROKKEN)
    zaak = bron.reopen(zaak.ref.id, moment=MOMENT, versie=zaak.versie)
    assert (zaak.archiefnominatie, zaak.archiefactiedatum) == (None, None)
    later = datetime(2026, 5, 1, tzinfo=UTC)
    bron.set_status(zaak.ref.id, volgnummer=4, toelichting="", moment=later, versie=zaak.versie)
    bron.set_resultaat(zaak.ref.id, resultaat=INGETROKKEN)
    assert bron.get_zaak(zaak.ref.id).archiefactiedatum == date(2027, 5, 1)


def test_a_later_definition_does_not_move_the_date(bron: RegisterBron):
    zaak = close(bron, INGETROKKEN)
    write_terms(bron, BewaarDeel(archiefnominatie=Archiefnominatie.VERNIETIGEN, bewaartermijn="P20Y"))
    archief.fill_missing(100)
    assert bron.get_zaak(zaak.ref.id).archiefactiedatum == date(2025, 2, 28)


def test_what_was_closed_before_the_terms_were_written_gets_them_too(bron: RegisterBron):
    deel = without_terms(bron)
    zaken = [close(bron, INGETROKKEN) for _ in range(3)]
    assert archief.fill_missing(100) == 0
    write_terms(bron, deel)
    assert [archief.fill_missing(2) for _ in range(3)] == [2, 1, 0]
    for zaak in zaken:
        nu = bron.get_zaak(zaak.ref.id)
        assert (nu.archiefactiedatum, nu.versie) == (date(2027, 2, 28), zaak.versie)


def test_a_zaak_of_an_old_version_that_is_closed_now_takes_the_terms_that_count(bron: RegisterBron):
    deel = without_terms(bron)
    zaak, _ = bron.start_zaak(nieuwe_zaak(JEROEN, zaaktype="PARKEERVERGUNNING"), MOMENT)
    write_terms(bron, deel)
    bron.set_status(zaak.ref.id, volgnummer=4, toelichting="", moment=MOMENT, versie=zaak.versie)
    assert bron.get_zaak(zaak.ref.id).archiefactiedatum == date(2027, 2, 28)


def test_filling_in_passes_over_what_was_reopened_meanwhile(bron: RegisterBron):
    deel = without_terms(bron)
    zaak = close(bron, INGETROKKEN)
    write_terms(bron, deel)
    bron.reopen(zaak.ref.id, moment=MOMENT, versie=zaak.versie)
    assert archief.fill_missing(100) == 0
    assert ZaakRij.objects.get(pk=zaak.ref.id).archiefactiedatum is None


def test_a_definition_reads_back_as_it_was_written(bron: RegisterBron):
    for een in bron.list_definities():
        rij = ZaakType.objects.get(identificatie=een.definitie.identificatie, einde_geldigheid=None)
        assert een.definitie.sha == rij.inhoud_sha
        assert een.definitie.bewaren
