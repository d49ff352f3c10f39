"""Filters that were saved before their question was encrypted still ask it afterwards, and the way back works too."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from eloket.zaken.models import BewaardFilter

VOOR, NA = [("zaken", "0008_noodtoegang")], [("zaken", "0009_filter_versleuteld")]
VRAAG, LANG = "lijst=afdeling&zoek=Jansen", "zoek=" + "%F0%9F%8C%B7" * 100
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def stored() -> list[str]:
    """The column as it stands in the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT vraag FROM zaken_bewaard_filter ORDER BY naam")
        return [rij[0] for rij in cursor.fetchall()]


def test_a_saved_filter_is_encrypted_and_can_be_decrypted_again() -> None:
    laatste = MigrationExecutor(connection).loader.graph.leaf_nodes("zaken")
    MigrationExecutor(connection).migrate(VOOR)
    try:
        oud = (
            MigrationExecutor(connection).loader.project_state(VOOR).apps.get_model("zaken", "BewaardFilter")
        )
        oud.objects.create(medewerker_id=1, naam="a", vraag=VRAAG)
        oud.objects.create(medewerker_id=1, naam="b", vraag="")
        MigrationExecutor(connection).migrate(NA)
        versleuteld = stored()
        assert "Jansen" not in versleuteld[0]
        assert versleuteld[1] == ""
        gelezen = list(BewaardFilter.objects.order_by("naam").values_list("vraag", flat=True))
        assert gelezen == [VRAAG, ""]
        BewaardFilter.objects.create(medewerker_id=1, naam="c", vraag=LANG)
        MigrationExecutor(connection).migrate(VOOR)
        assert stored() == [VRAAG, "", ""]
    finally:
        MigrationExecutor(connection).migrate(laatste)
