"""A notification as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class NotificatieSoort(StrEnum):
    """What a mail is about. What it says, and all else about it, stands in mail/teksten/, in the file of its name."""

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
    MAIL_GESTOPT = "mail_gestopt"  # by a colleague
    ONTVANGST = "ontvangst"  # of a message, documents, an answer or contact details
    ONGELEZEN_HERINNERING = "ongelezen_herinnering"
    STORING_VERLENGD = "storing_verlengd"
    MACHTIGING_AANVAARD = "machtiging_aanvaard"  # to who gave it
    MACHTIGING_GEEINDIGD = "machtiging_geeindigd"  # to the other side
    EXPORT_KLAAR = "export_klaar"  # all that we hold of somebody, to take along


@dataclass(frozen=True, slots=True)
class Melding:
    """What one mail, or a part of it, is about. `context`: ISO dates and codes by name, never what names somebody."""

    soort: NotificatieSoort
    context: Mapping[str, str]
    zaak_ref: str


class Kanaal(StrEnum):
    EMAIL = "email"
    BRIEF = "brief"


class Uitkomst(StrEnum):
    """Why a notification went into no mail."""

    GEEN_ADRES = "geen_adres"  # no confirmed address is known
    NIET_GEKOZEN = "niet_gekozen"  # this party did not ask for mails, or not for these
    ADRES_KAPOT = "adres_kapot"  # mail to the address comes back
    ZELFDE_ADRES = "zelfde_adres"  # another one of this event is to go to the same address
    GEEN_POSTADRES = "geen_postadres"  # of a letter: the register knows no postal address
    INGEHAALD = "ingehaald"  # it was opened before the mail had to go


class BewijsSoort(StrEnum):
    """A fact in the life of a notification (N), of a mail or letter (Z), or of a thing itself (O)."""

    GEMAAKT = "gemaakt"  # N: written together with the change
    GEEN_MAIL = "geen_mail"  # N: kenmerken.reden is an Uitkomst; with Z that mail goes on without it
    TOCH_MAIL = "toch_mail"  # N: after a GEEN_MAIL with reason zelfde_adres: it waits for a mail of its own
    IN_ZENDING = "in_zending"  # N, Z: from now on it travels in that mail
    POGING = "poging"  # Z: a worker begins to send; without an end after it, that worker died
    VERZONDEN = "verzonden"  # Z: the mail server has taken it
    UITGESTELD = "uitgesteld"  # Z: not now; kenmerken.fout
    GEWEIGERD = "geweigerd"  # Z: refused for good; kenmerken.fout
    OPGEGEVEN = "opgegeven"  # Z: tried for a week
    VERVALLEN = "vervallen"  # Z: the party has no address for it any more
    BEZORGD = "bezorgd"  # Z: the server of the receiver says that it is in the box (RFC 3464)
    DOORGEGEVEN = "doorgegeven"  # Z: passed on to a server that will not tell how it ended
    VERTRAAGD = "vertraagd"  # Z: it says that it is late
    TERUGGEKOMEN = "teruggekomen"  # Z: it came back; kenmerken.status (RFC 3463)
    BRIEF_GEMAAKT = "brief_gemaakt"  # N, Z: a letter takes over
    BRIEF_OP_POST = "brief_op_post"  # Z; kenmerken.dag
    BRIEF_TERUG = "brief_terug"  # Z: it was not posted after all
    GEOPEND = "geopend"  # N or O: the party opened what it is about, for the first time


class Bezorging(StrEnum):
    """How one attempt to deliver ended."""

    VERZONDEN = "verzonden"
    UITGESTELD = "uitgesteld"
    MISLUKT = "mislukt"
    OVERGESLAGEN = "overgeslagen"  # another worker has it, or it is done
