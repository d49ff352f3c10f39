"""Can visitors reach us? Each minute one worker asks our own address, as a visitor would."""

import http.client
import logging
import ssl
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from eloket.beschikbaarheid.models import Controle
from eloket.beschikbaarheid.service import begin_gemeten, einde_gemeten
from eloket.beschikbaarheid.types import Wat

log = logging.getLogger(__name__)
ELKE = timedelta(minutes=1)
FOUTEN = 3  # in a row: one that failed says little
WACHT = 5.0  # seconds
UIT = "uit"
PAD = "/gezondheid/klaar/"


class Uitkomst(StrEnum):
    """`VREEMD`: something answered, and it is not our health page: the address in the settings is wrong."""

    GOED = "goed"
    FOUT = "fout"
    VREEMD = "vreemd"


def address() -> str:
    """What is asked; '' when the check is off."""
    gekozen = settings.ELOKET.controle_url
    if gekozen == UIT:
        return ""
    return gekozen or f"{settings.ELOKET.base_url.rstrip('/')}{PAD}"


def check(now: datetime) -> Uitkomst | None:
    """Ask, and note the answer; None when it is not time, or another worker does it. Call it outside any transaction.

    Three failures in a row are an outage since the first of them, until the first success. An address that never
    answered well is a mistake in the settings, and no outage.
    """
    url = address()
    if not url or not _claim(now):
        return None
    uitkomst = ask(url)
    _note(uitkomst, now)
    return uitkomst


def ask(url: str) -> Uitkomst:
    """One request; redirects are not followed. A server that answers slowly is one that does not work."""
    delen = urlsplit(url)
    host, poort = delen.hostname or "", delen.port
    verbinding: http.client.HTTPConnection
    if delen.scheme == "https":
        verbinding = http.client.HTTPSConnection(
            host, poort, timeout=WACHT, context=ssl.create_default_context()
        )
    else:
        verbinding = http.client.HTTPConnection(host, poort, timeout=WACHT)
    try:
        verbinding.request("GET", delen.path or "/", headers=_headers())
        status = verbinding.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        log.info("controle: %s", type(error).__name__)
        return Uitkomst.FOUT
    finally:
        verbinding.close()
    if status == 200:
        return Uitkomst.GOED
    return Uitkomst.FOUT if status >= 500 else Uitkomst.VREEMD


def _headers() -> dict[str, str]:
    """As the proxy in front of us would ask (docs/operations.md), also when the check goes past that proxy."""
    basis = urlsplit(settings.ELOKET.base_url)
    return {"X-Forwarded-Proto": basis.scheme, "User-Agent": "eloket-controle", "Host": basis.netloc}


def _claim(now: datetime) -> bool:
    rij, is_nieuw = Controle.objects.get_or_create(naam=Wat.PORTAAL, defaults={"volgende_op": now + ELKE})
    if is_nieuw:
        return True
    if now < rij.volgende_op <= now + 2 * ELKE:  # further away: of a clock that was ahead
        return False
    mijn = Controle.objects.filter(pk=rij.pk, volgende_op=rij.volgende_op).update(volgende_op=now + ELKE)
    return bool(mijn)


def _note(uitkomst: Uitkomst, now: datetime) -> None:
    with transaction.atomic():
        rij = Controle.objects.select_for_update().get(naam=Wat.PORTAAL)
        if uitkomst is Uitkomst.GOED:
            rij.goed_op, rij.fout_sinds, rij.fouten = now, None, 0
            einde_gemeten(Wat.PORTAAL, now)
        elif uitkomst is Uitkomst.FOUT:
            rij.fouten += 1
            rij.fout_sinds = min(rij.fout_sinds or now, now)
            if rij.fouten >= FOUTEN and rij.goed_op is not None:
                begin_gemeten(Wat.PORTAAL, rij.fout_sinds)
        if uitkomst is Uitkomst.VREEMD or (rij.goed_op is None and rij.fouten == FOUTEN):
            log.warning("controle: dit adres antwoordt niet als E-loket, zie ELOKET_CONTROLE_URL")
        rij.save()
