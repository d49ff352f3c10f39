from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("zaken", "0003_werkplek"),
    ]

    operations = [
        migrations.CreateModel(
            name="TekstRegel",
            fields=[
                ("sleutel", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("tekst", models.TextField()),
            ],
            options={"db_table": "zaken_tekst"},
        ),
    ]
