"""The question of a privacy officer, as it stands in the address of the page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

from eloket.audit.zoeken import Plek
from eloket.inzage.gericht import Kant
from eloket.inzage.toezicht import Zoekvraag
from eloket.inzage.toezichtwoorden import ACTIES
from eloket.workbench.zaken.invoer import GEEN_DATUM, parse_datum

VELDEN = ("zaaknummer", "medewerker", "actie", "van", "tot", "regel", "kant")


@dataclass(frozen=True, slots=True)
class Invoer:
    """As it was typed; `fouten` by field."""

    zaaknummer: str = ""
    medewerker: str = ""
    actie: str = ""
    van: str = ""
    tot: str = ""
    regel: str = ""  # the line that names the person whom it is about; "" is everybody
    kant: str = ""
    fouten: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, get: Mapping[str, str]) -> "Invoer":
        getypt = {naam: get.get(naam, "").replace("\x00", "").strip()[:40] for naam in VELDEN}
        fouten = {naam: GEEN_DATUM for naam in ("van", "tot") if getypt[naam] and _dag(getypt[naam]) is None}
        return cls(**getypt, fouten=fouten)

    def to_vraag(self) -> Zoekvraag:
        """What is no number, or no act that we know, is asked as everything: it was not on our page."""
        return Zoekvraag(
            zaaknummer=self.zaaknummer,
            medewerker_id=int(self.medewerker) if _is_nummer(self.medewerker) else None,
            actie=self.actie if self.actie in ACTIES else "",
            van=_dag(self.van),
            tot=_dag(self.tot),
            **_person(self.regel, self.kant),
        )

    def query(self) -> str:
        return urlencode({naam: getattr(self, naam) for naam in VELDEN if getattr(self, naam)})


def _person(regel: str, kant: str) -> dict[str, Any]:
    """A number that is none names a line that is not there: never silently everybody."""
    if not regel:
        return {}
    gekozen = next((een for een in Kant if een.value == kant), Kant.OVER)
    return {"regel": int(regel) if _is_nummer(regel, 18) else 0, "kant": gekozen}


def parse_plek(tekst: str) -> Plek | None:
    """Where a page begins; what is no place is the first page."""
    micros, _, regel = tekst.partition("-")
    if not (_is_nummer(micros, 17) and _is_nummer(regel, 18)):
        return None
    seconden, rest = divmod(int(micros), 1_000_000)
    moment = datetime.fromtimestamp(seconden, UTC).replace(microsecond=rest)
    return Plek(moment, int(regel))


def write_plek(plek: Plek) -> str:
    moment = plek.moment.astimezone(UTC)
    return f"{int(moment.replace(microsecond=0).timestamp()) * 1_000_000 + moment.microsecond}-{plek.id}"


def _dag(tekst: str) -> date | None:
    dag = parse_datum(tekst) if tekst else None
    return dag if dag is None or 1900 < dag.year < 9999 else None


def _is_nummer(tekst: str, meeste: int = 9) -> bool:
    return tekst.isascii() and tekst.isdigit() and len(tekst) <= meeste
