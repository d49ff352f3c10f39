import uuid

from django.db import models
from django.db.models import Q

from eloket.archief.types import LijstStand, RegelStand
from eloket.kernel.crypto import EncryptedTextField


class Vernietigingslijst(models.Model):
    """A list of zaken to destroy; kept for good, because it is the account of what was destroyed (Archiefbesluit 1995,
    article 8). People are keys of civil servants. `sleutel` is of the form that made it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    nummer = models.PositiveIntegerField(unique=True)
    stand = models.CharField(max_length=20, default=LijstStand.CONCEPT.value)
    versie = models.PositiveIntegerField(default=1)
    sleutel = models.CharField(max_length=64, unique=True)
    gemaakt_op = models.DateTimeField()
    gemaakt_door = models.CharField(max_length=64)
    aangeboden_op = models.DateTimeField(null=True, blank=True)
    aangeboden_door = models.CharField(max_length=64, blank=True, default="")
    besloten_op = models.DateTimeField(null=True, blank=True)
    besloten_door = models.CharField(max_length=64, blank=True, default="")
    terug_reden = EncryptedTextField(blank=True, default="")
    klaar_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "archief_lijst"
        indexes = (
            models.Index(
                fields=["besloten_op"],
                name="lijst_uit_te_voeren",
                condition=Q(stand=LijstStand.GOEDGEKEURD.value),
            ),
        )

    def __str__(self) -> str:
        return f"lijst {self.nummer}"


class LijstRegel(models.Model):
    """A zaak on a list, with what must still be known of it when it is gone; nothing of it names anybody.

    `zaak_versie` is that of the zaak when the list was made. `bestanden`: contents of which the bytes must still go.
    `reden` (why somebody took it off) is emptied when the zaak is destroyed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lijst = models.ForeignKey(
        Vernietigingslijst, on_delete=models.PROTECT, related_name="regels", db_index=False
    )
    zaak_ref = models.CharField(max_length=120)
    zaaknummer = models.CharField(max_length=40, db_index=True)
    zaaktype = models.CharField(max_length=50)
    zaaktype_naam = models.CharField(max_length=80)
    resultaat = models.CharField(max_length=80, blank=True, default="")
    einddatum = models.DateField()
    archiefactiedatum = models.DateField()
    zaak_versie = models.PositiveIntegerField()
    stand = models.CharField(max_length=20, default=RegelStand.OP_LIJST.value)
    beletsel = models.CharField(max_length=20, blank=True, default="")
    reden = EncryptedTextField(blank=True, default="")
    door_key = models.CharField(max_length=64, blank=True, default="")  # who took it off
    bestanden = models.JSONField(default=list)
    pogingen = models.PositiveIntegerField(default=0)
    vernietigd_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "archief_regel"
        constraints = (
            models.UniqueConstraint(fields=["lijst", "zaak_ref"], name="regel_een_per_zaak"),
            # A zaak stands on one list at a time, also when two people make one at once.
            models.UniqueConstraint(
                fields=["zaak_ref"],
                condition=Q(stand__in=[RegelStand.OP_LIJST.value, RegelStand.BEZIG.value]),
                name="regel_op_een_lijst",
            ),
        )
        indexes = (
            models.Index(fields=["lijst", "archiefactiedatum", "zaaknummer"], name="regel_van_lijst"),
            models.Index(fields=["zaak_ref"], name="regel_van_zaak"),
        )

    def __str__(self) -> str:
        return self.zaaknummer


class Vernietigingsstop(models.Model):
    """A zaak that must not be destroyed for now: an appeal, an inquiry, a request of the archive inspector. Once lifted
    it says by whom and why, until the zaak is destroyed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    zaak_ref = models.CharField(max_length=120)
    zaaknummer = models.CharField(max_length=40)
    reden = EncryptedTextField()
    sinds = models.DateTimeField()
    door_key = models.CharField(max_length=64)
    opgeheven_op = models.DateTimeField(null=True, blank=True)
    opgeheven_door = models.CharField(max_length=64, blank=True, default="", db_default="")
    opgeheven_reden = EncryptedTextField(blank=True, default="", db_default="")

    class Meta:
        db_table = "archief_stop"
        constraints = (
            models.UniqueConstraint(
                fields=["zaak_ref"], condition=Q(opgeheven_op=None), name="stop_een_per_zaak"
            ),
        )
        indexes = (models.Index(fields=["zaak_ref"], name="stop_van_zaak"),)

    def __str__(self) -> str:
        return self.zaaknummer
