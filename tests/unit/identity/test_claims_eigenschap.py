"""Whatever a provider tells: somebody who is logged in is somebody that the claims name, and never on less."""

from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from eloket.identity.claims import actor_from_claims
from eloket.identity.errors import LoginFout
from eloket.identity.middel import Middel, make_middel
from eloket.identity.middelen import get_middel
from eloket.identity.niveaus import LADDERS, MiddelSoort, Zekerheid
from eloket.identity.types import Actor, Soort
from eloket.kernel.nummers import Bsn, KvkNummer, OngeldigNummer

pytestmark = pytest.mark.django_db
SOORTEN = (MiddelSoort.DIGID, MiddelSoort.EHERKENNING, MiddelSoort.EIDAS)
BSN = ("999990019", "999990020", "123456789", "000000000", " 999990019 ", "99999001", "9999900190")
KVK = ("69599084", "12345678", "1234567", "6959908４")
NIVEAUS = tuple(een.waarde for soort in SOORTEN for een in LADDERS[soort])
WAARDE = st.one_of(
    st.sampled_from((*BSN, *KVK, *NIVEAUS, "", "pseudoniem-1", "000037178598", "KvKnr", "RSIN")),
    st.text(max_size=12),
    st.none(),
    st.booleans(),
    st.integers(-5, 999_999_999),
    st.lists(st.sampled_from(BSN), max_size=2),
    st.dictionaries(st.text(max_size=3), st.sampled_from(BSN), max_size=1),
)


def middel_van(soort: MiddelSoort) -> Middel:
    """As it is offered here; eIDAS, which is not simulated, as the standards have it."""
    return get_middel(soort.value) or make_middel(
        soort.value, soort, issuer="https://inloggen.example", client_id="eloket", client_secret="geheim"
    )


@st.composite
def inlogs(draw: st.DrawFn) -> tuple[MiddelSoort, dict[str, Any], Zekerheid | None]:
    """A means, what it tells, and the level that was asked for."""
    soort = draw(st.sampled_from(SOORTEN))
    namen = middel_van(soort).claims
    bekend = [
        naam
        for naam in (
            namen.bsn, namen.represented, namen.acting, namen.dienst, namen.kvk, namen.kvk_soort, namen.vestiging,
            namen.naam, *namen.niveau,
        )
        if naam
    ]  # fmt: skip
    claims = draw(st.dictionaries(st.sampled_from(bekend), WAARDE, max_size=len(bekend)))
    if draw(st.booleans()):  # else nearly everything would stop at the level
        claims[namen.niveau[0]] = draw(st.sampled_from([een.waarde for een in LADDERS[soort]]))
    return soort, claims, draw(st.sampled_from([None, *Zekerheid]))


def log_in(soort: MiddelSoort, claims: dict[str, Any], nodig: Zekerheid | None) -> Actor | None:
    try:
        return actor_from_claims(middel_van(soort), claims, lambda _: "", nodig=nodig)
    except LoginFout:
        return None


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(inlogs())
@example((MiddelSoort.DIGID, {"bsn": "999990019", "loa": NIVEAUS[1]}, None))
@example((MiddelSoort.DIGID, {"bsn": "999990019", "loa": NIVEAUS[1]}, Zekerheid.HOOG))
@example((MiddelSoort.EIDAS, {"bsn": "999990019", "acr": "http://eidas.europa.eu/LoA/low"}, None))
@example((MiddelSoort.EIDAS, {"acr": "http://eidas.europa.eu/LoA/high"}, None))
def test_who_is_logged_in_is_somebody_that_the_claims_name(
    inlog: tuple[MiddelSoort, dict[str, Any], Zekerheid | None],
):
    soort, claims, nodig = inlog
    actor = log_in(soort, claims, nodig)
    if actor is None:
        return
    middel, partij = middel_van(soort), actor.partij
    assert partij
    genoemd = {waarde.strip() for waarde in claims.values() if isinstance(waarde, str)}
    assert partij.nummer in genoemd
    _must_be_a_number(actor)
    assert middel.is_hoog_genoeg(actor.niveau)
    assert actor.zekerheid
    assert nodig is None or actor.zekerheid.rang >= nodig.rang
    handelend = claims.get(middel.claims.acting)
    if soort is MiddelSoort.DIGID and isinstance(handelend, str) and handelend.strip() != partij.nummer:
        assert actor.machtiging, "who acts is never taken for whom they act for"


def _must_be_a_number(actor: Actor) -> None:
    assert actor.partij
    try:
        (Bsn if actor.soort is Soort.INWONER else KvkNummer)(actor.partij.nummer)
    except OngeldigNummer:
        pytest.fail("logged in with a number that is none")


@pytest.mark.parametrize("soort", SOORTEN)
def test_the_property_is_about_somebody(soort: MiddelSoort):
    """What is right does log in."""
    namen, hoog = middel_van(soort).claims, LADDERS[soort][-1].waarde
    claims = (
        {namen.kvk: "69599084", namen.acting: "p-1", namen.niveau[0]: hoog}
        if soort is MiddelSoort.EHERKENNING
        else {namen.bsn: "999990019", namen.niveau[0]: hoog}
    )
    assert log_in(soort, claims, Zekerheid.HOOG)
