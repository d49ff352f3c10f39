"""A form that the municipality asked for, or that became a zaak, is in the trail of that zaak."""

from datetime import timedelta

import pytest

from eloket.audit.models import AuditRegel
from eloket.kernel.klok import vandaag
from eloket.loket import service as loket
from eloket.loket.versies import load_meegeleverd
from eloket.portal.loket import paden
from eloket.zaken import service as zaken
from eloket.zaken.types import Zaak
from tests.huis import inwoner, partij_van
from tests.unit.loket.melding import GOED, MELDING, fill, save, send
from tests.web.portaal import tekst_van
from tests.web.werkplek import Stadhuis, build_stadhuis, client_of, zaak_pad

pytestmark = pytest.mark.django_db
ACTIES = ("formulier.begonnen", "formulier.bewaard", "formulier.bekeken", "formulier.weggegooid")


@pytest.fixture
def huis() -> Stadhuis:
    load_meegeleverd()
    return build_stadhuis()


@pytest.fixture
def zaak(huis: Stadhuis) -> Zaak:
    return huis.start("Parkeervergunning")


def ask(huis: Stadhuis, zaak: Zaak) -> str:
    return zaken.ask_form(
        huis.mila,
        zaak.ref,
        titel="Waar?",
        toelichting="",
        deadline=vandaag() + timedelta(days=5),
        formulier=MELDING,
    )


def lines(*acties: str) -> list[tuple[str, str]]:
    """(act, about what) of the resident, the first one in front."""
    regels = AuditRegel.objects.filter(actie__in=acties, actor_soort="inwoner").order_by("pk")
    return [*regels.values_list("actie", "object_ref")]


def test_all_that_somebody_does_with_a_form_that_was_asked_for_is_in_the_trail_of_the_zaak(huis, zaak):
    taak, client = ask(huis, zaak), client_of(huis.jeroen)
    assert client.get(paden.vraag(zaak.ref, taak, MELDING)).status_code == 200
    concept = loket.start_concept(huis.jeroen, MELDING, sleutel="", aanvulling=(zaak.ref, taak))
    assert (
        client.get(paden.stap(paden.concept(MELDING, concept.id, is_anoniem=False), "melding")).status_code
        == 200
    )
    save(huis.jeroen, concept, GOED)
    loket.remove_concept(huis.jeroen, concept.id)
    gedaan = ["formulier.bekeken", "formulier.begonnen", "formulier.bekeken", *ACTIES[1:4:2]]
    assert lines(*ACTIES) == [(actie, str(zaak.ref)) for actie in gedaan]
    begonnen = AuditRegel.objects.get(actie="formulier.begonnen")
    assert begonnen.kenmerken == {"formulier": MELDING, "concept": concept.id, "taak": taak}


def test_who_handles_the_zaak_does_not_read_what_was_not_sent(huis, zaak):
    taak = ask(huis, zaak)
    concept = loket.start_concept(huis.jeroen, MELDING, sleutel="", aanvulling=(zaak.ref, taak))
    save(huis.jeroen, concept, GOED)
    loket.remove_concept(huis.jeroen, concept.id)
    historie = tekst_van(client_of(huis.mila).get(zaak_pad(zaak.ref, "?deel=historie")))
    assert "heeft een vraag gesteld" in historie
    assert "formulier ingevuld en bewaard" not in historie
    assert "begonnen met een formulier" not in historie
    assert "formulier weggegooid" not in historie


@pytest.mark.parametrize("deel", ["verstuurd", "pdf"])
def test_a_form_that_was_sent_is_in_the_trail_of_the_zaak_that_it_became(huis, deel: str):
    concept = send(huis.jeroen).concept
    basis = paden.concept(MELDING, concept.id, is_anoniem=False)
    antwoord = client_of(huis.jeroen).get(f"{basis}{deel}/")
    b"".join(antwoord)
    assert antwoord.status_code == 200
    assert lines("formulier.bekeken", "formulier.opgeslagen") == [
        ("formulier.opgeslagen" if deel == "pdf" else "formulier.bekeken", str(concept.zaak_ref))
    ]


def test_a_form_about_a_zaak_of_ones_own_is_begun_in_its_trail(huis, zaak):
    assert client_of(huis.jeroen).get(paden.over_zaak(MELDING, zaak.ref)).status_code == 200
    assert lines("formulier.bekeken") == [("formulier.bekeken", str(zaak.ref))]


def test_a_zaak_that_somebody_may_not_see_gets_no_line(huis, zaak):
    client = client_of(inwoner("999990044"))
    for pad in (paden.over_zaak(MELDING, zaak.ref), paden.vraag(zaak.ref, ask(huis, zaak), MELDING)):
        assert client.get(pad).status_code == 404
    assert not AuditRegel.objects.filter(actie="formulier.bekeken").exists()


def test_a_form_of_no_zaak_is_in_the_trail_of_the_party(huis):
    concept = fill(huis.jeroen)
    client_of(huis.jeroen).get(paden.stap(paden.concept(MELDING, concept.id, is_anoniem=False), "melding"))
    assert {ref for _, ref in lines(*ACTIES)} == {f"partij-{partij_van(huis.jeroen).profiel_key}"}
