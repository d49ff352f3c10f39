import uuid

from django.db import models
from django.db.models import Q

from eloket.kernel.crypto import EncryptedTextField
from eloket.loket.types import VersieStand


class FormulierVersie(models.Model):
    """A form as it was written once; it never changes. A concept stays on the version that it began with.

    `gemaakt_door_key` is empty for what comes with the product.
    """

    slug = models.CharField(max_length=60)
    versie = models.PositiveIntegerField()
    sha = models.CharField(max_length=64)
    inhoud = models.TextField()
    stand = models.CharField(max_length=20, default=VersieStand.CONCEPT.value)
    gemaakt_op = models.DateTimeField()
    gemaakt_door_key = models.CharField(max_length=64, blank=True, default="")
    gepubliceerd_op = models.DateTimeField(null=True, blank=True)
    gepubliceerd_door_key = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        db_table = "loket_formulierversie"
        constraints = (
            models.UniqueConstraint(fields=["slug", "versie"], name="formulier_versie_een_keer"),
            models.UniqueConstraint(
                fields=["slug"],
                condition=Q(stand=VersieStand.GEPUBLICEERD.value),
                name="formulier_een_gepubliceerd",
            ),
        )

    def __str__(self) -> str:
        return f"{self.slug} {self.versie}"


class Concept(models.Model):
    """A form that somebody fills in, and perhaps sent. `zaak_ref` is empty until it was sent.

    `invoer` is JSON: what was typed, per input; `overzicht`, of a sent one, the questions and answers as they were read
    then. `bezocht` are the ids of the steps that were sent in, `stap` the first one that was not when it was last
    changed ('' when all were); `vensters` says per step which page wrote it last. `sleutel` is made with the page that
    begins it, so that sending that page twice gives one concept. `code_key` finds a report of who did not log in. A
    concept for a taak of a running zaak (`aanvulling_ref`, `aanvulling_taak`) adds to that zaak. `bewijs_op`: when its
    PDF was put in the zaak; after a failure not tried again before `bewijs_na`. `profiel_key` is the party
    (identity.types.Partij), `contact_key` whom we remind of it (identity.types.Actor.profiel_key; "" of before that
    was kept). `register_merk`: what the registers said last of what is only for reading, as a keyed hash
    (vullen.mark_of); "" when they said nothing. `verstuurd_door`: who sent it for whom, "" when nobody acted for
    another (Actor.verstuurd_door).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    eigenaar_key = models.CharField(max_length=64)
    profiel_key = models.CharField(max_length=64, blank=True, default="")
    contact_key = models.CharField(max_length=64, blank=True, default="", db_default="")
    # formulier.basis.Wie value; '' of before there was one
    wie = models.CharField(max_length=20, blank=True, default="")
    formulier = models.CharField(max_length=80)
    versie = models.PositiveIntegerField(default=1)
    invoer = EncryptedTextField()
    overzicht = EncryptedTextField(blank=True, default="")
    bezocht = models.JSONField(default=list)
    stap = models.CharField(max_length=60, blank=True, default="")
    vensters = models.JSONField(default=dict)
    sleutel = models.CharField(max_length=64)
    revisie = models.PositiveIntegerField(default=1)
    begonnen_op = models.DateTimeField(null=True, blank=True)
    gewijzigd_op = models.DateTimeField(db_index=True)
    herinnerd_op = models.DateTimeField(null=True, blank=True)
    zaak_ref = models.CharField(max_length=120, blank=True, default="")
    zaaknummer = models.CharField(max_length=40, blank=True, default="")
    verstuurd_op = models.DateTimeField(null=True, blank=True)
    verstuurd_door = EncryptedTextField(blank=True, default="", db_default="")
    register_merk = models.CharField(max_length=64, blank=True, default="", db_default="")
    bewijs_op = models.DateTimeField(null=True, blank=True)
    bewijs_na = models.DateTimeField(null=True, blank=True)
    code_key = models.CharField(max_length=64, blank=True, default="")
    aanvulling_ref = models.CharField(max_length=120, blank=True, default="")
    aanvulling_taak = models.CharField(max_length=36, blank=True, default="")
    # After an outage: not removed before this moment, and why; both empty when it is kept as long as any other.
    verlengd_tot = models.DateTimeField(null=True, blank=True)
    verlengd_om = models.CharField(max_length=200, blank=True, default="", db_default="")

    class Meta:
        db_table = "loket_concept"
        constraints = (
            models.UniqueConstraint(fields=["eigenaar_key", "sleutel"], name="concept_een_keer"),
            models.UniqueConstraint(fields=["code_key"], condition=~Q(code_key=""), name="concept_code"),
        )
        indexes = (
            models.Index(fields=["verstuurd_op"], name="concept_zonder_bewijs", condition=Q(bewijs_op=None)),
            models.Index(fields=["zaak_ref"], name="concept_van_zaak", condition=~Q(zaak_ref="")),
            models.Index(fields=["aanvulling_ref"], name="concept_bij_zaak", condition=~Q(aanvulling_ref="")),
        )

    def __str__(self) -> str:
        return f"{self.formulier} {self.pk}"


class ConceptVerlenging(models.Model):
    """A form that is kept longer because of an outage; `van` and `tot`: when it would go, before and after."""

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="+")
    onderbreking_id = models.UUIDField()
    van = models.DateTimeField()
    tot = models.DateTimeField()
    moment = models.DateTimeField()

    class Meta:
        db_table = "loket_conceptverlenging"
        constraints = (
            models.UniqueConstraint(
                fields=["onderbreking_id", "concept"], name="conceptverlenging_een_per_storing"
            ),
            models.CheckConstraint(condition=Q(tot__gt=models.F("van")), name="conceptverlenging_is_later"),
        )

    def __str__(self) -> str:
        return f"{self.concept_id} {self.tot:%Y-%m-%d}"


class Meting(models.Model):
    """How often something happened with a form on a day: no person, no concept. `seconden` is a sum, of `verstuurd`.

    `stap` is the step it is about; of `duur` the class of time (statistiek.DUREN), so that the middle one can be told.
    """

    formulier = models.CharField(max_length=60)
    versie = models.PositiveIntegerField()
    dag = models.DateField()
    wat = models.CharField(max_length=20)  # types.Moment value
    stap = models.CharField(max_length=60, blank=True, default="")
    aantal = models.PositiveIntegerField(default=0)
    seconden = models.PositiveBigIntegerField(default=0)

    class Meta:
        db_table = "loket_meting"
        constraints = (
            models.UniqueConstraint(
                fields=["formulier", "versie", "dag", "wat", "stap"], name="meting_een_keer"
            ),
        )

    def __str__(self) -> str:
        return f"{self.formulier} {self.dag} {self.wat}"
