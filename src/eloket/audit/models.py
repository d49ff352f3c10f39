from django.db import models


class AuditRegel(models.Model):
    """One act of one actor. Refers to people by keyed hash; never holds content."""

    moment = models.DateTimeField()
    actor_soort = models.CharField(max_length=20)
    actor_key = models.CharField(max_length=64, db_index=True)
    actie = models.CharField(max_length=60)
    object_ref = models.CharField(max_length=120, db_index=True)
    kenmerken = models.JSONField(default=dict)

    class Meta:
        db_table = "audit_regel"

    def __str__(self) -> str:
        return f"{self.moment:%Y-%m-%d %H:%M} {self.actie}"
