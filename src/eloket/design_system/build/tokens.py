"""Keep from the example theme only the design tokens that our style sheet uses, directly or through another.

The theme has thousands of tokens, for components that we do not have; nine in ten are left out.
"""

import re
from pathlib import Path

_IMPORT = re.compile(r'@import "([^"]+)"')
_DEFINITION = re.compile(r"^\s*(--[\w-]+):\s*([^;]+);", re.MULTILINE)
_USE = re.compile(r"var\(\s*(--[\w-]+)")

# The palette stays whole, so that our theme can replace every step of it.
_ALWAYS = "--voorbeeld-kleuren-"


def find_import(name: str, *, css: Path, node_modules: Path) -> Path:
    """The file behind an @import: one of ours, or one in an npm package."""
    if name.startswith("."):
        return css / name
    file = node_modules / name
    # The NL Design System's candidates publish dist/x.css as x.css.
    return file if file.exists() else file.parent / "dist" / file.name


def make_tokens(entry: Path, *, theme: Path, node_modules: Path) -> str:
    """A style sheet with the tokens that `entry` and what it imports refer to."""
    definitions = dict(_DEFINITION.findall(theme.read_text()))
    todo: set[str] = set()
    for name in _IMPORT.findall(entry.read_text()):
        if name != "./tokens.css":
            file = find_import(name, css=entry.parent, node_modules=node_modules)
            todo.update(_USE.findall(file.read_text()))
    keep = {name for name in definitions if name.startswith(_ALWAYS)}
    while todo:
        name = todo.pop()
        if name in definitions and name not in keep:
            keep.add(name)
            todo.update(_USE.findall(definitions[name]))
    rows = "".join(f"  {name}: {value};\n" for name, value in definitions.items() if name in keep)
    return f":root {{\n{rows}}}\n"
