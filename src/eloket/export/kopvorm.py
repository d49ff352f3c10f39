"""Between a `Kop` and the text that is kept of it."""

import json
from dataclasses import asdict
from datetime import date, datetime

from eloket.export.types import BijgevoegdDocument, Kop
from eloket.identity.niveaus import Zekerheid


def to_text(kop: Kop) -> str:
    """JSON; dates in ISO 8601."""
    return json.dumps(asdict(kop), default=lambda een: een.isoformat(), ensure_ascii=False)


def from_text(tekst: str) -> Kop:
    """The reverse."""
    kaal = json.loads(tekst)
    documenten = tuple(
        BijgevoegdDocument(**(een | {"moment": datetime.fromisoformat(een["moment"])}))
        for een in kaal["documenten"]
    )
    return Kop(
        kaal["identificatie"],
        kaal["omschrijving"],
        date.fromisoformat(kaal["startdatum"]),
        documenten,
        tuple(kaal["gemist"]),
        Zekerheid(kaal["nodig"]) if kaal.get("nodig") else None,
    )
