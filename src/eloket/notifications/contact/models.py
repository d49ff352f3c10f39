from django.db import models
from django.db.models import Q


class Contactherstel(models.Model):
    """A party of a zaak that we told something and could not reach. Open while `hersteld_op` is empty.

    `hoe` says in a code (contact.types.Hersteld) how contact was restored; who did it stands in the audit trail.
    """

    profiel_key = models.CharField(max_length=64, db_index=True)
    zaak_ref = models.CharField(max_length=120, db_index=True)
    ontstaan_op = models.DateTimeField()
    hersteld_op = models.DateTimeField(null=True, blank=True)
    hoe = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        db_table = "notifications_contactherstel"
        constraints = (
            models.UniqueConstraint(
                fields=["profiel_key", "zaak_ref"], condition=Q(hersteld_op=None), name="contact_een_open"
            ),
        )
        indexes = (
            models.Index(fields=["-ontstaan_op", "-id"], name="contact_open", condition=Q(hersteld_op=None)),
        )

    def __str__(self) -> str:
        return f"{self.zaak_ref} {self.ontstaan_op:%Y-%m-%d}"
