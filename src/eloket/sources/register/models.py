"""The tables of the register. Names and meaning follow the ZGW catalogi and zaken schemas.

A zaaktype is immutable once written: a changed definition becomes a next `versie`, and zaken keep their own.
"""

import secrets
import time
import uuid
from enum import IntEnum

from django.db import models
from django.db.models import Case, Q, Value, When

from eloket.kernel.crypto import EncryptedTextField
from eloket.zaken.types import Badge, Kanaal

INITIATOR = "initiator"
_OPEN = Q(einddatum=None)
_VOLGORDE = ("rang", "uiterlijke_einddatum", "identificatie")


class Rang(IntEnum):
    """The groups of the work list, in order."""

    NIEUW = 0
    LOOPT = 1
    STIL = 2


def new_zaak_id() -> uuid.UUID:
    """An id in the order of time (UUID version 7, RFC 9562): a random one would spread a million inserts and reads
    over the whole index. 74 random bits keep it unguessable; rights never depend on that."""
    return uuid7(time.time_ns() // 1_000_000)


def uuid7(milliseconden: int) -> uuid.UUID:
    """A UUID version 7 for this moment, in milliseconds since 1970."""
    willekeurig = secrets.randbits(74)
    waarde = (milliseconden & 0xFFFF_FFFF_FFFF) << 80 | 0x7 << 76 | (willekeurig >> 62) << 64
    return uuid.UUID(int=waarde | 0b10 << 62 | willekeurig & (1 << 62) - 1)


class ZaakType(models.Model):
    """One version of a kind of zaak. The version that counts today has no `einde_geldigheid`.

    `doorlooptijd_dagen` is the legal term, `servicenorm_dagen` what the municipality aims for; both calendar days.
    `doorlooptijd_maanden` is the legal term when the law counts in months, `verlenging_maanden` what may be added once.
    """

    identificatie = models.CharField(max_length=50)
    versie = models.PositiveIntegerField()
    omschrijving = models.CharField(max_length=80)
    doorlooptijd_dagen = models.PositiveIntegerField()
    servicenorm_dagen = models.PositiveIntegerField(null=True, blank=True)
    doorlooptijd_maanden = models.PositiveSmallIntegerField(null=True, blank=True)
    verlenging_maanden = models.PositiveSmallIntegerField(null=True, blank=True)
    afdeling = models.ForeignKey("identity.Afdeling", on_delete=models.PROTECT, related_name="+")
    begin_geldigheid = models.DateField()
    einde_geldigheid = models.DateField(null=True, blank=True)
    vertrouwelijkheidaanduiding = models.CharField(max_length=20)
    # How many statustypen, and how zaken of this type can end: read with every zaak, so kept with the row.
    stappen = models.PositiveSmallIntegerField()
    resultaattypen = models.JSONField()
    documenttypen = models.JSONField(default=list)  # empty: zaken.zaaktypen.DOCUMENTTYPEN
    verwijder_locatie = models.BooleanField(default=False, db_default=False)
    bewaren = models.JSONField(default=list)  # zaken.bewaren.BewaarDeel; empty: nobody said how long
    # How sure we must be of a resident who opens it (identity.niveaus.Zekerheid); "": the lowest of each login means.
    zekerheid = models.CharField(max_length=20, blank=True, default="", db_default="")
    inhoud_sha = models.CharField(max_length=64)  # of the definition: tells "changed" from "unchanged"

    class Meta:
        db_table = "register_zaaktype"
        constraints = (
            models.UniqueConstraint(fields=["identificatie", "versie"], name="zaaktype_versie"),
            models.UniqueConstraint(
                fields=["identificatie"], condition=Q(einde_geldigheid=None), name="zaaktype_een_geldig"
            ),
        )

    def __str__(self) -> str:
        return f"{self.identificatie} versie {self.versie}"


class StatusType(models.Model):
    """A step of a zaaktype; `volgnummer` counts from 1, the highest one is the eindstatus."""

    zaaktype = models.ForeignKey(
        ZaakType, on_delete=models.CASCADE, related_name="statustypen", db_index=False
    )
    volgnummer = models.PositiveSmallIntegerField()
    omschrijving = models.CharField(max_length=80)
    statustekst = models.TextField()
    badge = models.CharField(max_length=20, choices=[(badge.value, badge.tekst) for badge in Badge])
    is_eindstatus = models.BooleanField()
    informeren = models.BooleanField()

    class Meta:
        db_table = "register_statustype"
        constraints = (
            models.UniqueConstraint(fields=["zaaktype", "volgnummer"], name="statustype_volgnummer"),
        )

    def __str__(self) -> str:
        return f"{self.volgnummer} {self.omschrijving}"


class RolType(models.Model):
    """Who may have a part in zaken of this type."""

    zaaktype = models.ForeignKey(ZaakType, on_delete=models.CASCADE, related_name="roltypen", db_index=False)
    omschrijving = models.CharField(max_length=40)
    omschrijving_generiek = models.CharField(max_length=20)

    class Meta:
        db_table = "register_roltype"
        constraints = (
            models.UniqueConstraint(fields=["zaaktype", "omschrijving"], name="roltype_omschrijving"),
        )

    def __str__(self) -> str:
        return self.omschrijving


class Zaak(models.Model):
    """A zaak. Open means: no `einddatum`. Dates are calendar dates in Amsterdam, moments are UTC.

    `zoektekst` is subject and number as people type them (lower case, no accents). `versie` grows with every change
    that a civil servant must know of before making another.
    """

    id = models.UUIDField(primary_key=True, default=new_zaak_id)
    identificatie = models.CharField(max_length=40, unique=True)
    zaaktype = models.ForeignKey(ZaakType, on_delete=models.PROTECT, related_name="+", db_index=False)
    omschrijving = models.CharField(max_length=160)
    toelichting = EncryptedTextField(blank=True, default="")
    zoektekst = models.CharField(max_length=240)
    startdatum = models.DateField()
    registratiedatum = models.DateTimeField()
    uiterlijke_einddatum = models.DateField()
    einddatum = models.DateField(null=True, blank=True)
    resultaat = models.CharField(max_length=80, blank=True, default="")
    statustype = models.ForeignKey(StatusType, on_delete=models.PROTECT, related_name="+", db_index=False)
    opgeschort_sinds = models.DateField(null=True, blank=True)
    opgeschort_reden = EncryptedTextField(blank=True, default="")
    verlengd_op = models.DateField(null=True, blank=True)
    verlengd_reden = EncryptedTextField(blank=True, default="", db_default="")
    kanaal = models.CharField(max_length=20, db_default=Kanaal.PORTAAL.value)
    heropend_op = models.DateTimeField(null=True, blank=True)
    is_afgeschermd = models.BooleanField(db_default=False)  # only for the civil servants in Toegang
    # No index on the foreign key alone: `zaak_werkvoorraad` below starts with it, and serves the only question asked.
    afdeling = models.ForeignKey(
        "identity.Afdeling", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    behandelaar = models.ForeignKey(
        "identity.Medewerker",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
    )
    nieuw_bericht_sinds = models.DateTimeField(null=True, blank=True)
    nieuw_document_sinds = models.DateTimeField(null=True, blank=True)
    heeft_aandacht = models.BooleanField(default=False)
    # Of its statustype: the work list narrowed to a status is one index.
    badge = models.CharField(max_length=20)
    # What comes first in the work list: something new, then a term that runs, then one that stands still.
    rang = models.GeneratedField(
        expression=Case(
            When(heeft_aandacht=True, then=Value(Rang.NIEUW.value)),
            When(opgeschort_sinds=None, then=Value(Rang.LOOPT.value)),
            default=Value(Rang.STIL.value),
        ),
        output_field=models.SmallIntegerField(),
        db_persist=True,
    )
    versie = models.PositiveIntegerField(default=1)
    sleutel = models.CharField(max_length=64, unique=True, null=True, blank=True)
    # Of a closed zaak, when its zaaktype says it: zaken.bewaren.
    archiefnominatie = models.CharField(max_length=20, blank=True, default="", db_default="")
    archiefactiedatum = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "register_zaak"
        # The work list walks one of the first five, whichever way it is narrowed; open zaken are the few.
        indexes = (
            models.Index(fields=["afdeling", *_VOLGORDE], name="zaak_werkvoorraad", condition=_OPEN),
            models.Index(
                fields=["afdeling", "behandelaar", *_VOLGORDE], name="zaak_werk_behandelaar", condition=_OPEN
            ),
            models.Index(fields=["afdeling", "badge", *_VOLGORDE], name="zaak_werk_badge", condition=_OPEN),
            models.Index(
                fields=["afdeling", "behandelaar", "badge", *_VOLGORDE],
                name="zaak_werk_badge_wie",
                condition=_OPEN,
            ),
            models.Index(
                fields=["afdeling", "zaaktype", *_VOLGORDE], name="zaak_werk_zaaktype", condition=_OPEN
            ),
            models.Index(
                fields=["afdeling", "-einddatum", "-identificatie"],
                name="zaak_afgerond",
                condition=Q(einddatum__isnull=False),
            ),
            models.Index(fields=["afdeling"], name="zaak_afgeschermd", condition=Q(is_afgeschermd=True)),
            models.Index(
                fields=["archiefactiedatum", "identificatie"],
                name="zaak_te_vernietigen",
                condition=Q(archiefnominatie="vernietigen"),
            ),
            models.Index(
                fields=["zaaktype"],
                name="zaak_zonder_archief",
                condition=Q(einddatum__isnull=False, archiefnominatie=""),
            ),
        )

    def __str__(self) -> str:
        return self.identificatie


class Toegang(models.Model):
    """Need-to-know: a civil servant who may see a zaak that is_afgeschermd."""

    zaak = models.ForeignKey(Zaak, on_delete=models.CASCADE, related_name="toegang", db_index=False)
    medewerker = models.ForeignKey("identity.Medewerker", on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "register_toegang"
        constraints = (models.UniqueConstraint(fields=["zaak", "medewerker"], name="toegang_een_keer"),)

    def __str__(self) -> str:
        return f"{self.zaak_id} {self.medewerker_id}"


class Status(models.Model):
    """A step that a zaak reached."""

    zaak = models.ForeignKey(Zaak, on_delete=models.CASCADE, related_name="statussen", db_index=False)
    statustype = models.ForeignKey(StatusType, on_delete=models.PROTECT, related_name="gezet", db_index=False)
    datum_status_gezet = models.DateTimeField()
    statustoelichting = EncryptedTextField(blank=True, default="")

    class Meta:
        db_table = "register_status"
        constraints = (models.UniqueConstraint(fields=["zaak", "statustype"], name="status_een_keer"),)

    def __str__(self) -> str:
        return f"{self.zaak_id} {self.datum_status_gezet:%Y-%m-%d %H:%M}"


class Rol(models.Model):
    """Who has a part in a zaak: found by keyed hash, number and name encrypted."""

    zaak = models.ForeignKey(Zaak, on_delete=models.CASCADE, related_name="rollen")
    omschrijving_generiek = models.CharField(max_length=20)
    betrokkene_key = models.CharField(max_length=64)
    vestiging_key = models.CharField(max_length=64, blank=True, default="")
    nummer = EncryptedTextField()
    vestigingsnummer = EncryptedTextField(blank=True, default="", db_default="")
    naam = EncryptedTextField()
    is_onderneming = models.BooleanField()

    class Meta:
        db_table = "register_rol"
        constraints = (
            models.UniqueConstraint(
                fields=["zaak"], condition=Q(omschrijving_generiek=INITIATOR), name="rol_een_initiator"
            ),
        )
        indexes = (
            models.Index(fields=["betrokkene_key", "zaak"], name="rol_betrokkene"),
            models.Index(fields=["vestiging_key", "zaak"], name="rol_vestiging"),
        )

    def __str__(self) -> str:
        return f"{self.zaak_id} {self.omschrijving_generiek}"


class NaamSleutel(models.Model):
    """A keyed hash of a name, or of a word of it, of somebody with a part in the zaak: a civil servant finds the zaak
    by name, and a leaked database names nobody. See zoeken.naam_sleutels.

    `open_bij` is the afdeling of the zaak as long as it is open: of a common name only the few zaken of a work list are
    looked at.
    """

    sleutel = models.CharField(max_length=24)
    zaak = models.ForeignKey(Zaak, on_delete=models.CASCADE, related_name="+")
    open_bij = models.ForeignKey(
        "identity.Afdeling", on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )

    class Meta:
        db_table = "register_naam"
        indexes = (models.Index(fields=["sleutel", "open_bij", "zaak"], name="naam_sleutel"),)

    def __str__(self) -> str:
        return self.sleutel


class Eigenschap(models.Model):
    """A fact about a zaak that the resident may read, as `Kenteken`."""

    zaak = models.ForeignKey(Zaak, on_delete=models.CASCADE, related_name="eigenschappen")
    naam = models.CharField(max_length=240)
    waarde = EncryptedTextField()

    class Meta:
        db_table = "register_eigenschap"

    def __str__(self) -> str:
        return f"{self.zaak_id} {self.naam}"


class Volgnummer(models.Model):
    """The last zaaknummer given out in a year. Its row is locked until the zaak is there: no gaps, no doubles."""

    jaar = models.PositiveIntegerField(primary_key=True)
    laatste = models.PositiveIntegerField()

    class Meta:
        db_table = "register_volgnummer"

    def __str__(self) -> str:
        return f"{self.jaar}: {self.laatste}"
