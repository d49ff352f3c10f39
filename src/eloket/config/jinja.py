"""The Jinja2 environment of all our pages. Globals only: no template does I/O or looks up a setting."""

from functools import cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from eloket.config import huisstijl
from eloket.design_system.afbreken import breek_af
from eloket.kernel.klok import datum_van, schrijf_datum, schrijf_moment


@cache
def _url(name: str) -> str:
    return reverse(name)


@cache
def _static(path: str) -> str:
    return static(path)


def _regels(tekst: str) -> Markup:
    """Typed text as it was typed: escaped, with its line breaks."""
    return Markup("<br>").join(escape(regel) for regel in tekst.splitlines())


def environment(**options: Any) -> Environment:
    """Called once by Django's Jinja2 backend."""
    options |= {
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "auto_reload": False,
    }
    env = Environment(**options, extensions=["jinja2.ext.do"])  # noqa: S701 - autoescape is on: Django's backend passes it
    env.globals.update(
        url=_url,
        static=_static,
        gemeente=settings.ELOKET.gemeente,
        telefoon=settings.ELOKET.telefoon,
        telefoon_href="tel:"
        + "".join(teken for teken in settings.ELOKET.telefoon if teken.isdigit() or teken == "+"),
        openingstijden=settings.ELOKET.openingstijden,
        has_logo=settings.ELOKET.logo is not None,
        is_demo=settings.ELOKET.is_demo,
        has_thema=bool(huisstijl.build_thema()),
        kaart_tegels=settings.ELOKET.kaart_tegels,
        kaart_bron=settings.ELOKET.kaart_bron,
        kaart_midden=settings.ELOKET.kaart_midden,
        has_letter=bool(settings.ELOKET.thema_letter),
    )
    env.filters.update(
        datum=schrijf_datum, moment=schrijf_moment, dag=datum_van, regels=_regels, afbreken=breek_af
    )
    return env
