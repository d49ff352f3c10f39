import uuid

from django.db import models
from django.db.models import Q

from eloket.identity.models import Medewerker
from eloket.kernel.crypto import EncryptedTextField
from eloket.zaken.types import TaakSoort
from eloket.zaken.werk import SjabloonSoort


class Taak(models.Model):
    """Something asked of a resident or business. Independent of where the zaak lives.

    Open: no `vervuld_op`. Delivered and not judged: `vervuld_op` without `oordeel`. See types.TaakStand.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    zaak_ref = models.CharField(max_length=120, db_index=True)
    betrokkene_key = models.CharField(max_length=64)
    vestiging_key = models.CharField(max_length=64, blank=True, default="")
    titel = EncryptedTextField()
    toelichting = EncryptedTextField(blank=True, default="")
    deadline = models.DateField()
    gevraagd_op = models.DateTimeField()
    gevraagd_door_key = models.CharField(max_length=64)
    vervuld_op = models.DateTimeField(null=True, blank=True)
    soort = models.CharField(
        max_length=20, default=TaakSoort.DOCUMENT.value, db_default=TaakSoort.DOCUMENT.value
    )
    antwoord = EncryptedTextField(blank=True, default="", db_default="")
    # goedgekeurd | afgekeurd
    oordeel = models.CharField(max_length=20, blank=True, default="", db_default="")
    beoordeeld_op = models.DateTimeField(null=True, blank=True)
    afkeurreden = EncryptedTextField(blank=True, default="", db_default="")
    vervolg_van = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    herinnerd_op = models.DateTimeField(null=True, blank=True)
    formulier = models.CharField(max_length=60, blank=True, default="", db_default="")
    # Why `deadline` is later than it was asked for: read by the resident. '' when it is not.
    verlengd_om = models.CharField(max_length=200, blank=True, default="", db_default="")

    class Meta:
        db_table = "zaken_taak"
        indexes = (
            models.Index(
                fields=["betrokkene_key", "deadline"], name="taak_open", condition=Q(vervuld_op=None)
            ),
            models.Index(
                fields=["deadline"], name="taak_herinneren", condition=Q(vervuld_op=None, herinnerd_op=None)
            ),
        )

    def __str__(self) -> str:
        return str(self.id)


class TermijnVerlenging(models.Model):
    """A request that has a later deadline because of an outage: once per outage, further when that turns out longer.

    `van` is the deadline before this outage, `tot` what it became.
    """

    taak = models.ForeignKey(Taak, on_delete=models.CASCADE, related_name="+")
    onderbreking_id = models.UUIDField()
    van = models.DateField()
    tot = models.DateField()
    moment = models.DateTimeField()

    class Meta:
        db_table = "zaken_verlenging"
        constraints = (
            models.UniqueConstraint(fields=["onderbreking_id", "taak"], name="verlenging_een_per_storing"),
            models.CheckConstraint(condition=Q(tot__gt=models.F("van")), name="verlenging_is_later"),
        )

    def __str__(self) -> str:
        return f"{self.taak_id} {self.tot}"


class GebeurtenisRegel(models.Model):
    """An event of the timeline besides the statuses; written in the transaction of the change it tells of.

    `onderwerp` is what it is about, as people call it: the title of a document or of a request. With a `betrokkene_key`
    it is told to that party ("u") and to civil servants; others read `voor_anderen` of it, and nothing when that is
    empty. A release before this one wrote none: then tijdlijn.text_for says what others read.
    """

    zaak_ref = models.CharField(max_length=120)
    moment = models.DateTimeField()
    soort = models.CharField(max_length=30)
    tekst = models.CharField(max_length=200)
    onderwerp = EncryptedTextField(blank=True, default="", db_default="")
    betrokkene_key = models.CharField(max_length=64, blank=True, default="", db_default="")
    vestiging_key = models.CharField(max_length=64, blank=True, default="", db_default="")
    voor_anderen = models.CharField(max_length=200, blank=True, default="", db_default="")

    class Meta:
        db_table = "zaken_gebeurtenis"
        indexes = (models.Index(fields=["zaak_ref", "moment"], name="gebeurtenis_zaak"),)

    def __str__(self) -> str:
        return f"{self.zaak_ref} {self.soort}"


class NotitieRegel(models.Model):
    """An internal note; written once, never edited. `sleutel` makes a double click one note."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    zaak_ref = models.CharField(max_length=120)
    auteur_key = models.CharField(max_length=64)
    auteur_naam = EncryptedTextField()
    tekst = EncryptedTextField()
    moment = models.DateTimeField()
    sleutel = models.CharField(max_length=64, unique=True)

    class Meta:
        db_table = "zaken_notitie"
        indexes = (models.Index(fields=["zaak_ref", "-moment"], name="notitie_zaak"),)

    def __str__(self) -> str:
        return str(self.id)


