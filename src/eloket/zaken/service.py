"""Writes: everything that happens to a zaak. Each verb is one transaction with its audit line and its events."""

from eloket.zaken.dossier import Ontvangst, add_documenten
from eloket.zaken.levensloop import clear_aandacht, set_status, take_zaak
from eloket.zaken.starten import start_zaak
from eloket.zaken.taken import ask_document, withdraw_taak
from eloket.zaken.vastleggen import record, record_view

__all__ = [
    "Ontvangst",
    "add_documenten",
    "ask_document",
    "clear_aandacht",
    "record",
    "record_view",
    "set_status",
    "start_zaak",
    "take_zaak",
    "withdraw_taak",
]
