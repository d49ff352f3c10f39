from django.db import migrations, models

import eloket.kernel.crypto


class Migration(migrations.Migration):
    dependencies = [
        ("zaken", "0004_teksten"),
    ]

    operations = [
        migrations.AddField(
            model_name="gebeurtenisregel",
            name="betrokkene_key",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.AddField(
            model_name="gebeurtenisregel",
            name="onderwerp",
            field=eloket.kernel.crypto.EncryptedTextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="gebeurtenisregel",
            name="vestiging_key",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
    ]
