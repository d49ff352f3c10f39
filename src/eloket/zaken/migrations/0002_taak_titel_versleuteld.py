"""What a civil servant asks for is typed text about one person: from now on it is stored encrypted."""

from typing import Any

from django.db import migrations

import eloket.kernel.crypto


def encrypt(apps: Any, schema_editor: Any) -> None:
    taken = apps.get_model("zaken", "Taak").objects
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT id, titel FROM zaken_taak")
        rijen = cursor.fetchall()
    for sleutel, titel in rijen:
        taken.filter(pk=sleutel).update(titel=titel)


def decrypt(apps: Any, schema_editor: Any) -> None:
    taak = apps.get_model("zaken", "Taak")
    veld = taak._meta.pk  # noqa: SLF001 - the public face of a model's fields, whatever its name says
    rijen = list(taak.objects.values_list("pk", "titel"))
    with schema_editor.connection.cursor() as cursor:
        for sleutel, titel in rijen:
            kolom = veld.get_db_prep_value(sleutel, schema_editor.connection)
            cursor.execute("UPDATE zaken_taak SET titel = %s WHERE id = %s", [titel, kolom])


class Migration(migrations.Migration):
    dependencies = [("zaken", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="taak", name="titel", field=eloket.kernel.crypto.EncryptedTextField()
        ),
        migrations.RunPython(encrypt, decrypt),
    ]
