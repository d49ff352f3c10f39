"""Reads documents from the configured bron. Rights are checked by zaken.access before these are called."""

from collections.abc import Collection

from eloket.documenten.service import configured_bron
from eloket.documenten.types import DocumentInzage, Inhoud


def list_documenten(zaak_ref: str) -> tuple[DocumentInzage, ...]:
    """Newest first. Raises BronOnbereikbaar."""
    return configured_bron().list_documenten(zaak_ref)


def list_voor_aanvrager(zaak_ref: str) -> tuple[DocumentInzage, ...]:
    """What the applicant sees: also what they sent themselves and the municipality added a next version of.

    Newest first. Raises BronOnbereikbaar.
    """
    return configured_bron().list_voor_aanvrager(zaak_ref)


def list_alle_versies(zaak_ref: str) -> tuple[DocumentInzage, ...]:
    """Every version of every document of the zaak, newest first: for who accounts for it. Raises BronOnbereikbaar."""
    return configured_bron().list_alle_versies(zaak_ref)


def get_document(
    document_id: str, *, zaak_ref: str | None = None, is_voor_aanvrager: bool = False
) -> DocumentInzage:
    """Of this zaak only, when one is named; and only what the applicant sees, when that is asked.

    Raises DocumentNietGevonden, BronOnbereikbaar.
    """
    return configured_bron().get_document(document_id, zaak_ref=zaak_ref, is_voor_aanvrager=is_voor_aanvrager)


def find_documenten(document_ids: Collection[str]) -> dict[str, DocumentInzage]:
    """Those of these that exist, by id. Raises BronOnbereikbaar."""
    return configured_bron().find_documenten(document_ids)


def list_versies(document_id: str) -> tuple[DocumentInzage, ...]:
    """All versions, the newest first. Raises DocumentNietGevonden, BronOnbereikbaar."""
    return configured_bron().list_versies(document_id)


def open_document(document_id: str) -> Inhoud:
    """The bytes, streamed; never of what is unsafe or was not scanned yet.

    Raises DocumentIsBesmet, DocumentWacht, DocumentNietGevonden, InhoudOntbreekt, BronOnbereikbaar.
    """
    return configured_bron().open_document(document_id)
