"""Returned mail that a mail provider tells us about over HTTP, signed with a secret that we share.

The signature covers the moment and the bytes of the body, so what was overheard is worth nothing after five minutes;
and what is told twice counts once (verwerken).
"""

import hmac
import json
import re
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from eloket.notifications.retour.codes import classify
from eloket.notifications.retour.errors import MeldingOnleesbaar
from eloket.notifications.retour.parser import MAX_BYTES, lees_retour
from eloket.notifications.retour.types import Actie, Klasse, Retour

MEESTE_BYTES = MAX_BYTES
GELDIG = timedelta(minutes=5)
_MOMENT = re.compile(r"\d{1,12}", re.ASCII)
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}", re.ASCII)
_VELDEN = {"zending", "soort", "status"}
_ACTIES = {"permanent": Actie.FAILED, "tijdelijk": Actie.DELAYED, "bezorgd": Actie.DELIVERED}


def sign(geheim: str, moment: str, inhoud: bytes) -> str:
    """`sha256=<hex>`: HMAC-SHA256 with the secret over `moment`, a dot and the raw body."""
    return "sha256=" + hmac.new(geheim.encode(), moment.encode() + b"." + inhoud, sha256).hexdigest()


def is_signed(geheim: str, *, moment: str, handtekening: str, inhoud: bytes, now: datetime) -> bool:
    """Whether somebody with the secret sent exactly this, less than five minutes ago (or, by their clock, ahead)."""
    if not _MOMENT.fullmatch(moment):
        return False
    verschil = abs(now.timestamp() - int(moment))
    klopt = hmac.compare_digest(
        sign(geheim, moment, inhoud).encode(), handtekening.encode("utf-8", "replace")
    )
    return klopt and verschil <= GELDIG.total_seconds()


def lees_melding(soort: str, inhoud: bytes) -> Retour | None:
    """What the body says: the notification itself (message/rfc822), or our JSON.

    None for a mail that says nothing about one of ours. Raises MeldingOnleesbaar.
    """
    if soort == "message/rfc822":
        return lees_retour(inhoud)
    if soort != "application/json":
        raise MeldingOnleesbaar
    return _read_json(inhoud)


def _read_json(inhoud: bytes) -> Retour:
    try:
        velden = json.loads(inhoud)
    except (ValueError, RecursionError) as error:
        raise MeldingOnleesbaar from error
    if not isinstance(velden, dict) or not velden.keys() <= _VELDEN:
        raise MeldingOnleesbaar
    zending, soort, status = (velden.get(naam, "") for naam in ("zending", "soort", "status"))
    if not all(isinstance(een, str) for een in (zending, soort, status)) or soort not in _ACTIES:
        raise MeldingOnleesbaar
    try:
        zending_id = str(UUID(zending))
    except ValueError as error:
        raise MeldingOnleesbaar from error
    return _make(zending_id, _ACTIES[soort], status)


def _make(zending_id: str, actie: Actie, status: str) -> Retour:
    """The provider says that it is permanent; the code, when it gives one, says whether the address is to blame."""
    if status and not _STATUS.fullmatch(status):
        raise MeldingOnleesbaar
    klasse = classify(actie, status)
    if klasse is None:
        raise MeldingOnleesbaar
    if actie is Actie.FAILED and not status:
        klasse = Klasse.PERMANENT
    return Retour(zending_id, actie, klasse, status)
