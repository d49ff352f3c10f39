import uuid

from django.db import models

from eloket.identity.lokaal.types import AuthenticatorSoort, HerstartStand
from eloket.identity.models import Medewerker
from eloket.kernel.crypto import EncryptedTextField


class LokaalAccount(models.Model):
    """What a civil servant logs in with here. `wachtwoord` is a hash (Argon2id), or "" when there is none yet.

    `versie` goes up with every change of the password or the authenticators: what was half done before it ends.
    """

    medewerker = models.OneToOneField(Medewerker, on_delete=models.CASCADE, related_name="lokaal_account")
    inlognaam = models.CharField(max_length=255, unique=True)  # types.norm_inlognaam of the subject
    wachtwoord = models.CharField(max_length=255, blank=True, default="")
    wachtwoord_op = models.DateTimeField(null=True, blank=True)
    versie = models.PositiveIntegerField(default=1)
    ingelogd_op = models.DateTimeField(null=True, blank=True)  # the last time

    class Meta:
        db_table = "lokaal_account"


class Herstart(models.Model):
    """Somebody asked that the account of a civil servant who works here begins anew, and a second person judges that
    (lokaal.herstart). Kept as long as the civil servant: they read it. Who did it are keys; "" is on the server.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    medewerker = models.ForeignKey(Medewerker, on_delete=models.CASCADE, related_name="herstarts")
    stand = models.CharField(max_length=20, default=HerstartStand.GEVRAAGD.value)
    gestart_op = models.DateTimeField(db_index=True)
    gestart_door = models.CharField(max_length=64, blank=True, default="")
    besloten_op = models.DateTimeField(null=True, blank=True)
    besloten_door = models.CharField(max_length=64, blank=True, default="")
    gebruikt_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "lokaal_herstart"

    def __str__(self) -> str:
        return f"herstart {self.pk}"


class Uitnodiging(models.Model):
    """A link that lets somebody choose a password. Only the SHA-256 of its token is kept; it is gone once used.

    With a `herstart` it works when that is allowed, together with a `code` (keyed hash) of who allowed it; `fouten` are
    the wrong ones that were tried.
    """

    account = models.OneToOneField(LokaalAccount, on_delete=models.CASCADE, related_name="uitnodiging")
    sleutel = models.CharField(max_length=64, unique=True)
    verloopt = models.DateTimeField()
    herstart = models.ForeignKey(Herstart, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    code = models.CharField(max_length=64, blank=True, default="", db_default="")
    fouten = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        db_table = "lokaal_uitnodiging"


class Authenticator(models.Model):
    """A second factor. `geheim` is the secret of an app, or the public key of a passkey.

    `teller` only goes up: of an app the last time step of which a code was used (RFC 6238, 5.2), of a passkey the
    signature counter (WebAuthn, 6.1.1).
    """

    account = models.ForeignKey(LokaalAccount, on_delete=models.CASCADE, related_name="authenticators")
    soort = models.CharField(max_length=10, choices=[(een.value, een.value) for een in AuthenticatorSoort])
    naam = models.CharField(max_length=60)
    geheim = EncryptedTextField()
    sleutel_id = models.CharField(max_length=64, null=True, unique=True)  # keyed hash of the credential id
    teller = models.BigIntegerField(default=0)
    gemaakt = models.DateTimeField()
    gebruikt = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "lokaal_authenticator"


class Herstelcode(models.Model):
    """A code for who has no authenticator at hand. Keyed hash; gone once used."""

    account = models.ForeignKey(LokaalAccount, on_delete=models.CASCADE, related_name="herstelcodes")
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "lokaal_herstelcode"
        constraints = (models.UniqueConstraint(fields=["account", "hash"], name="herstelcode_een_keer"),)
