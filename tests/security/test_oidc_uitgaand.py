"""A login provider of production is only asked within bounds, at every address that it names."""

import socket
from collections.abc import Iterator

import pytest

from eloket.identity import oidc, provider
from eloket.identity.errors import LoginNietBereikbaar
from eloket.identity.middel import Middel
from eloket.identity.middelen import get_middel
from eloket.kernel.uitgaand import BewaakteAdapter
from tests.unit.ops.productieomgeving import put


class Geteld:
    """A port on this machine that notices whether anything is sent to it."""

    def __init__(self) -> None:
        self.luistert = socket.create_server(("127.0.0.1", 0))
        self.luistert.settimeout(5)
        self.url = f"https://localhost:{self.luistert.getsockname()[1]}"

    def first_bytes(self) -> bytes:
        verbinding, _ = self.luistert.accept()
        with verbinding:
            verbinding.settimeout(5)
            return verbinding.recv(10)


@pytest.fixture
def intern() -> Iterator[Geteld]:
    doel = Geteld()
    yield doel
    doel.luistert.close()


def digid() -> Middel:
    middel = get_middel("digid")
    assert middel is not None
    return middel


def test_a_private_address_is_not_asked(settings, intern):
    put(settings, digid_issuer=intern.url)
    with pytest.raises(LoginNietBereikbaar):
        provider.configuration(digid())
    assert intern.first_bytes() == b""


@pytest.mark.parametrize("bearer", ["", "token"])
def test_nor_one_that_a_document_names(settings, intern, bearer):
    """The keys, and whatever else a discovery document points at: with a token it would be worse."""
    put(settings, digid_issuer="https://inloggen.test")
    with pytest.raises(LoginNietBereikbaar):
        provider.get_json(digid(), f"{intern.url}/jwks", bearer=bearer)
    assert intern.first_bytes() == b""


def test_a_host_that_the_settings_name_is_asked(settings, intern):
    put(settings, digid_issuer=intern.url, interne_hosts=("LocalHost",))
    with oidc._client(digid()) as client:
        adapter = client.get_adapter(intern.url)
    assert isinstance(adapter, BewaakteAdapter)
    assert adapter._grenzen.allows("localhost", "127.0.0.1")
    assert not adapter._grenzen.allows("elders.test", "127.0.0.1")


def test_every_call_of_a_login_goes_through_it(settings):
    """Also that for the token, of Authlib's own client."""
    put(settings)
    with oidc._client(digid()) as client:
        for url in ("https://inloggen.test/token", "http://inloggen.test/token"):
            assert isinstance(client.get_adapter(url), BewaakteAdapter)
