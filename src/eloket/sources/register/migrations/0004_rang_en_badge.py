"""The columns that the work list needs for its order, its filter on status and its search for a name: with them each
walks an index.
"""

from django.db import migrations, models
from django.db.models import Case, Value, When


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0002_werkplek"),
        ("register", "0003_documenttypen"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="naamsleutel", name="naam_sleutel"),
        migrations.AddField(
            model_name="naamsleutel",
            name="open_bij",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=models.PROTECT,
                related_name="+",
                to="identity.afdeling",
            ),
        ),
        migrations.RemoveIndex(model_name="zaak", name="zaak_werkvoorraad"),
        migrations.RemoveIndex(model_name="zaak", name="zaak_werk_behandelaar"),
        migrations.AddField(
            model_name="zaak",
            name="badge",
            field=models.CharField(default="", max_length=20),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="zaak",
            name="rang",
            field=models.GeneratedField(
                db_persist=True,
                expression=Case(
                    When(heeft_aandacht=True, then=Value(0)),
                    When(opgeschort_sinds=None, then=Value(1)),
                    default=Value(2),
                ),
                output_field=models.SmallIntegerField(),
            ),
        ),
    ]
