"""Writes: everything that happens to a zaak. Each verb is one transaction with its audit line and its events."""

from eloket.zaken.aanwezigheid import meld_aanwezig
from eloket.zaken.dossier import (
    Ontvangst,
    accept_document,
    add_documenten,
    move_document,
    refuse_document,
)
from eloket.zaken.formulierantwoord import answer_with_form
from eloket.zaken.levensloop import (
    clear_aandacht,
    extend_zaak,
    hand_over,
    reopen_zaak,
    resume_zaak,
    set_status,
    set_toegang,
    suspend_zaak,
    take_zaak,
)
from eloket.zaken.notities import add_notitie
from eloket.zaken.starten import add_again, register_zaak, start_zaak, wants_no_location
from eloket.zaken.taken import (
    answer_taak,
    approve_taak,
    ask_answer,
    ask_document,
    ask_form,
    reject_taak,
    remind_taken,
    withdraw_taak,
)
from eloket.zaken.vastleggen import record, record_view
from eloket.zaken.verlengen import extend_taken

__all__ = [
    "Ontvangst",
    "accept_document",
    "add_again",
    "add_documenten",
    "add_notitie",
    "answer_taak",
    "answer_with_form",
    "approve_taak",
    "ask_answer",
    "ask_document",
    "ask_form",
    "clear_aandacht",
    "extend_taken",
    "extend_zaak",
    "hand_over",
    "meld_aanwezig",
    "move_document",
    "record",
    "record_view",
    "refuse_document",
    "register_zaak",
    "reject_taak",
    "remind_taken",
    "reopen_zaak",
    "resume_zaak",
    "set_status",
    "set_toegang",
    "start_zaak",
    "suspend_zaak",
    "take_zaak",
    "wants_no_location",
    "withdraw_taak",
]
