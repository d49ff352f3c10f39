from django.db import models

from eloket.identity.types import Recht, RechtenBron


def standaard_rechten() -> list[str]:
    """What a civil servant may do when nothing else was said."""
    return [Recht.BEHANDELEN.value]


class Sessie(models.Model):
    """A server-side session. The primary key is the SHA-256 of the cookie and the contents are encrypted, so a
    leaked table opens nothing. `actor_key` lets logging out end every session of one person; the keyed hashes of what
    the login provider calls its session and the person let that provider end them (identity.uitloggen).

    A row stays for a while after `verloopt`, so that the login page can tell an ended session from none.
    """

    sleutel = models.CharField(max_length=64, primary_key=True)
    inhoud = models.TextField()
    begin = models.DateTimeField()
    verloopt = models.DateTimeField(db_index=True)
    actor_key = models.CharField(max_length=64, blank=True, default="", db_index=True)
    aanbieder_sid = models.CharField(max_length=64, blank=True, default="", db_default="", db_index=True)
    aanbieder_sub = models.CharField(max_length=64, blank=True, default="", db_default="", db_index=True)

    class Meta:
        db_table = "identity_sessie"


class Limietteller(models.Model):
    """How often something was done in one window. The primary key is a keyed hash of what, who and which window."""

    sleutel = models.CharField(max_length=64, primary_key=True)
    aantal = models.PositiveIntegerField()
    verloopt = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "identity_limietteller"

    def __str__(self) -> str:
        return self.sleutel


class Afdeling(models.Model):
    """An organisatorische eenheid that handles zaken."""

    code = models.SlugField(max_length=40, unique=True)
    naam = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.naam


class Medewerker(models.Model):
    """A civil servant, known by the subject that the staff login provider sends."""

    subject = models.CharField(max_length=120, unique=True)
    naam = models.CharField(max_length=120)
    functie = models.CharField(max_length=80, blank=True, default="")
    afdelingen: "models.ManyToManyField[Afdeling, models.Model]" = models.ManyToManyField(
        Afdeling, related_name="medewerkers"
    )
    is_actief = models.BooleanField(default=True)
    rechten = models.JSONField(default=standaard_rechten)  # types.Recht values
    zaaktypen = models.JSONField(default=list)  # identificaties; empty: all of the afdelingen
    rechten_van = models.CharField(max_length=10, default=RechtenBron.BEHEER.value)
    # Not active because no group gave anything any more: then a group makes them active again. Never by hand.
    is_uitgestroomd = models.BooleanField(default=False)
    # By whatever means. The audit trail says it too, but that is not kept for good.
    is_ooit_ingelogd = models.BooleanField(default=False, db_default=False)
    # While away, what comes in for this civil servant goes to the other one, or to the afdeling when nobody is named.
    afwezig_van = models.DateField(null=True, blank=True)
    afwezig_tot = models.DateField(null=True, blank=True)  # the last day
    vervanger: "models.ForeignKey[Medewerker | None, Medewerker | None]" = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return self.naam
