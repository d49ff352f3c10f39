"""The rows behind documents: a Bestand is content that we hold, a Document is its place in a zaak."""

import uuid

from django.db import models
from django.db.models import Q

from eloket.documenten.types import Beoordeling, Controle
from eloket.kernel.crypto import EncryptedTextField


class Bestand(models.Model):
    """Content in the storage, named by its hash; several documents may share it.

    The row is committed before the bytes are stored and deleted after them, so that every blob has a row.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    omvang = models.PositiveBigIntegerField()
    # When somebody last prepared it: held for an hour from then.
    aangeraakt = models.DateTimeField(db_index=True)
    controle = models.CharField(max_length=10, default=Controle.GEEN.value, db_default=Controle.GEEN.value)
    gescand_op = models.DateTimeField(null=True, blank=True)  # while it waits: when that was last tried
    paginas = models.PositiveIntegerField(null=True, blank=True)
    kenmerken = models.CharField(max_length=60, blank=True, default="", db_default="")  # Kenmerk values

    class Meta:
        indexes = [
            models.Index(
                fields=["aangeraakt"], name="bestand_wacht", condition=Q(controle=Controle.WACHT.value)
            ),
            models.Index(
                fields=["gescand_op"], name="bestand_besmet", condition=Q(controle=Controle.BESMET.value)
            ),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]


class Document(models.Model):
    """A document of a zaak. Its id is random and stands in URLs; what it is called is stored encrypted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    zaak_ref = models.CharField(max_length=120)
    bestand = models.ForeignKey(Bestand, on_delete=models.PROTECT, related_name="documenten")
    titel = EncryptedTextField()
    bestandsnaam = EncryptedTextField()
    formaat = models.CharField(max_length=10)
    herkomst = models.CharField(max_length=20)
    auteur_key = models.CharField(max_length=64)
    auteur_naam = EncryptedTextField()
    # Of which betrokkene it is, whoever sent it for them; '' of the municipality, and of what an older release took in.
    betrokkene_key = models.CharField(max_length=64, blank=True, default="", db_default="")
    vestiging_key = models.CharField(max_length=64, blank=True, default="", db_default="")
    ontvangen_op = models.DateTimeField()
    beoordeling = models.CharField(
        max_length=20, default=Beoordeling.NIEUW.value, db_default=Beoordeling.NIEUW.value
    )
    afkeurreden = EncryptedTextField(blank=True, default="", db_default="")
    beoordeeld_op = models.DateTimeField(null=True, blank=True)
    documenttype = models.CharField(max_length=80, blank=True, default="", db_default="")
    vertrouwelijkheid = models.CharField(max_length=20, blank=True, default="", db_default="")
    taak_id = models.CharField(max_length=36, blank=True, default="", db_default="")
    versie = models.PositiveIntegerField(default=1, db_default=1)
    vervangen_door: "models.OneToOneField[Document | None, Document | None]" = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="vervangt"
    )

    class Meta:
        indexes = [models.Index(fields=["zaak_ref", "-ontvangen_op"], name="document_zaak_nieuwste")]
        constraints = [
            # The last word on "this is already there", also when two requests arrive at once.
            models.UniqueConstraint(fields=["zaak_ref", "bestand"], name="document_een_keer_per_zaak")
        ]

    def __str__(self) -> str:
        return str(self.id)


class Vasthouding(models.Model):
    """A file that is kept for something that is no zaak yet: a form that somebody is filling in. `houder` names it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    houder = models.CharField(max_length=64)
    plek = models.CharField(max_length=60)  # which part of the form it answers
    bestand = models.ForeignKey(Bestand, on_delete=models.PROTECT, related_name="vasthoudingen")
    titel = EncryptedTextField()
    bestandsnaam = EncryptedTextField()
    formaat = models.CharField(max_length=10)
    ontvangen_op = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["houder", "plek", "bestand"], name="vasthouding_een_keer")
        ]

    def __str__(self) -> str:
        return str(self.id)
