"""Who was ever logged in is known after the migration, as far back as the audit trail goes."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from eloket.audit.models import AuditRegel
from eloket.identity.access import medewerker_key
from eloket.identity.models import Medewerker
from eloket.kernel.klok import nu

VOOR = [("identity", "0005_groepen")]


@pytest.mark.django_db(transaction=True)
def test_who_stands_in_the_audit_trail_was_logged_in_and_who_does_not_was_not() -> None:
    laatste = MigrationExecutor(connection).loader.graph.leaf_nodes("identity")
    MigrationExecutor(connection).migrate(VOOR)
    try:
        oud = (
            MigrationExecutor(connection).loader.project_state(VOOR).apps.get_model("identity", "Medewerker")
        )
        for subject in ("wel", "niet"):
            oud.objects.create(subject=subject, naam=subject)
        for subject, actie in (("wel", "sessie.ingelogd"), ("niet", "sessie.geweigerd")):
            AuditRegel.objects.create(
                moment=nu(),
                actor_soort="medewerker",
                actor_key=medewerker_key(subject),
                actie=actie,
                object_ref="",
            )
    finally:
        MigrationExecutor(connection).migrate(laatste)
    assert dict(Medewerker.objects.values_list("subject", "is_ooit_ingelogd")) == {"wel": True, "niet": False}
