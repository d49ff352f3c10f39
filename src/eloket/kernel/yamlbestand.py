"""Reading a YAML file into a strict type, with mistakes that name file, line and field in Dutch."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from eloket.kernel.errors import OngeldigeInvoer

T = TypeVar("T")

_TEKSTEN = {
    "missing": "ontbreekt",
    "extra_forbidden": "dit veld kennen wij niet",
    "string_type": "moet tekst zijn",
    "int_type": "moet een heel getal zijn",
    "bool_type": "moet true of false zijn",
    "bool_parsing": "moet true of false zijn",
    "string_too_short": "mag niet leeg zijn",
    "string_too_long": "is te lang (hoogstens {max_length} tekens)",
    "string_pattern_mismatch": "heeft niet de goede vorm ({pattern})",
    "greater_than_equal": "moet {ge} of hoger zijn",
    "less_than_equal": "moet {le} of lager zijn",
    "too_short": "heeft er te weinig (minstens {min_length})",
    "too_long": "heeft er te veel (hoogstens {max_length})",
    "tuple_type": "moet een lijst zijn",
    "enum": "kies uit: {expected}",
    "literal_error": "kies uit: {expected}",
    "model_type": "moet velden met een waarde hebben",
    "model_attributes_type": "moet velden met een waarde hebben",
    "dict_type": "moet velden met een waarde hebben",
    "date_from_datetime_parsing": "moet een datum zijn, als 2026-12-31",
    "date_type": "moet een datum zijn, als 2026-12-31",
    "value_error": "{error}",
}


class BestandOngeldig(OngeldigeInvoer):
    """`fouten`: a line per mistake, as `kapvergunning.yaml, regel 12, statustypen.2.badge: kies uit: ...`."""

    code = "bestand-ongeldig"
    aanhef = "Het bestand klopt niet:"

    def __init__(self, fouten: tuple[str, ...]) -> None:
        super().__init__(self.aanhef + "\n" + "\n".join(fouten))
        self.fouten = fouten


def read_yaml(pad: Path, soort: type[T]) -> T:
    """The file as a `soort`: a pydantic model, or a type such as `dict[str, str]`. Raises BestandOngeldig."""
    return parse_yaml(pad.name, pad.read_bytes(), soort)


def parse_yaml(naam: str, inhoud: bytes, soort: type[T]) -> T:
    """What stands in a file of this name, strictly: a field twice, and a reference (`&`, `*`) that could make a small
    file endless, are mistakes too. Raises BestandOngeldig."""
    try:
        tekst = inhoud.decode("utf-8")
        _refuse_references(naam, tekst)
        boom, waarde = yaml.compose(tekst, yaml.SafeLoader), yaml.safe_load(tekst)
    except yaml.MarkedYAMLError as error:
        regel = f", regel {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise BestandOngeldig((f"{naam}{regel}: dit is geen geldige YAML",)) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # ValueError: not UTF-8, or no such date
        raise BestandOngeldig((f"{naam}: dit is geen geldige YAML",)) from error
    if dubbel := tuple(_doubles(naam, boom)):
        raise BestandOngeldig(dubbel)
    try:
        return TypeAdapter(soort).validate_python(waarde)
    except ValidationError as error:
        raise BestandOngeldig(tuple(_line(naam, boom, detail) for detail in error.errors())) from error


def _refuse_references(naam: str, tekst: str) -> None:
    for stap in yaml.parse(tekst, yaml.SafeLoader):
        if isinstance(stap, yaml.AliasEvent):
            raise BestandOngeldig((f"{naam}, regel {_line_of(stap)}: een verwijzing (*) kan hier niet",))


def _line_of(stap: yaml.AliasEvent) -> int:
    return stap.start_mark.line + 1 if stap.start_mark else 1


def _doubles(naam: str, knoop: yaml.Node | None) -> Iterator[str]:
    if isinstance(knoop, yaml.MappingNode):
        gezien: set[str] = set()
        for sleutel, waarde in knoop.value:
            if isinstance(sleutel, yaml.ScalarNode):
                if sleutel.value in gezien:
                    yield f"{naam}, regel {sleutel.start_mark.line + 1}, {sleutel.value}: staat er twee keer in"
                gezien.add(sleutel.value)
            yield from _doubles(naam, waarde)
    elif isinstance(knoop, yaml.SequenceNode):
        for waarde in knoop.value:
            yield from _doubles(naam, waarde)


def _line(naam: str, boom: yaml.Node | None, detail: ErrorDetails) -> str:
    plaats = detail["loc"]
    regel = f", regel {_line_number(boom, plaats)}" if boom else ""
    # People count from 1, in a list too.
    veld = ".".join(str(deel + 1) if isinstance(deel, int) else deel for deel in plaats)
    waarden = {**detail.get("ctx", {})}
    if "expected" in waarden:
        waarden["expected"] = str(waarden["expected"]).replace(" or ", " of ")
    tekst = _TEKSTEN.get(detail["type"], "klopt niet").format(**waarden)
    return f"{naam}{regel}{', ' + veld if veld else ''}: {tekst}"


def _line_number(boom: yaml.Node | None, plaats: tuple[int | str, ...]) -> int:
    """The line (from 1) of the deepest part of `plaats` that the file has; a missing field gives its parent's."""
    knoop = boom
    regel = knoop.start_mark.line if knoop else 0
    for deel in plaats:
        if isinstance(knoop, yaml.MappingNode):
            paar = next(((naam, waarde) for naam, waarde in knoop.value if naam.value == str(deel)), None)
            if paar is None:
                break
            regel, knoop = paar[0].start_mark.line, paar[1]
        elif isinstance(knoop, yaml.SequenceNode) and isinstance(deel, int) and deel < len(knoop.value):
            knoop = knoop.value[deel]
            regel = knoop.start_mark.line
        else:
            break
    return int(regel) + 1
