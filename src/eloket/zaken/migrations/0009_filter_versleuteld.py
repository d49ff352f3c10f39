"""What a saved filter searches for may be the name of a resident: from now on it is stored encrypted."""

from typing import Any

from django.db import migrations

import eloket.kernel.crypto


def encrypt(apps: Any, schema_editor: Any) -> None:
    filters = apps.get_model("zaken", "BewaardFilter").objects
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT id, vraag FROM zaken_bewaard_filter")
        rijen = cursor.fetchall()
    for sleutel, vraag in rijen:
        filters.filter(pk=sleutel).update(vraag=vraag)


def decrypt(apps: Any, schema_editor: Any) -> None:
    rijen = list(apps.get_model("zaken", "BewaardFilter").objects.values_list("pk", "vraag"))
    with schema_editor.connection.cursor() as cursor:
        for sleutel, vraag in rijen:
            # As long as the column was: a longer search is of after it, and its filter is the whole list then.
            kort = vraag if len(vraag) <= 500 else ""
            cursor.execute("UPDATE zaken_bewaard_filter SET vraag = %s WHERE id = %s", [kort, sleutel])


class Migration(migrations.Migration):
    dependencies = [("zaken", "0008_noodtoegang")]

    operations = [
        migrations.AlterField(
            model_name="bewaardfilter",
            name="vraag",
            field=eloket.kernel.crypto.EncryptedTextField(blank=True),
        ),
        migrations.RunPython(encrypt, decrypt),
    ]
