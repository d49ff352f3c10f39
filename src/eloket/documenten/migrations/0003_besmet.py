from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documenten", "0002_beoordeling"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="bestand",
            index=models.Index(
                condition=models.Q(("controle", "besmet")), fields=["gescand_op"], name="bestand_besmet"
            ),
        ),
    ]
