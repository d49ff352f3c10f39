"""The books of a run: what stands in the raw tables and what the mail servers received, held against each other.

It reads plain SQL and shares nothing with `eloket verantwoording`: two witnesses that do not know each other.
"""

import json
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from tests.faults.installatie import ids_of
from tests.unit.notifications.mailservers import Mailserver

Sql = Callable[[str], list[tuple[object, ...]]]
EINDEN = {"verzonden", "uitgesteld", "geweigerd", "opgegeven", "vervallen"}


@dataclass(frozen=True, slots=True)
class Notificatie:
    id: int
    soort: str
    partij: str
    onderwerp: str
    zending: str
    uitkomst: str


@dataclass(frozen=True, slots=True)
class Zending:
    id: str
    partij: str
    volgorde: int
    is_verzonden: bool
    is_mislukt: bool
    pogingen: int
    houdt_op: bool


@dataclass(frozen=True, slots=True)
class Feit:
    soort: str
    notificatie: int | None
    zending: str
    kenmerken: dict[str, object]


@dataclass(slots=True)
class Boek:
    """The outbox and its proof, as it stands in the database."""

    notificaties: list[Notificatie]
    zendingen: dict[str, Zending]
    feiten: list[Feit]
    per_zending: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    per_notificatie: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))


def read(sql: Sql) -> Boek:
    """Everything, in the order in which it was written."""
    notificaties = [
        Notificatie(int(str(pk)), str(soort), str(partij), str(onderwerp), _id(zending), str(uitkomst))
        for pk, soort, partij, onderwerp, zending, uitkomst in sql(
            "SELECT id, soort, betrokkene_key, onderwerp_id, zending_id, uitkomst"
            " FROM notifications_notificatie ORDER BY id"
        )
    ]
    zendingen = [
        Zending(_id(pk), str(partij), int(str(volgorde)), bool(verzonden), bool(mislukt), int(str(n)), bool(houdt))
        for pk, partij, volgorde, verzonden, mislukt, n, houdt in sql(
            "SELECT id, betrokkene_key, volgorde, verzonden_op, mislukt_op, pogingen, houdt_op"
            " FROM notifications_zending WHERE kanaal = 'email' ORDER BY volgorde"
        )
    ]  # fmt: skip
    feiten = [
        Feit(str(soort), int(str(nummer)) if nummer else None, _id(zending), _dict(kenmerken))
        for soort, nummer, zending, kenmerken in sql(
            # What was told about a zaak that is destroyed is gone, and its proof stays (docs/adr/0017).
            "SELECT soort, notificatie_id, zending_id, kenmerken FROM notifications_bewijs WHERE zaak_ref NOT IN"
            " (SELECT zaak_ref FROM archief_regel WHERE stand = 'vernietigd') ORDER BY id"
        )
    ]
    boek = Boek(notificaties, {een.id: een for een in zendingen}, feiten)
    for feit in feiten:
        if feit.notificatie:
            boek.per_notificatie[feit.notificatie].append(feit.soort)
        elif feit.zending:
            boek.per_zending[feit.zending].append(feit.soort)
    return boek


def _id(waarde: object) -> str:
    return str(uuid.UUID(str(waarde))) if waarde else ""


def _dict(waarde: object) -> dict[str, object]:
    return dict(json.loads(waarde) if isinstance(waarde, str) else waarde)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Dubbel:
    """How many mails arrived more than once, by what explains it."""

    zonder_eind: int = 0  # the worker died before it could note that the mail was gone
    tegelijk: int = 0  # a second worker began while the first one still was at it, and both finished
    onzeker: int = 0  # the server broke off after taking it

    @property
    def alle(self) -> int:
        return self.zonder_eind + self.tegelijk + self.onzeker


def assert_accounted_for(boek: Boek, *servers: Mailserver) -> Dubbel:
    """Every notification and every mail has one life without gaps, the servers agree, and every second copy of a mail
    is explained by the proof. Returns how many there were."""
    assert_whole(boek)
    ontvangen = Counter(een for server in servers for een in ids_of(server))
    assert set(ontvangen) <= set(boek.zendingen), "a mail that we do not know of"
    for zending in boek.zendingen.values():
        assert zending.is_verzonden or zending.is_mislukt, f"{zending} waits"
        assert not zending.is_verzonden or ontvangen[zending.id], f"{zending} was sent and never arrived"
    return _explain(boek, ontvangen)


