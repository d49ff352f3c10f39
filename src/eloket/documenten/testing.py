"""The fake of ports.DocumentBron: in memory, held to the same contract suite as the real ones."""

import uuid
from datetime import datetime

from eloket.documenten import opslag
from eloket.documenten.errors import BestandVerlopen, DocumentBestaatAl, DocumentNietGevonden, InhoudOntbreekt
from eloket.documenten.types import DocumentInzage, Herkomst, Inhoud, Klaar


class FakeDocumentBron:
    """Keeps documents in a list. Bytes come from `inhoud` (sha256 -> bytes), or else from the storage."""

    def __init__(self, inhoud: dict[str, bytes] | None = None) -> None:
        self.inhoud = inhoud or {}
        self._documenten: list[DocumentInzage] = []

    def list_documenten(self, zaak_ref: str) -> tuple[DocumentInzage, ...]:
        van_zaak = [document for document in self._documenten if document.zaak_ref == zaak_ref]
        return tuple(sorted(van_zaak, key=lambda document: document.ontvangen_op, reverse=True))

    def get_document(self, document_id: str) -> DocumentInzage:
        for document in self._documenten:
            if document.id == document_id:
                return document
        raise DocumentNietGevonden

    def open_document(self, document_id: str) -> Inhoud:
        document = self.get_document(document_id)
        if document.sha256 in self.inhoud:
            tekst = self.inhoud[document.sha256]
            return Inhoud(omvang=len(tekst), pad=None, brokken=iter([tekst]))
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
    ) -> DocumentInzage:
        if bestand.sha256 not in self.inhoud and not opslag.exists(bestand.sha256):
            raise BestandVerlopen
        for eerder in self.list_documenten(zaak_ref):
            if eerder.sha256 == bestand.sha256:
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
            ontvangen_op=moment,
            sha256=bestand.sha256,
        )
        self._documenten.append(document)
        return document
