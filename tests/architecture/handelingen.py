"""The acts that the code writes to the audit trail, read from the code itself."""

import ast
import re
from pathlib import Path

SRC = Path(__file__).parents[2] / "src" / "eloket"
SCHRIJVER = re.compile(r"_?(record|note|audit|keep)(_[a-z]+)*")
ACTIE = re.compile(r"[a-z]+\.[a-z_]+")


def recorded() -> set[str]:
    """Every act in a call of, or a default of, what writes to the audit trail; and what a name `actie` gets."""
    gevonden = set()
    for pad in SRC.rglob("*.py"):
        for knoop in ast.walk(ast.parse(pad.read_text(encoding="utf-8"))):
            for deel in (deel for waarde in _written(knoop) for deel in ast.walk(waarde)):
                if isinstance(deel, ast.Constant) and ACTIE.fullmatch(str(deel.value)):
                    gevonden.add(str(deel.value))
    return gevonden


def _written(knoop: ast.AST) -> list[ast.expr]:
    if isinstance(knoop, ast.Call):
        naam = getattr(knoop.func, "id", getattr(knoop.func, "attr", ""))
        if SCHRIJVER.fullmatch(naam):
            return [*knoop.args, *(een.value for een in knoop.keywords)]
        return [een.value for een in knoop.keywords if een.arg == "actie"]
    if isinstance(knoop, ast.FunctionDef) and SCHRIJVER.fullmatch(knoop.name):
        return [*knoop.args.defaults]
    if isinstance(knoop, ast.Assign) and getattr(knoop.targets[0], "id", "") == "actie":
        return [knoop.value]
    return []
