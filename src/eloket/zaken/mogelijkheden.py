"""What a civil servant may do with a zaak now, and if not, why: the same answer for the page and for the service."""

from dataclasses import dataclass
from enum import StrEnum

from eloket.identity.types import Actor, Recht
from eloket.kernel.errors import NietToegestaan
from eloket.kernel.klok import vandaag
from eloket.zaken.types import Zaak


class Handeling(StrEnum):
    NEEM = "neem"
    OVERDRAGEN = "overdragen"
    STATUS = "status"
    AFSLUITEN = "afsluiten"
    OPSCHORTEN = "opschorten"
    HERVATTEN = "hervatten"
    VERLENGEN = "verlengen"
    HEROPENEN = "heropenen"
    VRAGEN = "vragen"
    DOCUMENT_TOEVOEGEN = "document_toevoegen"
    DOCUMENT_BEOORDELEN = "document_beoordelen"
    BERICHT = "bericht"
    NOTITIE = "notitie"
    GELEZEN = "gelezen"  # what came in counts as read, or as new again, for everybody
    AFSCHERMEN = "afschermen"
    CONTACT = "contact"  # note that somebody who could not be reached was told after all


_OOK_AFGEROND = {
    Handeling.HEROPENEN,
    Handeling.BERICHT,
    Handeling.NOTITIE,
    Handeling.GELEZEN,
    Handeling.AFSCHERMEN,
    Handeling.CONTACT,
}
ALLEEN_LEZEN = "U mag deze zaak alleen bekijken. Vraag uw beheerder om het recht om zaken te behandelen."
ALLEEN_INKIJK = "U bekijkt deze zaak met noodtoegang. U kunt de zaak alleen lezen."
NIET_REGISTREREN = "U mag geen zaken registreren. Vraag uw beheerder om het recht om zaken te behandelen."
_VAN_EEN_ANDER = (
    "Een collega behandelt deze zaak. Neem de zaak eerst zelf, of vraag iemand die zaken mag verdelen."
)


@dataclass(frozen=True, slots=True)
class Openstaand:
    """What keeps a zaak from its end: requests that were not delivered, documents without a decision, and requests that
    were delivered and not judged. `gevraagd_aan` says in words who was asked."""

    gevraagd: int = 0
    gevraagd_aan: str = ""
    onbehandeld: int = 0
    ontvangen: int = 0


_NIETS = Openstaand()


def waarom_niet(actor: Actor, zaak: Zaak, handeling: Handeling, openstaand: Openstaand = _NIETS) -> str:
    """'' when it may; else the reason, for the civil servant to read. `openstaand` only matters for AFSLUITEN."""
    if actor.inkijk is not None:
        return ALLEEN_INKIJK
    if not actor.is_medewerker or Recht.BEHANDELEN not in actor.rechten:
        return ALLEEN_LEZEN
    if not zaak.is_open and handeling not in _OOK_AFGEROND:
        return "Deze zaak is afgerond. Heropen de zaak eerst."
    if handeling is Handeling.AFSLUITEN:
        return _waarom_niet_sluiten(openstaand)
    return _PER_HANDELING[handeling](actor, zaak) if handeling in _PER_HANDELING else ""


def must_be_possible(actor: Actor, zaak: Zaak, handeling: Handeling) -> None:
    """Raises NietToegestaan with the reason."""
    if reden := waarom_niet(actor, zaak, handeling):
        raise NietToegestaan(reden)


def _waarom_niet_sluiten(nog: Openstaand) -> str:
    if nog.gevraagd:
        aantal = "een vraag" if nog.gevraagd == 1 else f"{nog.gevraagd} vragen"
        return (
            f"Er {'staat' if nog.gevraagd == 1 else 'staan'} nog {aantal} aan {nog.gevraagd_aan} open."
            " Trek de vraag in, of wacht op het antwoord."
        )
    if nog.onbehandeld:
        aantal = "een document" if nog.onbehandeld == 1 else f"{nog.onbehandeld} documenten"
        return f"U moet nog {aantal} beoordelen. Keur het goed of af, of verplaats het naar een andere zaak."
    if nog.ontvangen:
        waarop = "een vraag" if nog.ontvangen == 1 else f"{nog.ontvangen} vragen"
        return f"U moet nog beoordelen wat er kwam op {waarop}. Keur het goed of af bij Vragen."
    return ""


def _overdragen(actor: Actor, zaak: Zaak) -> str:
    is_eigen = zaak.behandelaar_id in (None, actor.medewerker_id)
    return "" if is_eigen or Recht.VERDELEN in actor.rechten else _VAN_EEN_ANDER


def _opschorten(_actor: Actor, zaak: Zaak) -> str:
    return "De termijn van deze zaak staat al stil." if zaak.opschorting else ""


def _hervatten(_actor: Actor, zaak: Zaak) -> str:
    return "" if zaak.opschorting else "De termijn van deze zaak staat niet stil."


def _verlengen(_actor: Actor, zaak: Zaak) -> str:
    if not zaak.verlenging_maanden:
        return "De termijn van dit soort zaken kunt u niet verlengen."
    if zaak.verlenging:
        return "De termijn van deze zaak is al verlengd."
    if zaak.opschorting:
        return "De termijn van deze zaak staat stil. Laat de termijn eerst doorlopen."
    is_voorbij = zaak.uiterlijke_einddatum is None or zaak.uiterlijke_einddatum < vandaag()
    return "De termijn is al voorbij. U kunt hem niet meer verlengen." if is_voorbij else ""


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
    Handeling.VERLENGEN: _verlengen,
    Handeling.HEROPENEN: _heropenen,
    Handeling.VRAGEN: _vraag,
    Handeling.BERICHT: _bericht,
}
