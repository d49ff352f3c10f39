"""Every register of persons and businesses keeps the text of profile.ports.PersonenBron.

A new implementation is one more line in BRONNEN: how to make it, and who it knows.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from eloket.ops.demo.personas import personen_bestand
from eloket.profile.errors import PersoonNietGevonden
from eloket.profile.ports import PersonenBron
from eloket.profile.testing import FakePersonenBron
from eloket.sources.personen.embedded import EmbeddedPersonenBron


@dataclass(frozen=True)
class Opstelling:
    """An implementation with the numbers it knows; the branch belongs to the business."""

    maak: Callable[[], PersonenBron]
    bsn: str
    kvk: str
    vestiging: str


_NUMMERS = {"bsn": "999990019", "kvk": "69599084", "vestiging": "000038509504"}
BRONNEN = {
    "fake": Opstelling(maak=FakePersonenBron, **_NUMMERS),
    "embedded": Opstelling(maak=lambda: EmbeddedPersonenBron(personen_bestand()), **_NUMMERS),
}
ONBEKEND_BSN, ONBEKEND_KVK, ONBEKENDE_VESTIGING = "999999990", "99999999", "999999999999"


@pytest.fixture(params=sorted(BRONNEN))
def opstelling(request):
    return BRONNEN[request.param]


def test_a_known_resident_has_a_name_a_birth_date_and_an_address(opstelling):
    persoon = opstelling.maak().get_persoon(opstelling.bsn)
    assert persoon.achternaam
    assert persoon.geboortedatum.year > 1880
    assert persoon.straat_huisnummer
    assert persoon.postcode
    assert persoon.woonplaats


def test_a_known_business_has_a_trade_name_and_its_own_number(opstelling):
    onderneming = opstelling.maak().get_onderneming(opstelling.kvk)
    assert onderneming.handelsnaam
    assert (onderneming.kvk_nummer, onderneming.vestigingsnummer) == (opstelling.kvk, "")


def test_a_branch_has_its_number_and_name_besides_those_of_the_business(opstelling):
    onderneming = opstelling.maak().get_onderneming(opstelling.kvk, opstelling.vestiging)
    assert onderneming.handelsnaam
    assert onderneming.vestiging_naam
    assert (onderneming.kvk_nummer, onderneming.vestigingsnummer) == (opstelling.kvk, opstelling.vestiging)


def test_who_is_not_known_is_not_found(opstelling):
    bron = opstelling.maak()
    with pytest.raises(PersoonNietGevonden):
        bron.get_persoon(ONBEKEND_BSN)
    with pytest.raises(PersoonNietGevonden):
        bron.get_onderneming(ONBEKEND_KVK)


def test_a_branch_is_only_found_at_its_own_business(opstelling):
    bron = opstelling.maak()
    with pytest.raises(PersoonNietGevonden):
        bron.get_onderneming(opstelling.kvk, ONBEKENDE_VESTIGING)
    with pytest.raises(PersoonNietGevonden):
        bron.get_onderneming(ONBEKEND_KVK, opstelling.vestiging)


def test_no_value_shows_who_it_is_about(opstelling):
    persoon = opstelling.maak().get_persoon(opstelling.bsn)
    assert persoon.achternaam not in repr(persoon)
