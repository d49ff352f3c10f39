"""What in a pdf a viewer may run by itself or at a click: scripts, programs to start, forms with a language of their
own, and files inside. Every object is looked at wherever it stands (ISO 32000-2, 12.6 and 12.7): an action in /Next or
behind a field is an object like any other. Pure; runs in the process of pdfkeuring.
"""

import re
from collections.abc import Iterator
from typing import Any

MEESTE_OBJECTEN = 200_000
_DIEPST = 200  # of arrays and dictionaries in one object
_SLEUTELS = frozenset(
    {
        "/JS",
        "/JavaScript",
        "/OnInstantiate",  # the script of a 3D drawing
        "/XFA",
        "/EmbeddedFiles",
        "/EF",
        "/RichMediaContent",
    }
)
_SOORTEN = frozenset({"/JavaScript", "/Launch", "/ImportData", "/GoToE", "/FileAttachment", "/RichMedia"})
_SOORT_IN = ("/S", "/Subtype")


class NietTeOverzien(Exception):
    """There is more in the file than is looked at."""


def _any_spelling(naam: str) -> bytes:
    """A pattern for a name of which each character may be written as # and two hex digits."""
    return b"/" + b"".join(b"(?:%c|#%s)" % (ord(teken), _hex(ord(teken))) for teken in naam)


def _hex(code: int) -> bytes:
    return b"".join(b"[%c%c]" % (ord(c.lower()), ord(c.upper())) for c in f"{code:02x}")


_SCRIPT = re.compile(_any_spelling("JavaScript"))


def names_script(inhoud: bytes) -> bool:
    """Whether the name of a script stands anywhere in the bytes, also where no table points: a viewer that repairs a
    file finds it there."""
    return _SCRIPT.search(inhoud) is not None


def is_active(lezer: Any) -> bool:
    """Whether any object of this pypdf.PdfReader is active. Raises NietTeOverzien, and whatever pypdf raises."""
    return any(map(_is_active, _objects(lezer)))


def _objects(lezer: Any) -> Iterator[Any]:
    """The trailer, and each object that a table points to. References are not followed: each object comes by itself."""
    from pypdf.generic import IndirectObject  # noqa: PLC0415 - only in the process that looks inside

    plekken = {(nummer, generatie) for generatie, tabel in lezer.xref.items() for nummer in tabel}
    plekken |= {(nummer, 0) for nummer in lezer.xref_objStm}
    if len(plekken) > MEESTE_OBJECTEN:
        raise NietTeOverzien
    yield lezer.trailer
    for nummer, generatie in sorted(plekken):
        yield lezer.get_object(IndirectObject(nummer, generatie, lezer))


def _is_active(waarde: Any, diepte: int = 0) -> bool:
    """Of one object, with what stands in it directly. Raises NietTeOverzien."""
    if diepte > _DIEPST:
        raise NietTeOverzien
    if isinstance(waarde, list):
        return any(_is_active(deel, diepte + 1) for deel in waarde)
    if not isinstance(waarde, dict):
        return False
    delen: dict[Any, Any] = dict(waarde.items())  # not by name: that would follow a reference
    return (
        not _SLEUTELS.isdisjoint(delen)
        or any(_is_kind(delen.get(sleutel)) for sleutel in _SOORT_IN)
        or any(_is_active(deel, diepte + 1) for deel in delen.values())
    )


def _is_kind(waarde: Any) -> bool:
    """A name, or the name behind a reference."""
    return str(waarde.get_object() if hasattr(waarde, "get_object") else waarde) in _SOORTEN
