import uuid

from django.db import models
from django.db.models import Q

from eloket.kernel.crypto import EncryptedTextField


class Taak(models.Model):
    """Something asked of a resident or business: now always a document. Independent of where the zaak lives."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    zaak_ref = models.CharField(max_length=120, db_index=True)
    betrokkene_key = models.CharField(max_length=64)
    vestiging_key = models.CharField(max_length=64, blank=True, default="")
    titel = EncryptedTextField()
    toelichting = EncryptedTextField(blank=True, default="")
    deadline = models.DateField()
    gevraagd_op = models.DateTimeField()
    gevraagd_door_key = models.CharField(max_length=64)
    vervuld_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "zaken_taak"
        indexes = (
            models.Index(
                fields=["betrokkene_key", "deadline"], name="taak_open", condition=Q(vervuld_op=None)
            ),
        )

    def __str__(self) -> str:
        return str(self.id)


class GebeurtenisRegel(models.Model):
    """An event of the timeline besides the statuses; written in the transaction of the change it tells of."""

    zaak_ref = models.CharField(max_length=120)
    moment = models.DateTimeField()
    soort = models.CharField(max_length=30)
    tekst = models.CharField(max_length=200)

    class Meta:
        db_table = "zaken_gebeurtenis"
        indexes = (models.Index(fields=["zaak_ref", "moment"], name="gebeurtenis_zaak"),)

    def __str__(self) -> str:
        return f"{self.zaak_ref} {self.soort}"
