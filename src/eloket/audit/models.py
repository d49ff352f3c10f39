from django.db import models

from eloket.audit.verzegeld import VerzegeldeRegel


class AuditRegel(VerzegeldeRegel):
    """One act of one actor. Refers to people by keyed hash; never holds content."""

    moment = models.DateTimeField()
    actor_soort = models.CharField(max_length=20)
    actor_key = models.CharField(max_length=64)
    actie = models.CharField(max_length=60)
    object_ref = models.CharField(max_length=120)
    kenmerken = models.JSONField(default=dict)

    class Meta(VerzegeldeRegel.Meta):
        db_table = "audit_regel"
        indexes = (
            *VerzegeldeRegel.Meta.indexes,
            models.Index(fields=["object_ref", "-moment"], name="audit_regel_object"),
            models.Index(fields=["actor_key", "-moment"], name="audit_regel_actor"),
            models.Index(fields=["actie", "-moment"], name="audit_regel_actie"),
            models.Index(fields=["-moment", "-id"], name="audit_regel_moment"),
        )

    def __str__(self) -> str:
        return f"{self.moment:%Y-%m-%d %H:%M} {self.actie}"


class Zegel(models.Model):
    """One link of the chain of one table: which rows it holds, and the fingerprint of each (audit.vingerafdruk).

    `regels` is packed: of every row its id and its fingerprint, so that a check can say which row was changed.
    `hash` covers all other columns, `vorige_hash` among them; `sleutel` tells with which key it was made.
    """

    id = models.BigAutoField(primary_key=True)
    keten = models.CharField(max_length=63)
    volgnummer = models.BigIntegerField()
    moment = models.DateTimeField()
    aantal = models.PositiveIntegerField()
    kolommen = models.TextField()
    regels = models.BinaryField()
    vorige_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    sleutel = models.CharField(max_length=16)

    class Meta:
        db_table = "audit_zegel"
        constraints = (models.UniqueConstraint(fields=["keten", "volgnummer"], name="zegel_volgnummer"),)


class Opruiming(models.Model):
    """Every seal of a chain up to and including `tot`, with its rows, was removed on purpose (audit.opruimen).

    `kop` is the hash of the last seal that went: the chain goes on from there. Signed like a seal, so that a row
    that was put here by hand excuses nothing. Never changed and never removed.
    """

    id = models.BigAutoField(primary_key=True)
    keten = models.CharField(max_length=63)
    tot = models.BigIntegerField()
    kop = models.CharField(max_length=64)
    moment = models.DateTimeField()
    reden = models.CharField(max_length=120)
    hash = models.CharField(max_length=64)
    sleutel = models.CharField(max_length=16)

    class Meta:
        db_table = "audit_opruiming"
        constraints = (models.UniqueConstraint(fields=["keten", "tot"], name="opruiming_tot"),)


class Wissing(models.Model):
    """The encrypted text of one sealed row was emptied on purpose (audit.wissen): what the row said of somebody is
    gone, that it was there is not.

    `afdruk` is the fingerprint of the row as it is since. Signed like a seal, so that a row that was put here by hand
    excuses nothing. It goes with its row, when the seal of that is removed.
    """

    id = models.BigAutoField(primary_key=True)
    keten = models.CharField(max_length=63)
    regel = models.BigIntegerField()
    zegel = models.BigIntegerField()
    afdruk = models.BinaryField()
    moment = models.DateTimeField()
    reden = models.CharField(max_length=120)
    hash = models.CharField(max_length=64)
    sleutel = models.CharField(max_length=16)

    class Meta:
        db_table = "audit_wissing"
        constraints = (models.UniqueConstraint(fields=["keten", "regel"], name="wissing_een_keer"),)
