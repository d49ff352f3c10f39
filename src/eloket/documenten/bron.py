"""The embedded store: rows in our own database, bytes in our own storage."""

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from eloket.documenten import opslag
from eloket.documenten.errors import (
    BestandVerlopen,
    DocumentAlBeoordeeld,
    DocumentBestaatAl,
    DocumentIsBesmet,
    DocumentNietGevonden,
    DocumentVervangen,
    DocumentWacht,
    InhoudOntbreekt,
)
from eloket.documenten.formaten import formaat_van
from eloket.documenten.models import Bestand, Document
from eloket.documenten.types import Beoordeling, Controle, DocumentInzage, Herkomst, Inhoud, Kenmerk, Klaar
from eloket.kernel.compiled import CompiledQuery

_VELDEN = (
    "id", "zaak_ref", "titel", "bestandsnaam", "formaat", "bestand__omvang", "herkomst",
    "auteur_key", "auteur_naam", "ontvangen_op", "bestand__sha256", "bestand__controle", "beoordeling", "afkeurreden",
    "beoordeeld_op", "documenttype", "vertrouwelijkheid", "bestand__paginas", "bestand__kenmerken", "taak_id",
    "versie", "vervangen_door", "betrokkene_key", "vestiging_key",
)  # fmt: skip
_LIJST = CompiledQuery(
    lambda ref: (
        Document.objects.filter(zaak_ref=ref, vervangen_door=None)
        .order_by("-ontvangen_op", "id")
        .values_list(*_VELDEN)
    ),
    arguments=1,
)
_IS_VOOR_AANVRAGER = Q(vervangen_door=None) | Q(herkomst=Herkomst.AANVRAGER.value)
_VOOR_AANVRAGER = CompiledQuery(
    lambda ref: (
        Document.objects.filter(_IS_VOOR_AANVRAGER, zaak_ref=ref)
        .order_by("-ontvangen_op", "id")
        .values_list(*_VELDEN)
    ),
    arguments=1,
)
_ALLE_VERSIES = CompiledQuery(
    lambda ref: Document.objects.filter(zaak_ref=ref).order_by("-ontvangen_op", "id").values_list(*_VELDEN),
    arguments=1,
)
_HOUD = "SELECT * FROM documenten_bestand WHERE sha256 = %s"


