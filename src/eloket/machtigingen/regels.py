"""The life of an authorisation, as a pure state machine: what it is at a moment, and what may be done with it then.

Only moments are kept, and the state follows from them. So there is no state that somebody forgot to set: a period ends
by itself, and what was withdrawn stays withdrawn whatever else is written later.

    AANGEBODEN -> VOORGELEGD -> (GAAT_IN ->) GELDIG -> VERLOPEN
        |             |-> AFGEWEZEN      |-> BEEINDIGD (the receiver)
        '-------------'--------'---------'-> INGETROKKEN (the giver)
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from eloket.kernel.klok import datum_van


class Stand(StrEnum):
    AANGEBODEN = "aangeboden"  # there is a code, and nobody typed it yet
    VOORGELEGD = "voorgelegd"  # somebody typed it, and did not answer yet
    GAAT_IN = "gaat_in"  # accepted, for a later day
    GELDIG = "geldig"  # opens zaken; no other state does
    AFGEWEZEN = "afgewezen"  # the receiver does not want it
    INGETROKKEN = "ingetrokken"  # the giver took it back
    BEEINDIGD = "beeindigd"  # the receiver stopped
    VERLOPEN = "verlopen"  # the code or the period is over

    @property
    def is_voorbij(self) -> bool:
        """Nothing can happen to it any more."""
        return self in _VOORBIJ


_VOORBIJ = frozenset({Stand.AFGEWEZEN, Stand.INGETROKKEN, Stand.BEEINDIGD, Stand.VERLOPEN})


class Stap(StrEnum):
    """What somebody does with it. The first three and STOP are of the receiver, the others of the giver."""

    LEG_VOOR = "leg_voor"
    AANVAARD = "aanvaard"
    WIJS_AF = "wijs_af"
    STOP = "stop"
    TREK_IN = "trek_in"
    NIEUWE_CODE = "nieuwe_code"


_MAG: dict[Stap, frozenset[Stand]] = {
    Stap.LEG_VOOR: frozenset({Stand.AANGEBODEN}),
    Stap.AANVAARD: frozenset({Stand.VOORGELEGD}),
    Stap.WIJS_AF: frozenset({Stand.VOORGELEGD}),
    Stap.STOP: frozenset({Stand.GELDIG, Stand.GAAT_IN}),
    Stap.TREK_IN: frozenset({Stand.AANGEBODEN, Stand.VOORGELEGD, Stand.GAAT_IN, Stand.GELDIG}),
    Stap.NIEUWE_CODE: frozenset({Stand.AANGEBODEN}),
}
_MOMENT = {
    Stap.LEG_VOOR: "voorgelegd_op",
    Stap.AANVAARD: "aanvaard_op",
    Stap.WIJS_AF: "afgewezen_op",
    Stap.STOP: "gestopt_op",
    Stap.TREK_IN: "ingetrokken_op",
}


@dataclass(frozen=True, slots=True)
class Feiten:
    """`van` and `tot` are days in Amsterdam, both included; until `code_tot` it can be accepted."""

    van: date
    tot: date
    code_tot: datetime
    voorgelegd_op: datetime | None = None
    aanvaard_op: datetime | None = None
    afgewezen_op: datetime | None = None
    ingetrokken_op: datetime | None = None
    gestopt_op: datetime | None = None


def stand_van(feiten: Feiten, moment: datetime) -> Stand:
    """What it is now. Who took it back decides over all else."""
    if feiten.ingetrokken_op:
        return Stand.INGETROKKEN
    if feiten.gestopt_op:
        return Stand.BEEINDIGD
    if feiten.afgewezen_op:
        return Stand.AFGEWEZEN
    dag = datum_van(moment)
    if dag > feiten.tot or (feiten.aanvaard_op is None and moment >= feiten.code_tot):
        return Stand.VERLOPEN
    if feiten.aanvaard_op:
        return Stand.GELDIG if dag >= feiten.van else Stand.GAAT_IN
    return Stand.VOORGELEGD if feiten.voorgelegd_op else Stand.AANGEBODEN


def may(stap: Stap, stand: Stand) -> bool:
    return stand in _MAG[stap]


def after(feiten: Feiten, stap: Stap, moment: datetime) -> Feiten:
    """The facts with this step in them. Raises ValueError for a step that is not possible: ask `may` first."""
    if not may(stap, stand_van(feiten, moment)):
        raise ValueError(stap)
    veld = _MOMENT.get(stap)
    return replace(feiten, **{veld: moment}) if veld else feiten
