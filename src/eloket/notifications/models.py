import uuid

from django.db import models
from django.db.models import Q

from eloket.audit.verzegeld import VerzegeldeRegel
from eloket.kernel.crypto import EncryptedTextField
from eloket.notifications.types import Kanaal

# What the worker still has to do: notifications that are in no mail and not ended, and mails that have not ended.
TE_MAILEN = Q(zending=None, uitkomst="")
ONDERWEG = Q(verzonden_op=None, mislukt_op=None, kanaal=Kanaal.EMAIL)


class Zending(models.Model):
    """One mail or letter to one party; it carries one or more notifications.

    Its id is the Message-ID: sent twice, it is one mail. It waits as long as `verzonden_op` and `mislukt_op` are empty;
    a worker has it while its lease runs. `volgorde` is the number of its first notification: those of one party go in
    that order, and wait for an earlier one while that one `houdt_op`. `laatste_fout` is the class of the error and the
    SMTP code, nothing that a server said.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kanaal = models.CharField(max_length=10, default=Kanaal.EMAIL.value, db_default=Kanaal.EMAIL.value)
    aan = EncryptedTextField()
    betrokkene_key = models.CharField(max_length=64)
    volgorde = models.BigIntegerField()
    gemaakt_op = models.DateTimeField()
    volgende_poging_op = models.DateTimeField()
    pogingen = models.PositiveIntegerField(default=0)
    lease_tot = models.DateTimeField(null=True, blank=True)
    lease_door = models.CharField(max_length=80, blank=True, default="")
    houdt_op = models.BooleanField(default=True)
    verzonden_op = models.DateTimeField(null=True, blank=True)
    mislukt_op = models.DateTimeField(null=True, blank=True)
    laatste_fout = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        db_table = "notifications_zending"
        indexes = (
            models.Index(
                fields=["kanaal", "volgende_poging_op"],
                name="zending_wachtend",
                condition=Q(verzonden_op=None, mislukt_op=None),
            ),
            models.Index(
                fields=["betrokkene_key", "volgorde"],
                name="zending_op_volgorde",
                condition=Q(verzonden_op=None, mislukt_op=None),
            ),
            models.Index(fields=["betrokkene_key", "verzonden_op"], name="zending_van_partij"),
            models.Index(
                fields=["mislukt_op"], name="zending_mislukt", condition=Q(mislukt_op__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return str(self.id)


class Notificatie(models.Model):
    """What one party must be told about one event: written in the transaction of the change, and kept.

    Also for who gets no mail: then `uitkomst` says why. It waits for a mail while it has neither a `zending` nor an
    `uitkomst`, until `gepland_op`. `onderwerp_id` is the bericht, document, taak or receipt that it is about.
    `context` holds codes and dates, never what names somebody; a token stands in `payload`, which is emptied when the
    mail is gone. `aan` is empty for the confirmed address of the party, which is looked up when the mail is made.

    `betrokkene_key` is whose choices and address count: a resident, or a contactpersoon of a business
    (Actor.profiel_key). `partij_key` is who is told: that resident, or the business or branch (Partij.profiel_key).
    It differs from `betrokkene_key` of a contactpersoon alone.
    """

    id = models.BigAutoField(primary_key=True)
    soort = models.CharField(max_length=30)
    betrokkene_key = models.CharField(max_length=64)
    partij_key = models.CharField(max_length=64, db_default="")  # empty: notifications.partij
    zaak_ref = models.CharField(max_length=120, blank=True, default="")
    onderwerp_id = models.CharField(max_length=40, blank=True, default="")
    context = models.JSONField(default=dict)
    payload = EncryptedTextField(blank=True, default="")
    aan = EncryptedTextField(blank=True, default="")
    gemaakt_op = models.DateTimeField()
    gepland_op = models.DateTimeField()
    zending = models.ForeignKey(
        Zending, on_delete=models.PROTECT, null=True, blank=True, related_name="notificaties", db_index=False
    )
    uitkomst = models.CharField(max_length=20, blank=True, default="")
    geopend_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "notifications_notificatie"
        indexes = (
            # Not the index of the key itself: SQLite would look for what waits among all that never gets a mail.
            models.Index(
                fields=["zending"], name="notificatie_van_zending", condition=Q(zending__isnull=False)
            ),
            models.Index(
                fields=["gepland_op"], name="notificatie_te_mailen", condition=Q(zending=None, uitkomst="")
            ),
            models.Index(
                fields=["betrokkene_key", "gepland_op"],
                name="notificatie_te_mailen_aan",
                condition=Q(zending=None, uitkomst=""),
            ),
            models.Index(
                fields=["id"],
                name="notificatie_zonder_brief",
                condition=Q(zending=None, uitkomst="adres_kapot", geopend_op=None),
            ),
            models.Index(fields=["zaak_ref", "id"], name="notificatie_van_zaak"),
            models.Index(fields=["betrokkene_key", "soort", "gemaakt_op"], name="notificatie_van_partij"),
            # Of what was opened too: notifications.ander_kanaal asks whether a party opened anything.
            models.Index(fields=["partij_key", "zaak_ref"], name="notificatie_partij_zaak"),
            # What somebody may have to be reminded of: notifications.herinneren.
            models.Index(
                fields=["soort", "gemaakt_op"], name="notificatie_ongelezen", condition=Q(geopend_op=None)
            ),
        )

    def __str__(self) -> str:
        return f"{self.soort} {self.id}"

    @property
    def partij(self) -> str:
        """`partij_key`, also before a row of a previous release has one: nobody's letter may go with that of others."""
        return self.partij_key or self.betrokkene_key


