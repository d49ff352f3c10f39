"""What somebody asked to take along, while it is made and for the week that it is kept."""

import uuid

from django.db import models

from eloket.kernel.crypto import EncryptedTextField


class Export(models.Model):
    """One export, for who asked it: a colleague or a bewindvoerder has one of their own. At most one each.

    `wie` is the actor (identity.actor.actor_to_dict) as JSON: the worker collects what they may see. `zaken_op`: when
    the list of zaken was made, which is when it has its parts. `gemist` are the sources that did not answer then, as
    JSON. A worker that makes it holds the lease; one that was killed lets it go by itself. After a source that did not
    answer it waits until `volgende_op`; `pogingen` counts those waits.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    eigenaar_key = models.CharField(max_length=64, unique=True)
    profiel_key = models.CharField(max_length=64)
    wie = EncryptedTextField()
    gevraagd_op = models.DateTimeField()
    zaken_op = models.DateTimeField(null=True, blank=True)
    gemist = EncryptedTextField(blank=True, default="")
    pogingen = models.PositiveSmallIntegerField(default=0)
    volgende_op = models.DateTimeField()
    lease_tot = models.DateTimeField(null=True, blank=True)
    lease_door = models.CharField(max_length=80, blank=True, default="")
    klaar_op = models.DateTimeField(null=True, blank=True)
    verloopt_op = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "export_export"
        indexes = (
            models.Index(fields=["volgende_op"], name="export_te_maken", condition=models.Q(klaar_op=None)),
        )

    def __str__(self) -> str:
        return f"export {self.pk}"


class ExportDeel(models.Model):
    """One zaak of it, or (without `zaak_ref`) the rest: made last. Files of documents are not copied: `kop` names them.

    `kop` (types.Kop), `gegevens` (what stands in the zip as JSON) and `pagina` (HTML) are text; the sizes and hashes
    are those of their bytes. `ronde` is the number of the wait after which it is tried again.
    """

    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="delen")
    volgnummer = models.PositiveIntegerField()
    zaak_ref = models.CharField(max_length=120, blank=True, default="")
    kop = EncryptedTextField(blank=True, default="")
    gegevens = EncryptedTextField(blank=True, default="")
    pagina = EncryptedTextField(blank=True, default="")
    omvang_gegevens = models.PositiveBigIntegerField(default=0)
    omvang_pagina = models.PositiveBigIntegerField(default=0)
    omvang_documenten = models.PositiveBigIntegerField(default=0)
    sha_gegevens = models.CharField(max_length=64, blank=True, default="")
    sha_pagina = models.CharField(max_length=64, blank=True, default="")
    ronde = models.PositiveSmallIntegerField(default=0)
    gemaakt_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "export_deel"
        constraints = (
            models.UniqueConstraint(fields=["export", "volgnummer"], name="exportdeel_volgnummer"),
            models.UniqueConstraint(fields=["export", "zaak_ref"], name="exportdeel_een_per_zaak"),
        )

    def __str__(self) -> str:
        return f"{self.export_id} {self.volgnummer}"
