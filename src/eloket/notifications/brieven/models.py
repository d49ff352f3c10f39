import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from eloket.kernel.crypto import EncryptedTextField

ADRES_GELDIG = timedelta(days=3)  # after that nothing is printed before the register was asked again


class Briefbundel(models.Model):
    """Letters that one civil servant took out of the queue to print, together; nobody else gets the same ones.

    `gepost_op` is the day on which they went, `ingetrokken_op` when they were put back in the queue. By whom is kept
    as the key of the actor.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gemaakt_op = models.DateTimeField()
    gemaakt_door = models.CharField(max_length=64)
    aantal = models.PositiveIntegerField()
    gepost_op = models.DateField(null=True, blank=True)
    ingetrokken_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "notifications_briefbundel"
        indexes = (
            models.Index(fields=["-gemaakt_op"], name="briefbundel_recent", condition=Q(ingetrokken_op=None)),
        )

    def __str__(self) -> str:
        return str(self.id)


class BriefInhoud(models.Model):
    """What a letter (a Zending with kanaal brief) says and where it goes.

    `adres` (JSON: lines) is filled in when the register of persons has answered, at `adres_op`, and anew when that is a
    while ago: nothing is printed with an address that may have changed. `inhoud` (JSON) is every word on the
    paper that differs from letter to letter, from the moment that it is taken to be printed, and `sha256` is that of
    this JSON, not of a page. That is the proof, so it is kept. A PDF is made from it with the template of today: after
    a release that changed the template or its fonts it may look different from the paper that went.
    """

    zending = models.OneToOneField(
        "notifications.Zending", on_delete=models.PROTECT, primary_key=True, related_name="brief"
    )
    adres = EncryptedTextField(blank=True, default="")
    adres_op = models.DateTimeField(null=True, blank=True)  # null: by a release that did not say when
    inhoud = EncryptedTextField(blank=True, default="")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    bundel = models.ForeignKey(
        Briefbundel, on_delete=models.PROTECT, null=True, blank=True, related_name="brieven"
    )

    class Meta:
        db_table = "notifications_brief"

    def __str__(self) -> str:
        return str(self.zending_id)


def is_printable(now: datetime) -> Q:
    """Of letters: those with an address that the register gave lately."""
    return ~Q(adres="") & Q(adres_op__gt=now - ADRES_GELDIG)
