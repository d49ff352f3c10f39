"""What somebody who means harm types: for every way in which a text can become something else."""

import json
from collections.abc import Mapping
from typing import Any

MERK = "kruip"
# An element and an attribute that are nobody's: whatever parses to one of them came from us.
ELEMENT = f"<{MERK} on=1>"
UITKOMST = f"{MERK}1337"  # what a template would make of 7*191
ALLES = (
    f"\"'></textarea></title></script>{ELEMENT}{MERK}{{{{7*191}}}}{MERK}#(7*191)' OR 1=1; --"
    f"\r\nX-{MERK}: ja\r\n\r\n\x00\u202e\ufeff\U0001f480\ud800"
)
TEKSTEN: Mapping[str, str] = {
    "script": f"\"'></textarea></title></script><!--><script>{MERK}()</script>{ELEMENT}",
    "attribuut": f'" on{MERK}="1" autofocus x=\'',
    "adres": f"javascript:{MERK}()",
    "elders": f"//{MERK}.example/\\{MERK}",
    "jinja": f"{MERK}{{{{7*191}}}}{{% include '/etc/passwd' %}}${{7*191}}",
    "typst": f'{MERK}#(7*191)#eval("7*191")#read("/etc/passwd") $x$ @{MERK} <{MERK}>',
    "kop": f"{MERK}\r\nX-{MERK}: ja\r\n\r\n{ELEMENT}",
    "pad": f"../../../../etc/passwd\x00{MERK}.pdf",
    "sql": f"{MERK}' OR 1=1; DROP TABLE register_zaak; --",
    "letters": f"{MERK}\u202e\ufeff\x00\x1b[31m\U0001f480\u0301\ufffe",
    "surrogaat": f"{MERK}\ud800{MERK}",
    "formule": f"=cmd|'/C {MERK}'!A0",
    "lang": MERK * 4_000,
}
# For a file a name does more than a text.
NAMEN = ("script", "kop", "pad", "letters", "surrogaat", "lang")
# What is meant for a number or a day: no column holds it, Python reads no more than 4300 digits, a digit that is no
# number, the ends of time.
GETALLEN = ("9" * 25, "9" * 5_000, "²")
DAGEN = ("0001-01-01", "9999-12-31")
# What a text field of forty signs keeps. Each begins as another thing that somebody else would run.
BEWAARD: Mapping[str, str] = {
    "apenstaart": f"@'\">{ELEMENT}{MERK}{{{{7*191}}}}",
    "formule": f"=</script>{ELEMENT}{MERK}#(7*191)",
    "adres": f"javascript:{MERK}()//{ELEMENT}",
}
REGEL = f"\r\nX-{MERK}: ja\r\n</textarea>{ELEMENT}"  # in a field of more than one line
KAAL = f"{ELEMENT}&amp;"  # where signs of a template or a formula are refused


def in_json(waarde: str, lading: str) -> str:
    """The same JSON with the payload as each of its texts, or "" when this is no JSON."""
    try:
        gelezen = json.loads(waarde)
    except ValueError:
        return ""
    return json.dumps(_replace(gelezen, lading)) if isinstance(gelezen, dict | list) else ""


def _replace(deel: Any, lading: str) -> Any:
    if isinstance(deel, dict):
        return {**{naam: _replace(een, lading) for naam, een in deel.items()}, lading: lading}
    if isinstance(deel, list):
        return [*(_replace(een, lading) for een in deel), lading]
    return lading
