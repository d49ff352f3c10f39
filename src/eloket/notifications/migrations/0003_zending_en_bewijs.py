# A notification and the mail that carries it become two things, and their proof a table of its own.

import uuid

import django.db.models.deletion
from django.db import migrations, models

import eloket.kernel.crypto


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_mailteksten"), ("audit", "0002_verzegeld")]

    operations = [
        migrations.RemoveIndex("Notificatie", "notificatie_wachtend"),
        migrations.RenameModel("Notificatie", "OudeNotificatie"),
        migrations.AlterModelTable("OudeNotificatie", "notifications_oud"),
        migrations.CreateModel(
            name="BewijsRegel",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("moment", models.DateTimeField()),
                ("soort", models.CharField(max_length=20)),
                ("betrokkene_key", models.CharField(max_length=64)),
                ("zaak_ref", models.CharField(blank=True, default="", max_length=120)),
                ("notificatie_id", models.BigIntegerField(blank=True, null=True)),
                ("zending_id", models.UUIDField(blank=True, null=True)),
                ("onderwerp_id", models.CharField(blank=True, default="", max_length=40)),
                ("zegel", models.BigIntegerField(blank=True, editable=False, null=True)),
                ("kenmerken", models.JSONField(default=dict)),
            ],
            options={
                "db_table": "notifications_bewijs",
            },
        ),
        migrations.CreateModel(
            name="Notificatie",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("soort", models.CharField(max_length=30)),
                ("betrokkene_key", models.CharField(max_length=64)),
                ("zaak_ref", models.CharField(blank=True, default="", max_length=120)),
                ("onderwerp_id", models.CharField(blank=True, default="", max_length=40)),
                ("context", models.JSONField(default=dict)),
                ("payload", eloket.kernel.crypto.EncryptedTextField(blank=True, default="")),
                ("aan", eloket.kernel.crypto.EncryptedTextField(blank=True, default="")),
                ("gemaakt_op", models.DateTimeField()),
                ("gepland_op", models.DateTimeField()),
                ("uitkomst", models.CharField(blank=True, default="", max_length=20)),
                ("geopend_op", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "db_table": "notifications_notificatie",
            },
        ),
        migrations.CreateModel(
            name="Zending",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("kanaal", models.CharField(db_default="email", default="email", max_length=10)),
                ("aan", eloket.kernel.crypto.EncryptedTextField()),
                ("betrokkene_key", models.CharField(max_length=64)),
                ("volgorde", models.BigIntegerField()),
                ("gemaakt_op", models.DateTimeField()),
                ("volgende_poging_op", models.DateTimeField()),
                ("pogingen", models.PositiveIntegerField(default=0)),
                ("lease_tot", models.DateTimeField(blank=True, null=True)),
                ("lease_door", models.CharField(blank=True, default="", max_length=80)),
                ("houdt_op", models.BooleanField(default=True)),
                ("verzonden_op", models.DateTimeField(blank=True, null=True)),
                ("mislukt_op", models.DateTimeField(blank=True, null=True)),
                ("laatste_fout", models.CharField(blank=True, default="", max_length=80)),
            ],
            options={
                "db_table": "notifications_zending",
            },
        ),
        migrations.AddIndex(
            model_name="bewijsregel",
            index=models.Index(
                condition=models.Q(("zegel__isnull", True)), fields=["id"], name="bewijsregel_onverzegeld"
            ),
        ),
        migrations.AddIndex(
            model_name="bewijsregel",
            index=models.Index(fields=["zaak_ref", "id"], name="bewijs_van_zaak"),
        ),
        migrations.AddIndex(
            model_name="bewijsregel",
            index=models.Index(fields=["notificatie_id"], name="bewijs_van_melding"),
        ),
        migrations.AddIndex(
            model_name="bewijsregel",
            index=models.Index(fields=["zending_id"], name="bewijs_van_zending"),
        ),
        migrations.AddIndex(
            model_name="bewijsregel",
            index=models.Index(fields=["onderwerp_id", "soort"], name="bewijs_van_onderwerp"),
        ),
        migrations.AddIndex(
            model_name="zending",
            index=models.Index(
                condition=models.Q(("mislukt_op", None), ("verzonden_op", None)),
                fields=["kanaal", "volgende_poging_op"],
                name="zending_wachtend",
            ),
        ),
        migrations.AddIndex(
            model_name="zending",
            index=models.Index(
                condition=models.Q(("mislukt_op", None), ("verzonden_op", None)),
                fields=["betrokkene_key", "volgorde"],
                name="zending_op_volgorde",
            ),
        ),
        migrations.AddIndex(
            model_name="zending",
            index=models.Index(fields=["betrokkene_key", "verzonden_op"], name="zending_van_partij"),
        ),
        migrations.AddField(
            model_name="notificatie",
            name="zending",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notificaties",
                to="notifications.zending",
            ),
        ),
        migrations.AddIndex(
            model_name="notificatie",
            index=models.Index(
                condition=models.Q(("uitkomst", ""), ("zending", None)),
                fields=["gepland_op"],
                name="notificatie_te_mailen",
            ),
        ),
        migrations.AddIndex(
            model_name="notificatie",
            index=models.Index(
                condition=models.Q(("uitkomst", ""), ("zending", None)),
                fields=["betrokkene_key", "gepland_op"],
                name="notificatie_te_mailen_aan",
            ),
        ),
        migrations.AddIndex(
            model_name="notificatie",
            index=models.Index(fields=["zaak_ref", "id"], name="notificatie_van_zaak"),
        ),
        migrations.AddIndex(
            model_name="notificatie",
            index=models.Index(
                fields=["betrokkene_key", "soort", "gemaakt_op"], name="notificatie_van_partij"
            ),
        ),
        migrations.AddIndex(
            model_name="notificatie",
            index=models.Index(
                condition=models.Q(("geopend_op", None)),
                fields=["betrokkene_key", "zaak_ref"],
                name="notificatie_ongeopend",
            ),
        ),
    ]
