"""The port for the documents of a zaak: the embedded store (documenten.bron), and later the ZGW Documenten API.

An id that is unknown raises documenten.errors.DocumentNietGevonden; a failing source BronOnbereikbaar.
Rights are checked by zaken.access, never here. tests/contract/ holds every implementation to this text.
"""

from datetime import datetime
from typing import Protocol

from eloket.documenten.types import DocumentInzage, Herkomst, Inhoud, Klaar


class DocumentBron(Protocol):
    def list_documenten(self, zaak_ref: str) -> tuple[DocumentInzage, ...]:
        """Newest first."""

    def get_document(self, document_id: str) -> DocumentInzage: ...

    def open_document(self, document_id: str) -> Inhoud:
        """Streamed; never the whole file in memory."""

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
        """Link a prepared file to the zaak, in the caller's transaction."""
