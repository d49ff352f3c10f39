"""Reading a YAML file into a strict type, with mistakes that name file, line and field in Dutch."""

from collections.abc import Callable, Iterable, Iterator
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
    "decimal_type": "moet een getal zijn",
    "union_tag_invalid": "kies uit: {expected_tags}",
    "union_tag_not_found": "geef de soort, bij {discriminator}",
    "value_error": "{error}",
}


_DIEPST = 50  # lists and mappings in each other


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


Fout = tuple[tuple[int | str, ...], str]  # where in the file, and what is wrong there


def parse_yaml(
    naam: str, inhoud: bytes, soort: type[T], controle: Callable[[T], Iterable[Fout]] | None = None
) -> T:
    """What stands in a file of this name, strictly: a field twice, and a reference (`&`, `*`) that could make a small
    file endless, are mistakes too. `controle` may find more in what was read. Raises BestandOngeldig."""
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
        gelezen = TypeAdapter(soort).validate_python(waarde)
    except ValidationError as error:
        raise BestandOngeldig(tuple(_detail(naam, boom, detail) for detail in _own_faults(error))) from error
    if controle and (
        fouten := tuple(_line(naam, boom, plaats, tekst) for plaats, tekst in controle(gelezen))
    ):
        raise BestandOngeldig(fouten)
    return gelezen


def _own_faults(error: ValidationError) -> Iterator[ErrorDetails]:
    """Without what only follows from another: a list with a wrong part counts as too short as well."""
    plaatsen = [detail["loc"] for detail in error.errors()]
    for detail in error.errors():
        plek = detail["loc"]
        if detail["type"] != "too_short" or all(een[: len(plek)] != plek or een == plek for een in plaatsen):
            yield detail


def _refuse_references(naam: str, tekst: str) -> None:
    """And what goes too deep: reading a file of only brackets takes the square of their number."""
    diep = 0
    for stap in yaml.parse(tekst, yaml.SafeLoader):
        diep += isinstance(stap, yaml.CollectionStartEvent) - isinstance(stap, yaml.CollectionEndEvent)
        if diep > _DIEPST:
            raise BestandOngeldig((f"{naam}: dit is geen geldige YAML",))
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


def _detail(naam: str, boom: yaml.Node | None, detail: ErrorDetails) -> str:
    waarden = {**detail.get("ctx", {})}
    for wat in ("expected", "expected_tags"):
        if wat in waarden:
            waarden[wat] = str(waarden[wat]).replace(" or ", " of ")
    return _line(naam, boom, detail["loc"], _TEKSTEN.get(detail["type"], "klopt niet").format(**waarden))


def _line(naam: str, boom: yaml.Node | None, plaats: tuple[int | str, ...], tekst: str) -> str:
    regel = f", regel {_line_number(boom, plaats)}" if boom else ""
    # People count from 1, in a list too. The name that pydantic gives to a kind of field is not in the file.
    veld = ".".join(str(deel + 1) if isinstance(deel, int) else deel for deel in _in_file(boom, plaats))
    return f"{naam}{regel}{', ' + veld if veld else ''}: {tekst}"


def _in_file(boom: yaml.Node | None, plaats: tuple[int | str, ...]) -> Iterator[int | str]:
    """The place without the names that pydantic adds for the kind of a value (the tag of a union)."""
    knoop = boom
    for nummer, deel in enumerate(plaats):
        if isinstance(knoop, yaml.MappingNode):
            paar = next(((naam, waarde) for naam, waarde in knoop.value if naam.value == str(deel)), None)
            if paar is None:
                if nummer < len(plaats) - 1:
                    continue  # a tag: the rest is inside the same mapping
                yield deel
                return
            knoop = paar[1]
        elif isinstance(knoop, yaml.SequenceNode) and isinstance(deel, int) and deel < len(knoop.value):
            knoop = knoop.value[deel]
        yield deel


def _line_number(boom: yaml.Node | None, plaats: tuple[int | str, ...]) -> int:
    """The line (from 1) of the deepest part of `plaats` that the file has; a missing field gives its parent's."""
    knoop = boom
    regel = knoop.start_mark.line if knoop else 0
    for deel in plaats:
        if isinstance(knoop, yaml.MappingNode):
            paar = next(((naam, waarde) for naam, waarde in knoop.value if naam.value == str(deel)), None)
            if paar is None:
                continue  # missing, or the tag of a union
            regel, knoop = paar[0].start_mark.line, paar[1]
        elif isinstance(knoop, yaml.SequenceNode) and isinstance(deel, int) and deel < len(knoop.value):
            knoop = knoop.value[deel]
            regel = knoop.start_mark.line
        else:
            break
    return int(regel) + 1