def assert_whole(boek: Boek) -> None:
    """The rows and the proof agree, whatever still waits."""
    for een in boek.notificaties:
        feiten = Counter(boek.per_notificatie[een.id])
        assert feiten["gemaakt"] == 1, een
        assert feiten["in_zending"] <= 1, (een, feiten)
        if een.zending in boek.zendingen:
            assert (feiten["in_zending"], feiten["geen_mail"], feiten["brief_gemaakt"]) == (1, 0, 0), (
                een,
                feiten,
            )
        elif een.zending:
            assert feiten["brief_gemaakt"], (een, feiten)
            assert feiten["in_zending"] + feiten["geen_mail"], (een, feiten)
        else:
            assert feiten["geen_mail"] == bool(een.uitkomst), (een, feiten)
    for zending in boek.zendingen.values():
        feiten = Counter(boek.per_zending[zending.id])
        assert feiten["poging"] == zending.pogingen, (zending, feiten)
        assert sum(feiten[eind] for eind in EINDEN) <= zending.pogingen, (zending, feiten)
        assert bool(feiten["verzonden"]) == zending.is_verzonden, (zending, feiten)
    bekend = {een.id for een in boek.notificaties}
    assert set(boek.per_notificatie) <= bekend, "proof of a notification that is not there"
    gedragen = {feit.zending for feit in boek.feiten if feit.soort == "in_zending"}
    assert gedragen == set(boek.zendingen), "a mail that carries nothing, or one that is gone"


def _explain(boek: Boek, ontvangen: Counter[str]) -> Dubbel:
    aantal = Counter[str]()
    for zending_id, keer in ontvangen.items():
        feiten = boek.per_zending[zending_id]
        over = keer - 1
        redenen = _reasons(feiten)
        assert over <= sum(redenen.values()), (
            f"{zending_id} arrived {keer} times and the proof does not say why: {feiten}"
        )
        for reden, hoogstens in redenen.items():
            deel = min(over, hoogstens)
            aantal[reden] += deel
            over -= deel
    return Dubbel(aantal["zonder_eind"], aantal["tegelijk"], aantal["onzeker"])


def _reasons(feiten: list[str]) -> dict[str, int]:
    """How many second copies of one mail its proof can explain."""
    pogingen, einden = feiten.count("poging"), sum(feit in EINDEN for feit in feiten)
    verzonden = feiten.count("verzonden")
    return {
        "zonder_eind": pogingen - einden,
        "tegelijk": max(verzonden - 1, 0),
        "onzeker": feiten.count("uitgesteld"),
    }


def assert_in_order(boek: Boek, servers: Iterable[Mailserver]) -> None:
    """Each party received its mails, the first copy of each, in the order in which things happened.

    A receipt does not wait for the end of a burst, so receipts and all else each have an order of their own.
    """
    soort = {een.id: een.soort for een in boek.notificaties}
    eerste: dict[tuple[str, bool], list[int]] = defaultdict(list)
    gezien: set[str] = set()
    for server in servers:
        for zending_id in ids_of(server):
            zending = boek.zendingen[zending_id]
            if zending_id not in gezien and zending.houdt_op:
                eerste[zending.partij, soort[zending.volgorde] == "ontvangst"].append(zending.volgorde)
            gezien.add(zending_id)
    for (partij, is_ontvangst), volgorde in eerste.items():
        assert volgorde == sorted(volgorde), _out_of_order(partij, is_ontvangst, volgorde)


def _out_of_order(partij: str, is_ontvangst: bool, volgorde: list[int]) -> str:
    paren = [(een, twee) for een, twee in pairwise(volgorde) if twee < een]
    return f"{partij} got its {'receipts' if is_ontvangst else 'mails'} in another order: {paren}"
