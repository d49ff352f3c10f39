"""What is typed in a message box, made ready to be kept. Pure."""

import hashlib

from eloket.berichten.errors import BerichtLeeg, BerichtTeLang, OnderwerpOngeldig
from eloket.berichten.types import MAX_ONDERWERP, MAX_TEKENS
from eloket.identity.types import Actor
from eloket.zaken.types import ZaakRef


def schoon(tekst: str) -> str:
    """CRLF made LF, outer white space gone."""
    return tekst.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()


def clean_regel(tekst: str) -> str:
    """A single line."""
    return " ".join(tekst.replace("\x00", "").split())


def clean_tekst(tekst: str) -> str:
    """The text as it will be stored: CRLF made LF, outer white space gone. Raises BerichtLeeg, BerichtTeLang.

    The length is that of the cleaned text, so that a browser's CRLF never costs anybody characters.
    """
    gemaakt = schoon(tekst)
    if not gemaakt:
        raise BerichtLeeg
    if len(gemaakt) > MAX_TEKENS:
        raise BerichtTeLang(
            f"Uw bericht is te lang: {len(gemaakt)} tekens. Gebruik hoogstens 5.000 tekens."
            " U kunt ook een document toevoegen of twee berichten sturen."
        )
    return gemaakt


def clean_onderwerp(tekst: str) -> str:
    """The subject as it will be stored, on one line. Raises OnderwerpOngeldig."""
    regel = clean_regel(tekst)
    if not regel:
        raise OnderwerpOngeldig
    if len(regel) > MAX_ONDERWERP:
        raise OnderwerpOngeldig(
            f"Het onderwerp is te lang: {len(regel)} tekens. Gebruik hoogstens {MAX_ONDERWERP} tekens."
        )
    return regel


def eenmalig(actor: Actor, ref: ZaakRef, sleutel: str, tekst: str) -> str:
    """64 hex digits: the same for the same text from the same form, by the same person, about the same zaak."""
    return hashlib.sha256("\n".join((actor.handelt_key, str(ref), sleutel, tekst)).encode()).hexdigest()
