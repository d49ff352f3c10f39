from django.db import models

from eloket.kernel.crypto import EncryptedTextField


class Profiel(models.Model):
    """The contact details of a resident, or of one contactpersoon of a business (identity.types.Actor.profiel_key).

    Of a contactpersoon `partij_key` says for which business or branch (Partij.profiel_key), `onderneming_key` for
    which business (Partij.key), `contactpersoon_key` who they are (Actor.key). All three are empty for a resident, and
    for the details that a business had before its people had their own: those stay until a colleague stops them.
    `gezien_op` is when somebody last logged in as this, `telt_mee` whether their last login still let them see it all,
    and `gestopt_op` since when a colleague has them mailed no more (profile.contactpersonen).

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
    partij_key = models.CharField(max_length=64, blank=True, default="", db_default="")
    onderneming_key = models.CharField(max_length=64, blank=True, default="", db_default="")
    contactpersoon_key = models.CharField(max_length=64, blank=True, default="", db_default="")
    gezien_op = models.DateTimeField(null=True, blank=True)
    telt_mee = models.BooleanField(default=True, db_default=True)
    gestopt_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "profile_profiel"
        indexes = (
            models.Index(fields=["partij_key"], name="profiel_van_partij"),
            models.Index(fields=["onderneming_key"], name="profiel_van_onderneming"),
            models.Index(fields=["contactpersoon_key"], name="profiel_van_persoon"),
            models.Index(
                fields=["gezien_op"], name="profiel_gezien", condition=models.Q(gezien_op__isnull=False)
            ),
        )
