from django.db import models


class CspMelding(models.Model):
    """One kind of report about the content security policy, and how often it came in (ops.csp). Names nobody.

    The primary key is the SHA-256 of what makes the kind. `gelogd`: when the log last told of it.
    """

    sleutel = models.CharField(max_length=64, primary_key=True)
    route = models.CharField(max_length=80, blank=True)
    richtlijn = models.CharField(max_length=40)
    geblokkeerd = models.CharField(max_length=60, blank=True)
    bron = models.CharField(max_length=60, blank=True)
    browser = models.CharField(max_length=20)
    is_uitbreiding = models.BooleanField()
    aantal = models.PositiveBigIntegerField()
    eerst = models.DateTimeField()
    laatst = models.DateTimeField()
    gelogd = models.DateTimeField(null=True)

    class Meta:
        db_table = "ops_cspmelding"

    def __str__(self) -> str:
        return f"{self.richtlijn} {self.aantal}"
