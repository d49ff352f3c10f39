"""Asking, making and unpacking an export, through the service and the worker's own round."""

import io
import json
import zipfile
from datetime import datetime, timedelta
from typing import Any

from eloket.afschriften.inpakken import stream_zip
from eloket.export import maken, service
from eloket.export.models import Export
from eloket.export.uitgeven import open_export
from eloket.identity.types import Actor
from eloket.kernel.klok import nu, op_moment


def make(now: datetime | None = None) -> None:
    """Rounds of one worker, until there is nothing to do now."""
    werker = maken.Maker("werker")
    moment = now or nu()
    with op_moment(moment):
        while werker.run_round(moment):
            pass


def make_to_the_end() -> None:
    """The same, and again after each wait."""
    moment = nu()
    for _ in range(len(maken.WACHTTIJDEN) + 1):
        make(moment)
        moment += timedelta(hours=2)


def unpack(actor: Actor) -> dict[str, bytes]:
    """The files of the export of this actor, without the folder that they all stand in."""
    pakket = open_export(actor)
    inhoud = b"".join(stream_zip(pakket.stukken, pakket.omvang))
    assert len(inhoud) == pakket.omvang
    with zipfile.ZipFile(io.BytesIO(inhoud)) as archief:
        assert archief.testzip() is None
        return {lid.filename.partition("/")[2]: archief.read(lid) for lid in archief.infolist()}


def take(actor: Actor) -> dict[str, bytes]:
    """All that this actor takes along now."""
    Export.objects.all().delete()
    service.request_export(actor)
    make()
    return unpack(actor)


def index_of(bestanden: dict[str, bytes]) -> Any:
    return json.loads(bestanden["gegevens.json"])


def zaken_of(bestanden: dict[str, bytes]) -> list[Any]:
    return [
        json.loads(inhoud)
        for naam, inhoud in bestanden.items()
        if naam.startswith("zaken/") and naam.endswith("/gegevens.json")
    ]


def text_of(bestanden: dict[str, bytes]) -> str:
    """Every JSON and page together."""
    return "\n".join(
        inhoud.decode() for naam, inhoud in bestanden.items() if naam.endswith((".json", ".html"))
    )
