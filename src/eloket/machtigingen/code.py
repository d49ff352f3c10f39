"""The code that the giver hands over: read aloud, typed over from paper, and not to be guessed.

Twelve signs of 23 are 54 bits. With 14 days, ten attempts an hour per person (identity.limieten) and a thousand codes
that wait, a million people who try all that time have less than one chance in 5,000 to find one.
"""

import secrets

from eloket.kernel.crypto import vault

# No vowels, so no words. Of what looks or sounds alike one is left at most: 0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B, M N, U V.
TEKENS = "23456789CDFHJKMPQRTVWXY"
LENGTE = 12
_GROEP = 4


def make_code() -> str:
    """`7K3M-9QXC-P4TD`"""
    return write_code("".join(secrets.choice(TEKENS) for _ in range(LENGTE)))


def write_code(tekens: str) -> str:
    return "-".join(tekens[plek : plek + _GROEP] for plek in range(0, LENGTE, _GROEP))


def parse_code(tekst: str) -> str:
    """The code as we write it, however somebody typed it (small letters, spaces, no dashes); "" for what is none."""
    kaal = "".join(teken for teken in tekst.upper() if teken.isalnum())
    return write_code(kaal) if len(kaal) == LENGTE and set(kaal) <= set(TEKENS) else ""


def hash_code(code: str) -> str:
    """What is kept of it."""
    return vault().keyed_hash("machtigingscode", code)
