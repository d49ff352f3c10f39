"""What the others in a zaak read of an event is written with it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("zaken", "0009_filter_versleuteld")]

    operations = [
        migrations.AddField(
            model_name="gebeurtenisregel",
            name="voor_anderen",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
    ]