class BewijsRegel(VerzegeldeRegel):
    """One fact about a notification, a mail, or a thing that was opened (notifications.bewijs). Append-only."""

    moment = models.DateTimeField()
    soort = models.CharField(max_length=20)
    betrokkene_key = models.CharField(max_length=64)
    zaak_ref = models.CharField(max_length=120, blank=True, default="")
    notificatie_id = models.BigIntegerField(null=True, blank=True)
    zending_id = models.UUIDField(null=True, blank=True)
    onderwerp_id = models.CharField(max_length=40, blank=True, default="")
    kenmerken = models.JSONField(default=dict)

    class Meta(VerzegeldeRegel.Meta):
        db_table = "notifications_bewijs"
        indexes = (
            *VerzegeldeRegel.Meta.indexes,
            models.Index(fields=["zaak_ref", "id"], name="bewijs_van_zaak"),
            models.Index(fields=["notificatie_id"], name="bewijs_van_melding"),
            models.Index(fields=["zending_id"], name="bewijs_van_zending"),
            models.Index(fields=["onderwerp_id", "soort"], name="bewijs_van_onderwerp"),
        )

    def __str__(self) -> str:
        return f"{self.moment:%Y-%m-%d %H:%M} {self.soort}"


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

    def __str__(self) -> str:
        return f"{self.soort} {self.taal}"


class Ontvangstbewijs(VerzegeldeRegel):
    """The proof that somebody sent us something: written in the transaction that keeps it, and never changed; sealed.

    `betrokkene_key` and `vestiging_key` say whose it is, as of a conversation; both empty: of who did not log in.
    `profiel_key` is who sent it (Actor.profiel_key), or the party for whom it was registered. `wat` is JSON that names
    things: subject, files, sums. `onderwerp_id` is what it is about: a message, the first of the documents, a request,
    a zaak, or one change of contact details.
    """

    bewijs_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)  # what an address names
    kenmerk = models.CharField(max_length=20, unique=True)
    soort = models.CharField(max_length=20)
    onderwerp_id = models.CharField(max_length=120)
    zaak_ref = models.CharField(max_length=120, blank=True, default="")  # '': contact details
    betrokkene_key = models.CharField(max_length=64, blank=True, default="")
    vestiging_key = models.CharField(max_length=64, blank=True, default="")
    profiel_key = models.CharField(max_length=64, blank=True, default="")
    middel = models.CharField(max_length=20, blank=True, default="")
    kanaal = models.CharField(max_length=20)
    ontvangen_op = models.DateTimeField()
    wat = EncryptedTextField()

    class Meta(VerzegeldeRegel.Meta):
        db_table = "notifications_ontvangstbewijs"
        constraints = (
            models.UniqueConstraint(fields=["soort", "onderwerp_id"], name="ontvangst_een_per_handeling"),
        )
        indexes = (
            *VerzegeldeRegel.Meta.indexes,
            models.Index(fields=["zaak_ref", "-ontvangen_op"], name="ontvangst_zaak"),
            models.Index(
                fields=["profiel_key", "-ontvangen_op"],
                name="ontvangst_gegevens",
                condition=Q(soort="gegevens"),
            ),
        )

    def __str__(self) -> str:
        return self.kenmerk


# Tables of this app that stand with their subject. They name the ones above by text, so this never goes in circles.
from eloket.notifications.brieven.models import Briefbundel, BriefInhoud  # noqa: E402, F401
from eloket.notifications.contact.models import Contactherstel  # noqa: E402, F401
from eloket.notifications.retour.models import RetourMelding  # noqa: E402, F401
