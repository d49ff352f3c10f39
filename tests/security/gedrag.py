"""All that one request shows to who sent it, and the work that it cost: time, without a clock.

Two requests that should not be told apart are compared by this. The work is every statement to the database (its shape,
without what was asked), every encryption, every password and every file, in the order in which they happened. Who does
the same work in the same order cannot be told apart by a stopwatch either, and unlike a stopwatch this says the same on
every machine.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from unittest.mock import patch

from argon2 import PasswordHasher
from cryptography.fernet import MultiFernet
from django.core.cache import cache
from django.core.files.storage import Storage
from django.db import connection, transaction
from django.http import HttpResponseBase, QueryDict

from eloket.audit.models import AuditRegel
from eloket.identity.models import Limietteller
from eloket.kernel.klok import op_moment
from eloket.loket import versies
from eloket.loket.models import Concept
from eloket.machtigingen.models import MachtigingRegel
from tests.architecture.routetabel import MELDING

# Made anew for every page: what protects a form, what makes a double click one, and the code to find it in our log.
_PER_VERZOEK = re.compile(
    r'name="(csrfmiddlewaretoken|partij-merk|sleutel|venster)" value="[^"]*"'
    r'|(?<=Noem dan deze code: <span translate="no">)[0-9A-F]{8}'
)
_ZEGEL = re.compile(r"\b(q|zoek)=gAAAA[A-Za-z0-9_-]+")  # of a search: another one each time that it is made
_SAVEPOINT = re.compile(r'"s\d+_x\d+"')
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# A source of zaken asks for a row like this only to hold it (sources.register.service.lock).
_HOUDT = 'SELECT "register_zaak"."id" AS "pk" FROM "register_zaak" WHERE "register_zaak"."id" = '
_LENGTE = "Content-Length"  # of a body that is compared itself
_WERK: tuple[tuple[type, str, str], ...] = (
    (MultiFernet, "decrypt", "ontsleutelen"),
    (MultiFernet, "encrypt", "versleutelen"),
    (PasswordHasher, "verify", "wachtwoord"),
    (PasswordHasher, "hash", "wachtwoord maken"),
    (Storage, "open", "bestand"),
)


@dataclass(frozen=True, slots=True)
class Antwoord:
    """What stands in the answer, with the identifiers that were asked for taken out."""

    status: int
    tekst: str = field(repr=False)
    koppen: tuple[tuple[str, str], ...]
    koekjes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spoor:
    """What it left with us: the new lines of the audit trail, and what was counted of its limit."""

    regels: tuple[str, ...]
    tellers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Gedrag:
    antwoord: Antwoord
    spoor: Spoor
    werk: tuple[str, ...]


def observe(vraag: Callable[[], HttpResponseBase], namen: Iterable[str], moment: datetime) -> Gedrag:
    """Ask at this moment, look, and take back all that it changed, so that the next one finds the same: also what the
    process remembers. `namen` are the identifiers that this request was about."""
    werk: list[str] = []
    cache.clear()
    versies.definitie_of(MELDING, 1)  # read once per process, by the first who comes along
    weg = re.compile(
        "|".join(re.escape(naam) for naam in sorted(set(namen), key=len, reverse=True)) or r"\Z(?!\Z)"
    )
    with op_moment(moment), transaction.atomic():
        tot = AuditRegel.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        with _watching(werk):
            antwoord = vraag()
            tekst = b"".join(antwoord).decode(errors="replace")
        regels, tellers = _trace(tot)
        transaction.set_rollback(True)
    spoor = Spoor(tuple(_without_new(regel, weg) for regel in regels), tellers)
    return Gedrag(_answer(antwoord, tekst, weg), spoor, tuple(werk))


def _answer(antwoord: HttpResponseBase, tekst: str, weg: re.Pattern[str]) -> Antwoord:
    koppen = sorted(
        (naam, weg.sub("#", _location(waarde) if naam == "Location" else waarde))
        for naam, waarde in antwoord.headers.items()
        if naam != _LENGTE
    )
    koekjes = sorted(
        # How long it lasts stands in it twice; as a moment it is that of the request.
        f"{naam} {'vol' if stuk.value else 'leeg'} {sorted((s, w) for s, w in stuk.items() if s != 'expires')}"
        for naam, stuk in antwoord.cookies.items()
    )
    return Antwoord(
        antwoord.status_code,
        weg.sub("#", _without_seals(_PER_VERZOEK.sub("", tekst))),
        tuple(koppen),
        tuple(koekjes),
    )


def _location(waarde: str) -> str:
    return _without_seals(_ID.sub(_new, waarde))


def _without_seals(tekst: str) -> str:
    return _ZEGEL.sub(r"\1=#zegel", tekst)


def _new(gevonden: re.Match[str]) -> str:
    """What was made just now, and taken back, has another identifier each time; what was there stays as it is."""
    is_er = any(model.objects.filter(pk=gevonden[0]).exists() for model in (Concept, MachtigingRegel))
    return gevonden[0] if is_er else "#nieuw"


def _without_new(regel: str, weg: re.Pattern[str]) -> str:
    """First whole identifiers: a name that is a number stands in many of them by chance, and would break them."""
    heel = _ID.sub(lambda een: "#" if weg.fullmatch(een[0]) else _new(een), regel)
    return weg.sub("#", heel)


def _trace(tot: int) -> tuple[list[str], tuple[int, ...]]:
    regels = AuditRegel.objects.filter(pk__gt=tot).order_by("pk")
    return (
        [f"{een.actor_soort} {een.actor_key} {een.actie} {een.object_ref} {een.kenmerken}" for een in regels],
        tuple(sorted(Limietteller.objects.values_list("aantal", flat=True))),
    )


@contextmanager
def _watching(werk: list[str]) -> Iterator[None]:
    """Note down what is done, and do it."""

    def statement(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        werk.append(_SAVEPOINT.sub('"s"', sql))
        return execute(sql, params, many, context)

    with ExitStack() as stapel:
        for soort, naam, wat in _WERK:
            stapel.enter_context(patch.object(soort, naam, _noted(getattr(soort, naam), wat, werk)))
        stapel.enter_context(connection.execute_wrapper(statement))
        yield


def holds_zaak(werk: Iterable[str]) -> bool:
    """Whether somebody else's change of the zaak had to wait for this, or this for theirs: time that no count shows."""
    return any(stap.startswith(_HOUDT) for stap in werk)


