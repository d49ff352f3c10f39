from django.db import migrations, models

from eloket.kernel.crypto import vault


def fill(apps, schema_editor):
    """Who was ever logged in, as far back as the audit trail goes (identity.access.medewerker_key)."""
    regels = apps.get_model("audit", "AuditRegel").objects.filter(actie="sessie.ingelogd")
    for wie in apps.get_model("identity", "Medewerker").objects.all():
        if regels.filter(actor_key=vault().keyed_hash("medewerker", wie.subject)).exists():
            wie.is_ooit_ingelogd = True
            wie.save(update_fields=["is_ooit_ingelogd"])


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
        ("identity", "0005_groepen"),
    ]

    operations = [
        migrations.AddField(
            model_name="medewerker",
            name="is_ooit_ingelogd",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
