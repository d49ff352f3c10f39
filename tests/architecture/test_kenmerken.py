"""What a line of the audit trail says has words for the officer who reads it (inzage.kenmerken)."""

import ast
from collections.abc import Iterator

from eloket.inzage.kenmerken import NAMEN
from eloket.profile.types import Rubriek
from tests.architecture.handelingen import SRC

_SCHRIJVERS = {
    "record", "record_each", "record_all", "record_view", "note", "note_zaken", "note_by_system", "note_beheer",
    "note_account", "_note", "_audit", "_record",
}  # fmt: skip
# What says who, about what, and which act; and the words of functions that write something else by the same name.
_GEEN = {
    "actor_soort", "actor_key", "actie", "object_ref", "document_id", "namens", "onderwerp", "voor_anderen", "noemt",
    "dag", "fout",
}  # fmt: skip


def kenmerken() -> set[str]:
    """The name of every kenmerk that the code gives to a line."""
    return {
        naam
        for pad in SRC.rglob("*.py")
        for knoop in ast.walk(ast.parse(pad.read_text(encoding="utf-8")))
        if isinstance(knoop, ast.Call) and _writes(knoop)
        for naam in _given(knoop)
    } - _GEEN


def _writes(knoop: ast.Call) -> bool:
    """The proof of what was sent (`bewijs`) is no line of the trail."""
    van = getattr(getattr(knoop.func, "value", None), "id", "")
    return van != "bewijs" and getattr(knoop.func, "id", getattr(knoop.func, "attr", "")) in _SCHRIJVERS


def _given(knoop: ast.Call) -> Iterator[str]:
    """Each keyword, and what stands in a dict that is unpacked: `**({"document": een} if een else {})`."""
    for een in knoop.keywords:
        if een.arg:
            yield een.arg
            continue
        for deel in ast.walk(een.value):
            if isinstance(deel, ast.Dict):
                yield from (str(een.value) for een in deel.keys if isinstance(een, ast.Constant))


def test_every_kenmerk_has_words():
    gevonden = kenmerken()
    assert len(gevonden) > 40
    assert gevonden - NAMEN.keys() == set()
    assert {een.value for een in Rubriek} - NAMEN.keys() == set(), "a choice for e-mails is a kenmerk too"


def test_no_two_kenmerken_of_one_line_are_called_the_same():
    dubbel = {"Persoon of bedrijf", "Nummer"}
    assert len({tekst for tekst in NAMEN.values() if tekst not in dubbel}) == sum(
        tekst not in dubbel for tekst in NAMEN.values()
    )
