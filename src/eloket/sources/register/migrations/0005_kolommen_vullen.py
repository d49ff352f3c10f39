from django.db import migrations


class Migration(migrations.Migration):
    """By itself: PostgreSQL wants the rows and the shape of a table changed in different transactions."""

    dependencies = [
        ("register", "0004_rang_en_badge"),
    ]

    operations = [
        migrations.RunSQL(
            sql="UPDATE register_zaak SET badge = ("
            "SELECT s.badge FROM register_statustype s WHERE s.id = register_zaak.statustype_id)",
            reverse_sql=migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            sql="UPDATE register_naam SET open_bij_id = ("
            "SELECT z.afdeling_id FROM register_zaak z WHERE z.id = register_naam.zaak_id AND z.einddatum IS NULL)",
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
