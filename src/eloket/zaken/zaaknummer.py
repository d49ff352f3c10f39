"""What people type as a zaaknummer.

A zaak of another system has a number of any shape: the `identificatie` of the ZGW standard is a text of at most 40
characters. So no shape tells what a zaaknummer is: it is what a source knows (zaken.access.find_ref,
queries.list_werkvoorraad). Until one is found, what was typed may be a name or a BSN, and stands in no address, line
of a log or audit trail.
"""

import re

LANGSTE = 40
_ONZE = re.compile(r"[zZ]-[0-9]{4}-[0-9]{6,}")


def may_be_zaaknummer(getypt: str) -> bool:
    """Whether it is worth asking for a zaak with this number."""
    tekst = getypt.strip()
    return 0 < len(tekst) <= LANGSTE and tekst.isprintable()


def is_ours(getypt: str) -> bool:
    """Whether it has the shape of our own register: then it is nothing else, also when there is no such zaak."""
    return _ONZE.fullmatch(getypt.strip()) is not None


def spellings(getypt: str) -> tuple[str, str]:
    """In what ways a source writes what was typed: as it is, which counts first, and in capitals."""
    tekst = getypt.strip()
    return tekst, tekst.upper()
