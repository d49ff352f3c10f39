"""A report that was being filled in goes on as a form; one that was sent keeps what it said."""

import json

from django.apps.registry import Apps as StateApps
from django.db import migrations

_LABELS = {"soort": "Wat wilt u melden?", "plaats": "Waar is het?", "omschrijving": "Wat is er aan de hand?"}


def to_inputs(apps: StateApps, _schema: object) -> None:
    """What was kept as answers becomes what was typed: the form has the same fields as before."""
    for rij in apps.get_model("loket", "Concept").objects.all():
        antwoorden = json.loads(rij.invoer)
        rij.invoer = json.dumps({naam: [waarde] for naam, waarde in antwoorden.items()}, ensure_ascii=False)
        rij.bezocht = ["melding"]
        rij.begonnen_op = rij.gewijzigd_op
        if rij.zaak_ref:
            regels = [
                {"vraag": vraag, "antwoord": antwoorden.get(naam, "")} for naam, vraag in _LABELS.items()
            ]
            blok = {"stap_id": "melding", "titel": "Wat ziet u, en waar?", "regels": regels}
            rij.overzicht = json.dumps([blok], ensure_ascii=False)
        rij.save(update_fields=["invoer", "bezocht", "begonnen_op", "overzicht"])


class Migration(migrations.Migration):
    dependencies = [("loket", "0002_formulieren")]

    operations = [migrations.RunPython(to_inputs, migrations.RunPython.noop)]
