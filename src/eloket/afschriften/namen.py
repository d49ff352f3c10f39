"""Names inside the zip: what they hold is unpacked on whatever computer somebody has.

Rules: Windows (reserved signs and names, 260 characters a path), macOS and Linux (bytes, upper and lower case are the
same on some disks), APPNOTE 6.3.10 (4.4.17: forward slashes, no drive, never absolute). Each name begins with the
number that the document has in the index: that makes it unique whatever the file system makes of the rest.
"""

import re
import unicodedata

from stdnum.nl import bsn

from eloket.documenten.types import DocumentInzage
from eloket.kernel.tekst import one_line

_VERBODEN = re.compile(r'[<>:"/\\|?*]')
_NEGEN_CIJFERS = re.compile(r"(?<!\d)\d(?:[ ._-]?\d){8}(?!\d)")
_MAX_TEKENS = 80
_MAX_BYTES = 180


def map_van(zaaknummer: str) -> str:
    """The folder that everything is unpacked into, with the zaaknummer and nothing else of the zaak."""
    return f"dossier-{safe(zaaknummer, ruimte=0) or 'zaak'}"


def naam_van_document(nummer: int, document: DocumentInzage) -> str:
    """`007 paspoort.pdf`: the name that the sender gave it, safe to unpack, without a BSN."""
    versie = f" (versie {document.versie})" if document.versie > 1 or document.vervangen_door else ""
    basis, _, _ = document.bestandsnaam.rpartition(".")
    einde = f"{versie}.{document.formaat.extensies[0]}"
    kort = safe(basis or document.bestandsnaam, ruimte=len(einde) + 4)
    return f"{nummer:03d} {kort or 'document'}{einde}"


def safe(tekst: str, *, ruimte: int) -> str:
    """One part of a path, with room for this many characters more; '' when nothing is left of it."""
    schoon = _NEGEN_CIJFERS.sub(_hide_bsn, one_line(tekst))
    schoon = " ".join(_VERBODEN.sub("-", schoon).split())[: _MAX_TEKENS - ruimte]
    kort = schoon.encode()[: _MAX_BYTES - ruimte].decode(errors="ignore")
    return kort.strip(". ")


def _hide_bsn(gevonden: re.Match[str]) -> str:
    """People name a scan after the number that is in it; a file name is read by more than who has the file."""
    cijfers = "".join(str(unicodedata.decimal(teken)) for teken in gevonden[0] if teken.isdecimal())
    return "nummer" if bsn.is_valid(cijfers) else gevonden[0]
