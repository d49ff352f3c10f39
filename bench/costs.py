"""Queries and CPU time of one page, in process. Import it after django.setup()."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from jinja2 import Template

from bench.pages import Page
from bench.values import Cost

_READERS = 20
_RENDERS = 60


def measure(pagina: Page, verzoeken: list[tuple[str, str]]) -> Cost:
    """Of this page, for these readers. Raises RuntimeError when it is not answered with 200."""
    ask = _Asker(pagina)
    queries = [_count(ask, pad, cookie) for pad, cookie in verzoeken[:_READERS]]
    cpu, template = [], []
    for nummer in range(_RENDERS):
        pad, cookie = verzoeken[nummer % len(verzoeken)]
        with _template_time() as in_template:
            begin = time.process_time()
            ask(pad, cookie)
            cpu.append((time.process_time() - begin) * 1000)
        template.append(sum(in_template) * 1000)
    return Cost(min(queries), max(queries), median(cpu), median(template))


class _Asker:
    """One client for all: making one loads every middleware anew. The cookie in the header is the one that counts."""

    def __init__(self, pagina: Page) -> None:
        self._naam = pagina.naam
        self._client = Client()

    def __call__(self, pad: str, cookie: str) -> None:
        antwoord = self._client.get(pad, headers={"host": "127.0.0.1", "cookie": cookie})
        if antwoord.status_code != 200:
            raise RuntimeError(f"{self._naam}: antwoord {antwoord.status_code}")


def _count(ask: _Asker, pad: str, cookie: str) -> int:
    ask(pad, cookie)  # opening a zaak for the first time marks its messages as read
    with CaptureQueriesContext(connection) as gemeten:
        ask(pad, cookie)
    return sum(not _is_bookkeeping(query["sql"]) for query in gemeten.captured_queries)


def _is_bookkeeping(opdracht: str) -> bool:
    """The beginning and the end of a transaction are no queries."""
    return opdracht.upper().startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT"))


@contextmanager
def _template_time() -> Iterator[list[float]]:
    """Seconds of CPU time of every template rendered inside the block."""
    tijden: list[float] = []
    render = Template.render

    def timed(self: Template, *args: Any, **kwargs: Any) -> str:
        begin = time.process_time()
        try:
            return render(self, *args, **kwargs)
        finally:
            tijden.append(time.process_time() - begin)

    Template.render = timed  # type: ignore[method-assign]  # a stopwatch around it, taken off again below
    try:
        yield tijden
    finally:
        Template.render = render  # type: ignore[method-assign]
