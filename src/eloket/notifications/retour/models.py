from django.db import models


class RetourMelding(models.Model):
    """What came back about a mail, once per class: told twice, by the mailbox and the webhook, it counts once.

    Codes only; the notification itself, with its addresses, is not kept.
    """

    zending_id = models.UUIDField()
    klasse = models.CharField(max_length=12)
    actie = models.CharField(max_length=10)
    status = models.CharField(max_length=12, blank=True, default="")
    moment = models.DateTimeField()

    class Meta:
        db_table = "notifications_retour"
        constraints = (models.UniqueConstraint(fields=["zending_id", "klasse"], name="retour_een_keer"),)

    def __str__(self) -> str:
        return f"{self.zending_id} {self.klasse}"
