"""Forms become definitions with versions."""

from django.db import migrations, models

import eloket.kernel.crypto


class Migration(migrations.Migration):
    dependencies = [("loket", "0001_initial")]

    operations = [
        migrations.RenameField("concept", "product", "formulier"),
        migrations.RenameField("concept", "antwoorden", "invoer"),
        migrations.CreateModel(
            name="FormulierVersie",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.CharField(max_length=60)),
                ("versie", models.PositiveIntegerField()),
                ("sha", models.CharField(max_length=64)),
                ("inhoud", models.TextField()),
                ("stand", models.CharField(default="concept", max_length=20)),
                ("gemaakt_op", models.DateTimeField()),
                ("gemaakt_door_key", models.CharField(blank=True, default="", max_length=64)),
                ("gepubliceerd_op", models.DateTimeField(blank=True, null=True)),
                ("gepubliceerd_door_key", models.CharField(blank=True, default="", max_length=64)),
            ],
            options={
                "db_table": "loket_formulierversie",
            },
        ),
        migrations.CreateModel(
            name="Meting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("formulier", models.CharField(max_length=60)),
                ("versie", models.PositiveIntegerField()),
                ("dag", models.DateField()),
                ("wat", models.CharField(max_length=20)),
                ("stap", models.CharField(blank=True, default="", max_length=60)),
                ("aantal", models.PositiveIntegerField(default=0)),
                ("seconden", models.PositiveBigIntegerField(default=0)),
            ],
            options={
                "db_table": "loket_meting",
            },
        ),
        migrations.AddField(
            model_name="concept",
            name="aanvulling_ref",
            field=models.CharField(blank=True, default="", max_length=120),
        ),
        migrations.AddField(
            model_name="concept",
            name="aanvulling_taak",
            field=models.CharField(blank=True, default="", max_length=36),
        ),
        migrations.AddField(
            model_name="concept",
            name="begonnen_op",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="concept",
            name="bewijs_op",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="concept",
            name="bezocht",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="concept",
            name="code_key",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AddField(
            model_name="concept",
            name="herinnerd_op",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="concept",
            name="overzicht",
            field=eloket.kernel.crypto.EncryptedTextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="concept",
            name="vensters",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="concept",
            name="versie",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddIndex(
            model_name="concept",
            index=models.Index(
                condition=models.Q(("bewijs_op", None)), fields=["verstuurd_op"], name="concept_zonder_bewijs"
            ),
        ),
        migrations.AddConstraint(
            model_name="concept",
            constraint=models.UniqueConstraint(
                condition=models.Q(("code_key", ""), _negated=True), fields=("code_key",), name="concept_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="formulierversie",
            constraint=models.UniqueConstraint(fields=("slug", "versie"), name="formulier_versie_een_keer"),
        ),
        migrations.AddConstraint(
            model_name="formulierversie",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stand", "gepubliceerd")),
                fields=("slug",),
                name="formulier_een_gepubliceerd",
            ),
        ),
        migrations.AddConstraint(
            model_name="meting",
            constraint=models.UniqueConstraint(
                fields=("formulier", "versie", "dag", "wat", "stap"), name="meting_een_keer"
            ),
        ),
    ]
