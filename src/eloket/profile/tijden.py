"""A time of the clock as people type and read it."""

import re
from datetime import time

from eloket.profile.velden import VeldFout

TIJD_FOUT = "Vul een tijd in, bijvoorbeeld 22.00"
_TIJD = re.compile(r"(?P<uur>[0-9]{1,2})(?:[.:](?P<minuut>[0-9]{2}))?(?: ?u(?:ur)?)?", re.ASCII)


def parse_tijd(invoer: str) -> time:
    """The time of `22.00`, `22:00`, `22` or `7 uur`; 24.00 is midnight. Raises VeldFout."""
    gevonden = _TIJD.fullmatch(invoer.strip().lower())
    if not gevonden:
        raise VeldFout(TIJD_FOUT)
    uur, minuut = int(gevonden["uur"]), int(gevonden["minuut"] or 0)
    if (uur, minuut) == (24, 0):
        return time()
    if uur > 23 or minuut > 59:
        raise VeldFout(TIJD_FOUT)
    return time(uur, minuut)


def schrijf_kloktijd(tijd: time | None) -> str:
    """`22.00`; "" for none."""
    return f"{tijd.hour}.{tijd.minute:02d}" if tijd is not None else ""
