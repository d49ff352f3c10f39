"""How long one pass over a large form takes: three hundred fields, each shown by the answer to the one before it."""

import time

VELDEN = 300
_PER_STAP = 30
_KEREN = 100


def measure() -> float:
    """Milliseconds of one pass, the quickest of a hundred: what else runs on this machine only makes it slower."""
    from eloket.kernel.klok import vandaag  # noqa: PLC0415 - only inside has the environment for it
    from eloket.loket.formulier.basis import Omgeving, Wie  # noqa: PLC0415
    from eloket.loket.formulier.definitie import Definitie  # noqa: PLC0415
    from eloket.loket.formulier.doorloop import doorloop  # noqa: PLC0415

    definitie = Definitie.model_validate(_form())
    invoer = {f"v{nummer}": ["ja"] for nummer in range(VELDEN)}
    omgeving = Omgeving(wie=Wie.INWONER, vandaag=vandaag())
    tijden = []
    for _ in range(_KEREN):
        begin = time.perf_counter()
        loop = doorloop(definitie, invoer, omgeving)
        tijden.append(time.perf_counter() - begin)
        assert len(loop.antwoorden) == VELDEN + 1  # all are shown, and who fills it in
    return min(tijden) * 1000


def _form() -> dict[str, object]:
    velden = [_field(nummer) for nummer in range(VELDEN)]
    stappen = [
        {"id": f"stap-{begin}", "titel": "Stap", "velden": velden[begin : begin + _PER_STAP]}
        for begin in range(0, VELDEN, _PER_STAP)
    ]
    return {"titel": "Proef", "inloggen": ["digid"], "stappen": stappen}


def _field(nummer: int) -> dict[str, object]:
    veld: dict[str, object] = {"id": f"v{nummer}", "label": f"Vraag {nummer}", "soort": "ja_nee"}
    return veld | ({"als": {f"v{nummer - 1}": "ja"}} if nummer else {})
