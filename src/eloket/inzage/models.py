import uuid

from django.db import models

from eloket.kernel.crypto import EncryptedTextField


class Kijkdag(models.Model):
    """A day (in Amsterdam) that was counted. Whoever writes the row counts the day, so of two workers one does."""

    dag = models.DateField(primary_key=True)

    class Meta:
        db_table = "inzage_kijkdag"

    def __str__(self) -> str:
        return self.dag.isoformat()


class Kijkcijfer(models.Model):
    """How much one civil servant looked at on one day: `aantallen` by kind (inzage.opvallend.types.Maat). Numbers only,
    kept as long as something is compared with them."""

    id = models.BigAutoField(primary_key=True)
    dag = models.DateField()
    medewerker_key = models.CharField(max_length=64)
    aantallen = models.JSONField()

    class Meta:
        db_table = "inzage_kijkcijfer"
        constraints = (models.UniqueConstraint(fields=["dag", "medewerker_key"], name="kijkcijfer_dag"),)

    def __str__(self) -> str:
        return self.dag.isoformat()


class Signaal(models.Model):
    """A civil servant looked at unusually much on one day. `redenen`: a list of kinds and numbers, never a zaak or a
    resident. `gezien_*` and `notitie` are of the officer who looked into it; before that they are empty."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dag = models.DateField()
    medewerker_key = models.CharField(max_length=64)
    redenen = models.JSONField()
    gemaakt = models.DateTimeField()
    gezien_op = models.DateTimeField(null=True)
    gezien_door = models.CharField(max_length=64, blank=True, default="")
    notitie = EncryptedTextField(blank=True, default="")

    class Meta:
        db_table = "inzage_signaal"
        constraints = (models.UniqueConstraint(fields=["dag", "medewerker_key"], name="signaal_dag"),)
        indexes = (models.Index(fields=["gezien_op", "-dag"], name="signaal_open"),)

    def __str__(self) -> str:
        return str(self.id)
