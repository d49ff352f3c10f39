"""What was said before conversations had a subject is still there afterwards, in a conversation of its own."""

import uuid

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from eloket.kernel.klok import nu

VOOR, NA = [("berichten", "0001_initial")], [("berichten", "0004_gesprek_verplicht")]


@pytest.mark.django_db(transaction=True)
def test_messages_become_one_conversation_per_zaak_and_side() -> None:
    laatste = MigrationExecutor(connection).loader.graph.leaf_nodes("berichten")
    MigrationExecutor(connection).migrate(VOOR)
    try:
        oud = MigrationExecutor(connection).loader.project_state(VOOR).apps.get_model("berichten", "Bericht")
        for zaak, wie, tekst in (
            ("r-1", "a", "een"),
            ("r-1", "a", "twee"),
            ("r-1", "b", "drie"),
            ("r-2", "a", "vier"),
        ):
            oud.objects.create(
                zaak_ref=zaak,
                betrokkene_key=wie,
                is_van_gemeente=False,
                afzender_key=wie,
                afzender_naam="Iemand",
                afdeling="x",
                tekst=tekst,
                verzonden_op=nu(),
                sleutel=uuid.uuid4().hex,
            )
    finally:
        MigrationExecutor(connection).migrate(laatste)
    nieuw = MigrationExecutor(connection).loader.project_state(NA).apps.get_model("berichten", "GesprekRegel")
    per_gesprek = {
        (rij.zaak_ref, rij.betrokkene_key): sorted(rij.berichten.values_list("tekst", flat=True))
        for rij in nieuw.objects.all()
    }
    assert per_gesprek == {("r-1", "a"): ["een", "twee"], ("r-1", "b"): ["drie"], ("r-2", "a"): ["vier"]}
    assert {rij.onderwerp for rij in nieuw.objects.all()} == {"Uw zaak"}