def _noted(echt: Callable[..., Any], wat: str, werk: list[str]) -> Callable[..., Any]:
    def noted(*args: Any, **kwargs: Any) -> Any:
        werk.append(wat)
        return echt(*args, **kwargs)

    return noted


def explain(deze: Gedrag, geen: Gedrag) -> str:
    """ "" when the two cannot be told apart; else by what."""
    delen = (
        ("status", deze.antwoord.status, geen.antwoord.status),
        ("tekst", _first(deze.antwoord.tekst, geen.antwoord.tekst), ""),
        ("koppen", deze.antwoord.koppen, geen.antwoord.koppen),
        ("koekjes", deze.antwoord.koekjes, geen.antwoord.koekjes),
        ("spoor", deze.spoor, geen.spoor),
    )
    verschil = [f"{naam}: {links} | {rechts}" for naam, links, rechts in delen if links != rechts]
    return "\n".join([*verschil, *_steps(deze.werk, geen.werk)])


def _first(links: str, rechts: str) -> str:
    """Where two pages begin to differ."""
    if links == rechts:
        return ""
    plek = next((i for i, (een, ander) in enumerate(zip(links, rechts, strict=False)) if een != ander), 0)
    return f"{links[plek - 60 : plek + 60]!r} | {rechts[plek - 60 : plek + 60]!r}"


def _steps(links: tuple[str, ...], rechts: tuple[str, ...]) -> list[str]:
    """What was done for one of the two only, from the first step that differs."""
    if links == rechts:
        return []
    gelijk = next(
        (i for i, (een, ander) in enumerate(zip(links, rechts, strict=False)) if een != ander), None
    )
    begin = min(len(links), len(rechts)) if gelijk is None else gelijk

    def kort(stappen: tuple[str, ...]) -> list[str]:
        return [" ".join(stap.split())[:160] for stap in stappen[begin : begin + 4]]

    return [f"werk: {len(links)} | {len(rechts)} stappen, na {begin}: {kort(links)} | {kort(rechts)}"]


ALLE = "*"
_EEN = ("__getitem__", "get", "getlist", "__contains__")
_HEEL = ("lists", "dict", "items", "keys", "values", "__iter__")
_VULT = ("__init__", "appendlist")


@dataclass(slots=True)
class _Lezer:
    """Wraps what reads a query or a form. While Django puts in what came, nobody reads it."""

    namen: set[str] = field(default_factory=set)
    vult: int = 0

    def one(self, echt: Callable[..., Any]) -> Callable[..., Any]:
        def read(velden: QueryDict, naam: str, *args: Any, **kwargs: Any) -> Any:
            self._note(naam)
            return echt(velden, naam, *args, **kwargs)

        return read

    def whole(self, echt: Callable[..., Any]) -> Callable[..., Any]:
        def read(*args: Any, **kwargs: Any) -> Any:
            self._note(ALLE)
            return echt(*args, **kwargs)

        return read

    def fill(self, echt: Callable[..., Any]) -> Callable[..., Any]:
        def put_in(*args: Any, **kwargs: Any) -> Any:
            self.vult += 1
            try:
                return echt(*args, **kwargs)
            finally:
                self.vult -= 1

        return put_in

    def _note(self, naam: str) -> None:
        if not self.vult:
            self.namen.add(naam)


@contextmanager
def read_fields() -> Iterator[set[str]]:
    """Which fields of a query or a form are read, by name; ALLE when all of them are taken over at once."""
    lezer = _Lezer()
    with ExitStack() as stapel:
        for methoden, hoe in ((_EEN, lezer.one), (_HEEL, lezer.whole), (_VULT, lezer.fill)):
            for methode in methoden:
                stapel.enter_context(patch.object(QueryDict, methode, hoe(getattr(QueryDict, methode))))
        yield lezer.namen
