import uuid

from django.db import models
from django.db.models import Q

from eloket.kernel.crypto import EncryptedTextField


class Bericht(models.Model):
    """One message; never edited once sent. `gelezen_op` is when the other side opened it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    zaak_ref = models.CharField(max_length=120)
    betrokkene_key = models.CharField(max_length=64)  # the resident's side of the conversation
    vestiging_key = models.CharField(max_length=64, blank=True, default="")
    is_van_gemeente = models.BooleanField()
    afzender_key = models.CharField(max_length=64)
    afzender_naam = EncryptedTextField()
    afdeling = models.CharField(max_length=40)
    behandelaar_id = models.BigIntegerField(
        null=True, blank=True
    )  # to whom it went; empty: the whole afdeling
    tekst = EncryptedTextField()
    verzonden_op = models.DateTimeField()
    gelezen_op = models.DateTimeField(null=True, blank=True)
    sleutel = models.CharField(
        max_length=64, unique=True
    )  # of the form that sent it: a double click is one message

    class Meta:
        db_table = "berichten_bericht"
        indexes = (
            models.Index(fields=["zaak_ref", "verzonden_op"], name="bericht_zaak"),
            models.Index(fields=["betrokkene_key", "-verzonden_op"], name="bericht_betrokkene"),
            models.Index(
                fields=["betrokkene_key"],
                name="bericht_ongelezen",
                condition=Q(gelezen_op=None, is_van_gemeente=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.zaak_ref} {self.verzonden_op:%Y-%m-%d %H:%M}"
