"""Filling in a form leaves lines: begun, kept, thrown away, and that a register was read for it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from eloket.audit import service as audit
from eloket.audit.models import AuditRegel
from eloket.identity.testing import gemachtigde
from eloket.identity.types import Actor, Soort, partij_ref
from eloket.kernel.klok import nu, op_moment
from eloket.loket import service
from eloket.loket.bewaartijd import ruim_op
from eloket.loket.bewijzen import add_bewijzen
from eloket.loket.models import Concept
from eloket.profile import service as profile
from eloket.profile.testing import FakePersonenBron
from tests.huis import inwoner, onderneming, partij_van
from tests.unit.loket.melding import GOED, MELDING, anoniem, begin, publish, save, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loket")]
DAG = datetime(2026, 11, 3, 9, tzinfo=UTC)
BIJSTAND = "bijzondere-bijstand"
MET_ADRES = """
titel: Verhuizen
inloggen: [digid]
zaak: {zaaktype: MOR, onderwerp: Verhuizing}
stappen:
  - id: wie
    titel: Wie bent u?
    velden:
      - {id: mail, soort: email, label: Uw e-mailadres, vooraf: profiel.email}
      - {id: adres, soort: adres, label: Uw adres, vooraf: persoon.adres}
"""


def acties() -> list[str]:
    return [*AuditRegel.objects.order_by("pk").values_list("actie", flat=True)]


@pytest.mark.parametrize("actor", [inwoner(), onderneming(), gemachtigde()], ids=lambda een: een.hoedanigheid)
def test_beginning_keeping_and_throwing_away_leave_a_line_each(actor: Actor):
    concept = begin(actor)
    save(actor, concept, GOED)
    service.remove_concept(actor, concept.id)
    regels = AuditRegel.objects.filter(actie__startswith="formulier.").order_by("pk")
    assert [een.actie for een in regels] == [
        "formulier.begonnen",
        "formulier.bewaard",
        "formulier.weggegooid",
    ]
    for regel in regels:
        assert (regel.actor_soort, regel.actor_key) == (actor.hoedanigheid, actor.key)
        assert regel.object_ref == partij_ref(partij_van(actor).profiel_key)
        assert regel.kenmerken == {"formulier": MELDING, "concept": concept.id} | actor.sporen


def test_without_a_login_the_lines_are_about_the_form():
    concept = begin(anoniem())
    service.remove_concept(anoniem(), concept.id)
    regels = AuditRegel.objects.all()
    assert {(een.actor_soort, een.object_ref) for een in regels} == {
        (Soort.ANONIEM.value, f"formulier-{MELDING}")
    }
    assert acties() == ["formulier.begonnen", "formulier.weggegooid"]


def test_what_is_typed_stands_in_no_line():
    save(inwoner(), begin(inwoner()), GOED)
    assert not [een for een in AuditRegel.objects.all() if "Lindelaan" in str(een.kenmerken)]


def test_a_form_that_is_kept_again_and_again_is_one_line_a_day():
    with op_moment(DAG):
        concept = begin(inwoner())
        for _ in range(5):
            save(inwoner(), concept, GOED)
    for dag in (1, 1, 2):
        with op_moment(DAG + timedelta(days=dag)):
            save(inwoner(), concept, GOED)
    assert acties() == ["formulier.begonnen", *["formulier.bewaard"] * 3]


def test_the_day_of_a_form_is_that_of_amsterdam():
    with op_moment(datetime(2026, 11, 3, 22, 30, tzinfo=UTC)):
        concept = begin(inwoner())
        save(inwoner(), concept, GOED)
    with op_moment(datetime(2026, 11, 3, 23, 30, tzinfo=UTC)):
        save(inwoner(), concept, GOED)
    assert acties().count("formulier.bewaard") == 2


def test_a_window_that_is_behind_keeps_nothing_and_leaves_no_line():
    with op_moment(DAG):
        concept = begin(inwoner())
        save(inwoner(), concept, GOED, venster="a")
    with op_moment(DAG + timedelta(days=1)):
        assert save(inwoner(), concept, GOED | {"plaats": ["Elders"]}, venster="b").is_achter
    assert acties().count("formulier.bewaard") == 1


def test_beginning_twice_is_one_line():
    for _ in range(2):
        begin(inwoner(), sleutel="a" * 32)
    assert acties() == ["formulier.begonnen"]


def test_reading_a_register_into_a_form_leaves_a_line():
    profile.configure(FakePersonenBron())
    concept = begin(gemachtigde("999990019", "999990020"), BIJSTAND)
    assert "van Drouwen" in str(Concept.objects.get().invoer)
    assert acties() == ["formulier.begonnen", "register.gelezen"]
    regel = AuditRegel.objects.get(actie="register.gelezen")
    assert regel.actor_soort == "gemachtigde"
    assert regel.object_ref == partij_ref(partij_van(inwoner()).key)
    assert regel.kenmerken["concept"] == concept.id


def test_a_register_that_is_away_or_does_not_know_somebody_was_not_read():
    publish("verhuizen-proef", MET_ADRES)
    bron = FakePersonenBron()
    profile.configure(bron)
    begin(inwoner("999990044"), "verhuizen-proef")
    bron.is_onbereikbaar = True
    begin(inwoner(), "verhuizen-proef")
    assert acties() == ["formulier.begonnen"] * 2


def test_without_a_line_nothing_is_begun_or_thrown_away(monkeypatch):
    eerder = begin(inwoner())

    def fail(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(audit, "record", fail)
    for doe in (lambda: begin(inwoner()), lambda: service.remove_concept(inwoner(), eerder.id)):
        with pytest.raises(RuntimeError):
            doe()
    assert Concept.objects.count() == 1


@pytest.mark.parametrize("actor", [inwoner(), onderneming(), gemachtigde()], ids=lambda een: een.hoedanigheid)
def test_what_the_worker_removes_leaves_a_line_of_nobody_about_the_party_or_the_zaak_that_it_became(
    actor: Actor,
):
    with op_moment(DAG):
        half = begin(actor)
        zaak = send(actor).concept
        add_bewijzen(DAG)
    assert ruim_op(DAG + timedelta(days=29)) == 0
    assert ruim_op(DAG + timedelta(days=31)) == 1
    assert ruim_op(DAG + timedelta(days=361)) == 1
    weg, kopie = AuditRegel.objects.filter(
        actor_soort=audit.SYSTEEM, actie__startswith="formulier."
    ).order_by("pk")
    assert (weg.actor_key, kopie.actor_key) == ("", "")
    assert weg.object_ref == partij_ref(partij_van(actor).profiel_key)
    assert kopie.object_ref == str(zaak.zaak_ref)
    assert (weg.actie, kopie.actie) == ("formulier.verlopen", "formulier.kopie_verlopen")
    assert weg.kenmerken == {"formulier": MELDING, "concept": half.id}
    van = {"betrokkene": partij_van(actor).profiel_key}  # a zaak may have several parties
    assert kopie.kenmerken == {"formulier": MELDING, "concept": zaak.id} | van


def test_what_the_worker_removes_of_who_did_not_log_in_is_about_the_form():
    with op_moment(DAG):
        begin(anoniem())
    assert ruim_op(DAG + timedelta(hours=3)) == 1
    regel = AuditRegel.objects.get(actie="formulier.verlopen")
    assert (regel.actor_soort, regel.object_ref) == (audit.SYSTEEM, f"formulier-{MELDING}")


def test_without_a_line_the_worker_removes_nothing(monkeypatch):
    with op_moment(DAG):
        begin(inwoner())

    def fail(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(RuntimeError):
        ruim_op(DAG + timedelta(days=31))
    assert Concept.objects.exists()


def test_the_copy_of_a_form_that_the_worker_puts_in_the_zaak_leaves_a_line_there_once():
    zaak = send(inwoner()).concept
    add_bewijzen(nu())
    add_bewijzen(nu())
    (regel,) = AuditRegel.objects.filter(actor_soort=audit.SYSTEEM)
    assert (regel.actie, regel.object_ref) == ("document.toegevoegd", str(zaak.zaak_ref))


def test_a_form_for_a_branch_is_in_the_trail_of_the_branch():
    actor = onderneming(vestiging="000038509504")
    begin(actor)
    regel = AuditRegel.objects.get()
    assert regel.object_ref == partij_ref(partij_van(actor).vestiging_key)
    assert regel.kenmerken["namens"] == partij_van(actor).vestiging_key
    assert replace(actor, key="x").sporen == actor.sporen
