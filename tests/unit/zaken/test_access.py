import pytest
from hypothesis import given
from hypothesis import strategies as st

from eloket.kernel.errors import NietGevonden
from eloket.kernel.klok import nu
from eloket.zaken.access import get_zaak_for
from eloket.zaken.errors import ZaakNietGevonden
from eloket.zaken.testing import nieuwe_zaak
from eloket.zaken.types import ZaakRef
from tests.huis import inwoner, medewerker, met_nepbronnen, onderneming, partij_van


@pytest.fixture
def bron():
    with met_nepbronnen() as bron:
        yield bron


def test_the_initiator_and_the_own_afdeling_see_a_zaak_and_nobody_else_does(bron):
    jeroen = inwoner()
    zaak, _ = bron.start_zaak(nieuwe_zaak(partij_van(jeroen)), nu())
    assert get_zaak_for(jeroen, zaak.ref) == zaak
    assert get_zaak_for(medewerker("parkeren-en-mobiliteit"), zaak.ref) == zaak
    for ander in (inwoner("999990020"), onderneming(), medewerker("belastingen")):
        with pytest.raises(ZaakNietGevonden):
            get_zaak_for(ander, zaak.ref)


def test_no_access_and_not_existing_are_the_same_error(bron):
    zaak, _ = bron.start_zaak(nieuwe_zaak(partij_van(inwoner())), nu())
    with pytest.raises(ZaakNietGevonden) as vreemd:
        get_zaak_for(inwoner("999990020"), zaak.ref)
    with pytest.raises(ZaakNietGevonden) as weg:
        get_zaak_for(inwoner("999990020"), ZaakRef(zaak.ref.bron, "bestaat-niet"))
    with pytest.raises(ZaakNietGevonden):
        get_zaak_for(inwoner(), ZaakRef("onbekend", zaak.ref.id))
    assert (vreemd.value.code, vreemd.value.tekst) == (weg.value.code, weg.value.tekst)


def test_a_login_limited_to_a_branch_sees_that_branch_only_and_the_whole_business_sees_all(bron):
    hoofd, een, twee = (
        onderneming(),
        onderneming(vestiging="000000000001"),
        onderneming(vestiging="000000000002"),
    )
    zaak, _ = bron.start_zaak(nieuwe_zaak(partij_van(een)), nu())
    algemeen, _ = bron.start_zaak(nieuwe_zaak(partij_van(hoofd)), nu())
    for actor, ref in ((een, zaak.ref), (hoofd, zaak.ref), (hoofd, algemeen.ref)):
        assert get_zaak_for(actor, ref).ref == ref
    for actor, ref in ((twee, zaak.ref), (een, algemeen.ref)):
        with pytest.raises(ZaakNietGevonden):
            get_zaak_for(actor, ref)


@given(st.text(max_size=60))
def test_any_text_as_a_reference_is_read_or_not_found_and_never_crashes(tekst):
    try:
        ref = ZaakRef.parse(tekst)
    except NietGevonden:
        return
    assert str(ref) == tekst
