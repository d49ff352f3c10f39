"""Every URL declares for whom it is; one that does not stops the start (house rule 1)."""

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver, path

from eloket.identity.limieten.tabel import PER_AUDIENCE
from eloket.identity.limieten.types import Limiet
from eloket.identity.types import Audience

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Route:
    """One row of the URL table."""

    patroon: str
    naam: str
    audience: Audience | None
    limiet: Limiet | None
    callback: Callable[..., Any]


def route(
    pattern: str, view: View, *, audience: Audience, name: str, limiet: Limiet | None = None
) -> URLPattern:
    """`django.urls.path` for a declared audience, and how often: without a `limiet` that of the audience.

    The mark sits on a wrapper of this pattern's own, so one view behind two patterns never borrows an audience.
    """

    @functools.wraps(view)
    def marked(*args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(*args, **kwargs)

    marked.eloket_audience = audience  # type: ignore[attr-defined]  # read back by audience_of
    marked.eloket_limiet = limiet or PER_AUDIENCE[audience]  # type: ignore[attr-defined]  # read back by limiet_of
    return path(pattern, marked, name=name)


def audience_of(callback: Callable[..., Any]) -> Audience | None:
    """The declared audience of a URL pattern's callback, or None."""
    declared = getattr(callback, "eloket_audience", None)
    return declared if isinstance(declared, Audience) else None


def limiet_of(callback: Callable[..., Any]) -> Limiet | None:
    """The limit of a URL pattern's callback, or None."""
    declared = getattr(callback, "eloket_limiet", None)
    return declared if isinstance(declared, Limiet) else None


def all_routes(urlconf: str | None = None) -> Iterator[Route]:
    """Every URL of the whole table, for checks and generated tests."""
    yield from _walk(get_resolver(urlconf).url_patterns, "")


def _walk(patterns: list[URLPattern | URLResolver], voor: str) -> Iterator[Route]:
    for item in patterns:
        patroon = f"{voor}{item.pattern}"
        if isinstance(item, URLResolver):
            yield from _walk(item.url_patterns, patroon)
        else:
            callback = item.callback
            yield Route(patroon, item.name or "", audience_of(callback), limiet_of(callback), callback)


def check_urls(urlpatterns: list[URLPattern | URLResolver] | None = None) -> None:
    """Raises ImproperlyConfigured with the name of every URL that declares no audience.

    config/urls.py passes its own list, because Django's resolver is not ready while that module is being imported.
    """
    routes = all_routes() if urlpatterns is None else _walk(urlpatterns, "")
    zonder = sorted(f"/{r.patroon} ({r.naam or 'zonder naam'})" for r in routes if r.audience is None)
    if zonder:
        raise ImproperlyConfigured("Deze URL's zeggen niet voor wie ze zijn (audience): " + ", ".join(zonder))
