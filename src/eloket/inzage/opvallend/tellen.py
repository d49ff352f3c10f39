"""What every civil servant looked at on one day, from the audit trail."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from eloket.audit.gebruik import count_gelezen, list_gedaan, list_gelezen
from eloket.beschikbaarheid.termijn import is_working_day
from eloket.identity.access import MedewerkerInfo
from eloket.identity.types import Soort
from eloket.inzage.opvallend.types import Maat
from eloket.kernel.klok import AMSTERDAM, begin_van
from eloket.zaken.historie import (
    BEKEKEN,
    CONCEPT,
    IN_LIJST,
    OP_LIJST,
    OP_VERNIETIGINGSLIJST,
    TOEZICHT,
)

# To mark something as unread, or to let oneself in (break-glass), is no work done either.
LEZEN = BEKEKEN | {"bericht.ongelezen", "noodtoegang.geopend", "noodtoegang.beeindigd"}
# Nor is it to see something of a zaak in a list, or to type something that is not sent: otherwise a search beforehand,
# or one letter in the box for a message, would make every zaak one's own. Nor to judge that somebody else looked, or to
# look into it; nor what a list of all that is to be destroyed makes of each zaak on it.
_GEEN_WERK = LEZEN | IN_LIJST | CONCEPT | TOEZICHT | OP_VERNIETIGINGSLIJST | {"noodtoegang.beoordeeld"}
_OPZOEKEN = frozenset({"persoon.opgezocht"})
_BRIEVEN = frozenset({"brief.opgeslagen"})
# Everybody has a list before them every working day, also who reads nothing: that is no day of reading nothing. Nor is
# one on which somebody only took letters to print, which some do once a week: only such days say how many is usual.
_GELEZEN = tuple(maat for maat in Maat if maat not in {Maat.WERKLIJST, Maat.BRIEVEN})


def count_dag(
    dag: date, werktijd: tuple[int, int], medewerkers: Mapping[str, MedewerkerInfo]
) -> dict[str, dict[Maat, int]]:
    """By key of the civil servant; who looked at nothing is not in it. Six queries, and one more per 500 zaken.

    Who only had zaken on a list has that number and no other; of a day on which nobody had any (before they were noted)
    there is no such number at all. Of letters there is none for who took none.

    What somebody did with a zaak up to now makes it theirs, and so does that it was ever given to them.
    """
    vanaf, tot = begin_van(dag), begin_van(dag + timedelta(days=1))
    soort = Soort.MEDEWERKER.value
    cijfers: dict[str, dict[Maat, int]] = defaultdict(lambda: dict.fromkeys(_GELEZEN, 0))
    binnen = _working_hours(dag, werktijd)
    for key, (alle, buiten) in count_gelezen(
        soort, acties=LEZEN, vanaf=vanaf, tot=tot, binnen=binnen
    ).items():
        cijfers[key] |= {Maat.ZAKEN: alle, Maat.BUITEN: buiten}
    for maat, acties in ((Maat.OPGEZOCHT, _OPZOEKEN), (Maat.LIJST, IN_LIJST - OP_LIJST)):
        for key, (alle, _) in count_gelezen(soort, acties=acties, vanaf=vanaf, tot=tot, binnen=None).items():
            cijfers[key][maat] = alle
    for key, refs, afgeschermd in _strange(soort, vanaf, tot, medewerkers):
        cijfers[key] |= {Maat.VREEMD: len(refs), Maat.AFGESCHERMD: len(refs & afgeschermd)}
    werklijsten = count_gelezen(soort, acties=OP_LIJST, vanaf=vanaf, tot=tot, binnen=None)
    geteld = _with_werklijsten(cijfers, {key: alle for key, (alle, _) in werklijsten.items()})
    brieven = count_gelezen(soort, acties=_BRIEVEN, vanaf=vanaf, tot=tot, binnen=None)
    return geteld | {key: geteld.get(key, {}) | {Maat.BRIEVEN: alle} for key, (alle, _) in brieven.items()}


def _with_werklijsten(
    cijfers: Mapping[str, dict[Maat, int]], gezien: Mapping[str, int]
) -> dict[str, dict[Maat, int]]:
    if not gezien:
        return dict(cijfers)
    return {
        key: cijfers.get(key, {}) | {Maat.WERKLIJST: gezien.get(key, 0)}
        for key in cijfers.keys() | gezien.keys()
    }


def _working_hours(dag: date, werktijd: tuple[int, int]) -> tuple[datetime, datetime] | None:
    """None on a weekend or a holiday: nothing is within working hours then."""
    if not is_working_day(dag):
        return None
    begin, eind = (datetime(dag.year, dag.month, dag.day, uur, tzinfo=AMSTERDAM) for uur in werktijd)
    return begin, eind


def _strange(
    soort: str, vanaf: datetime, tot: datetime, medewerkers: Mapping[str, MedewerkerInfo]
) -> Iterator[tuple[str, set[str], set[str]]]:
    """Of each civil servant who looked: the zaken that they only looked at and that were never given to them, and all
    zaken that only named civil servants may see at the end of the day (the last change of that says for how many)."""
    paren: dict[str, set[str]] = defaultdict(set)
    for key, ref in list_gelezen(soort, acties=LEZEN, vanaf=vanaf, tot=tot):
        paren[key].add(ref)
    eigen: set[tuple[str | int, str]] = set()
    mensen: dict[str, int] = {}
    for daad in list_gedaan({ref for refs in paren.values() for ref in refs}, zonder=_GEEN_WERK):
        eigen.add((daad.actor_key, daad.object_ref))
        if daad.actie == "zaak.overgedragen":
            eigen.add((daad.kenmerken.get("naar", 0), daad.object_ref))
        elif daad.actie == "zaak.afgeschermd" and daad.moment < tot:
            mensen[daad.object_ref] = daad.kenmerken.get("mensen", 0)
    afgeschermd = {ref for ref, aantal in mensen.items() if aantal}
    for key, refs in paren.items():
        wie = {key, medewerkers[key].id} if key in medewerkers else {key}
        yield key, {ref for ref in refs if not any((een, ref) in eigen for een in wie)}, afgeschermd
