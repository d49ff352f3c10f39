"""What the page shows: a part per day, a line per act, in texts and links."""

from dataclasses import dataclass, field
from itertools import groupby

from eloket.inzage.eigen import InzageRegel
from eloket.kernel.klok import schrijf_datum, schrijf_tijd
from eloket.portal import paden
from eloket.zaken.types import ZaakRef


@dataclass(frozen=True, slots=True)
class Regel:
    """`hoe_vaak` says when: a time, or how often and between which times."""

    wie: str
    wat: str
    document: str = field(repr=False)
    hoe_vaak: str
    zaak: str = field(repr=False)
    zaak_href: str
    zaaknummer: str


@dataclass(frozen=True, slots=True)
class Dag:
    iso: str
    titel: str
    regels: tuple[Regel, ...]


def make_dagen(regels: tuple[InzageRegel, ...], *, with_zaak: bool) -> tuple[Dag, ...]:
    """The lines as they come, a part for each day. `with_zaak`: each line names its zaak."""
    return tuple(
        Dag(dag.isoformat(), schrijf_datum(dag), tuple(_regel(een, with_zaak) for een in van_die_dag))
        for dag, van_die_dag in groupby(regels, key=lambda een: een.dag)
    )


def _regel(een: InzageRegel, with_zaak: bool) -> Regel:
    heeft_zaak = with_zaak and bool(een.zaak_ref)
    return Regel(
        wie=een.wie,
        wat=een.wat,
        document=een.document,
        hoe_vaak=_hoe_vaak(een),
        zaak=een.zaak if heeft_zaak else "",
        zaak_href=paden.zaak(ZaakRef.parse(een.zaak_ref)) if heeft_zaak else "",
        zaaknummer=een.zaaknummer if heeft_zaak else "",
    )


def _hoe_vaak(een: InzageRegel) -> str:
    eerst, laatst = schrijf_tijd(een.eerste), schrijf_tijd(een.laatste)
    if een.aantal == 1:
        return f"Om {laatst} uur"
    if eerst == laatst:
        return f"{een.aantal} keer, om {laatst} uur"
    return f"{een.aantal} keer, tussen {eerst} en {laatst} uur"
