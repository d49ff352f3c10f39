"""One file with all icons, so that a page shows them with <use> and without inline SVG."""

import re
from pathlib import Path

# Every drawing in the set starts with this invisible square, which only costs bytes.
_EMPTY_SQUARE = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>')
_DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def read_names(file: Path) -> list[str]:
    """The icon names in this list: one a line, `#` starts a remark."""
    lines = (line.split("#")[0].strip() for line in file.read_text().splitlines())
    return [line for line in lines if line]


def make_sprite(names: list[str], folder: Path) -> str:
    """An SVG with a <symbol> for each name; raises FileNotFoundError for an icon that does not exist."""
    symbols = []
    for name in names:
        found = _DRAWING.search((folder / f"{name}.svg").read_text())
        if found is None:
            raise ValueError(f"No drawing in {name}.svg")
        drawing = " ".join(_EMPTY_SQUARE.sub("", found[1]).split()).replace("> <", "><")
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{drawing}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">' + "".join(symbols) + "</svg>\n"
