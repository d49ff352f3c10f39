"""The one door of a zaak, for an actor that was made a moment ago: what it was made of may have ended since.

A page asks anew for each request, so by HTTP this is only seen when two things happen at once.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from eloket.identity.types import Actor, Recht
from eloket.kernel.klok import nu, op_moment
from eloket.machtigingen import service as machtigingen
from eloket.machtigingen.access import list_actors
from eloket.zaken.access import get_zaak_for
from eloket.zaken.errors import ZaakNietGevonden
from eloket.zaken.inkijk import find_inkijk
from eloket.zaken.noodtoegang import end, open_zaak
from eloket.zaken.types import Zaak
from tests.architecture.routetabel import fatima
from tests.machtigen import machtig
from tests.web.werkplek import Stadhuis, build_stadhuis

pytestmark = pytest.mark.django_db


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


@pytest.fixture
def zaak(huis: Stadhuis) -> Zaak:
    return huis.start("Parkeervergunning")


@pytest.fixture
def kijker(huis: Stadhuis, zaak: Zaak) -> Actor:
    """Bo, of another afdeling, who looks at the zaak by noodtoegang at this moment."""
    bo = replace(huis.bo, rechten=frozenset({Recht.NOODTOEGANG}))
    reden = "Mila is ziek, de aanvrager staat hier."
    open_zaak(bo, zaaknummer=zaak.identificatie, aanleiding="collega", reden=reden)
    return replace(bo, inkijk=find_inkijk(bo, zaak.ref))


def test_noodtoegang_opens_its_own_zaak_for_who_asked_it(huis: Stadhuis, zaak: Zaak, kijker: Actor):
    assert get_zaak_for(kijker, zaak.ref, is_reading=True).ref == zaak.ref
    for ander, ref in (
        (kijker, huis.start("Andere zaak").ref),
        (replace(kijker, medewerker_id=huis.omar.medewerker_id, afdelingen=frozenset()), zaak.ref),
        (replace(kijker, rechten=frozenset()), zaak.ref),
        (replace(kijker, inkijk=None), zaak.ref),
    ):
        with pytest.raises(ZaakNietGevonden):
            get_zaak_for(ander, ref, is_reading=True)


def test_noodtoegang_that_was_ended_opens_nothing_for_a_page_that_was_on_its_way(zaak: Zaak, kijker: Actor):
    assert kijker.inkijk
    end(kijker, kijker.inkijk.id)
    with pytest.raises(ZaakNietGevonden):
        get_zaak_for(kijker, zaak.ref, is_reading=True)


def test_nor_does_one_of_which_the_hour_is_over(zaak: Zaak, kijker: Actor):
    with op_moment(nu() + timedelta(minutes=61)), pytest.raises(ZaakNietGevonden):
        get_zaak_for(kijker, zaak.ref, is_reading=True)


@pytest.mark.parametrize("einde", [machtigingen.withdraw, machtigingen.stop], ids=["ingetrokken", "gestopt"])
@pytest.mark.parametrize("is_reading", [True, False])
def test_an_authorisation_that_ended_opens_nothing_either(
    huis: Stadhuis, zaak: Zaak, einde: Callable[[Actor, str], None], is_reading: bool
):
    machtiging = machtig(huis.jeroen, fatima(), zaak.ref)
    (voor_jeroen,) = list_actors(fatima(), str(zaak.ref))
    assert get_zaak_for(voor_jeroen, zaak.ref, is_reading=is_reading).ref == zaak.ref
    einde(huis.jeroen if einde is machtigingen.withdraw else fatima(), machtiging)
    with pytest.raises(ZaakNietGevonden):
        get_zaak_for(voor_jeroen, zaak.ref, is_reading=is_reading)


def test_an_authorisation_for_one_zaak_opens_that_one(huis: Stadhuis, zaak: Zaak):
    machtig(huis.jeroen, fatima(), zaak.ref)
    (voor_jeroen,) = list_actors(fatima(), str(zaak.ref))
    assert get_zaak_for(voor_jeroen, zaak.ref).ref == zaak.ref
    with pytest.raises(ZaakNietGevonden):
        get_zaak_for(voor_jeroen, huis.start("Andere zaak").ref)
