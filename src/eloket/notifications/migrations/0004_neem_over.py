# What waited, what was sent and what failed goes along, with its proof. The ciphertext of addresses and tokens is copied as
# it is: a row that cannot be decrypted any more must not stop an upgrade.

from django.db import migrations

# Sent or not, an old notification was a mail of its own to the address that it names.
_STAPPEN = (
    """
    INSERT INTO notifications_zending (id, kanaal, aan, betrokkene_key, volgorde, gemaakt_op, volgende_poging_op, pogingen,
        lease_door, houdt_op, verzonden_op, mislukt_op, laatste_fout)
    SELECT id, 'email', aan, betrokkene_key, 0, gemaakt_op, volgende_poging_op, pogingen, '', {ja}, verzonden_op,
        mislukt_op, laatste_fout
    FROM notifications_oud
    """,
    """
    INSERT INTO notifications_notificatie (soort, betrokkene_key, zaak_ref, onderwerp_id, context, payload, aan, gemaakt_op,
        gepland_op, uitkomst, zending_id)
    SELECT soort, betrokkene_key, zaak_ref, '', context, payload, aan, gemaakt_op, gemaakt_op, '', id
    FROM notifications_oud ORDER BY gemaakt_op, id
    """,
    """
    UPDATE notifications_zending SET volgorde =
        (SELECT n.id FROM notifications_notificatie n WHERE n.zending_id = notifications_zending.id)
    """,
    """
    INSERT INTO notifications_bewijs (moment, soort, betrokkene_key, zaak_ref, notificatie_id, zending_id, onderwerp_id,
        kenmerken)
    SELECT gemaakt_op, 'gemaakt', betrokkene_key, zaak_ref, id, NULL, '', {overgenomen}
    FROM notifications_notificatie ORDER BY id
    """,
    """
    INSERT INTO notifications_bewijs (moment, soort, betrokkene_key, zaak_ref, notificatie_id, zending_id, onderwerp_id,
        kenmerken)
    SELECT gemaakt_op, 'in_zending', betrokkene_key, zaak_ref, id, zending_id, '', {overgenomen}
    FROM notifications_notificatie ORDER BY id
    """,
    """
    INSERT INTO notifications_bewijs (moment, soort, betrokkene_key, zaak_ref, notificatie_id, zending_id, onderwerp_id,
        kenmerken)
    SELECT verzonden_op, 'verzonden', betrokkene_key, '', NULL, id, '', {overgenomen}
    FROM notifications_zending WHERE verzonden_op IS NOT NULL ORDER BY volgorde
    """,
    """
    INSERT INTO notifications_bewijs (moment, soort, betrokkene_key, zaak_ref, notificatie_id, zending_id, onderwerp_id,
        kenmerken)
    SELECT mislukt_op, 'geweigerd', betrokkene_key, '', NULL, id, '', {overgenomen}
    FROM notifications_zending WHERE mislukt_op IS NOT NULL ORDER BY volgorde
    """,
)


def neem_over(apps, schema_editor):
    is_pg = schema_editor.connection.vendor == "postgresql"
    json = """'{"overgenomen": true}'"""
    woorden = {"ja": "true" if is_pg else "1", "overgenomen": f"{json}::jsonb" if is_pg else json}
    with schema_editor.connection.cursor() as cursor:
        for stap in _STAPPEN:
            cursor.execute(stap.format(**woorden))


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_zending_en_bewijs")]

    operations = [
        migrations.RunPython(neem_over, migrations.RunPython.noop),
        migrations.DeleteModel("OudeNotificatie"),
    ]
