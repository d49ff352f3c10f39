"""The history of a zaak with several betrokkenen says which of them did it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from eloket.identity.testing import gemachtigde, inwoner, onderneming
from eloket.identity.types import Actor, Machtiging
from eloket.zaken.historie import list_historie, list_kijkers
from eloket.zaken.testing import FakeZaakBron
from eloket.zaken.types import Betrokkene, Zaak
from eloket.zaken.vastleggen import note, note_by_system
from tests.huis import met_nepbronnen
from tests.web.portaal import partij_van, zaak_van

pytestmark = pytest.mark.django_db
JEROEN, FATIMA, SANNE = (
    inwoner(),
    inwoner("999990044", "Fatima el Idrissi"),
    inwoner("999990056", "Sanne Bakker"),
)
ZUID, NOORD = (onderneming(vestigingsnummer=nummer) for nummer in ("000038509504", "000038509512"))
HEEL = onderneming()


def rol(actor: Actor, naam: str) -> Betrokkene:
    partij = partij_van(actor)
    is_onderneming = actor.is_contactpersoon
    return Betrokkene("belanghebbende", partij.key, partij.vestiging_key, naam, is_onderneming)


@pytest.fixture
def bron() -> Iterator[FakeZaakBron]:
    with met_nepbronnen() as een:
        yield een


@pytest.fixture
def zaak(bron: FakeZaakBron) -> Zaak:
    """Of Jeroen, with Fatima and two branches of a business."""
    eigen = zaak_van(JEROEN)
    for een in (rol(FATIMA, FATIMA.naam), rol(ZUID, "Bakker Zuid"), rol(NOORD, "Bakker Noord")):
        bron.add_betrokkene(eigen.ref.id, een)
    return bron.get_zaak(eigen.ref.id)


def who(zaak: Zaak, actor: Actor) -> str:
    """Who the history says that did it."""
    note(actor, "bericht.verstuurd", zaak.ref)
    return list_historie(zaak)[0].wie


@pytest.mark.parametrize(
    ("actor", "wie"),
    [
        (JEROEN, "De aanvrager"),
        (FATIMA, "Fatima el Idrissi"),
        (NOORD, "Bakker Noord"),
        (HEEL, "Bakker Zuid"),
        (SANNE, "Iemand die niet meer bij deze zaak hoort"),
        (gemachtigde(), "Gemachtigde"),
        (replace(gemachtigde(), machtiging=Machtiging.BEWIND), "Bewindvoerder"),
    ],
)
def test_each_betrokkene_is_called_by_who_they_are(zaak: Zaak, actor: Actor, wie: str):
    assert who(zaak, actor) == wie


def test_who_looked_is_called_so_too_and_of_a_business_nothing_says_for_which(zaak: Zaak):
    for actor in (JEROEN, FATIMA, NOORD):
        note(actor, "zaak.bekeken", zaak.ref)
    assert {een.wie for een in list_kijkers(zaak)} == {
        "De aanvrager",
        "Fatima el Idrissi",
        "Iemand die bij de zaak hoort",
    }


def test_in_a_zaak_of_one_it_is_the_applicant(bron: FakeZaakBron):
    for actor in (JEROEN, HEEL):
        zaak = zaak_van(actor)
        note(actor, "zaak.bekeken", zaak.ref)
        assert [een.wie for een in list_kijkers(zaak)] == ["De aanvrager"]
        assert who(zaak, actor) == "De aanvrager"


def test_a_line_that_tells_nobody_is_of_the_applicant(zaak: Zaak):
    assert who(zaak, replace(JEROEN, key="")) == "De aanvrager"


def test_what_the_worker_did_about_one_of_them_says_about_whom(zaak: Zaak, bron: FakeZaakBron):
    for wie in (JEROEN, FATIMA):
        note_by_system("taak.herinnerd", zaak.ref, betrokkene=partij_van(wie).profiel_key)
    assert [een.wat for een in list_historie(zaak)[:2]] == [
        "heeft herinnerd aan een vraag (het gaat om Fatima el Idrissi)",
        "heeft herinnerd aan een vraag (het gaat om de aanvrager)",
    ]
    alleen = zaak_van(FATIMA)
    note_by_system("taak.herinnerd", alleen.ref, betrokkene=partij_van(FATIMA).profiel_key)
    assert list_historie(alleen)[0].wat == "heeft herinnerd aan een vraag"
