"""An installation that has mails from before the mail and the notification were two things."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import F

from eloket.kernel import klok
from eloket.notifications.bezorgen import bezorging
from eloket.notifications.models import BewijsRegel, Notificatie, Zending
from eloket.notifications.types import Bezorging

VOOR = [("notifications", "0001_initial")]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_what_waited_is_sent_and_what_was_sent_is_still_proof(mailoutbox):
    laatste = MigrationExecutor(connection).loader.graph.leaf_nodes("notifications")
    MigrationExecutor(connection).migrate(VOOR)
    try:
        model = (
            MigrationExecutor(connection)
            .loader.project_state(VOOR)
            .apps.get_model("notifications", "Notificatie")
        )
        nu = klok.nu()
        vast = {"betrokkene_key": "k", "zaak_ref": "r-1", "onderwerp": "x", "volgende_poging_op": nu}
        wacht, weg, mis = uuid4(), uuid4(), uuid4()
        uur = timedelta(hours=1)
        model.objects.create(
            id=wacht, soort="adres_bevestigen", aan="a@voorbeeld.nl", payload="geheim", gemaakt_op=nu, **vast
        )
        model.objects.create(
            id=weg,
            soort="status_gewijzigd",
            aan="b@voorbeeld.nl",
            gemaakt_op=nu - uur,
            verzonden_op=nu,
            **vast,
        )
        model.objects.create(
            id=mis,
            soort="status_gewijzigd",
            aan="c@voorbeeld.nl",
            gemaakt_op=nu - 2 * uur,
            mislukt_op=nu,
            **vast,
        )
    finally:
        MigrationExecutor(connection).migrate(laatste)
    assert [een.pk for een in Zending.objects.order_by("volgorde")] == [mis, weg, wacht]
    assert sorted(BewijsRegel.objects.filter(zending_id=weg).values_list("soort", flat=True)) == [
        "in_zending",
        "verzonden",
    ]
    assert BewijsRegel.objects.filter(zending_id=mis, soort="geweigerd").count() == 1
    [te_doen] = bezorging.claim(klok.nu(), "w", 10)
    assert te_doen == wacht
    assert bezorging.deliver(te_doen, "w") is Bezorging.VERZONDEN
    assert [mail.to for mail in mailoutbox] == [["a@voorbeeld.nl"]]
    assert "/bevestigen/geheim/" in mailoutbox[0].body
    assert Notificatie.objects.filter(partij_key=F("betrokkene_key")).count() == 3
