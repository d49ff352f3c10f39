"""The script of a step page shows exactly the fields that the server counts: Python and JavaScript side by side."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from eloket.loket.formulier.basis import Invoer
from eloket.loket.formulier.doorloop import StapStand, VeldStand, doorloop
from eloket.loket.veldweergave import VeldVak, known_answers, make_vakken
from tests.formuliergevallen import Geval, make_gevallen

_SCRIPT = Path(__file__).parents[2] / "src/eloket/design_system/js/voorwaarden.js"
_AANTAL = 6000
# As text: the driver takes minutes over a large object.
_BEREKEN = """async ([bron, gevallen]) => {
    const { zichtbaar } = await import(`data:text/javascript;base64,${bron}`);
    return JSON.stringify(JSON.parse(gevallen).map(({ velden, bekend }) => zichtbaar(velden, bekend)));
}"""


def test_python_and_javascript_show_the_same_fields(browser: Browser):
    paren = [
        (geval, *_page(geval, stap)) for geval in make_gevallen(_AANTAL, zaad=4) for stap in _steps(geval)
    ]
    assert len(paren) >= _AANTAL
    page = browser.new_page()
    bron = base64.b64encode(_SCRIPT.read_bytes()).decode()
    uitkomsten = json.loads(page.evaluate(_BEREKEN, [bron, json.dumps([vraag for _, vraag, _, _ in paren])]))
    page.close()
    getoond = verborgen = 0
    for (geval, _, vakken, verwacht), uitkomst in zip(paren, uitkomsten, strict=True):
        script = dict(_shown(vakken, uitkomst))
        server = {naam: verwacht[naam] for naam in script}
        assert script == server, json.dumps([geval.ruw, geval.invoer], default=str, ensure_ascii=False)
        getoond += sum(script.values())
        verborgen += len(script) - sum(script.values())
    assert min(getoond, verborgen) > _AANTAL, "de gevallen zijn te eenzijdig"


def _steps(geval: Geval) -> tuple[StapStand, ...]:
    return doorloop(geval.definitie, geval.invoer, geval.omgeving).zichtbaar


def _page(geval: Geval, stap: StapStand) -> tuple[dict[str, Any], tuple[VeldVak, ...], dict[str, bool]]:
    """What the script gets, the fields on the page, and what the server says of each."""
    loop = doorloop(geval.definitie, geval.invoer, geval.omgeving)
    vakken = make_vakken(geval.definitie, stap, geval.invoer, geval.omgeving, toon_fouten=False)
    velden = [_describe(vak, geval.invoer) for vak in vakken]
    vraag = {"velden": velden, "bekend": json.loads(known_answers(stap, loop.antwoorden))}
    return vraag, vakken, dict(_stands(stap.velden))


def _describe(vak: VeldVak, invoer: Invoer) -> dict[str, Any]:
    """As formulier.js reads it from the page."""
    eigen = {naam.removeprefix(vak.naam).removeprefix("-"): list(waarden) for naam, waarden in invoer.items()
             if naam == vak.naam or naam.startswith(f"{vak.naam}-")}  # fmt: skip
    return {
        "id": vak.veld_id,
        "soort": vak.soort,
        "als": json.loads(vak.als) if vak.als else None,
        "regels": json.loads(vak.regels) if vak.regels else None,
        "waarden": eigen,
        "rijen": [[_describe(een, invoer) for een in rij] for rij in vak.rijen],
    }


def _stands(velden: tuple[VeldStand, ...]) -> Iterator[tuple[str, bool]]:
    for stand in velden:
        yield stand.naam, stand.is_zichtbaar
        for rij in stand.rijen:
            yield from _stands(rij)


def _shown(vakken: tuple[VeldVak, ...], uitkomst: list[dict[str, Any]]) -> Iterator[tuple[str, bool]]:
    for vak, stand in zip(vakken, uitkomst, strict=True):
        yield vak.naam, stand["toon"]
        for rij, standen in zip(vak.rijen, stand["rijen"], strict=False):
            yield from _shown(rij, standen)
