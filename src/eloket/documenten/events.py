"""What the intake finds out later, for the rooms above."""

from dataclasses import dataclass

from eloket.kernel.events import Event


@dataclass(frozen=True, slots=True)
class DocumentBesmet(Event):
    """The scanner found malware in a document that had been taken in. `zaak_ref` as in DocumentInzage."""

    zaak_ref: str
    document_id: str
