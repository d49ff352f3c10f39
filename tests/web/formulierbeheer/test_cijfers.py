"""The numbers of a form: where people stop, and nothing of whom."""

from datetime import timedelta

import pytest

from eloket.identity.testing import inwoner
from eloket.identity.types import Actor, Soort
from eloket.kernel.klok import nu, op_moment
from eloket.loket import bewaartijd, service
from eloket.loket.concepten import digest
from eloket.loket.formulier.doorloop import inputs_of
from eloket.loket.models import Concept
from eloket.loket.queries import get_formulier_for
from eloket.loket.stapinvoer import Knop, StapPost
from eloket.loket.versturen import submit
from tests.web.formulierbeheer.formulier import CHECK, PAD, SLUG, publish
from tests.web.portaal import client_van, tekst_van

pytestmark = pytest.mark.django_db


def fill(wie: Actor, stap: str, invoer: dict[str, list[str]], concept_id: str) -> None:
    nu_formulier = get_formulier_for(wie, concept_id)
    stand = nu_formulier.loop.get(stap)
    assert stand is not None
    gezien = digest(nu_formulier.concept.invoer, inputs_of(stand, nu_formulier.concept.invoer))
    service.save_stap(wie, concept_id, StapPost(stap, invoer, Knop("verder"), "v", gezien, {}))


def test_the_numbers_say_where_people_stop_and_nothing_of_whom(anna: Actor, bram: Actor):
    publish(anna, bram)
    begin = nu()
    antwoorden = {"waar": ["Geheime plek"], "gas": ["nee"], "buiten": ["ja"]}
    with op_moment(begin - timedelta(days=2)):
        blijft_staan = service.start_concept(inwoner(), SLUG, sleutel="a" * 32)
        weg = service.start_concept(inwoner(), SLUG, sleutel="b" * 32)
        fill(inwoner(), "plek", antwoorden | {"gas": ["ja"]}, weg.id)
        service.remove_concept(inwoner(), weg.id)
        klaar = service.start_concept(inwoner(), SLUG, sleutel="c" * 32)
    with op_moment(begin - timedelta(days=2) + timedelta(minutes=4)):
        fill(inwoner(), "plek", antwoorden, klaar.id)
        nu_klaar = Concept.objects.get(pk=klaar.id)
        assert nu_klaar.stap == ""  # the step about gas is not for them
        submit(inwoner(), klaar.id, revisie=nu_klaar.revisie, verklaringen=["waar"])
    client = client_van(anna)
    tekst = tekst_van(client.get(f"{PAD}cijfers/"))
    assert "is het formulier 3 keer begonnen en 1 keer verstuurd" in tekst
    assert "De helft is binnen 5 minuten klaar. Gemiddeld duurt het 4 minuten" in tekst
    csv = b"".join(client.get(f"{PAD}cijfers/gestopt.csv")).decode("utf-8-sig").splitlines()
    assert csv == [
        "Stap;Samen;Weggegooid of verlopen;Staat nu stil",
        "Uw plek;1;0;1",
        "Gas;1;1;0",
        "Controleren en versturen;0;0;0",
    ]
    assert blijft_staan.id not in tekst
    assert "Geheime plek" not in tekst
    assert b"<svg" in b"".join(client.get(f"{PAD}cijfers/stroom.svg"))
    assert client.get(f"{PAD}cijfers/bestaat-niet.svg").status_code == 404


def test_a_check_is_finished_at_its_outcome(anna: Actor, bram: Actor):
    publish(anna, bram)
    publish(anna, bram, CHECK, "check")
    anoniem = Actor(Soort.ANONIEM, "browser", "", "", "")
    concept = service.start_concept(anoniem, "check", sleutel="a" * 32)
    fill(anoniem, "vraag", {"eten": ["ja"]}, concept.id)
    fill(anoniem, "vraag", {"eten": ["nee"]}, concept.id)
    bewaartijd.ruim_op(nu() + timedelta(days=31))
    tekst = tekst_van(client_van(anna).get("/werkplek/beheer/formulieren/check/cijfers/"))
    assert "1 keer begonnen en 1 keer afgerond" in tekst
    assert "Niemand is in deze periode gestopt" in tekst
