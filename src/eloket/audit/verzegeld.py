"""The base of every table that is proof: rows are added, sealed in batches into a chain, and never say anything else.

A writer only inserts: it takes no lock and reads no row before it, so writers never wait for each other. The worker
seals afterwards what was committed (audit.verzegelen); the database itself refuses other changes (audit.bewaking).
Of an encrypted column of a sealed row the ciphertext may be made anew under another secret: the seal is over the text.
"""

from typing import ClassVar

from django.apps import apps
from django.db import models
from django.db.models import Q

from eloket.kernel.crypto import EncryptedTextField


class VerzegeldeRegel(models.Model):
    """A row of a table that is only added to. Inherit it, with `class Meta(VerzegeldeRegel.Meta)`.

    `zegel` is the number of its seal in the chain of this table; empty until the worker has sealed it. Nothing else
    ever changes, but for the ciphertext of `versleutelde_kolommen`. Rows are found by that emptiness and never by "a
    higher id than the last": of two writers at once, the one with the higher number may commit first.

    Such a table may gain columns (a seal says which ones it covers); it never loses or renames one that was sealed.
    """

    id = models.BigAutoField(primary_key=True)
    zegel = models.BigIntegerField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        indexes: "ClassVar[tuple[models.Index, ...]]" = (
            models.Index(fields=["id"], name="%(class)s_onverzegeld", condition=Q(zegel__isnull=True)),
        )

    @classmethod
    def keten(cls) -> str:
        """The name of the chain of this table: that of the table."""
        return cls._meta.db_table

    @classmethod
    def rijen(cls) -> "models.QuerySet[VerzegeldeRegel]":
        """All rows of this table, for what works on every chain."""
        return cls._default_manager.all()

    @classmethod
    def kolommen(cls) -> tuple[str, ...]:
        """The columns that a seal made now covers: all, but the one that the sealing fills in.

        A column of such a table has the name of its field.
        """
        return tuple(veld.attname for veld in cls._meta.concrete_fields if veld.attname != "zegel")

    @classmethod
    def versleutelde_kolommen(cls) -> tuple[str, ...]:
        """Those whose ciphertext may be made anew under another secret, once sealed: the seal is over the text."""
        velden = cls._meta.concrete_fields
        return tuple(veld.attname for veld in velden if isinstance(veld, EncryptedTextField))


def ketens() -> dict[str, type[VerzegeldeRegel]]:
    """Every sealed table, by the name of its chain."""
    return {model.keten(): model for model in apps.get_models() if issubclass(model, VerzegeldeRegel)}
