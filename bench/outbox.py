"""The outbox: how fast it sends, what a full one costs pages and changes, and what an empty one costs the worker.

Two databases with the same zaken on the same machine, one with an empty outbox and one with `aantal` notifications that
wait; they are asked in turn, so that what the machine does cancels out.
"""

import http.client
import json
import shutil
import smtplib
import subprocess
import sys
import time
import uuid
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from bench.databases import ROOT, Database, get_sqlite
from bench.inside import look_inside
from bench.load import Generator, Job, generator
from bench.server import Server, running
from bench.sink import sink
from bench.speed import TIME, Ratio
from bench.values import Inside, Reader

_ZAKEN = 300  # what a queue costs does not depend on them
_MAILS, _LOOP_PER_VERBINDING = 1_000, 100
_PAGINAS = {"Mijn Zaken": "/mijn/zaken/", "een zaak": "/mijn/zaken/{ref}/"}
_WIJZIGING = "een bericht versturen"


@dataclass(frozen=True, slots=True)
class Outbox:
    """What was measured. `vol` holds, by what was asked, the time with a full outbox over that with an empty one."""

    aantal: int
    doorvoer: Ratio  # mails per second, as part of what a bare SMTP loop sends
    doorvoer_cpu: Ratio  # the same in CPU time: that of the loop, as part of that of the worker
    per_seconde: float
    kaal_per_seconde: float
    cpu: float  # ms of the worker for one mail
    vol: dict[str, Ratio]
    milliseconden: dict[str, float]
    poll: float  # ms of a round with nothing to do, empty outbox
    poll_ronde: float  # of the whole worker
    poll_vol: Ratio


def measure(map_: Path, *, aantal: int, rondes: int, seconden: float) -> Outbox:
    """On databases of its own in this folder, gone with it."""
    mails = min(_MAILS, aantal)
    leeg = get_sqlite(_ZAKEN, map_)
    inside = look_inside(leeg, lezers=60)
    vol = replace(leeg, map=map_ / "vol")
    verzend = replace(leeg, map=map_ / "verzend")
    for ander in (vol, verzend):
        shutil.copytree(leeg.map, ander.map)
    print(f"Outbox met {aantal:,} notificaties vullen ...", flush=True)
    _inside(vol, "fill", aantal)
    with sink() as port:
        paren = [_send(verzend, port, mails) for _ in range(rondes)]
    polls = [(_inside(leeg, "poll", 40), _inside(vol, "poll", 40)) for _ in range(rondes)]
    with ExitStack() as stapel:
        servers = [stapel.enter_context(running(een, threads=1)) for een in (leeg, vol)]
        tijden = _times(stapel.enter_context(generator()), servers, inside, rondes, seconden)
    return Outbox(
        aantal=aantal,
        doorvoer=Ratio.of([kaal.seconden / eigen.seconden for eigen, kaal in paren]),
        doorvoer_cpu=Ratio.of([kaal.cpu / eigen.cpu for eigen, kaal in paren]),
        per_seconde=median(mails / eigen.seconden for eigen, _ in paren),
        kaal_per_seconde=median(mails / kaal.seconden for _, kaal in paren),
        cpu=median(eigen.cpu for eigen, _ in paren) * 1000 / mails,
        vol={wat: Ratio.of([v / e for e, v in rijen]) for wat, rijen in tijden.items()},
        milliseconden={wat: median(v for _, v in rijen) for wat, rijen in tijden.items()},
        poll=median(een["outbox"] for een, _ in polls),
        poll_ronde=median(een["ronde"] for een, _ in polls),
        poll_vol=Ratio.of([twee["outbox"] / een["outbox"] for een, twee in polls]),
    )


def _inside(database: Database, wat: str, aantal: int, **env: str) -> dict[str, float]:
    klaar = subprocess.run(
        [sys.executable, "-m", "bench.outbox_inside", wat, str(aantal)],
        env=database.env | env,
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    uit: dict[str, float] = json.loads(klaar.stdout.splitlines()[-1])
    return uit


@dataclass(frozen=True, slots=True)
class Duur:
    """How long it took to send all mails, and the CPU time of who sent them, in seconds."""

    seconden: float
    cpu: float


def _send(database: Database, port: int, mails: int) -> tuple[Duur, Duur]:
    """The worker, and a loop over the same server with mails of the same size."""
    eigen = _inside(database, "send", mails, ELOKET_SMTP_URL=f"smtp://127.0.0.1:{port}")
    return Duur(eigen["seconden"], eigen["cpu"]), _bare_loop(port, mails, int(eigen["bytes"]))


def _bare_loop(port: int, mails: int, omvang: int) -> Duur:
    kop = "From: a@voorbeeld.nl\r\nTo: b@voorbeeld.nl\r\nSubject: bench\r\n\r\n"
    tekst = kop + ("x" * 70 + "\r\n") * max(1, (omvang - len(kop)) // 72)
    begin, cpu = time.perf_counter(), time.process_time()
    for eerste in range(0, mails, _LOOP_PER_VERBINDING):
        with smtplib.SMTP("127.0.0.1", port, timeout=20) as server:
            for nummer in range(eerste, min(eerste + _LOOP_PER_VERBINDING, mails)):
                server.sendmail("a@voorbeeld.nl", [f"{nummer}@voorbeeld.nl"], tekst)
    return Duur(time.perf_counter() - begin, time.process_time() - cpu)


Paren = list[tuple[float, float]]


def _times(
    belasting: Generator, servers: Sequence[Server], inside: Inside, rondes: int, seconden: float
) -> dict[str, Paren]:
    """Milliseconds with an empty and with a full outbox, by what was asked, a pair per round; one more to warm up."""
    tijden: dict[str, Paren] = {wat: [] for wat in (*_PAGINAS, _WIJZIGING)}
    for ronde in range(rondes + 1):
        volgorde = servers if ronde % 2 else servers[::-1]
        for wat, paren in tijden.items():
            gemeten = {een.port: _time(belasting, een, inside, wat, seconden) for een in volgorde}
            if ronde:
                paren.append((gemeten[servers[0].port], gemeten[servers[1].port]))
    return tijden


def _time(belasting: Generator, server: Server, inside: Inside, wat: str, seconden: float) -> float:
    if wat == _WIJZIGING:
        return _post_messages(server, inside.inwoners, seconden)
    verzoeken = [(_PAGINAS[wat].format(ref=een.ref), een.cookie) for een in inside.inwoners]
    return belasting.run(Job(server.port, verzoeken, 0, TIME, seconden, 20_000)).percentile(0.5)


def _post_messages(server: Server, lezers: Sequence[Reader], seconden: float) -> float:
    """The median of messages that are really sent, each confirmed (303), over one connection."""
    tijden: list[float] = []
    verbinding = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    einde = time.perf_counter() + seconden
    for lezer in cycle(lezers):
        csrf = lezer.cookie.rpartition("=")[2]
        mee = {"csrfmiddlewaretoken": csrf, "partij-merk": lezer.merk}
        velden = {**mee, "sleutel": uuid.uuid4().hex, "bericht": "Bench."}
        kop = {"Cookie": lezer.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        begin = time.perf_counter()
        verbinding.request("POST", f"/mijn/zaken/{lezer.ref}/berichten/", urlencode(velden), kop)
        antwoord = verbinding.getresponse()
        antwoord.read()
        tijden.append((time.perf_counter() - begin) * 1000)
        if antwoord.status != 303:
            raise RuntimeError(f"een bericht versturen gaf {antwoord.status}")
        if time.perf_counter() > einde:
            break
    verbinding.close()
    return median(tijden)
