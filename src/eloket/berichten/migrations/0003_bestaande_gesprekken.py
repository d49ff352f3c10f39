"""What was said before conversations had a subject becomes one conversation per zaak and resident's side."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ONDERWERP = "Uw zaak"


def make_gesprekken(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    Bericht, GesprekRegel = (apps.get_model("berichten", naam) for naam in ("Bericht", "GesprekRegel"))
    velden = (
        "zaak_ref",
        "betrokkene_key",
        "vestiging_key",
        "is_van_gemeente",
        "afzender_key",
        "verzonden_op",
        "afdeling",
    )
    los = Bericht.objects.filter(gesprek=None).order_by("verzonden_op", "pk")
    gesprekken = {}
    for zaak, key, vestiging, van_gemeente, afzender, moment, afdeling in los.values_list(*velden).iterator():
        gesprek = gesprekken.setdefault(
            (zaak, key, vestiging),
            GesprekRegel(
                zaak_ref=zaak,
                betrokkene_key=key,
                vestiging_key=vestiging,
                onderwerp=ONDERWERP,
                is_van_gemeente=van_gemeente,
                starter_key=afzender,
                begonnen_op=moment,
            ),
        )
        gesprek.laatst_op, gesprek.afdeling = moment, afdeling
    GesprekRegel.objects.bulk_create(gesprekken.values(), batch_size=500)
    for (zaak, key, vestiging), gesprek in gesprekken.items():
        Bericht.objects.filter(
            zaak_ref=zaak, betrokkene_key=key, vestiging_key=vestiging, gesprek=None
        ).update(gesprek=gesprek)


class Migration(migrations.Migration):
    dependencies = [("berichten", "0002_gesprekken")]

    operations = [migrations.RunPython(make_gesprekken, migrations.RunPython.noop)]
