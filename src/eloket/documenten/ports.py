"""The port for the documents of a zaak: the embedded store (documenten.bron), and later the ZGW Documenten API.

An id that is unknown raises documenten.errors.DocumentNietGevonden; a failing source BronOnbereikbaar.
Rights are checked by zaken.access, never here. tests/contract/ holds every implementation to this text.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from eloket.documenten.types import Beoordeling, DocumentInzage, Herkomst, Inhoud, Klaar


class DocumentBron(Protocol):
    def list_documenten(self, zaak_ref: str) -> tuple[DocumentInzage, ...]:
        """Newest first; of a document with versions only the last one."""

    def list_voor_aanvrager(self, zaak_ref: str) -> tuple[DocumentInzage, ...]:
        """As `list_documenten`, and what the applicant sent also when the municipality added a next version of it."""

    def list_alle_versies(self, zaak_ref: str) -> tuple[DocumentInzage, ...]:
        """Every version of every document of the zaak, newest first, in one call."""

    def get_document(
        self, document_id: str, *, zaak_ref: str | None = None, is_voor_aanvrager: bool = False
    ) -> DocumentInzage:
        """One of another zaak than `zaak_ref` (None: of any) is unknown, and nothing of it is read to find that out.

        So is, `is_voor_aanvrager`, one that the applicant does not see (DocumentInzage.is_voor_aanvrager).
        """

    def find_documenten(self, document_ids: Collection[str]) -> dict[str, DocumentInzage]:
        """Those of these ids (of ours) that exist, by id, in one call: for a list over several zaken."""

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
        taak_id: str = "",
        vervangt: str = "",
        betrokkene_key: str = "",
        vestiging_key: str = "",
    ) -> DocumentInzage:
        """Link a prepared file to the zaak, in the caller's transaction.

        `betrokkene_key` and `vestiging_key` say of which betrokkene it is, whoever sent it for them.
        `taak_id` is the request that it answers. `vervangt` is the document of the same zaak of which this is the next
        version: that one stays, with `vervangen_door`, and what that one answered is answered by this one too. Raises
        DocumentVervangen when it has a next version already.
        """

    def list_versies(self, document_id: str) -> tuple[DocumentInzage, ...]:
        """All versions of the document, the newest first."""

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
        """Note what the civil servant decided about a document of this zaak: one that stands in another zaak by now is
        unknown. Raises DocumentAlBeoordeeld when it was decided otherwise before.
        """

    def move_document(self, document_id: str, *, van: str, naar: str) -> DocumentInzage:
        """From this zaak to that one, where it waits for a decision, with all its versions. One that stands in another
        zaak by now is unknown: of two who move it at once, one does.

        Raises DocumentAlBeoordeeld when somebody decided about it, DocumentVervangen for what is not the last version,
        and DocumentBestaatAl (in a savepoint).
        """

    def offer_again(self, document_id: str, *, zaak_ref: str, bestand: Klaar, taak_id: str) -> DocumentInzage:
        """The same content was sent as the answer to this request: unless it was accepted, or has a next version, it
        answers that one, under its new name and as its type, and waits for a decision (again)."""
