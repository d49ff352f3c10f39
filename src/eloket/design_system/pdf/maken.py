"""Data into a template: tagged PDF in Dutch. What people typed is data and never read as instructions.

Sources: PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2), which typst checks while it writes: a file that breaks them
is not made.
"""

import json
import re
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

SJABLONEN = Path(__file__).parent / "sjablonen"
# What typst says of a character that none of our fonts has; PDF/UA allows no empty boxes (7.21.8).
_NIET_TE_TONEN = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
_BESTURING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_GEWOON = re.compile(
    r"[^\n\x20-\u024f\u0370-\u03ff\u0400-\u04ff\u2010-\u2026\u20ac]"
)  # Latin, Greek, Cyrillic
_POGINGEN = 12
_slot = threading.Lock()  # a compiler takes one file at a time


@lru_cache(maxsize=8)
def _compiler(sjabloon: str) -> typst.Compiler:
    # One compiler keeps the fonts loaded. Only the fonts of the package: the same file on every machine.
    return typst.Compiler(SJABLONEN / f"{sjabloon}.typ", root=SJABLONEN, ignore_system_fonts=True)


def render_pdf(
    sjabloon: str, gegevens: Mapping[str, Any], *, titel: str, moment: datetime, is_archief: bool = False
) -> bytes:
    """The template (the name of a file in `sjablonen`, without .typ) with this data, as PDF/UA-1 dated `moment`; with
    `is_archief` it is PDF/A-2a as well, to be kept.

    `gegevens` is anything that JSON can hold; the template finds it, and `titel`, in `sys.inputs.gegevens`. A character
    that no font has is written as `[teken U+1F600]`.
    """
    tekst = json.dumps({**gegevens, "titel": titel}, ensure_ascii=False, default=str)
    data = _map(json.loads(tekst), lambda deel: _BESTURING.sub("", deel))
    for _ in range(_POGINGEN):
        try:
            return _compile(sjabloon, data, moment, is_archief)
        except typst.TypstError as error:
            vreemd = _unshowable(str(error))
            if not vreemd:
                break  # it blames a space beside the sign that it cannot show
            patroon = re.compile(f"[{re.escape(''.join(sorted(vreemd)))}]")
            data = _map(data, lambda deel, patroon=patroon: patroon.sub(_name, deel))
    return _compile(sjabloon, _map(data, lambda deel: _GEWOON.sub(_name, deel)), moment, is_archief)


def _compile(sjabloon: str, data: Any, moment: datetime, is_archief: bool) -> bytes:
    with _slot:
        pdf = _compiler(sjabloon).compile(
            format="pdf",
            sys_inputs={"gegevens": json.dumps(data)},
            pdf_standards=["a-2a", "ua-1"] if is_archief else ["ua-1"],
            timestamp=int(moment.astimezone(UTC).timestamp()),
        )
    assert isinstance(pdf, bytes)  # one file; only pictures come as one per page
    return pdf


def _unshowable(melding: str) -> set[str]:
    gevonden = "".join(_NIET_TE_TONEN.findall(melding))
    return set(_ESCAPE.sub(lambda code: chr(int(code[1], 16)), gevonden)) - {" ", "\n"}


def _name(teken: re.Match[str]) -> str:
    return f"[teken U+{ord(teken[0]):04X}]"


def _map(waarde: Any, doe: Any) -> Any:
    """The same data with every text in it changed."""
    if isinstance(waarde, str):
        return doe(waarde)
    if isinstance(waarde, list):
        return [_map(deel, doe) for deel in waarde]
    if isinstance(waarde, dict):
        return {naam: _map(deel, doe) for naam, deel in waarde.items()}
    return waarde
