"""The question of a privacy officer, as it is posted, and as it stands in the address of the page."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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
        getypt |= _chosen(getypt)
        fouten = {naam: GEEN_DATUM for naam in ("van", "tot") if getypt[naam] and _dag(getypt[naam]) is None}
        return cls(**getypt, fouten=fouten)

    def restore(self, getypt: Mapping[str, str | list[str]]) -> "Invoer":
        """With what was typed in the form when a session ended, only to be shown."""
        teksten = {naam: tekst for naam, tekst in getypt.items() if naam in VELDEN and isinstance(tekst, str)}
        return replace(self, **teksten)  # type: ignore[arg-type]  # none of them is `fouten`

    def to_vraag(self) -> Zoekvraag:
        return Zoekvraag(
            zaaknummer=self.zaaknummer,
            medewerker_id=int(self.medewerker) if self.medewerker else None,
            actie=self.actie,
            van=_dag(self.van),
            tot=_dag(self.tot),
            **_person(self.regel, self.kant),
        )

    def query(self) -> str:
        """For an address: without what is no zaaknummer or day, because that may be anything (house rule 6). What is
        a zaaknummer is known when it was asked for (views.zoek)."""
        velden = {naam: getattr(self, naam) for naam in VELDEN if naam not in self.fouten}
        return urlencode({naam: waarde for naam, waarde in velden.items() if waarde})


def _chosen(getypt: Mapping[str, str]) -> dict[str, str]:
    """Of what is chosen in a list or stands in a link: nothing instead of what was not on our page."""
    regel = getypt["regel"]
    return {
        "medewerker": getypt["medewerker"] if _is_nummer(getypt["medewerker"]) else "",
        "actie": getypt["actie"] if getypt["actie"] in ACTIES else "",
        "regel": regel if not regel or _is_nummer(regel, 18) else "0",  # no line: never silently everybody
        "kant": getypt["kant"] if getypt["kant"] in set(Kant) else "",
    }


def _person(regel: str, kant: str) -> dict[str, Any]:
    if not regel:
        return {}
    gekozen = Kant(kant) if kant else Kant.OVER
    return {"regel": int(regel), "kant": gekozen}


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
