"""How often which kind of report came in. A flood fills nothing: the table and the log both have an end."""

import hashlib
import logging
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q

from eloket.identity.limieten import teller
from eloket.identity.limieten.types import Limiet, Maat
from eloket.ops.csp.lezen import Schending
from eloket.ops.models import CspMelding

log = logging.getLogger(__name__)
MEESTE_RIJEN = 500
BEWAREN = timedelta(days=30)
LOG_ELKE = timedelta(hours=1)
LOG_MEESTE = Maat(20, 3_600)  # lines in an hour, over all kinds
_LOGREGELS = Limiet("csp-log")
_VELDEN = ("route", "richtlijn", "geblokkeerd", "bron", "browser")
_TEL = """
INSERT INTO ops_cspmelding
    (sleutel, route, richtlijn, geblokkeerd, bron, browser, is_uitbreiding, aantal, eerst, laatst)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (sleutel) DO UPDATE SET aantal = ops_cspmelding.aantal + excluded.aantal, laatst = excluded.laatst
RETURNING aantal
"""


def count(schendingen: Iterable[Schending], now: datetime) -> None:
    """Add these reports, in one transaction. Raises django.db.Error."""
    with transaction.atomic():
        # Always in the same order, so that two at once cannot wait for each other.
        for schending, keren in sorted(Counter(schendingen).items(), key=lambda een: _sleutel(een[0])):
            if _add(schending, keren, now) == keren:
                _make_room()
            if not schending.is_uitbreiding:
                _tell(schending, now)


def list_meldingen(*, uitbreidingen: bool) -> tuple[CspMelding, ...]:
    """What came in lately, the most frequent first; that of extensions of browsers apart. One query."""
    rijen = CspMelding.objects.filter(is_uitbreiding=uitbreidingen)
    return tuple(rijen.order_by("-aantal", "-laatst", "pk"))


def purge(now: datetime) -> int:
    """Remove what was not seen for thirty days; returns how many. For the worker."""
    return CspMelding.objects.filter(laatst__lt=now - BEWAREN).delete()[0]


def _sleutel(schending: Schending) -> str:
    delen = "\0".join(getattr(schending, veld) for veld in _VELDEN)
    return hashlib.sha256(delen.encode()).hexdigest()


def _add(schending: Schending, keren: int, now: datetime) -> int:
    moment = connection.ops.adapt_datetimefield_value(now)
    waarden = [getattr(schending, veld) for veld in _VELDEN]
    with connection.cursor() as cursor:
        cursor.execute(_TEL, [_sleutel(schending), *waarden, schending.is_uitbreiding, keren, moment, moment])
        (aantal,) = cursor.fetchone()
    return int(aantal)


def _make_room() -> None:
    """Beyond the bound the oldest go, those of extensions before all others."""
    te_veel = CspMelding.objects.order_by("is_uitbreiding", "-laatst", "pk").values_list("pk", flat=True)
    if weg := list(te_veel[MEESTE_RIJEN:]):
        CspMelding.objects.filter(pk__in=weg).delete()


def _tell(schending: Schending, now: datetime) -> None:
    """A line in the log, once per kind per hour, and never more than a few in all."""
    grens = now - LOG_ELKE
    # A moment that lies ahead was written by a clock that was wrong.
    mag = Q(gelogd=None) | Q(gelogd__lte=grens) | Q(gelogd__gt=now)
    if not CspMelding.objects.filter(mag, pk=_sleutel(schending)).update(gelogd=now):
        return
    # Counted apart from the rows: those go when there are too many.
    if teller.count(_LOGREGELS, "log", "", LOG_MEESTE, now) == 0:
        log.warning(
            "csp-melding: pagina %s richtlijn %s geblokkeerd %s bron %s browser %s",
            schending.route or "-",
            schending.richtlijn,
            schending.geblokkeerd or "-",
            schending.bron or "-",
            schending.browser,
        )
