"""What the counter shows of somebody is noted when it is shown, not only when it was asked of the register."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.test import Client

from eloket.audit import service as audit
from eloket.audit.models import AuditRegel
from eloket.identity.types import Partij, partij_ref
from eloket.kernel.klok import begin_van, op_moment, vandaag
from eloket.profile import service as profile
from eloket.profile.testing import FakePersonenBron
from eloket.zaken.historie import list_kijkers
from eloket.zaken.types import ZaakRef
from tests.web.werkplek import Stadhuis, build_stadhuis, client_of, text_of

pytestmark = pytest.mark.django_db
BEGIN, BSN = "/werkplek/zaken/nieuw/", "999990019"
WIE = {"kanaal": "balie", "wie": "inwoner", "bsn": BSN}
ZAAK = {"zaaktype": "PARKEERVERGUNNING", "onderwerp": "Vergunning Lindelaan", "toelichting": "Voor een bus."}


@pytest.fixture
def huis() -> Stadhuis:
    profile.configure(FakePersonenBron())
    return build_stadhuis()


MIDDERNACHT = begin_van(vandaag() + timedelta(days=1))


@pytest.fixture(autouse=True)
def _vlak_voor_middernacht() -> Iterator[None]:
    """In Amsterdam: a session goes on into the next day."""
    with op_moment(MIDDERNACHT - timedelta(minutes=5)):
        yield


@pytest.fixture
def mila(huis: Stadhuis) -> Client:
    return client_of(huis.mila)


def lookups() -> list[str]:
    regels = AuditRegel.objects.filter(actie="persoon.opgezocht").order_by("pk")
    return [een.object_ref for een in regels]


JEROEN_REF = partij_ref(Partij.inwoner(BSN).profiel_key)


@pytest.mark.parametrize("stap", [0, 1], ids=["zaak", "controleren"])
def test_what_the_register_said_leaves_a_line_on_every_day_that_it_is_shown(mila, stap: int):
    tweede = mila.post(BEGIN, WIE)["Location"]
    pad = (tweede, mila.post(tweede, ZAAK)["Location"])[stap]
    for _ in range(3):
        assert "Jeroen Pieter van Drouwen" in text_of(mila.get(pad))
    assert lookups() == [JEROEN_REF], "vandaag is al genoteerd dat zij dit zag"
    with op_moment(MIDDERNACHT + timedelta(minutes=5)):
        for _ in range(3):
            assert "Jeroen Pieter van Drouwen" in text_of(mila.get(pad))
    assert lookups() == [JEROEN_REF] * 2


def test_a_form_that_is_shown_again_because_something_is_wrong_is_a_look_too(mila):
    tweede = mila.post(BEGIN, WIE)["Location"]
    with op_moment(MIDDERNACHT + timedelta(minutes=5)):
        antwoord = mila.post(tweede, {**ZAAK, "onderwerp": ""})
    assert (antwoord.status_code, "Geboren op 1 april 1979" in text_of(antwoord)) == (422, True)
    assert lookups() == [JEROEN_REF] * 2


def test_without_a_line_the_register_is_not_shown(mila, monkeypatch):
    tweede = mila.post(BEGIN, WIE)["Location"]
    mila.raise_request_exception = False

    def fail(**_: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(audit, "record", fail)
    with op_moment(MIDDERNACHT + timedelta(minutes=5)):
        assert mila.get(tweede).status_code >= 500


def test_the_last_page_shows_the_zaak_and_leaves_a_line_at_it(huis, mila):
    klaar = mila.post(mila.post(mila.post(BEGIN, WIE)["Location"], ZAAK)["Location"], {})["Location"]
    laatste = AuditRegel.objects.latest("pk").pk
    assert "Vergunning Lindelaan" in text_of(mila.get(klaar))
    (regel,) = AuditRegel.objects.filter(pk__gt=laatste)
    assert (regel.actie, regel.actor_key) == ("zaak.bekeken", huis.mila.key)
    assert [een.wie for een in list_kijkers(huis.now(ZaakRef.parse(regel.object_ref)))] == ["Mila Jansen"]
