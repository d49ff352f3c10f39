"""The back channel of SAML stays within the bounds of every call that goes out (kernel.uitgaand)."""

from typing import Any

import pytest

from eloket.identity.errors import LoginNietBereikbaar
from eloket.identity.middel import Middel
from eloket.identity.middelen import get_middel
from eloket.identity.saml.inloggen import ask_time
from tests.saml.aansluiting import dienst, schrijf
from tests.saml.idp import Idp
from tests.unit.ops.productieomgeving import put

__all__ = ["dienst"]  # the fixture


def productie(settings: Any, dienst: Idp, **anders: Any) -> Middel:
    """A portal of production, connected to this provider."""
    put(settings, digid_issuer="", medewerker_issuer="", middelen_bestand=schrijf(dienst), **anders)
    middel = get_middel("digid")
    assert middel is not None
    return middel


def test_a_private_address_is_not_asked(settings: Any, dienst: Idp):
    with pytest.raises(LoginNietBereikbaar):
        ask_time(productie(settings, dienst))
    assert dienst.gevraagd == []
    assert dienst.clienten == []


def test_one_that_the_settings_name_is(settings: Any, dienst: Idp):
    ask_time(productie(settings, dienst, interne_hosts=("127.0.0.1",)))
    assert len(dienst.gevraagd) == 1


@pytest.mark.parametrize("status", [301, 302, 307])
def test_it_goes_nowhere_else(settings: Any, dienst: Idp, status: int):
    dienst.http_status = status
    with pytest.raises(LoginNietBereikbaar):
        ask_time(productie(settings, dienst, interne_hosts=("127.0.0.1",)))


def test_an_answer_without_end_is_broken_off(settings: Any, dienst: Idp):
    dienst.buig_bytes = lambda inhoud: inhoud + b" " * 5_000_000
    with pytest.raises(LoginNietBereikbaar):
        ask_time(productie(settings, dienst, interne_hosts=("127.0.0.1",)))
