import uuid

from django.db import models
from django.db.models import Q

from eloket.kernel.crypto import EncryptedTextField


class Notificatie(models.Model):
    """A mail to send: written in the transaction of the change, taken by a worker under a lease, kept as proof.

    It waits as long as `verzonden_op` and `mislukt_op` are empty. `context` holds codes and dates, never what
    names somebody; a token stands in `payload`, which is emptied when the mail is gone. `laatste_fout` is the
    class of the error and the SMTP code, nothing that a server said.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    soort = models.CharField(max_length=30)
    aan = EncryptedTextField()
    onderwerp = models.CharField(max_length=120)
    context = models.JSONField(default=dict)
    payload = EncryptedTextField(blank=True, default="")
    betrokkene_key = models.CharField(max_length=64, db_index=True)
    zaak_ref = models.CharField(max_length=120, blank=True, default="", db_index=True)
    gemaakt_op = models.DateTimeField()
    volgende_poging_op = models.DateTimeField()
    pogingen = models.PositiveIntegerField(default=0)
    lease_tot = models.DateTimeField(null=True, blank=True)
    lease_door = models.CharField(max_length=80, blank=True, default="")
    verzonden_op = models.DateTimeField(null=True, blank=True)
    mislukt_op = models.DateTimeField(null=True, blank=True)
    laatste_fout = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        db_table = "notifications_notificatie"
        indexes = (
            models.Index(
                fields=["volgende_poging_op"],
                name="notificatie_wachtend",
                condition=Q(verzonden_op=None, mislukt_op=None),
            ),
        )


class MailTekstRegel(models.Model):
    """How a municipality words a kind of mail in a language; without a row the text of the product goes.

    `tekst` holds the paragraphs, with an empty line between them.
    """

    soort = models.CharField(max_length=30)
    taal = models.CharField(max_length=2)
    onderwerp = models.CharField(max_length=120)
    tekst = models.TextField()
    knop = models.CharField(max_length=60)

    class Meta:
        db_table = "notifications_mailtekst"
        constraints = (
            models.UniqueConstraint(fields=["soort", "taal"], name="notifications_mailtekst_uniek"),
        )
