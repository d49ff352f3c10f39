"""What the intake finds out later, for the rooms above."""

from dataclasses import dataclass

from eloket.kernel.events import Event


@dataclass(frozen=True, slots=True)
class DocumentBesmet(Event):
    """The scanner found malware in a document that had been taken in. `zaak_ref` as in DocumentInzage."""

    zaak_ref: str
    document_id: str


@dataclass(frozen=True, slots=True)
class BesmettingGevonden(Event):
    """Malware was found in the content of documents of these zaken (as in DocumentInzage), and is about to be noted.
    Who answers for zaken holds them now: nobody holds a document before its zaak."""

    zaak_refs: tuple[str, ...]
