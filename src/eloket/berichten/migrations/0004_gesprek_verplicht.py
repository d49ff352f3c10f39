import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("berichten", "0003_bestaande_gesprekken")]

    operations = [
        migrations.AlterField(
            model_name="bericht",
            name="gesprek",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="berichten",
                to="berichten.gesprekregel",
            ),
        ),
    ]
