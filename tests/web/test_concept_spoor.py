"""A draft of a message is a write of personal data: keeping it, throwing it away and its end leave a line each."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection
from django.urls import reverse

from eloket.audit import service as audit
from eloket.audit.models import AuditRegel
from eloket.berichten import concepten
from eloket.berichten.models import BerichtConcept, GesprekRegel
from eloket.berichten.service import send_bericht
from eloket.berichten.types import NIEUW
from eloket.identity.testing import inwoner
from eloket.identity.types import Actor, partij_ref
from eloket.kernel.klok import nu, op_moment
from eloket.portal import paden
from eloket.zaken.historie import list_historie, list_kijkers
from eloket.zaken.types import Zaak
from tests.machtigen import machtig
from tests.web.portaal import ANDER, client_van, tekst_van, zaak_van
from tests.web.werkplek import Stadhuis, build_stadhuis, client_of, zaak_pad

pytestmark = pytest.mark.django_db
BEWAARD, WEG, VERLOPEN = (f"bericht.concept_{een}" for een in ("bewaard", "weggegooid", "verlopen"))
DAG = datetime(2026, 11, 3, 9, tzinfo=UTC)


@pytest.fixture
def huis() -> Stadhuis:
    return build_stadhuis()


@pytest.fixture
def zaak(huis: Stadhuis) -> Zaak:
    return huis.start("Parkeervergunning")


def regels() -> list[AuditRegel]:
    return [*AuditRegel.objects.filter(actie__startswith="bericht.concept_").order_by("pk")]


def acties() -> list[str]:
    return [een.actie for een in regels()]


def bewaar(actor: Actor, zaak: Zaak, tekst: str, gesprek: str = "") -> int:
    """What the script of the box does; the status of the answer."""
    route = "werkplek-bericht-concept" if actor.is_medewerker else "mijn-bericht-concept"
    pad = reverse(route, args=[str(zaak.ref)])
    antwoord = client_of(actor).post(pad, {"bericht": tekst, "gesprek": gesprek})
    return antwoord.status_code


def test_a_script_that_keeps_it_all_day_leaves_one_line_and_the_next_day_another(huis, zaak):
    for actor in (huis.jeroen, huis.mila):
        for uren in (0, 1, 5, 24, 25):
            with op_moment(DAG + timedelta(hours=uren)):
                assert bewaar(actor, zaak, f"Ik ben {uren}") == 200
    assert [(een.actie, een.actor_soort, een.actor_key) for een in regels()] == [
        (BEWAARD, soort, key)
        for soort, key in (("inwoner", huis.jeroen.key), ("medewerker", huis.mila.key))
        for _ in range(2)
    ]
    van_jeroen, van_mila = partij_ref(huis.jeroen.profiel_key), str(zaak.ref)
    assert [een.object_ref for een in regels()] == [van_jeroen, van_jeroen, van_mila, van_mila]
    for een in regels():
        welke = {"zaak": str(zaak.ref)} if een.object_ref == van_jeroen else {}
        assert een.kenmerken == {"gesprek": ""} | welke, "nooit wat er staat"


def test_each_conversation_is_a_draft_of_its_own_however_its_id_is_written(huis, zaak):
    send_bericht(huis.mila, zaak.ref, tekst="Kunt u bellen?", sleutel="s")
    gesprek = str(GesprekRegel.objects.get().pk)
    for een in (NIEUW, gesprek, gesprek.replace("-", ""), f"urn:uuid:{gesprek.upper()}"):
        assert bewaar(huis.jeroen, zaak, "Ja", een) == 200
    assert [een.kenmerken["gesprek"] for een in regels()] == [NIEUW, gesprek]
    assert BerichtConcept.objects.count() == 2


def test_made_empty_is_thrown_away_and_what_was_empty_already_leaves_nothing(huis, zaak):
    for tekst in ("", "Half", " ", ""):
        bewaar(huis.jeroen, zaak, tekst)
    assert acties() == [BEWAARD, WEG]


def test_what_is_sent_is_not_said_to_be_thrown_away(huis, zaak):
    bewaar(huis.jeroen, zaak, "Af")
    send_bericht(huis.jeroen, zaak.ref, tekst="Af", sleutel="s")
    pad = f"{paden.gesprek(zaak.ref)}concept/"
    client_of(huis.jeroen).post(pad, {"bericht": "Af", "sleutel": "s"})  # the script, a moment too late
    assert acties() == [BEWAARD]
    assert AuditRegel.objects.filter(actie="bericht.verstuurd").count() == 1
    assert not BerichtConcept.objects.exists()


def test_kept_by_the_button_leaves_the_same_line_on_both_sides(huis, zaak):
    velden = {"bericht": "Half", "onderwerp": "Later", "knop": "concept", "gesprek": NIEUW}
    assert client_of(huis.jeroen).post(f"{paden.gesprek(zaak.ref)}{NIEUW}/", velden).status_code == 303
    assert client_of(huis.mila).post(zaak_pad(zaak.ref, "bericht/"), velden).status_code == 303
    assert [(een.actie, een.actor_key) for een in regels()] == [
        (BEWAARD, huis.jeroen.key),
        (BEWAARD, huis.mila.key),
    ]


def test_a_draft_in_a_zaak_that_is_closed_leaves_a_line_too(huis, zaak):
    huis.close(zaak.ref)
    assert bewaar(huis.jeroen, zaak, "Toch nog iets") == 200
    assert acties() == [BEWAARD]


@pytest.mark.parametrize("gesprek", ["", NIEUW, "00000000-0000-4000-8000-000000000000", "x"])
def test_whom_the_zaak_is_not_for_keeps_nothing_and_leaves_nothing(huis, zaak, gesprek):
    for actor in (inwoner(ANDER), huis.bo):
        assert bewaar(actor, zaak, "Half", gesprek) == 404
        assert bewaar(actor, zaak, "", gesprek) == 404
    van_ander = zaak_van(inwoner(ANDER), sleutel="a")
    assert bewaar(huis.jeroen, van_ander, "Half", gesprek) == 404
    assert not regels()
    assert not BerichtConcept.objects.exists()


def test_who_may_only_read_in_the_werkplek_keeps_nothing(huis, zaak):
    assert bewaar(replace(huis.mila, rechten=frozenset()), zaak, "Half") in {403, 409}
    assert not regels()


def test_too_long_or_without_a_line_nothing_is_kept(huis, zaak, monkeypatch):
    assert bewaar(huis.jeroen, zaak, "x" * 5_001) == 422
    assert not regels()

    def fail(**_: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(DatabaseError):
        concepten.save_concept(huis.jeroen, zaak.ref, tekst="Half")
    assert not BerichtConcept.objects.exists()


def test_who_types_for_another_is_named_as_such_to_them(huis, zaak):
    fatima = inwoner(ANDER, "Fatima el Idrissi")
    machtig(huis.jeroen, fatima, str(zaak.ref))
    assert bewaar(fatima, zaak, "Namens") == 200
    (regel,) = regels()
    assert (regel.actor_soort, regel.actor_key) == ("gemachtigde", fatima.key)
    assert regel.kenmerken["namens"] == huis.jeroen.profiel_key
    assert "Fatima el Idrissi, die u heeft gemachtigd heeft een bericht over uw zaak voorbereid" in tekst_van(
        client_van(huis.jeroen).get(paden.INZAGE)
    )


def test_what_nobody_touched_for_thirty_days_goes_with_a_line_each_and_a_number_at_a_time(
    huis, zaak, monkeypatch
):
    monkeypatch.setattr(concepten, "PER_RONDE", 2)
    ander = huis.start("Andere zaak")
    with op_moment(nu() - timedelta(days=31)):
        for actor in (huis.jeroen, huis.mila):
            for een in (zaak, ander):
                concepten.save_concept(actor, een.ref, tekst="Oud")
    concepten.save_concept(huis.omar, zaak.ref, tekst="Nieuw")
    assert [concepten.ruim_op(nu()) for _ in range(3)] == [2, 2, 0]
    weg = AuditRegel.objects.filter(actie__endswith="verlopen", actor_soort="systeem", actor_key="")
    assert {(een.actie, een.object_ref, een.kenmerken.get("zaak")) for een in weg} == {
        *(("concept.verlopen", partij_ref(huis.jeroen.profiel_key), str(een.ref)) for een in (zaak, ander)),
        *((VERLOPEN, str(een.ref), None) for een in (zaak, ander)),
    }
    assert weg.count() == 4
    assert BerichtConcept.objects.get().actor_key == huis.omar.key


def test_an_old_draft_of_who_typed_for_another_stands_in_the_trail_of_that_other(huis, zaak):
    fatima = inwoner(ANDER, "Fatima el Idrissi")
    machtig(huis.jeroen, fatima, str(zaak.ref))
    bewaar(fatima, zaak, "Namens")
    assert concepten.ruim_op(nu() + timedelta(days=31)) == 1
    regel = AuditRegel.objects.get(actie="concept.verlopen")
    assert regel.object_ref == partij_ref(huis.jeroen.profiel_key)


def test_an_old_draft_that_cannot_be_decrypted_goes_and_holds_up_none(huis, zaak):
    with op_moment(nu() - timedelta(days=31)):
        for actor in (huis.jeroen, huis.mila):
            concepten.save_concept(actor, zaak.ref, tekst="Oud")
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {BerichtConcept._meta.db_table} SET tekst = 'kapot'")
    assert concepten.ruim_op(nu()) == 2
    assert not BerichtConcept.objects.exists()
    assert AuditRegel.objects.filter(actie__endswith="verlopen", actor_soort="systeem").count() == 2


def test_without_a_line_an_old_draft_stays(huis, zaak, monkeypatch):
    with op_moment(nu() - timedelta(days=31)):
        concepten.save_concept(huis.jeroen, zaak.ref, tekst="Oud")

    def fail(**_: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(DatabaseError):
        concepten.ruim_op(nu())
    assert BerichtConcept.objects.count() == 1


def test_a_civil_servant_does_not_read_that_somebody_is_typing(huis, zaak):
    for actor in (huis.jeroen, huis.omar):
        bewaar(actor, zaak, "Half")
        bewaar(actor, zaak, "")
    historie, kijkers = list_historie(zaak), list_kijkers(zaak)
    assert [een.wat for een in historie] == ["heeft de zaak gestart"]
    assert kijkers == ()
    pagina = tekst_van(client_of(huis.mila).get(zaak_pad(zaak.ref, "?deel=historie")))
    assert "heeft de zaak gestart" in pagina
    assert "concept van een bericht" not in pagina


def test_the_resident_reads_of_the_municipality_in_calm_words_and_of_their_own_when_asked(huis, zaak):
    bewaar(huis.jeroen, zaak, "Half")
    client = client_van(huis.jeroen)
    assert "voorbereid" not in tekst_van(client.get(paden.INZAGE))
    assert "U zelf heeft een bericht over uw zaak voorbereid" in tekst_van(
        client.get(f"{paden.INZAGE}?ook=zelf")
    )
    bewaar(huis.mila, zaak, "Half")
    assert "Een medewerker van Parkeren en mobiliteit heeft een bericht over uw zaak voorbereid" in tekst_van(
        client.get(paden.INZAGE)
    )


def test_nobody_else_of_the_zaak_reads_that_somebody_is_typing(huis, zaak):
    """The trail of the zaak is what another betrokkene reads."""
    bewaar(huis.jeroen, zaak, "Half")
    bewaar(huis.jeroen, zaak, "")
    assert not [een for een in regels() if een.object_ref == str(zaak.ref)]
    (bewaard, weg) = regels()
    assert {bewaard.kenmerken["zaak"], weg.kenmerken["zaak"]} == {str(zaak.ref)}