class Aanwezigheid(models.Model):
    """Who has the page of a zaak open: one row per civil servant and zaak, refreshed at each load."""

    zaak_ref = models.CharField(max_length=120)
    medewerker_id = models.BigIntegerField()
    naam = models.CharField(max_length=120)
    moment = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "zaken_aanwezigheid"
        constraints = (
            models.UniqueConstraint(fields=["zaak_ref", "medewerker_id"], name="aanwezigheid_een_keer"),
        )

    def __str__(self) -> str:
        return f"{self.zaak_ref} {self.medewerker_id}"


class SjabloonRegel(models.Model):
    """A text template that functional managers keep; see types.Sjabloon."""

    soort = models.CharField(max_length=20, choices=[(een.value, een.value) for een in SjabloonSoort])
    titel = models.CharField(max_length=80)
    tekst = models.TextField()
    zaaktype = models.CharField(max_length=50, blank=True, default="")
    volgnummer = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "zaken_sjabloon"
        constraints = (
            models.UniqueConstraint(
                fields=["soort", "zaaktype", "volgnummer", "titel"], name="sjabloon_een_keer"
            ),
        )

    def __str__(self) -> str:
        return f"{self.soort} {self.titel}"


class BewaardFilter(models.Model):
    """A saved question to the work list, of one civil servant; `vraag` is its query string, which may hold a name."""

    medewerker_id = models.BigIntegerField()
    naam = models.CharField(max_length=60)
    vraag = EncryptedTextField(blank=True)

    class Meta:
        db_table = "zaken_bewaard_filter"
        constraints = (models.UniqueConstraint(fields=["medewerker_id", "naam"], name="filter_een_keer"),)

    def __str__(self) -> str:
        return self.naam


class NoodtoegangRegel(models.Model):
    """Somebody looked, or looks, at a zaak that is not for them. Open until `tot`, or until `beeindigd_op`.

    Not proof: that are the sealed lines of the audit trail. This is what the guards work with, and goes after a while.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    medewerker: "models.ForeignKey[Medewerker, Medewerker]" = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, related_name="+"
    )
    zaak_ref = models.CharField(max_length=120)
    identificatie = models.CharField(max_length=40)
    aanleiding = models.CharField(max_length=20)
    reden = EncryptedTextField()
    begin = models.DateTimeField()
    tot = models.DateTimeField(db_index=True)
    beeindigd_op = models.DateTimeField(null=True, blank=True)
    oordeel = models.CharField(max_length=20, blank=True, default="")
    toelichting = EncryptedTextField(blank=True, default="")
    beoordeeld_op = models.DateTimeField(null=True, blank=True)
    beoordeeld_door: "models.ForeignKey[Medewerker | None, Medewerker | None]" = models.ForeignKey(
        Medewerker, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        db_table = "zaken_noodtoegang"
        indexes = (
            models.Index(fields=["medewerker", "zaak_ref", "tot"], name="noodtoegang_van"),
            models.Index(fields=["oordeel", "-begin"], name="noodtoegang_oordeel"),
        )

    def __str__(self) -> str:
        return str(self.id)


class NoodtoegangBericht(models.Model):
    """Who handles or reads the zaak must be told of it, and did not say yet that they saw it."""

    noodtoegang = models.ForeignKey(NoodtoegangRegel, on_delete=models.CASCADE, related_name="berichten")
    medewerker_id = models.BigIntegerField()
    gezien_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "zaken_noodtoegang_bericht"
        constraints = (
            models.UniqueConstraint(fields=["noodtoegang", "medewerker_id"], name="noodtoegang_bericht_een"),
        )
        indexes = (
            models.Index(fields=["medewerker_id"], name="noodtoegang_ongezien", condition=Q(gezien_op=None)),
        )

    def __str__(self) -> str:
        return str(self.pk)


class TekstRegel(models.Model):
    """A text of zaken.teksten that the municipality words itself; no row: the text of the product."""

    sleutel = models.CharField(max_length=40, primary_key=True)
    tekst = models.TextField()

    class Meta:
        db_table = "zaken_tekst"

    def __str__(self) -> str:
        return self.sleutel


class HerinneringsregelRij(models.Model):
    """A rule of zaken.herinneringen that the municipality changed; no row: as the product has it."""

    soort = models.CharField(max_length=20, primary_key=True)
    is_aan = models.BooleanField()
    dagen = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "zaken_herinneringsregel"

    def __str__(self) -> str:
        return self.soort
