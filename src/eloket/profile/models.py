from django.db import models

from eloket.kernel.crypto import EncryptedTextField


class Profiel(models.Model):
    """The contact details of one party (identity.types.Partij.profiel_key).

    `email` is confirmed, always; `email_nieuw` waits for its link. Of the link only the SHA-256 is kept; it stays
    after confirming, until it expires, so that opening the link again can say that all is well.
    `bevestigingen` counts the links sent on `bevestigingen_dag`: nobody can make us mail a stranger all day.
    """

    profiel_key = models.CharField(max_length=64, unique=True)
    email = EncryptedTextField(blank=True, default="")
    email_bevestigd_op = models.DateTimeField(null=True, blank=True)
    email_nieuw = EncryptedTextField(blank=True, default="")
    telefoon = EncryptedTextField(blank=True, default="")
    wil_mail = models.BooleanField(default=False)
    token_hash = models.CharField(max_length=64, blank=True, default="", db_index=True)
    token_verloopt_op = models.DateTimeField(null=True, blank=True)
    bevestiging_verstuurd_op = models.DateTimeField(null=True, blank=True)
    bevestigingen_dag = models.DateField(null=True, blank=True)
    bevestigingen = models.PositiveSmallIntegerField(default=0)
    versie = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "profile_profiel"
