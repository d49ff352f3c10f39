import uuid

from django.db import models
from django.db.models import Q

from eloket.kernel.crypto import EncryptedTextField


class GesprekRegel(models.Model):
    """A conversation about a zaak, between one resident's side and the municipality.

    `laatst_op` and `afdeling` follow the last message, so that the list of an afdeling is one index.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    zaak_ref = models.CharField(max_length=120)
    betrokkene_key = models.CharField(max_length=64)  # the resident's side
    vestiging_key = models.CharField(max_length=64, blank=True, default="")
    onderwerp = EncryptedTextField()
    is_van_gemeente = models.BooleanField()  # who started it
    starter_key = models.CharField(max_length=64)
    begonnen_op = models.DateTimeField()
    laatst_op = models.DateTimeField()
    afdeling = models.CharField(max_length=40)

    class Meta:
        db_table = "berichten_gesprek"
        indexes = (
            models.Index(fields=["zaak_ref", "betrokkene_key"], name="gesprek_zaak"),
            models.Index(fields=["betrokkene_key", "-laatst_op"], name="gesprek_betrokkene"),
            models.Index(fields=["afdeling", "-laatst_op"], name="gesprek_afdeling"),
        )

    def __str__(self) -> str:
        return f"{self.zaak_ref} {self.begonnen_op:%Y-%m-%d %H:%M}"


class Bericht(models.Model):
    """One message; never edited once sent. `gelezen_op` is when the other side opened it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    gesprek = models.ForeignKey(GesprekRegel, on_delete=models.PROTECT, related_name="berichten")
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
    aantal_bijlagen = models.PositiveSmallIntegerField(default=0, db_default=0)

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
            models.Index(
                fields=["afdeling", "-verzonden_op"],
                name="bericht_wacht",
                condition=Q(gelezen_op=None, is_van_gemeente=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.zaak_ref} {self.verzonden_op:%Y-%m-%d %H:%M}"


class BerichtBijlage(models.Model):
    """A document that came with a message. `naam` as it was then: the document may go to another zaak."""

    bericht = models.ForeignKey(Bericht, on_delete=models.PROTECT, related_name="bijlagen")
    document_id = models.CharField(max_length=36)
    naam = EncryptedTextField()

    class Meta:
        db_table = "berichten_bijlage"
        constraints = (
            models.UniqueConstraint(fields=["bericht", "document_id"], name="bijlage_een_keer_per_bericht"),
        )

    def __str__(self) -> str:
        return self.document_id


class BerichtConcept(models.Model):
    """What somebody typed and has not sent. `gesprek`: the id of the conversation, `nieuw`, or '' (box of the zaak)."""

    actor_key = models.CharField(max_length=64)
    # Of whose trail it is, which the key of who types does not say; "" of a civil servant, and of an earlier release.
    partij_key = models.CharField(max_length=64, blank=True, default="", db_default="")
    zaak_ref = models.CharField(max_length=120)
    gesprek = models.CharField(max_length=36, blank=True, default="")
    onderwerp = EncryptedTextField(blank=True, default="")
    tekst = EncryptedTextField()
    bewaard_op = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "berichten_concept"
        constraints = (
            models.UniqueConstraint(fields=["actor_key", "zaak_ref", "gesprek"], name="concept_een_per_vak"),
        )

    def __str__(self) -> str:
        return self.zaak_ref
