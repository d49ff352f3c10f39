"""Proof that was changed is told to the privacy officer, where they look anyway."""

from dataclasses import replace
from datetime import timedelta

import pytest

from eloket.audit.alarm import raise_alarm
from eloket.audit.bevindingen import Bevinding, BewijsKloptNiet, Soort
from eloket.identity.types import Recht
from eloket.kernel.klok import nu, op_moment
from tests.web.portaal import bron_van, tekst_van
from tests.web.werkplek import build_stadhuis, client_of

pytestmark = pytest.mark.django_db
TEKST = "Bewijs in E-loket is veranderd."
LOGBOEK = "/werkplek/logboek/"


@pytest.fixture
def officer():
    return client_of(replace(build_stadhuis().bo, rechten=frozenset({Recht.INZIEN})))


def test_a_warning_stands_at_the_log_and_leads_to_the_lines(officer):
    assert TEKST not in tekst_van(officer.get(LOGBOEK))
    raise_alarm(BewijsKloptNiet("audit_regel", Bevinding(Soort.ZEGEL_GEWIJZIGD, 3)), nu())
    antwoord = officer.get(LOGBOEK)
    assert TEKST in tekst_van(antwoord)
    assert 'href="/werkplek/logboek/?actie=audit.klopt_niet"' in bron_van(antwoord)
    regels = tekst_van(officer.get(LOGBOEK, {"actie": "audit.klopt_niet"}))
    assert "heeft gezien dat bewijs is veranderd, en het daarom laten staan" in regels
    assert "Dit logboek" in regels


def test_it_stays_while_it_lasts_and_goes_by_itself(officer):
    with op_moment(nu() - timedelta(days=3)):
        raise_alarm(BewijsKloptNiet("audit_regel", Bevinding(Soort.ZEGEL_GEWIJZIGD, 3)), nu())
    assert TEKST not in tekst_van(officer.get(LOGBOEK))
