"""What a secret must be: the secret of the demo, and how much there is to guess in one."""

import math
import re
import zlib
from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import pairwise

# In the source, so everybody has it: refused in production at the start.
DEMO_GEHEIM = "alleen-voor-demo-en-test-nooit-in-productie"
KORTSTE = 32  # characters
_ZLIB_OVERHEAD = 8  # bytes of header, checksum and end


def estimate_bits(geheim: str) -> float:
    """At most this many bits are there to guess, judged by the text itself: characters that come back, steps that come
    back (`abcdef`, `13579`) and pieces that come back. 32 random hexadecimal digits have about 115. It says nothing of
    where the text came from: a well-known sentence scores well.
    """
    if not geheim:
        return 0.0
    stappen = [ord(b) - ord(a) for a, b in pairwise(geheim)]
    samengepakt = len(zlib.compress(geheim.encode(), 9)) - _ZLIB_OVERHEAD
    return min(_shannon(geheim), _shannon(stappen), samengepakt * 8.0)


def is_plain_text(geheim: str) -> bool:
    """Letters and word breaks only: words that somebody thought of, and not what a generator gives."""
    return bool(re.fullmatch(r"[^\W\d_]+([\s_.,-]+[^\W\d_]+)*", geheim))


def _shannon(delen: Sequence[Hashable]) -> float:
    aantal = len(delen)
    return -sum(n * math.log2(n / aantal) for n in Counter(delen).values())
