"""What a status code says: is it this address, or only this mail. Sources: RFC 3463, RFC 5321 (4.2), RFC 3464 (2.3)."""

import re

from eloket.notifications.retour.types import Actie, Klasse

_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_ANTWOORD = re.compile(r"(?<![\d.])([45]\d\d)(?![\d.])")
# Subjects of RFC 3463 in which a permanent failure is about the address: it is wrong, gone, or leads nowhere. 0 is
# "other": old servers that only know 550. A full mailbox (5.2.2) or a mail too large for it (5.2.3) pass.
_ADRES = re.compile(r"5\.(0\.\d+|1\.\d+|2\.[01]|4\.[14]|5\.0)")
# About us as the sender, not about who receives (RFC 3463 and 7505): bad sender's address, bad sender's system.
_AFZENDER = frozenset({"5.1.7", "5.1.8"})


def find_status(tekst: str) -> str:
    """The first status code (`5.1.1`) in this text, or ""."""
    gevonden = _STATUS.search(tekst)
    return gevonden[1] if gevonden else ""


def status_of_reply(tekst: str) -> str:
    """The status of an SMTP reply: its enhanced code, or `5.0.0` for a bare 550; "" when it has neither.

    552 and 452 are about room (RFC 5321), so they say nothing of the address.
    """
    if status := find_status(tekst):
        return status
    gevonden = _ANTWOORD.search(tekst)
    if not gevonden:
        return ""
    return f"{gevonden[1][0]}.2.2" if gevonden[1][1:] == "52" else f"{gevonden[1][0]}.0.0"


def classify(actie: Actie, status: str) -> Klasse | None:
    """What it means; None when action and status contradict each other."""
    soort = status[:1]
    if actie is Actie.FAILED:
        if soort == "2":
            return None
        return Klasse.PERMANENT if is_about_address(status) else Klasse.OPGEGEVEN
    if actie is Actie.DELAYED:
        return None if soort == "2" else Klasse.TIJDELIJK
    if soort in {"4", "5"}:
        return None
    return Klasse.BEZORGD if actie is Actie.DELIVERED else Klasse.DOORGEGEVEN


def is_about_address(status: str) -> bool:
    """Whether the code says that this address does not work. A refusal of the sender, of the contents or for want of
    trust (5.7) does not: our server on a block list must not kill every address that we know."""
    return status not in _AFZENDER and bool(_ADRES.fullmatch(status))
