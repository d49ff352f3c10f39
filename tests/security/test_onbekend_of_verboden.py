"""Whether something exists cannot be found out by who it is not for: by no word, header, count or stopwatch.

Generated from the URL table. Each identifier in an address is asked for by everybody for whom it is not: one of
another, one that does not exist, and what is no identifier at all. What comes back must be the same, what is left
behind must be the same, and so must the work be that it cost (tests/security/gedrag.py says how work is counted,
without a clock). One that stands beside another is also tried behind an own one: a document of another in one's own
zaak.
"""

from collections.abc import Iterator

import pytest
from django.db import transaction

from eloket.identity.audience import Route
from eloket.identity.testing import in_process_provider
from eloket.identity.types import Audience
from eloket.zaken.service import set_toegang
from eloket.zaken.types import ZaakRef
from tests.architecture.routetabel import ROUTES, by_name, parameters
from tests.security.buren import (
    GEHEIM,
    ONZIN,
    VAN_ALLEN,
    VAN_IEMAND,
    Vraag,
    Wereld,
    build_wereld,
    compare,
    nonsense,
    unknown,
    who,
)
from tests.security.gedrag import Gedrag, explain, holds_zaak

pytestmark = pytest.mark.django_db

MET_IETS = [
    route
    for route in ROUTES
    if route.audience is not Audience.DEMO
    and parameters(route) & VAN_IEMAND
    and not (route.audience is Audience.IEDEREEN and "concept_id" not in parameters(route))
]
# An identifier beside that of a zaak, tried by who may be in a zaak: `eigen`, what is of another zaak; `mede`, what is
# of another party of this one. Documents are for every party; the number of a party on a page names nobody elsewhere.
ACHTER_EIGEN = [
    pytest.param(route, naam, wie, id=f"{route.naam}-{naam}-{wie}")
    for route in MET_IETS
    if "ref" in parameters(route)
    for naam in sorted(parameters(route) & VAN_IEMAND - {"ref", "plek"})
    for wie in ("eigen", "mede")
    if wie == "eigen" or (route.audience is Audience.BETROKKENE and naam != "document_id")
]
# Routes that answer the same to everybody, also to whose it is.
ZEGT_NIETS = {
    "werkplek-balie-zaak": "stands in the session of who began it, and nowhere else",
    "werkplek-balie-controleren": "the same",
    "werkplek-balie-klaar": "the same",
    "werkplek-filter-verwijderen": "what is gone already is fine",
    "werkplek-noodtoegang-gezien": "the same",
    "werkplek-account-weghalen": "the password comes first, whatever is asked for",
}


@pytest.fixture(scope="module")
def wereld(django_db_setup, django_db_blocker) -> Iterator[Wereld]:
    """Built once for all tests of this module: each of them takes back what it writes."""
    with django_db_blocker.unblock(), transaction.atomic(), in_process_provider():
        yield build_wereld()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _limits_count(settings) -> None:
    settings.ELOKET = settings.ELOKET.model_copy(update={"limieten": True})


def test_every_parameter_is_of_somebody_or_of_everybody():
    namen = {naam for route in ROUTES for naam in parameters(route)}
    assert namen == VAN_IEMAND | VAN_ALLEN | GEHEIM
    assert not VAN_IEMAND & VAN_ALLEN


def finding_out(gedrag: Gedrag) -> tuple[str, ...]:
    """What was done until it was known. A page that says so has a form (logging out), with a mark that is encrypted
    (identity.partijmerk); a 405 is no page."""
    is_pagina = gedrag.werk[-1:] == ("versleutelen",)
    return gedrag.werk[:-1] if is_pagina else gedrag.werk


@pytest.mark.parametrize("methode", ["get", "post"])
@pytest.mark.parametrize(
    ("route", "wie"), [pytest.param(r, wie, id=f"{r.naam}-{wie}") for r in MET_IETS for wie in who(r)]
)
def test_what_is_of_another_cannot_be_told_from_what_does_not_exist(
    route: Route, wie: str, wereld: Wereld, methode: str
):
    if wie == "need-to-know":
        zaak = wereld.stad.huis.now(ZaakRef.parse(wereld.stad.waarden["ref"]))
        set_toegang(wereld.stad.huis.mila, zaak.ref, medewerkers=frozenset(), versie=zaak.versie)
    deze = wereld.things(route)
    geen = {naam: unknown(naam, waarde) for naam, waarde in deze.items()}
    vragen = (Vraag(wereld.path(route, **deze)), Vraag(wereld.path(route, **geen)), Vraag(nonsense(route)))
    namen = [*deze.values(), *geen.values(), ONZIN]
    van_ander, van_niemand, onzin = compare(wereld.anderen[wie](), methode, vragen, namen)
    assert explain(van_ander, van_niemand) == ""
    assert not holds_zaak(van_ander.werk), "wie er niet bij mag, wacht op niemand"
    # Who sends what cannot be an identifier sees that themselves: it may be refused sooner, and never later.
    assert onzin.antwoord == van_niemand.antwoord or onzin.antwoord.status == 404
    assert onzin.spoor.regels == van_niemand.spoor.regels
    assert len(finding_out(onzin)) <= len(finding_out(van_niemand))


@pytest.mark.parametrize("methode", ["get", "post"])
@pytest.mark.parametrize(("route", "naam", "wie"), ACHTER_EIGEN)
def test_nor_behind_a_zaak_of_ones_own(route: Route, naam: str, wereld: Wereld, methode: str, wie: str):
    basis, client = wereld.inside(route, wie)
    deze = wereld.things(route)[naam]
    geen = unknown(naam, deze)
    vragen = tuple(Vraag(wereld.path(route, **basis, **{naam: een})) for een in (deze, geen))
    van_ander, van_niemand = compare(client, methode, vragen, [deze, geen])
    assert explain(van_ander, van_niemand) == ""


@pytest.mark.parametrize("route", MET_IETS, ids=by_name)
def test_for_whom_it_is_there_it_is_another_matter(route: Route, wereld: Wereld):
    """The other side of the tests above: what they ask for is there, and they would have seen that."""
    deze = wereld.things(route)
    geen = {naam: unknown(naam, waarde) for naam, waarde in deze.items()}
    vragen = (Vraag(wereld.path(route, **deze)), Vraag(wereld.path(route, **geen)))
    namen, client = [*deze.values(), *geen.values()], wereld.stad.client_for(route)
    paren = [compare(client, methode, vragen, namen) for methode in ("get", "post")]
    is_anders = any(explain(*paar) for paar in paren)
    if route.naam == "werkplek-notitie":
        assert any(holds_zaak(deze.werk) for deze, _ in paren), "zo houdt de bron een zaak vast"
    assert is_anders is (route.naam not in ZEGT_NIETS)
