"""An outage as plain values, and how it reads."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from eloket.identity.beheer import fingerprint
from eloket.kernel.klok import datum_van, schrijf_datum


class Wat(StrEnum):
    """What did not work; the value is what somebody types at the command line."""

    PORTAAL = "portaal"
    INLOGGEN = "inloggen"
    EMAIL = "e-mail"
    DOCUMENTEN = "documenten"

    @property
    def titel(self) -> str:
        return _TITEL[self]

    @property
    def werkte_niet(self) -> str:
        """The second half of `Op 3 november 2026 ...`."""
        return _WERKTE_NIET[self]


_TITEL = {
    Wat.PORTAAL: "De hele site",
    Wat.INLOGGEN: "Inloggen",
    Wat.EMAIL: "E-mail van ons",
    Wat.DOCUMENTEN: "Documenten",
}
_WERKTE_NIET = {
    Wat.PORTAAL: "werkte deze site niet",
    Wat.INLOGGEN: "kon u niet inloggen",
    Wat.EMAIL: "konden wij geen e-mail versturen",
    Wat.DOCUMENTEN: "kon u geen documenten versturen",
}
# Without these nobody can send us anything, so a term may have passed for that reason (Awb 2:21 lid 3).
VERLENGT = frozenset({Wat.PORTAAL, Wat.INLOGGEN, Wat.DOCUMENTEN})


class Soort(StrEnum):
    """Maintenance is announced, a disturbance happens. A term is extended for both."""

    STORING = "storing"
    ONDERHOUD = "onderhoud"


class Herkomst(StrEnum):
    """Who said so: somebody at the command line, a health check of ours, or a functional manager."""

    OPDRACHT = "opdracht"
    METING = "meting"
    BEHEER = "beheer"


class Fase(StrEnum):
    """Where an outage stands at a moment."""

    KOMT = "komt"
    NU = "nu"
    VOORBIJ = "voorbij"


@dataclass(frozen=True, slots=True)
class OnderbrekingInzage:
    """One outage. `eind` None: it still goes on. `reden` is what residents read, '' when nobody wrote anything.

    `begin` <= `eind`, both aware, in UTC.
    """

    id: str
    wat: Wat
    soort: Soort
    begin: datetime
    eind: datetime | None
    reden: str
    herkomst: Herkomst
    door_key: str = ""

    def fase(self, now: datetime) -> Fase:
        if self.begin > now:
            return Fase.KOMT
        return Fase.NU if self.eind is None or self.eind > now else Fase.VOORBIJ

    @property
    def duur(self) -> timedelta | None:
        return self.eind - self.begin if self.eind else None

    @property
    def merk(self) -> str:
        """What a form was made from."""
        return fingerprint(self.id, self.wat, self.soort, self.begin, self.eind, self.reden)


def schrijf_reden(wat: Wat, begin: datetime, eind: datetime) -> str:
    """Why somebody has longer: `Op 3 november 2026 werkte deze site niet.`"""
    eerste, laatste = datum_van(begin), datum_van(eind - timedelta(microseconds=1) if eind > begin else eind)
    if eerste == laatste:
        return f"Op {schrijf_datum(eerste)} {wat.werkte_niet}."
    return f"Van {schrijf_datum(eerste)} tot en met {schrijf_datum(laatste)} {wat.werkte_niet}."
