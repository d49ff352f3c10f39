import uuid

from django.db import models
from django.db.models import F, Q

from eloket.beschikbaarheid.types import Herkomst, Soort


class Onderbreking(models.Model):
    """A time in which something did not work. Never removed: what turned out not to be one is `ingetrokken_op`, what
    turned out to be part of another is `opgegaan_in`.

    `is_afgehandeld`: somebody looked whether terms must be extended since `begin` or `eind` last changed.
    `gemeld_begin` and `gemeld_eind`: for which times that was published last.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wat = models.CharField(max_length=20)
    soort = models.CharField(max_length=20, default=Soort.STORING.value)
    begin = models.DateTimeField()
    eind = models.DateTimeField(null=True, blank=True)
    reden = models.CharField(max_length=300, blank=True, default="")
    herkomst = models.CharField(max_length=20, default=Herkomst.BEHEER.value)
    door_key = models.CharField(max_length=64, blank=True, default="")
    gemaakt_op = models.DateTimeField()
    is_afgehandeld = models.BooleanField(default=False)
    gemeld_begin = models.DateTimeField(null=True, blank=True)
    gemeld_eind = models.DateTimeField(null=True, blank=True)
    ingetrokken_op = models.DateTimeField(null=True, blank=True)
    opgegaan_in = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "beschikbaarheid_onderbreking"
        constraints = (
            models.UniqueConstraint(
                fields=["wat"],
                condition=Q(eind=None, ingetrokken_op=None, opgegaan_in=None),
                name="onderbreking_een_gaande",
            ),
            models.CheckConstraint(
                condition=Q(eind=None) | Q(eind__gte=F("begin")), name="onderbreking_eindigt_na_begin"
            ),
        )
        indexes = (models.Index(fields=["-begin"], name="onderbreking_begin"),)

    def __str__(self) -> str:
        return f"{self.wat} {self.begin:%Y-%m-%d %H:%M}"


class Slot(models.Model):
    """One row per thing that can be out of order: who changes its outages holds this row, so that two never make two
    of one."""

    wat = models.CharField(max_length=20, primary_key=True)

    class Meta:
        db_table = "beschikbaarheid_slot"

    def __str__(self) -> str:
        return self.wat


class Levensteken(models.Model):
    """When a process of ours was last alive; a row per process, gone after a day."""

    proces = models.CharField(max_length=80, primary_key=True)
    moment = models.DateTimeField()

    class Meta:
        db_table = "beschikbaarheid_levensteken"

    def __str__(self) -> str:
        return self.proces


class Controle(models.Model):
    """How the check of our own address goes; one row, whichever worker does it."""

    naam = models.CharField(max_length=20, primary_key=True)
    volgende_op = models.DateTimeField()
    goed_op = models.DateTimeField(null=True, blank=True)
    fout_sinds = models.DateTimeField(null=True, blank=True)
    fouten = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "beschikbaarheid_controle"

    def __str__(self) -> str:
        return self.naam


class Verwerking(models.Model):
    """Terms of one kind (`deel`) that must be looked at for one outage. `na` is how far that is: the last id done.

    Not done as long as `klaar_op` is empty; `is_gemist`: something could not be done, so it begins again.
    """

    onderbreking = models.ForeignKey(Onderbreking, on_delete=models.PROTECT, related_name="+")
    deel = models.CharField(max_length=20)
    na = models.CharField(max_length=64, blank=True, default="")
    is_gemist = models.BooleanField(default=False)
    volgende_op = models.DateTimeField()
    klaar_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "beschikbaarheid_verwerking"
        constraints = (
            models.UniqueConstraint(fields=["onderbreking", "deel"], name="verwerking_een_per_deel"),
        )
        indexes = (
            models.Index(fields=["deel", "volgende_op"], name="verwerking_wacht", condition=Q(klaar_op=None)),
        )

    def __str__(self) -> str:
        return f"{self.deel} {self.na}"


class RegelWaarde(models.Model):
    """A rule about outages that a functional manager changed; no row: as the product has it (regels)."""

    sleutel = models.CharField(max_length=40, primary_key=True)
    waarde = models.PositiveIntegerField()

    class Meta:
        db_table = "beschikbaarheid_regel"

    def __str__(self) -> str:
        return self.sleutel