class EmbeddedDocumentBron:
    """Implements ports.DocumentBron on the ORM."""

    def list_documenten(self, zaak_ref: str) -> tuple[DocumentInzage, ...]:
        return tuple(_inzage(dict(zip(_VELDEN, rij, strict=True))) for rij in _LIJST(zaak_ref))

    def list_voor_aanvrager(self, zaak_ref: str) -> tuple[DocumentInzage, ...]:
        return tuple(_inzage(dict(zip(_VELDEN, rij, strict=True))) for rij in _VOOR_AANVRAGER(zaak_ref))

    def list_alle_versies(self, zaak_ref: str) -> tuple[DocumentInzage, ...]:
        return tuple(_inzage(dict(zip(_VELDEN, rij, strict=True))) for rij in _ALLE_VERSIES(zaak_ref))

    def get_document(
        self, document_id: str, *, zaak_ref: str | None = None, is_voor_aanvrager: bool = False
    ) -> DocumentInzage:
        return _inzage(self._rij(document_id, zaak_ref, _IS_VOOR_AANVRAGER if is_voor_aanvrager else None))

    def find_documenten(self, document_ids: Collection[str]) -> dict[str, DocumentInzage]:
        if not document_ids:
            return {}
        rijen = Document.objects.filter(pk__in=list(document_ids)).values_list(*_VELDEN)
        gevonden = [_inzage(dict(zip(_VELDEN, rij, strict=True))) for rij in rijen]
        return {een.id: een for een in gevonden}

    def open_document(self, document_id: str) -> Inhoud:
        document = self.get_document(document_id)
        must_be_available(document)
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
        taak_id: str = "",
        vervangt: str = "",
        betrokkene_key: str = "",
        vestiging_key: str = "",
    ) -> DocumentInzage:
        is_eigen = herkomst is Herkomst.GEMEENTE
        try:
            with transaction.atomic():
                inhoud = hold_content(bestand.sha256)  # content before documents: the order of a scan
                vorige = self._vorige(vervangt, zaak_ref) if vervangt else None
                document = Document.objects.create(
                    zaak_ref=zaak_ref,
                    bestand=inhoud,
                    titel=bestand.titel,
                    bestandsnaam=bestand.naam,
                    formaat=bestand.formaat.code,
                    herkomst=herkomst.value,
                    auteur_key=auteur_key,
                    auteur_naam=auteur_naam,
                    betrokkene_key=betrokkene_key,
                    vestiging_key=vestiging_key,
                    ontvangen_op=moment,
                    beoordeling=Beoordeling.GEACCEPTEERD if is_eigen else Beoordeling.NIEUW,
                    beoordeeld_op=moment if is_eigen else None,
                    taak_id=taak_id or (vorige.taak_id if vorige else ""),
                    documenttype=bestand.documenttype,
                    versie=vorige.versie + 1 if vorige else 1,
                )
                if vorige is not None:
                    vorige.vervangen_door = document
                    vorige.save(update_fields=["vervangen_door"])
        except IntegrityError as error:
            eerder = Document.objects.filter(zaak_ref=zaak_ref, bestand__sha256=bestand.sha256).first()
            if eerder is None:
                raise
            raise DocumentBestaatAl(naam=bestand.naam, ontvangen_op=eerder.ontvangen_op) from error
        return self.get_document(str(document.pk))

    @staticmethod
    def _vorige(document_id: str, zaak_ref: str) -> Document:
        """The document that gets a next version, locked. Raises DocumentNietGevonden, DocumentVervangen."""
        rijen = Document.objects.select_for_update().filter(pk=_parse_id(document_id), zaak_ref=zaak_ref)
        vorige = rijen.first()
        if vorige is None:
            raise DocumentNietGevonden
        if vorige.vervangen_door_id is not None:
            raise DocumentVervangen
        return vorige

    def list_versies(self, document_id: str) -> tuple[DocumentInzage, ...]:
        laatste = self._rij(document_id)
        while laatste["vervangen_door"] is not None:
            laatste = self._rij(str(laatste["vervangen_door"]))
        versies = [laatste]
        while eerder := Document.objects.filter(vervangen_door=versies[-1]["id"]).values(*_VELDEN).first():
            versies.append(eerder)
        return tuple(map(_inzage, versies))

    def judge_document(
        self,
        document_id: str,
        *,
        zaak_ref: str,
        beoordeling: Beoordeling,
        reden: str = "",
        documenttype: str = "",
        vertrouwelijkheid: str = "",
        moment: datetime,
    ) -> DocumentInzage:
        rijen = Document.objects.filter(pk=_parse_id(document_id), zaak_ref=zaak_ref)
        aantal = rijen.filter(beoordeling=Beoordeling.NIEUW).update(
            beoordeling=beoordeling,
            afkeurreden=reden,
            documenttype=documenttype,
            vertrouwelijkheid=vertrouwelijkheid,
            beoordeeld_op=moment,
        )
        document = self.get_document(document_id, zaak_ref=zaak_ref)
        if not aantal and document.beoordeling is not beoordeling:
            raise DocumentAlBeoordeeld
        return document

    def move_document(self, document_id: str, *, van: str, naar: str) -> DocumentInzage:
        self._must_be_new(document_id, van)
        versies = self.list_versies(document_id)
        inhoud = [versie.sha256 for versie in versies]
        # The row that stands there already is named; the constraint has the last word when two come at once.
        eerder = Document.objects.filter(zaak_ref=naar, bestand__sha256__in=inhoud).first()
        if eerder is not None:
            raise DocumentBestaatAl(naam=versies[0].bestandsnaam, ontvangen_op=eerder.ontvangen_op)
        try:
            with transaction.atomic():
                Document.objects.filter(pk__in=[versie.id for versie in versies], zaak_ref=van).update(
                    zaak_ref=naar,
                    beoordeling=Beoordeling.NIEUW,
                    beoordeeld_op=None,
                    afkeurreden="",
                    documenttype="",
                    vertrouwelijkheid="",
                    taak_id="",
                )
        except IntegrityError as error:
            raise DocumentBestaatAl(
                naam=versies[0].bestandsnaam, ontvangen_op=versies[0].ontvangen_op
            ) from error
        return self.get_document(document_id, zaak_ref=naar)

    @staticmethod
    def _must_be_new(document_id: str, zaak_ref: str) -> None:
        """In this zaak, the last version, not decided about; and so it stays: the row is locked. Raises
        DocumentNietGevonden, DocumentVervangen, DocumentAlBeoordeeld."""
        rijen = Document.objects.select_for_update().filter(pk=_parse_id(document_id), zaak_ref=zaak_ref)
        rij = rijen.values_list("vervangen_door", "beoordeling").first()
        if rij is None:
            raise DocumentNietGevonden
        if rij[0] is not None:
            raise DocumentVervangen
        if rij[1] != Beoordeling.NIEUW:
            raise DocumentAlBeoordeeld

    def offer_again(self, document_id: str, *, zaak_ref: str, bestand: Klaar, taak_id: str) -> DocumentInzage:
        rijen = Document.objects.filter(pk=_parse_id(document_id), zaak_ref=zaak_ref, vervangen_door=None)
        rijen.exclude(beoordeling=Beoordeling.GEACCEPTEERD).update(
            taak_id=taak_id,
            titel=bestand.titel,
            bestandsnaam=bestand.naam,
            documenttype=bestand.documenttype,
            beoordeling=Beoordeling.NIEUW,
            beoordeeld_op=None,
            afkeurreden="",
        )
        return self.get_document(document_id, zaak_ref=zaak_ref)

    @staticmethod
    def _rij(document_id: str, zaak_ref: str | None = None, welke: Q | None = None) -> dict[str, Any]:
        rijen = Document.objects.filter(welke or Q(), pk=_parse_id(document_id))
        if zaak_ref is not None:
            rijen = rijen.filter(zaak_ref=zaak_ref)
        rij = rijen.values(*_VELDEN).first()
        if rij is None:
            raise DocumentNietGevonden
        return dict(rij)


def must_be_available(document: DocumentInzage) -> None:
    """The one place that keeps unsafe content in. Raises DocumentIsBesmet, DocumentWacht."""
    if document.controle is Controle.BESMET:
        raise DocumentIsBesmet
    if not document.is_beschikbaar:
        raise DocumentWacht


def hold_content(sha256: str) -> Bestand:
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
        controle=Controle(rij["bestand__controle"]),
        beoordeling=Beoordeling(rij["beoordeling"]),
        afkeurreden=rij["afkeurreden"],
        beoordeeld_op=rij["beoordeeld_op"],
        documenttype=rij["documenttype"],
        vertrouwelijkheid=rij["vertrouwelijkheid"],
        paginas=rij["bestand__paginas"],
        kenmerken=frozenset(map(Kenmerk, rij["bestand__kenmerken"].split())),
        taak_id=rij["taak_id"],
        versie=rij["versie"],
        vervangen_door=str(rij["vervangen_door"] or ""),
        betrokkene_key=rij["betrokkene_key"],
        vestiging_key=rij["vestiging_key"],
    )
