"""The fake of ports.DocumentBron: in memory, held to the same contract suite as the real ones.

And what stands in the storage, for tests that look there.
"""

import uuid
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage, storages

from eloket.documenten import opslag
from eloket.documenten.bron import must_be_available
from eloket.documenten.errors import (
    BestandVerlopen,
    DocumentAlBeoordeeld,
    DocumentBestaatAl,
    DocumentNietGevonden,
    DocumentVervangen,
    InhoudOntbreekt,
)
from eloket.documenten.types import Beoordeling, DocumentInzage, Herkomst, Inhoud, Klaar


def path_or_none(sha256: str) -> Path | None:
    """Where the content stands, when that is a local disk."""
    opgeslagen = storages["default"]
    if not isinstance(opgeslagen, FileSystemStorage) or not opslag.exists(sha256):
        return None
    return Path(opgeslagen.path(opslag.vind(sha256).naam))


def walk() -> Iterator[str]:
    """The sha256 of everything in the storage that we can read."""
    yield from (blob.sha256 for blob in opslag.blobs() if blob.sha256)


class FakeDocumentBron:
    """Keeps documents in a list. Bytes come from `inhoud` (sha256 -> bytes), or else from the storage."""

    def __init__(self, inhoud: dict[str, bytes] | None = None) -> None:
        self.inhoud = inhoud or {}
        self._documenten: list[DocumentInzage] = []

    def list_documenten(self, zaak_ref: str) -> tuple[DocumentInzage, ...]:
        return tuple(een for een in self._van_zaak(zaak_ref) if not een.vervangen_door)

    def list_voor_aanvrager(self, zaak_ref: str) -> tuple[DocumentInzage, ...]:
        return tuple(een for een in self._van_zaak(zaak_ref) if een.is_voor_aanvrager)

    def list_alle_versies(self, zaak_ref: str) -> tuple[DocumentInzage, ...]:
        return tuple(self._van_zaak(zaak_ref))

    def _van_zaak(self, zaak_ref: str) -> list[DocumentInzage]:
        van_zaak = [een for een in self._documenten if een.zaak_ref == zaak_ref]
        return sorted(van_zaak, key=lambda document: document.ontvangen_op, reverse=True)

    def get_document(
        self, document_id: str, *, zaak_ref: str | None = None, is_voor_aanvrager: bool = False
    ) -> DocumentInzage:
        for document in self._documenten:
            if document.id != document_id or zaak_ref not in {None, document.zaak_ref}:
                continue
            if document.is_voor_aanvrager or not is_voor_aanvrager:
                return document
        raise DocumentNietGevonden

    def find_documenten(self, document_ids: Collection[str]) -> dict[str, DocumentInzage]:
        return {een.id: een for een in self._documenten if een.id in document_ids}

    def open_document(self, document_id: str) -> Inhoud:
        document = self.get_document(document_id)
        must_be_available(document)
        if document.sha256 in self.inhoud:
            tekst = self.inhoud[document.sha256]
            return Inhoud(omvang=len(tekst), vanaf=None, brokken=iter([tekst]))
        try:
            return opslag.open_inhoud(document.sha256)
        except OSError as error:
            raise InhoudOntbreekt from error

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
        if bestand.sha256 not in self.inhoud and not opslag.exists(bestand.sha256):
            raise BestandVerlopen
        vorige = self._vorige(vervangt, zaak_ref) if vervangt else None
        for eerder in self._documenten:
            if eerder.zaak_ref == zaak_ref and eerder.sha256 == bestand.sha256:
                raise DocumentBestaatAl(naam=bestand.naam, ontvangen_op=eerder.ontvangen_op)
        document = DocumentInzage(
            id=str(uuid.uuid4()),
            zaak_ref=zaak_ref,
            titel=bestand.titel,
            bestandsnaam=bestand.naam,
            formaat=bestand.formaat,
            omvang=bestand.omvang,
            herkomst=herkomst,
            auteur_key=auteur_key,
            auteur_naam=auteur_naam,
            betrokkene_key=betrokkene_key,
            vestiging_key=vestiging_key,
            ontvangen_op=moment,
            sha256=bestand.sha256,
            beoordeling=Beoordeling.GEACCEPTEERD if herkomst is Herkomst.GEMEENTE else Beoordeling.NIEUW,
            beoordeeld_op=moment if herkomst is Herkomst.GEMEENTE else None,
            taak_id=taak_id or (vorige.taak_id if vorige else ""),
            documenttype=bestand.documenttype,
            versie=vorige.versie + 1 if vorige else 1,
        )
        self._documenten.append(document)
        if vorige is not None:
            self._change(vorige, vervangen_door=document.id)
        return document

    def _vorige(self, document_id: str, zaak_ref: str) -> DocumentInzage:
        vorige = self.get_document(document_id)
        if vorige.zaak_ref != zaak_ref:
            raise DocumentNietGevonden
        if vorige.vervangen_door:
            raise DocumentVervangen
        return vorige

    def list_versies(self, document_id: str) -> tuple[DocumentInzage, ...]:
        versie = self.get_document(document_id)
        while versie.vervangen_door:
            versie = self.get_document(versie.vervangen_door)
        versies = [versie]
        while eerder := [een for een in self._documenten if een.vervangen_door == versies[-1].id]:
            versies += eerder
        return tuple(versies)

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
        document = self.get_document(document_id, zaak_ref=zaak_ref)
        if document.beoordeling is beoordeling:
            return document
        if document.beoordeling is not Beoordeling.NIEUW:
            raise DocumentAlBeoordeeld
        return self._change(
            document,
            beoordeling=beoordeling,
            afkeurreden=reden,
            documenttype=documenttype,
            vertrouwelijkheid=vertrouwelijkheid,
            beoordeeld_op=moment,
        )

    def move_document(self, document_id: str, *, van: str, naar: str) -> DocumentInzage:
        document = self.get_document(document_id, zaak_ref=van)
        if document.vervangen_door:
            raise DocumentVervangen
        if document.beoordeling is not Beoordeling.NIEUW:
            raise DocumentAlBeoordeeld
        versies = self.list_versies(document_id)
        inhoud = {versie.sha256 for versie in versies}
        for eerder in self._documenten:
            if eerder.zaak_ref == naar and eerder.sha256 in inhoud:
                raise DocumentBestaatAl(naam=versies[0].bestandsnaam, ontvangen_op=eerder.ontvangen_op)
        for versie in versies:
            self._change(
                versie,
                zaak_ref=naar,
                beoordeling=Beoordeling.NIEUW,
                beoordeeld_op=None,
                afkeurreden="",
                documenttype="",
                vertrouwelijkheid="",
                taak_id="",
            )
        return self.get_document(document_id)

    def offer_again(self, document_id: str, *, zaak_ref: str, bestand: Klaar, taak_id: str) -> DocumentInzage:
        document = self.get_document(document_id, zaak_ref=zaak_ref)
        if document.vervangen_door or document.beoordeling is Beoordeling.GEACCEPTEERD:
            return document
        return self._change(
            document,
            taak_id=taak_id,
            titel=bestand.titel,
            bestandsnaam=bestand.naam,
            documenttype=bestand.documenttype,
            beoordeling=Beoordeling.NIEUW,
            beoordeeld_op=None,
            afkeurreden="",
        )

    def _change(self, document: DocumentInzage, **velden: Any) -> DocumentInzage:
        nieuw = replace(document, **velden)
        self._documenten[self._documenten.index(document)] = nieuw
        return nieuw
