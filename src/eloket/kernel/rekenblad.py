"""Text for a cell of a file that a spreadsheet opens."""

_BEGIN = ("=", "+", "-", "@", "\t", "\r")


def no_formula(tekst: str) -> str:
    """A spreadsheet runs what begins like a formula (OWASP: CSV injection)."""
    return f"'{tekst}" if tekst.startswith(_BEGIN) else tekst
