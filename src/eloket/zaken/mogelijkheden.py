"""What a civil servant may do with a zaak now, and if not, why: the same answer for the page and for the service."""

from enum import StrEnum

from eloket.identity.types import Actor, Recht
from eloket.kernel.errors import NietToegestaan
from eloket.zaken.types import Zaak


class Handeling(StrEnum):
    NEEM = "neem"
    OVERDRAGEN = "overdragen"
    STATUS = "status"
    AFSLUITEN = "afsluiten"
    OPSCHORTEN = "opschorten"
    HERVATTEN = "hervatten"
    HEROPENEN = "heropenen"
    VRAGEN = "vragen"
    DOCUMENT_TOEVOEGEN = "document_toevoegen"
    DOCUMENT_BEOORDELEN = "document_beoordelen"
    BERICHT = "bericht"
    NOTITIE = "notitie"
    AFSCHERMEN = "afschermen"


_OOK_AFGEROND = {Handeling.HEROPENEN, Handeling.BERICHT, Handeling.NOTITIE, Handeling.AFSCHERMEN}
ALLEEN_LEZEN = "U mag deze zaak alleen bekijken. Vraag uw beheerder om het recht om zaken te behandelen."
_VAN_EEN_ANDER = (
    "Een collega behandelt deze zaak. Neem de zaak eerst zelf, of vraag iemand die zaken mag verdelen."
)


def waarom_niet(
    actor: Actor, zaak: Zaak, handeling: Handeling, *, open_taken: int = 0, onbehandeld: int = 0
) -> str:
    """'' when it may; else the reason, for the civil servant to read.

    `open_taken` (asked and not delivered) and `onbehandeld` (documents without a decision) only matter for AFSLUITEN.
    """
    if not actor.is_medewerker or Recht.BEHANDELEN not in actor.rechten:
        return ALLEEN_LEZEN
    if not zaak.is_open and handeling not in _OOK_AFGEROND:
        return "Deze zaak is afgerond. Heropen de zaak eerst."
    if handeling is Handeling.AFSLUITEN:
        return _waarom_niet_sluiten(open_taken, onbehandeld)
    return _PER_HANDELING[handeling](actor, zaak) if handeling in _PER_HANDELING else ""


def must_be_possible(
    actor: Actor, zaak: Zaak, handeling: Handeling, *, open_taken: int = 0, onbehandeld: int = 0
) -> None:
    """Raises NietToegestaan with the reason."""
    if reden := waarom_niet(actor, zaak, handeling, open_taken=open_taken, onbehandeld=onbehandeld):
        raise NietToegestaan(reden)


def _waarom_niet_sluiten(open_taken: int, onbehandeld: int) -> str:
    if open_taken:
        aantal = "een vraag" if open_taken == 1 else f"{open_taken} vragen"
        return (
            f"Er {'staat' if open_taken == 1 else 'staan'} nog {aantal} aan de aanvrager open."
            " Trek de vraag in, of wacht op het antwoord."
        )
    if onbehandeld:
        aantal = "een document" if onbehandeld == 1 else f"{onbehandeld} documenten"
        return f"U moet nog {aantal} beoordelen. Keur het goed of af, of verplaats het naar een andere zaak."
    return ""


def _overdragen(actor: Actor, zaak: Zaak) -> str:
    is_eigen = zaak.behandelaar_id in (None, actor.medewerker_id)
    return "" if is_eigen or Recht.VERDELEN in actor.rechten else _VAN_EEN_ANDER


def _opschorten(_actor: Actor, zaak: Zaak) -> str:
    return "De termijn van deze zaak staat al stil." if zaak.opschorting else ""


def _hervatten(_actor: Actor, zaak: Zaak) -> str:
    return "" if zaak.opschorting else "De termijn van deze zaak staat niet stil."


def _heropenen(_actor: Actor, zaak: Zaak) -> str:
    return "Deze zaak is niet afgerond." if zaak.is_open else ""


def _vraag(_actor: Actor, zaak: Zaak) -> str:
    return "" if zaak.initiator else "Deze zaak heeft geen aanvrager. U kunt daarom niets vragen."


def _bericht(_actor: Actor, zaak: Zaak) -> str:
    return "" if zaak.initiator else "Deze zaak heeft geen aanvrager. U kunt daarom geen bericht sturen."


_PER_HANDELING = {
    Handeling.OVERDRAGEN: _overdragen,
    Handeling.AFSCHERMEN: _overdragen,
    Handeling.OPSCHORTEN: _opschorten,
    Handeling.HERVATTEN: _hervatten,
    Handeling.HEROPENEN: _heropenen,
    Handeling.VRAGEN: _vraag,
    Handeling.BERICHT: _bericht,
}
