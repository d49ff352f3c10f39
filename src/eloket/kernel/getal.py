"""A whole number as it comes in: from a form, a link or a hidden field."""

MEESTE_CIJFERS = 9  # fits the smallest integer column of every database


def parse_heel_getal(tekst: str, cijfers: int = MEESTE_CIJFERS) -> int | None:
    """The number that these signs are; None for anything else, also for more digits than `cijfers`.

    `isdigit()` alone lets through what is no number (`²`), what no column holds, and what Python refuses to read (more
    than 4300 digits): each of them would be an error of ours, of what somebody typed.
    """
    return int(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) <= cijfers else None
