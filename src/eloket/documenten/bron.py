"""The embedded store: rows in our own database, bytes in our own storage."""

import uuid
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction

from eloket.documenten import opslag
from eloket.documenten.errors import BestandVerlopen, DocumentBestaatAl, DocumentNietGevonden, InhoudOntbreekt
from eloket.documenten.formaten import formaat_van
from eloket.documenten.models import Bestand, Document
from eloket.documenten.types import DocumentInzage, Herkomst, Inhoud, Klaar
from eloket.kernel.compiled import CompiledQuery

_VELDEN = (
    "id", "zaak_ref", "titel", "bestandsnaam", "formaat", "bestand__omvang", "herkomst",
    "auteur_key", "auteur_naam", "ontvangen_op", "bestand__sha256",
)  # fmt: skip
_LIJST = CompiledQuery(
    lambda ref: Document.objects.filter(zaak_ref=ref).order_by("-ontvangen_op", "id").values_list(*_VELDEN),
    arguments=1,
)
_HOUD = "SELECT id, sha256, omvang, aangeraakt FROM documenten_bestand WHERE sha256 = %s"


class EmbeddedDocumentBron:
    """Implements ports.DocumentBron on the ORM."""

    def list_documenten(self, zaak_ref: str) -> tuple[DocumentInzage, ...]:
        return tuple(_inzage(dict(zip(_VELDEN, rij, strict=True))) for rij in _LIJST(zaak_ref))

    def get_document(self, document_id: str) -> DocumentInzage:
        rij = Document.objects.filter(pk=_parse_id(document_id)).values(*_VELDEN).first()
        if rij is None:
            raise DocumentNietGevonden
        return _inzage(rij)

    def open_document(self, document_id: str) -> Inhoud:
        document = self.get_document(document_id)
        try:
            inhoud = opslag.open_inhoud(document.sha256)
        except OSError as error:
            raise InhoudOntbreekt from error
        if inhoud.omvang != document.omvang:
            raise InhoudOntbreekt
        return inhoud

    def add_document(
        self,
        *,
        zaak_ref: str,
        bestand: Klaar,
        herkomst: Herkomst,
        auteur_key: str,
        auteur_naam: str,
        moment: datetime,
    ) -> DocumentInzage:
        try:
            with transaction.atomic():
                document = Document.objects.create(
                    zaak_ref=zaak_ref,
                    bestand=_houd_vast(bestand.sha256),
                    titel=bestand.titel,
                    bestandsnaam=bestand.naam,
                    formaat=bestand.formaat.code,
                    herkomst=herkomst.value,
                    auteur_key=auteur_key,
                    auteur_naam=auteur_naam,
                    ontvangen_op=moment,
                )
        except IntegrityError as error:
            eerder = Document.objects.filter(zaak_ref=zaak_ref, bestand__sha256=bestand.sha256).first()
            if eerder is None:
                raise
            raise DocumentBestaatAl(naam=bestand.naam, ontvangen_op=eerder.ontvangen_op) from error
        return self.get_document(str(document.pk))


def _houd_vast(sha256: str) -> Bestand:
    """The row of the content, under a lock that keeps the clean-up out and lets other links in.

    Raises BestandVerlopen.
    """
    if connection.vendor == "postgresql":
        rijen = Bestand.objects.raw(f"{_HOUD} FOR KEY SHARE", [sha256])
    else:  # SQLite: the transaction itself (IMMEDIATE) is the lock
        rijen = Bestand.objects.raw(_HOUD, [sha256])
    bestand = next(iter(rijen), None)
    if bestand is None:
        raise BestandVerlopen
    return bestand


def _parse_id(document_id: str) -> uuid.UUID:
    try:
        return uuid.UUID(document_id)
    except ValueError as error:
        raise DocumentNietGevonden from error


def _inzage(rij: dict[str, Any]) -> DocumentInzage:
    return DocumentInzage(
        id=str(rij["id"]),
        zaak_ref=rij["zaak_ref"],
        titel=rij["titel"],
        bestandsnaam=rij["bestandsnaam"],
        formaat=formaat_van(rij["formaat"]),
        omvang=rij["bestand__omvang"],
        herkomst=Herkomst(rij["herkomst"]),
        auteur_key=rij["auteur_key"],
        auteur_naam=rij["auteur_naam"],
        ontvangen_op=rij["ontvangen_op"],
        sha256=rij["bestand__sha256"],
    )
