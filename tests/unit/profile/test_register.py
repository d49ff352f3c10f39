"""What the registers know, and the name to greet somebody with."""

import pytest

from eloket.identity.types import Partij
from eloket.kernel.errors import BronOnbereikbaar
from eloket.profile import bron, queries, service
from eloket.profile.errors import PersoonNietGevonden
from eloket.profile.testing import JEROEN, KORENAAR, KORENAAR_MARKT, FakePersonenBron

INWONER = Partij.inwoner("999990019")
ONDERNEMING = Partij.onderneming("69599084")
TAK = Partij.onderneming("69599084", "000038509504")


@pytest.fixture
def register(monkeypatch):
    monkeypatch.setattr(bron, "_bronnen", [])
    nep = FakePersonenBron()
    service.configure(nep)
    return nep


def test_names_as_people_write_them():
    assert JEROEN.naam == "Jeroen Pieter van Drouwen"
    assert JEROEN.korte_naam == "J. van Drouwen"
    assert "Drouwen" not in repr(JEROEN)


def test_a_resident_and_a_business_are_looked_up_by_their_number(register):
    assert queries.get_persoon(INWONER) is JEROEN
    assert queries.get_onderneming(ONDERNEMING) is KORENAAR
    assert queries.get_onderneming(TAK) is KORENAAR_MARKT


def test_unknown_and_unreachable_are_different_truths(register):
    with pytest.raises(PersoonNietGevonden):
        queries.get_persoon(Partij.inwoner("999993653"))
    register.is_onbereikbaar = True
    with pytest.raises(BronOnbereikbaar):
        queries.get_persoon(INWONER)


def test_the_greeting_is_short_and_empty_for_a_stranger(register):
    namen = service.NaamUitRegister()
    assert namen.naam_van(INWONER) == "J. van Drouwen"
    assert namen.naam_van(ONDERNEMING) == "Bakkerij De Korenaar B.V."
    assert namen.naam_van(Partij.inwoner("999993653")) == ""
    register.is_onbereikbaar = True
    with pytest.raises(BronOnbereikbaar):
        namen.naam_van(INWONER)


def test_a_house_without_a_register_says_so(monkeypatch):
    monkeypatch.setattr(bron, "_bronnen", [])
    with pytest.raises(RuntimeError):
        queries.get_persoon(INWONER)
