"""What every template keeps to: nothing inline (the policy would refuse it), no dead routes, no dead templates."""

import re
from pathlib import Path

import pytest
from django.template import engines

from eloket.identity.audience import all_routes
from eloket.identity.bewaard import GEHEIM, NIET_GETYPT

SRC = Path(__file__).parents[2] / "src" / "eloket"
TEMPLATES = sorted(SRC.rglob("*.html")) + sorted((SRC / "notifications").rglob("*.txt"))
PAGINAS = [pad for pad in TEMPLATES if pad.suffix == ".html" and pad.parent.name != "mail"]
DESIGN = SRC / "design_system" / "templates"
ICONEN = SRC / "design_system" / "build" / "iconen.txt"


def name_of(pad: Path) -> str:
    """How a view or another template calls it."""
    return str(pad.relative_to(DESIGN if pad.is_relative_to(DESIGN) else SRC))


def without_comments(pad: Path) -> str:
    return re.sub(r"\{#.*?#\}", "", pad.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("pad", PAGINAS, ids=name_of)
def test_nothing_is_inline(pad: Path):
    html = without_comments(pad)
    assert not re.search(r"<style\b|\sstyle\s*=", html), "stijl hoort in design_system/css"
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", html), "gedrag hoort in design_system/js"
    assert not re.search(r"javascript:", html, re.IGNORECASE)
    for script in re.findall(r"<script\b([^>]*)>(.*?)</script>", html, re.DOTALL):
        assert "src=" in script[0], "een script is een bestand"
        assert not script[1].strip()


@pytest.mark.parametrize("pad", PAGINAS, ids=name_of)
def test_nothing_is_marked_safe(pad: Path):
    """Everything is escaped; the filter `regels` makes its own line breaks."""
    assert not re.search(r"\|\s*safe\b|autoescape\s+false", without_comments(pad))


@pytest.mark.parametrize("pad", TEMPLATES, ids=name_of)
def test_it_compiles(pad: Path):
    engines["jinja2"].get_template(name_of(pad))


def test_a_field_that_the_page_fills_never_counts_as_typed():
    """After an ended session a page says "Uw tekst staat er nog" only when there is text."""
    for pad in PAGINAS:
        verborgen = set(re.findall(r"""<input type="hidden"[^>]* name="(\w+)\"""", without_comments(pad)))
        assert verborgen <= NIET_GETYPT | GEHEIM, name_of(pad)


def test_every_named_route_exists():
    routes = {route.naam for route in all_routes()}
    for pad in TEMPLATES:
        genoemd = set(re.findall(r"""\burl\(\s*['"]([\w-]+)['"]""", without_comments(pad)))
        assert genoemd <= routes, name_of(pad)


def test_every_template_is_used():
    """By a view (Python), or by another template."""
    python = "\n".join(pad.read_text(encoding="utf-8") for pad in SRC.rglob("*.py"))
    html = "\n".join(without_comments(pad) for pad in TEMPLATES)
    genoemd = set(re.findall(r"""["']([\w/]+\.(?:html|txt))["']""", python + html))
    for pad in TEMPLATES:
        assert name_of(pad) in genoemd, f"{name_of(pad)} wordt nergens gebruikt"


def test_every_icon_that_is_asked_for_is_drawn():
    """An icon that is not in the sprite is an empty square, which nobody notices in a review."""
    getekend = {
        regel.split()[0] for regel in ICONEN.read_text(encoding="utf-8").splitlines() if regel.strip()
    }
    for pad in PAGINAS:
        html = without_comments(pad)
        gevraagd = set(
            re.findall(r"""\bicoon\(\s*["']([\w-]+)["']|icoon_(?:start|eind)=["']([\w-]+)["']""", html)
        )
        assert {een or ander for een, ander in gevraagd} <= getekend, name_of(pad)


def test_every_post_form_carries_its_token():
    """A form without one always ends in the page that says it was not sent; but the link in a mail is what it takes,
    and a form that goes to a login provider must not tell it."""
    for pad in PAGINAS:
        if name_of(pad) in {
            "portal/gegevens/afmelden.html",
            "identity/doorsturen.html",
            "identity/saml/doorsturen.html",
        }:
            continue
        for form in re.findall(
            r"<form\b[^>]*method=[\"']post[\"'].*?</form>", without_comments(pad), re.DOTALL | re.I
        ):
            assert re.search(r"csrf|_verborgen\(", form), name_of(pad)
