"""Whatever changes in an answer, it never becomes one about somebody else, and never an error that nobody foresaw."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from eloket.identity.errors import LoginFout
from eloket.identity.middel import Middel
from eloket.identity.middelenbestand import load_middelen
from eloket.identity.saml.antwoord import open_artifact_response, read_claims
from eloket.identity.saml.idp import load_idp
from eloket.identity.saml.koppeling import acs_url
from eloket.identity.saml.terugkanaal import body_of
from eloket.identity.saml.xml import parse
from eloket.kernel import klok
from tests.saml.aansluiting import schrijf
from tests.saml.bouw import NS
from tests.saml.idp import MIDDEN, Idp
from tests.saml.sleutels import gezag

BSN = "999990019"


class Proef:
    """One right answer, and how the portal reads it."""

    def __init__(self, map_: Path) -> None:
        dienst = Idp(map_)
        dienst.url = "https://127.0.0.1:1"
        (map_ / "gezag.crt").write_bytes(gezag().certificaat_pem)
        self.middel: Middel = load_middelen(schrijf(dienst), is_productie=False)[0]
        vraag = {"id": "_verzoek", "acs": acs_url("digid"), "niveau": MIDDEN}
        self.goed = dienst.make_answer(dienst.make_response(vraag), "_vraag")

    def read(self, inhoud: bytes) -> dict[str, str]:
        assert self.middel.saml is not None
        idp = load_idp(self.middel.saml.idp_metadata, self.middel.saml.idp_entity_id)
        antwoord = open_artifact_response(body_of(parse(inhoud)), idp, vraag_id="_vraag")
        return read_claims(antwoord, self.middel, self.middel.saml, idp, verzoek_id="_verzoek", nu=klok.nu())


@pytest.fixture(scope="module")
def proef(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proef]:
    yield Proef(tmp_path_factory.mktemp("proef"))
    load_middelen.cache_clear()
    load_idp.cache_clear()


def check(proef: Proef, inhoud: bytes) -> None:
    try:
        claims = proef.read(inhoud)
    except LoginFout:
        return
    assert (claims["bsn"], claims["loa"]) == (BSN, MIDDEN)


def test_the_right_answer_is_read(proef: Proef):
    assert proef.read(proef.goed)["bsn"] == BSN


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plek=st.floats(0, 1, exclude_max=True), weg=st.integers(0, 40), erin=st.binary(max_size=12))
@example(plek=0.0, weg=0, erin=b"<!--x-->")
def test_bytes_that_change(proef: Proef, plek: float, weg: int, erin: bytes):
    begin = int(plek * len(proef.goed))
    check(proef, proef.goed[:begin] + erin + proef.goed[begin + weg :])


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_elements_that_move(proef: Proef, data: st.DataObject):
    """Take an element (or a copy) and put it somewhere else, up to three times."""
    wortel = etree.fromstring(proef.goed)
    for _ in range(data.draw(st.integers(1, 3))):
        alle = list(wortel.iter())[1:]
        wat = data.draw(st.sampled_from(alle))
        waar = data.draw(
            st.sampled_from([een for een in wortel.iter() if wat not in {een, *een.iterancestors()}])
        )
        if data.draw(st.booleans()):
            wat = etree.fromstring(etree.tostring(wat))
        waar.insert(data.draw(st.integers(0, len(waar))), wat)
    check(proef, etree.tostring(wortel))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_false_assertion_anywhere(proef: Proef, data: st.DataObject):
    """A copy of the real one about somebody else, anywhere, with or without its signature and its id."""
    wortel = etree.fromstring(proef.goed)
    echt = wortel.find(".//saml:Assertion", NS)
    assert echt is not None
    kwaad = etree.fromstring(etree.tostring(echt).replace(BSN.encode(), b"999990020"))
    if data.draw(st.booleans()):
        kwaad.set("ID", "_kwaad")
    if data.draw(st.booleans()):
        blok = kwaad.find("ds:Signature", NS)
        assert blok is not None
        kwaad.remove(blok)
    waar = data.draw(st.sampled_from(list(wortel.iter())))
    waar.insert(data.draw(st.integers(0, len(waar))), kwaad)
    if data.draw(st.booleans()) and echt is not waar and echt not in waar.iterancestors():
        kwaad.append(echt)
    check(proef, etree.tostring(wortel))


def test_many_people_at_once(proef: Proef):
    """libxml2 and libxmlsec1 keep things of their own per thread: what one reads, another does not get."""

    def lees(_: int) -> None:
        for _ in range(25):
            assert proef.read(proef.goed)["bsn"] == BSN
            with pytest.raises(LoginFout):
                proef.read(proef.goed.replace(BSN.encode(), b"999990020"))

    with ThreadPoolExecutor(8) as draden:
        list(draden.map(lees, range(8)))
