import uuid

from django.db import models

from eloket.kernel.crypto import EncryptedTextField


class Concept(models.Model):
    """A form that was filled in and perhaps sent. `antwoorden` is JSON; `zaak_ref` is empty until it was sent.

    `sleutel` is made with the page of the form, so that sending the page twice gives one concept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    eigenaar_key = models.CharField(max_length=64)
    product = models.CharField(max_length=80)
    antwoorden = EncryptedTextField()
    sleutel = models.CharField(max_length=64)
    revisie = models.PositiveIntegerField(default=1)
    gewijzigd_op = models.DateTimeField(db_index=True)
    zaak_ref = models.CharField(max_length=120, blank=True, default="")
    zaaknummer = models.CharField(max_length=40, blank=True, default="")
    verstuurd_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "loket_concept"
        constraints = (models.UniqueConstraint(fields=["eigenaar_key", "sleutel"], name="concept_een_keer"),)

    def __str__(self) -> str:
        return f"{self.product} {self.pk}"
