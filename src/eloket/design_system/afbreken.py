"""Where a long Dutch word may break at the end of a line, for browsers that have no Dutch word list."""

import re

_LANG = 18  # letters; a shorter word fits on the narrowest screen
_DELEN = (
    "aanvraag|belasting|bestrijding|bewijs|container|inzameling|isolatie|kaart|ontheffing|parkeer|plaats|regeling|"
    "ruimte|subsidie|toeslag|vergunning|verklaring|verlichting|verkoop|voorziening|wijziging"
)
_WOORD = re.compile(rf"\w{{{_LANG},}}")
_DEEL = re.compile(rf"(?<=\w\w\w)(?={_DELEN})")
_ZACHT = "\u00ad"  # soft hyphen: shown only where the line breaks, and not part of the word for search


def breek_af(tekst: str) -> str:
    """The text with soft hyphens between the parts of long compounds: 'Gehandicapten-parkeer-kaart'."""
    return _WOORD.sub(lambda woord: _DEEL.sub(_ZACHT, woord.group()), tekst)
