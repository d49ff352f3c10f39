"""Contact details that were removed after years are still found in the log by whose they were."""

from dataclasses import replace
from datetime import timedelta

import pytest

from eloket.audit.models import AuditRegel
from eloket.identity.testing import inwoner, onderneming
from eloket.identity.types import Actor, Recht
from eloket.kernel.klok import nu
from eloket.profile.contactpersonen import ruim_op, stop_collega
from eloket.profile.service import mark_dead_address
from eloket.profile.testing import give_contact
from tests.web.portaal import bron_van
from tests.web.werkplek import Stadhuis, build_stadhuis, client_of

pytestmark = pytest.mark.django_db
LOGBOEK, OPZOEKEN = "/werkplek/logboek/", "/werkplek/logboek/persoon/"
KVK, MARKT = "69599084", "000038509504"
ANNE, BO, CAS = (onderneming(KVK, persoon=naam) for naam in ("anne", "bo", "cas"))
ANNE_MARKT, ANNE_ELDERS = onderneming(KVK, MARKT, persoon="anne"), onderneming("12345678", persoon="anne")
KAPOT = "profiel.adres_kapot"


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


@pytest.fixture
def officer(huis):
    return client_of(replace(huis.bo, rechten=frozenset({Recht.INZIEN})))


def broken(actor: Actor) -> int:
    """The line that says that the address of this person does not work; their details are gone since."""
    adres = f"nummer-{AuditRegel.objects.count()}@voorbeeld.nl"
    rij = give_contact(actor, adres)
    assert mark_dead_address(rij.profiel_key, adres, "5.1.1")
    return AuditRegel.objects.filter(actie=KAPOT).latest("pk").pk


def forget() -> None:
    assert ruim_op(nu() + timedelta(days=5 * 365 + 1)) > 0


def found(officer, **vraag: object) -> set[int]:
    """The numbers of the lines that the page shows about an address that does not work."""
    html = bron_van(officer.get(LOGBOEK, vraag | {"actie": KAPOT}))
    tabel = html.partition("<tbody")[2]
    return {
        pk
        for pk in AuditRegel.objects.filter(actie=KAPOT).values_list("pk", flat=True)
        if f"regel {pk}<" in tabel
    }


def look_up(officer, **invoer: str) -> dict[str, object]:
    """The question of the page that follows."""
    assert officer.post(OPZOEKEN, invoer).status_code == 303
    return {"regel": AuditRegel.objects.filter(actie="audit.persoon_gezocht").latest("pk").pk, "kant": "over"}


def test_those_of_a_resident_are_found_by_their_number_and_from_a_line(officer):
    regel, ander = broken(inwoner()), broken(inwoner("999990044"))
    forget()
    assert found(officer, **look_up(officer, wie="inwoner", bsn="999990019")) == {regel}
    assert found(officer, regel=regel, kant="over") == {regel}
    assert found(officer, regel=ander, kant="over") == {ander}


def test_those_of_who_acts_for_a_business_are_found_by_the_business(officer):
    """Also of a branch, by the business as a whole."""
    regels = {broken(ANNE), broken(BO), broken(ANNE_MARKT)}
    elders = broken(ANNE_ELDERS)
    forget()
    give_contact(CAS, "cas@korenaar.nl")  # who is still there
    assert found(officer, **look_up(officer, wie="onderneming", kvk=KVK)) == regels
    assert found(officer, **look_up(officer, wie="onderneming", kvk="12345678")) == {elders}


def test_from_a_line_those_of_the_same_person_are_found_at_every_business(officer):
    regels = {broken(ANNE), broken(ANNE_MARKT), broken(ANNE_ELDERS)}
    van_bo = broken(BO)
    forget()
    for regel in regels:
        assert found(officer, regel=regel, kant="over") == regels
    assert found(officer, regel=van_bo, kant="over") == {van_bo}


def test_the_line_that_says_that_they_went_leads_to_the_same_lines(officer):
    regels = {broken(ANNE), broken(ANNE_ELDERS)}
    forget()
    weg = AuditRegel.objects.filter(actie="profiel.verlopen", object_ref=f"contactpersoon-{ANNE.key}")
    for regel in weg:
        assert found(officer, regel=regel.pk, kant="over") == regels
    html = bron_van(officer.get(LOGBOEK, {"actie": "profiel.verlopen"}))
    assert f"Contactpersoon ({ANNE.key[:8]})" in html
    assert ANNE.key not in html


def test_what_a_colleague_stopped_is_found_too(officer):
    rij = give_contact(BO, "bo@korenaar.nl")
    stop_collega(ANNE, rij.pk)
    regel = AuditRegel.objects.get(actie="profiel.collega_gestopt")
    forget()
    html = bron_van(officer.get(LOGBOEK, look_up(officer, wie="onderneming", kvk=KVK)))
    assert f"regel {regel.pk}<" in html


def test_details_that_nobody_knows_any_more_are_still_said_to_be_of_nobody(officer):
    rij = give_contact(BO, "bo@korenaar.nl")
    mark_dead_address(rij.profiel_key, "bo@korenaar.nl", "5.1.1")
    regel = AuditRegel.objects.get(actie=KAPOT)
    rij.delete()  # before this release that was all there was of it
    assert officer.get(LOGBOEK, {"regel": regel.pk, "kant": "over"}).status_code == 422
