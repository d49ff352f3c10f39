"""Conversations with a subject, their attachments, and which side has read what."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from eloket.audit.models import AuditRegel
from eloket.berichten import concepten, queries, service
from eloket.berichten.access import get_gesprek_for
from eloket.berichten.errors import BijlagenGeweigerd, GesprekNietGevonden, OnderwerpOngeldig
from eloket.berichten.models import Bericht, BerichtBijlage, BerichtConcept, GesprekRegel
from eloket.berichten.types import NIEUW, STANDAARD_ONDERWERP, BijlageStand, GesprekInzage
from eloket.documenten.queries import list_documenten
from eloket.identity.access import medewerker_key
from eloket.identity.models import Medewerker
from eloket.identity.types import Actor
from eloket.kernel.errors import NietToegestaan
from eloket.kernel.klok import nu
from eloket.zaken import service as zaken
from eloket.zaken.bronnen import bron_voor
from eloket.zaken.errors import ZaakIsGesloten, ZaakNietGevonden
from eloket.zaken.queries import list_werkvoorraad
from eloket.zaken.testing import nieuwe_zaak
from eloket.zaken.types import Aandacht, Zaak
from eloket.zaken.werk import WerkFilter
from tests.huis import PDF, bestand, inwoner, medewerker, met_nepbronnen, partij_van

pytestmark = pytest.mark.django_db


@pytest.fixture
def zaak():
    with met_nepbronnen():
        yield zaken.start_zaak(inwoner(), nieuwe_zaak(partij_van(inwoner()), sleutel="s1"))[0]


def send(actor: Actor, zaak: Zaak, tekst: str = "Hallo", **velden: Any) -> str:
    return service.send_bericht(actor, zaak.ref, tekst=tekst, sleutel=velden.pop("sleutel", tekst), **velden)


def gesprekken(zaak: Zaak, actor: Actor | None = None) -> tuple[GesprekInzage, ...]:
    return queries.list_gesprekken_van_zaak(zaak.ref, partij=partij_van(actor or inwoner()))


def test_both_sides_start_a_conversation_and_answer_in_it(zaak):
    send(inwoner(), zaak, "Wat kost het?", gesprek_id=NIEUW, onderwerp=" De  kosten ")
    send(medewerker(), zaak, "Mogen wij bellen?", gesprek_id=NIEUW, onderwerp="Bellen")
    per_naam = {een.onderwerp: een for een in gesprekken(zaak)}
    send(medewerker(), zaak, "Twaalf euro.", gesprek_id=per_naam["De kosten"].id)
    na = gesprekken(zaak)
    assert [(een.onderwerp, [b.tekst for b in een.berichten]) for een in na] == [
        ("De kosten", ["Twaalf euro.", "Wat kost het?"]),
        ("Bellen", ["Mogen wij bellen?"]),
    ]
    assert [een.ongelezen for een in na] == [1, 1]
    assert [een.is_van_gemeente for een in na] == [False, True]


def test_without_a_conversation_it_goes_into_the_latest_one(zaak):
    send(inwoner(), zaak, "een")
    send(medewerker(), zaak, "twee")
    (gesprek,) = gesprekken(zaak)
    assert gesprek.onderwerp == STANDAARD_ONDERWERP
    send(inwoner(), zaak, "drie", gesprek_id=NIEUW, onderwerp="Anders")
    send(medewerker(), zaak, "vier")
    assert [b.tekst for b in gesprekken(zaak)[0].berichten] == ["vier", "drie"]


@pytest.mark.parametrize("onderwerp", ["", "  \n ", "x" * 101])
def test_a_new_conversation_needs_a_subject(zaak, onderwerp):
    with pytest.raises(OnderwerpOngeldig):
        send(inwoner(), zaak, gesprek_id=NIEUW, onderwerp=onderwerp)
    assert not GesprekRegel.objects.exists()


def test_a_double_click_starts_one_conversation(zaak):
    for _ in range(2):
        send(inwoner(), zaak, gesprek_id=NIEUW, onderwerp="Kosten", bestanden=(bestand(),))
    assert (GesprekRegel.objects.count(), Bericht.objects.count(), BerichtBijlage.objects.count()) == (
        1,
        1,
        1,
    )


def test_nobody_gets_into_the_conversation_of_another(zaak):
    send(inwoner(), zaak)
    ander = zaken.start_zaak(inwoner(), nieuwe_zaak(partij_van(inwoner()), sleutel="s2"))[0]
    gesprek = gesprekken(zaak)[0].id
    for wie, welke, fout in (
        (inwoner("999990020"), zaak, ZaakNietGevonden),
        (medewerker("belastingen"), zaak, ZaakNietGevonden),
        (inwoner(), ander, GesprekNietGevonden),
        (medewerker(), ander, GesprekNietGevonden),
    ):
        for verb in (
            lambda w, z: get_gesprek_for(w, z.ref, gesprek),
            lambda w, z: service.mark_unread(w, z.ref, gesprek),
            lambda w, z: send(w, z, "Mag ik mee?", gesprek_id=gesprek),
            lambda w, z: service.save_concept(w, z.ref, tekst="x", gesprek_id=gesprek),
        ):
            with pytest.raises(fout):
                verb(wie, welke)
    with pytest.raises(GesprekNietGevonden):
        get_gesprek_for(inwoner(), zaak.ref, "geen-id")
    assert Bericht.objects.count() == 1


def test_attachments_stand_in_the_zaak_and_with_the_message(zaak):
    send(inwoner(), zaak, bestanden=(bestand(), bestand("brief.pdf", PDF + b"2")))
    (bericht,) = gesprekken(zaak)[0].berichten
    assert {b.document_id for b in bericht.bijlagen} == {d.id for d in list_documenten(str(zaak.ref))}
    assert {b.stand for b in bericht.bijlagen} == {BijlageStand.BESCHIKBAAR}
    assert bron_voor(zaak.ref.bron).get_zaak(zaak.ref.id).aandacht == {Aandacht.BERICHT, Aandacht.DOCUMENT}


def test_one_bad_file_and_nothing_is_sent_and_every_file_is_named(zaak):
    with pytest.raises(BijlagenGeweigerd) as fout:
        send(inwoner(), zaak, bestanden=(bestand(), bestand("virus.exe", b"MZ\x00")))
    namen = {een.naam for een in fout.value.geweigerd}
    assert namen == {"paspoort.pdf", "virus.exe"}
    assert not Bericht.objects.exists()
    assert not list_documenten(str(zaak.ref))
    send(inwoner(), zaak, bestanden=(bestand(),))
    assert Bericht.objects.count() == 1


def test_what_breaks_between_message_and_attachment_keeps_neither(zaak, monkeypatch):
    def kill(*_args, **_velden):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("eloket.berichten.service.attach", kill)
        with pytest.raises(KeyboardInterrupt):
            send(inwoner(), zaak, bestanden=(bestand(),))
    assert not Bericht.objects.exists()
    assert not GesprekRegel.objects.exists()
    send(inwoner(), zaak, bestanden=(bestand(),))
    assert BerichtBijlage.objects.count() == 1


def test_a_closed_zaak_takes_the_message_but_not_the_files(zaak):
    bron_voor(zaak.ref.bron).set_status(zaak.ref.id, volgnummer=4, toelichting="", moment=nu(), versie=1)
    with pytest.raises(ZaakIsGesloten):
        send(inwoner(), zaak, bestanden=(bestand(),))
    send(inwoner(), zaak)
    assert Bericht.objects.count() == 1


def test_who_only_reads_cannot_send(zaak):
    with pytest.raises(NietToegestaan):
        send(replace(medewerker(), rechten=frozenset()), zaak)


def test_marking_as_unread_brings_it_back_on_both_sides(zaak):
    send(inwoner(), zaak, "Vraag")
    send(medewerker(), zaak, "Antwoord")
    gesprek = gesprekken(zaak)[0].id
    for wie in (inwoner(), medewerker()):
        service.mark_read(wie, zaak.ref)
    assert queries.count_ongelezen(partij_van(inwoner())) == 0
    for _ in range(2):
        assert service.mark_unread(inwoner(), zaak.ref, gesprek)
        assert service.mark_unread(medewerker(), zaak.ref, gesprek)
    assert queries.count_ongelezen(partij_van(inwoner())) == 1
    items = list_werkvoorraad(medewerker(), WerkFilter(afdelingen=medewerker().afdelingen)).items
    assert items[0].nieuw_bericht
    assert service.mark_read(medewerker(), zaak.ref, gesprek_id=gesprek) == 1
    items = list_werkvoorraad(medewerker(), WerkFilter(afdelingen=medewerker().afdelingen)).items
    assert not items[0].nieuw_bericht


def test_reading_one_conversation_leaves_the_other_unread(zaak):
    for naam in ("een", "twee"):
        send(inwoner(), zaak, naam, gesprek_id=NIEUW, onderwerp=naam)
    eerste = gesprekken(zaak)[0].id
    assert service.mark_read(medewerker(), zaak.ref, gesprek_id=eerste) == 1
    assert Aandacht.BERICHT in bron_voor(zaak.ref.bron).get_zaak(zaak.ref.id).aandacht
    assert service.mark_read(medewerker(), zaak.ref) == 1
    assert not bron_voor(zaak.ref.bron).get_zaak(zaak.ref.id).aandacht


def test_unread_conversations_stand_first(zaak):
    send(medewerker(), zaak, "oud maar nieuw", gesprek_id=NIEUW, onderwerp="Ongelezen")
    send(inwoner(), zaak, "net", gesprek_id=NIEUW, onderwerp="Gelezen")
    assert [een.onderwerp for een in queries.list_gesprekken(inwoner())] == [
        "Ongelezen",
        "Gelezen",
    ]


def test_a_draft_comes_back_for_its_writer_alone_and_goes_when_sent(zaak):
    assert service.save_concept(inwoner(), zaak.ref, tekst="Half af", sleutel="v") is not None
    service.save_concept(inwoner(), zaak.ref, tekst="Half af en meer", sleutel="v")
    concept = concepten.get_concept(inwoner(), zaak.ref)
    assert concept is not None
    assert concept.tekst == "Half af en meer"
    assert concepten.get_concept(medewerker(), zaak.ref) is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT tekst, onderwerp FROM berichten_concept")
        assert "Half" not in " ".join(cursor.fetchone())
    send(inwoner(), zaak, "Half af en meer", sleutel="v")
    assert concepten.get_concept(inwoner(), zaak.ref) is None
    assert service.save_concept(inwoner(), zaak.ref, tekst="Half af en meer", sleutel="v") is None
    assert not BerichtConcept.objects.exists()


def test_a_draft_made_empty_is_gone_and_an_old_one_is_purged(zaak):
    service.save_concept(inwoner(), zaak.ref, tekst="x")
    assert service.save_concept(inwoner(), zaak.ref, tekst=" ") is None
    assert not BerichtConcept.objects.exists()
    service.save_concept(inwoner(), zaak.ref, tekst="x")
    assert concepten.ruim_op(nu() + timedelta(days=29)) == 0
    Medewerker.objects.create(subject="mw-1", naam="A. Behandelaar")
    collega = replace(medewerker(), key=medewerker_key("mw-1"))
    service.save_concept(collega, zaak.ref, tekst="y")
    assert concepten.ruim_op(nu() + timedelta(days=31)) == 2
    regel = AuditRegel.objects.get(actie="concept.verlopen")
    assert (regel.actor_soort, regel.object_ref) == ("systeem", f"partij-{inwoner().key}")
    assert regel.kenmerken == {"zaak": str(zaak.ref)}, (
        "not a line of the zaak: nobody there knows that they began"
    )


def test_no_verb_ever_changes_what_was_sent(zaak):
    with CaptureQueriesContext(connection) as gezien:
        send(inwoner(), zaak, "Vraag", bestanden=(bestand(),))
        send(medewerker(), zaak, "Antwoord")
        gesprek = gesprekken(zaak)[0].id
        service.mark_read(medewerker(), zaak.ref)
        service.mark_unread(medewerker(), zaak.ref, gesprek)
        service.mark_read(inwoner(), zaak.ref)
    wijzigingen = [q["sql"] for q in gezien if q["sql"].startswith('UPDATE "berichten_bericht"')]
    assert wijzigingen
    assert all(sql.partition("WHERE")[0].count("=") == 1 and '"gelezen_op" =' in sql for sql in wijzigingen)
    assert not any(q["sql"].startswith('DELETE FROM "berichten_bericht"') for q in gezien)


def test_a_longer_conversation_costs_no_more_queries(zaak):
    def cost() -> int:
        with CaptureQueriesContext(connection) as gezien:
            gesprekken(zaak)
            queries.list_gesprekken(inwoner())
        return len(gezien)

    send(inwoner(), zaak, "0", gesprek_id=NIEUW, onderwerp="0", bestanden=(bestand(),))
    eerst = cost()
    for n in range(1, 8):
        extra = bestand(f"{n}.pdf", PDF + str(n).encode())
        send(inwoner(), zaak, str(n), gesprek_id=NIEUW, onderwerp=str(n), bestanden=(extra,))
    assert cost() == eerst
