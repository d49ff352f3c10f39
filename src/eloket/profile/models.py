from django.db import models

from eloket.kernel.crypto import EncryptedTextField


class Profiel(models.Model):
    """The contact details of one party (identity.types.Partij.profiel_key).

    `email` is confirmed, always; `email_nieuw` waits for its link. Of the link only the SHA-256 is kept; it stays
    after confirming, until it expires, so that opening the link again can say that all is well.
    `bevestigingen` counts the links sent on `bevestigingen_dag`: nobody can make us mail a stranger all day.
    `email_kapot_op` says since when mail to `email` comes back for good, `email_kapot_reden` with which code.
    `meldingen` holds, per rubriek, only what differs from at once. `voorkeuren_versie` counts the changes of the
    preferences: what a worker or a link changes elsewhere in the row must not stop who is choosing. `afgemeld` holds
    what a link in a mail switched off, so that the same link can undo that (profile.afmelden).
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
    email_kapot_op = models.DateTimeField(null=True, blank=True)
    email_kapot_reden = models.CharField(max_length=40, blank=True, default="")
    meldingen = models.JSONField(default=dict, blank=True)
    stil_van = models.TimeField(null=True, blank=True)
    stil_tot = models.TimeField(null=True, blank=True)
    taal = models.CharField(max_length=2, default="nl")
    voorkeuren_versie = models.PositiveIntegerField(default=0)
    afgemeld = models.JSONField(default=dict, blank=True)

    class Meta:
        db_table = "profile_profiel"
