"""What happened to a zaak, for the rooms above (notifications)."""

from dataclasses import dataclass
from datetime import date, datetime

from eloket.documenten.types import DocumentInzage
from eloket.identity.types import Actor
from eloket.kernel.events import Event
from eloket.zaken.types import Betrokkene, Zaak, ZaakRef


@dataclass(frozen=True, slots=True)
class ZaakGestart(Event):
    """`actor` sent the form, or registered the zaak for somebody; `documenten` came with it."""

    zaak: Zaak
    actor: Actor
    documenten: tuple[DocumentInzage, ...]


@dataclass(frozen=True, slots=True)
class StatusGezet(Event):
    """`informeren` of the statustype says whether the resident is told."""

    zaak: Zaak
    volgnummer: int
    informeren: bool


@dataclass(frozen=True, slots=True)
class DocumentGevraagd(Event):
    """Of every request: the keys say which betrokkene it was asked of."""

    zaak: Zaak
    taak_id: str
    betrokkene_key: str
    vestiging_key: str
    deadline: date


@dataclass(frozen=True, slots=True)
class DocumentToegevoegd(Event):
    """One or more documents were added in one go, by the resident or (door_gemeente) by the municipality.

    What comes with a message, an answer or an application is not told of again here.
    """

    zaak: Zaak
    document_ids: tuple[str, ...]
    door_gemeente: bool
    actor: Actor
    documenten: tuple[DocumentInzage, ...]


@dataclass(frozen=True, slots=True)
class TaakBeantwoord(Event):
    """The resident answered a question in words, or (is_formulier) with the form that was asked for and its files.

    A document that was asked for is a DocumentToegevoegd. `titel` is what was asked.
    """

    zaak: Zaak
    taak_id: str
    titel: str
    is_formulier: bool
    actor: Actor
    moment: datetime
    documenten: tuple[DocumentInzage, ...]


@dataclass(frozen=True, slots=True)
class AntwoordGevraagd(Event):
    """A question in words was asked."""

    zaak: Zaak
    taak_id: str
    betrokkene_key: str
    vestiging_key: str
    deadline: date


@dataclass(frozen=True, slots=True)
class TaakHerinnering(Event):
    """The date of an open request comes near; published once per request by the worker."""

    zaak: Zaak
    taak_id: str
    betrokkene_key: str
    vestiging_key: str
    deadline: date


@dataclass(frozen=True, slots=True)
class TaakBeoordeeld(Event):
    """What the resident delivered was approved, or refused with a reason (then `deadline` when it is asked again)."""

    zaak: Zaak
    taak_id: str
    betrokkene_key: str
    vestiging_key: str
    is_goedgekeurd: bool
    deadline: date | None


@dataclass(frozen=True, slots=True)
class TaakIngetrokken(Event):
    """What was asked is no longer needed."""

    zaak: Zaak
    taak_id: str
    betrokkene_key: str
    vestiging_key: str


@dataclass(frozen=True, slots=True)
class DocumentVerplaatst(Event):
    """A document went from `zaak` to `doel`. A request that it answered may be open again. `van` sent it; None: nobody
    who is in `zaak`. `is_ook_daar`: they have a part in `doel` too, and find it there."""

    zaak: Zaak
    doel: Zaak
    document_id: str
    van: Betrokkene | None
    is_ook_daar: bool


@dataclass(frozen=True, slots=True)
class DocumentBeoordeeld(Event):
    """A document that answers no request was accepted, or refused with a reason that who sent it (`van`) reads; None:
    nobody who is in the zaak."""

    zaak: Zaak
    document_id: str
    van: Betrokkene | None
    is_geaccepteerd: bool


@dataclass(frozen=True, slots=True)
class DocumentGeweigerdDoorScanner(Event):
    """The scanner found something in a document of this zaak: nobody gets it. `van` sent it, and must hear of it; None:
    it is of the municipality, of nobody in the zaak, or has a next version."""

    zaak: Zaak
    document_id: str
    van: Betrokkene | None


@dataclass(frozen=True, slots=True)
class TermijnGewijzigd(Event):
    """The zaak was suspended (`is_opgeschort`) or goes on with a later end of its term."""

    zaak: Zaak
    is_opgeschort: bool


@dataclass(frozen=True, slots=True)
class TermijnVerlengd(Event):
    """An open request must come in before a later `deadline`, because something of ours was out of order."""

    zaak: Zaak
    taak_id: str
    betrokkene_key: str
    vestiging_key: str
    deadline: date


@dataclass(frozen=True, slots=True)
class ZaakOvergedragen(Event):
    """Somebody else handles the zaak, or another afdeling."""

    zaak: Zaak


@dataclass(frozen=True, slots=True)
class ZaakHeropend(Event):
    zaak: Zaak


@dataclass(frozen=True, slots=True)
class ZaakVernietigd(Event):
    """The zaak is being destroyed: each room removes what it holds of it, in this transaction.

    Who cannot do so now raises VernietigenWacht: then nothing of it happens, and it is tried again later. `besloten_op`
    is when somebody approved that it goes: who waits for what somebody asked, only does so for what was asked before.
    """

    ref: ZaakRef
    besloten_op: datetime
