"""The paths of these pages, as text: a page of twelve tiles should not look up twelve routes.

tests/web/test_zaken_paden.py holds them to the URL table.
"""

from urllib.parse import quote, urlencode

from eloket.zaken.types import ZaakRef

OVERZICHT = "/mijn/"
ZAKEN = "/mijn/zaken/"
TAKEN = "/mijn/taken/"
BERICHTEN = "/mijn/berichten/"
GEGEVENS = "/mijn/gegevens/"
MELDINGEN = "/mijn/gegevens/e-mails/"
INZAGE = "/mijn/gegevens/inzage/"
MACHTIGINGEN = "/mijn/machtigingen/"
MACHTIGING_NIEUW = "/mijn/machtigingen/nieuw/"
MACHTIGING_CODE = "/mijn/machtigingen/code/"
MEENEMEN = "/mijn/gegevens/meenemen/"
LOKET = "/loket/"
VOEG_TOE = "voeg-toe"  # the parameter that opens the upload form, with the id of a taak or `document`


def zaak(ref: ZaakRef) -> str:
    return f"{ZAKEN}{quote(str(ref), safe='')}/"


def voeg_toe(ref: ZaakRef, taak_id: str = "") -> str:
    """The page of the zaak with its upload form open, for this taak."""
    return f"{zaak(ref)}?{urlencode({VOEG_TOE: taak_id or 'document'})}"


def documenten(ref: ZaakRef) -> str:
    return f"{zaak(ref)}documenten/"


def document_openen(ref: ZaakRef, document_id: str) -> str:
    return f"{documenten(ref)}{quote(document_id, safe='')}/openen/"


def document_opslaan(ref: ZaakRef, document_id: str) -> str:
    return f"{documenten(ref)}{quote(document_id, safe='')}/opslaan/"


def vraag(ref: ZaakRef, taak_id: str) -> str:
    """The page on which a question is answered in words."""
    return f"{zaak(ref)}vragen/{quote(taak_id, safe='')}/"


def dossier(ref: ZaakRef) -> str:
    """Everything of the zaak as one file."""
    return f"{zaak(ref)}dossier/"


def verzendbewijs(ref: ZaakRef) -> str:
    """When everything about the zaak was sent, delivered and opened."""
    return f"{zaak(ref)}bewijs/"


def zaak_agenda(ref: ZaakRef) -> str:
    """The term of the zaak, for a calendar."""
    return f"{zaak(ref)}agenda.ics"


def taak_agenda(ref: ZaakRef, taak_id: str) -> str:
    """The term of what was asked, for a calendar."""
    return f"{vraag(ref, taak_id)}agenda.ics"


def zaak_ontvangst(ref: ZaakRef) -> str:
    """The receipts about a zaak."""
    return f"{zaak(ref)}ontvangst/"


def zaak_inzage(ref: ZaakRef) -> str:
    """Who looked at the zaak."""
    return f"{zaak(ref)}inzage/"


def ontvangstbewijs(bewijs_id: str) -> str:
    """One receipt, as PDF."""
    return f"{OVERZICHT}ontvangst/{quote(bewijs_id, safe='')}/"


def bericht_bij_zaak(ref: ZaakRef) -> str:
    """Where the message box of the page of the zaak posts to."""
    return f"{zaak(ref)}berichten/"


def gesprek(ref: ZaakRef) -> str:
    return f"{BERICHTEN}{quote(str(ref), safe='')}/"


def een_gesprek(ref: ZaakRef, gesprek_id: str) -> str:
    """One conversation; with berichten.types.NIEUW the page that starts one."""
    return f"{gesprek(ref)}{quote(gesprek_id, safe='')}/"


def gesprek_ongelezen(ref: ZaakRef, gesprek_id: str) -> str:
    return f"{een_gesprek(ref, gesprek_id)}ongelezen/"


def gesprek_pdf(ref: ZaakRef, gesprek_id: str) -> str:
    return f"{een_gesprek(ref, gesprek_id)}pdf/"


def gesprek_concept(ref: ZaakRef) -> str:
    """Where the script of a message box keeps what is typed."""
    return f"{gesprek(ref)}concept/"


def machtigen(ref: ZaakRef) -> str:
    """Where somebody authorises another for this zaak."""
    return f"{MACHTIGING_NIEUW}?{urlencode({'zaak': str(ref)})}"


def machtiging(machtiging_id: str) -> str:
    return f"{MACHTIGINGEN}{quote(machtiging_id, safe='')}/"


def machtiging_zaken(machtiging_id: str) -> str:
    """The zaken that an authorisation for all zaken opens."""
    return f"{machtiging(machtiging_id)}zaken/"
