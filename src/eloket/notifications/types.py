"""A notification as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class NotificatieSoort(StrEnum):
    """What a mail is about. What it says, and all else about it, stands in teksten/, in the file of this name."""

    ZAAK_ONTVANGEN = "zaak_ontvangen"
    STATUS_GEWIJZIGD = "status_gewijzigd"
    DOCUMENT_TOEGEVOEGD = "document_toegevoegd"
    DOCUMENT_GEVRAAGD = "document_gevraagd"
    ANTWOORD_GEVRAAGD = "antwoord_gevraagd"
    TAAK_HERINNERING = "taak_herinnering"
    TAAK_GOEDGEKEURD = "taak_goedgekeurd"
    TAAK_AFGEKEURD = "taak_afgekeurd"
    TAAK_INGETROKKEN = "taak_ingetrokken"
    DOCUMENT_VERPLAATST = "document_verplaatst"
    TERMIJN_GEWIJZIGD = "termijn_gewijzigd"
    ZAAK_HEROPEND = "zaak_heropend"
    BERICHT_BEANTWOORD = "bericht_beantwoord"
    FORMULIER_HERINNERING = "formulier_herinnering"
    MELDING_ONTVANGEN = "melding_ontvangen"  # to who did not log in
    ADRES_BEVESTIGEN = "adres_bevestigen"
    ADRES_GEWIJZIGD = "adres_gewijzigd"
    ONTVANGST = "ontvangst"  # of a message, documents, an answer or contact details
    ONGELEZEN_HERINNERING = "ongelezen_herinnering"
    STORING_VERLENGD = "storing_verlengd"


@dataclass(frozen=True, slots=True)
class Melding:
    """What one mail, or a part of it, is about. `context`: ISO dates and codes by name, never what names somebody."""

    soort: NotificatieSoort
    context: Mapping[str, str]
    zaak_ref: str


class Bezorging(StrEnum):
    """How one attempt to deliver ended."""

    VERZONDEN = "verzonden"
    UITGESTELD = "uitgesteld"
    MISLUKT = "mislukt"
    OVERGESLAGEN = "overgeslagen"  # another worker has it, or it is done


@dataclass(frozen=True, slots=True)
class NotificatieInzage:
    """The proof of one notification (Awb 2:10): when it was made, sent, or given up. Never to whom."""

    id: str
    soort: NotificatieSoort
    gemaakt_op: datetime
    verzonden_op: datetime | None
    mislukt_op: datetime | None
    pogingen: int
    laatste_fout: str


@dataclass(frozen=True, slots=True)
class Stand:
    """The state of the outbox. `oudste` is how long the longest waiting one is due already; zero when none is."""

    wachtend: int
    oudste: timedelta
    mislukt: int
