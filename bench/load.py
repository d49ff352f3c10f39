"""Asks a server for pages, as fast as it answers, over connections that stay open. Loopback only.

It runs as a process of its own (`python -m bench.load`), so that it shares no interpreter with what is measured. It
reads a job per line from standard input and answers each with a line: both JSON, see `Job` and `Result`.
"""

import json
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import cycle, islice

from bench.databases import ROOT

_MAX_BODY = 10_000_000
_SILENCE = 30  # seconds without an answer before we give up


@dataclass(frozen=True, slots=True)
class Job:
    """`verzoeken` are (path, cookie header), asked in turn from number `vanaf`, for `seconden`, at most `hoogstens`."""

    port: int
    verzoeken: list[tuple[str, str]]
    vanaf: int
    verbindingen: int
    seconden: float
    hoogstens: int


@dataclass(frozen=True, slots=True)
class Result:
    """`aantal` answers, all of them 200, in `seconden`. `tijden`: milliseconds per answer, sorted."""

    aantal: int
    seconden: float
    tijden: list[float]

    @property
    def per_second(self) -> float:
        return self.aantal / self.seconden

    def percentile(self, deel: float) -> float:
        """Milliseconds within which this part (0 to 1) of the answers came."""
        return self.tijden[min(len(self.tijden) - 1, int(len(self.tijden) * deel))]


class Generator:
    """The other end of the process, for the one who measures."""

    def __init__(self, proces: "subprocess.Popen[str]") -> None:
        self._proces = proces

    def run(self, job: Job) -> Result:
        """Raises RuntimeError when the process died; it says why on standard error."""
        assert self._proces.stdin
        assert self._proces.stdout
        self._proces.stdin.write(json.dumps(asdict(job)) + "\n")
        self._proces.stdin.flush()
        regel = self._proces.stdout.readline()
        if not regel:
            raise RuntimeError("de belasting stopte, hierboven staat waarom")
        return Result(**json.loads(regel))


@contextmanager
def generator() -> Iterator[Generator]:
    """A load generator, gone at the end."""
    opdracht = [sys.executable, "-m", "bench.load"]
    with subprocess.Popen(
        opdracht, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as proces:
        yield Generator(proces)
        assert proces.stdin
        proces.stdin.close()


class _Connection:
    """One open connection with at most one request under way."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=_SILENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._buffer = bytearray()
        self._begin = 0.0

    def ask(self, verzoek: bytes) -> None:
        self._buffer.clear()
        self._begin = time.perf_counter()
        self.socket.sendall(verzoek)

    def receive(self) -> float | None:
        """Milliseconds since `ask` when the answer is complete, else None. Raises RuntimeError unless it is a 200."""
        deel = self.socket.recv(262_144)
        if not deel:
            raise RuntimeError("de server verbrak de verbinding")
        self._buffer += deel
        if len(self._buffer) > _MAX_BODY:
            raise RuntimeError("het antwoord is te groot")
        return (time.perf_counter() - self._begin) * 1000 if _is_complete(self._buffer) else None


def _is_complete(antwoord: bytearray) -> bool:
    einde = antwoord.find(b"\r\n\r\n")
    if einde < 0:
        return False
    kop = bytes(antwoord[:einde]).lower()
    if not kop.startswith(b"http/1.1 200"):
        raise RuntimeError("antwoord: " + kop.partition(b"\r\n")[0].decode())
    _, gevonden, rest = kop.partition(b"\r\ncontent-length:")
    if gevonden:
        return len(antwoord) >= einde + 4 + int(rest.partition(b"\r\n")[0])
    return antwoord.endswith(
        b"0\r\n\r\n"
    )  # chunked: a page is text or gzip, and neither ends like this by itself


def run_job(job: Job) -> Result:
    """Closed loop: every connection sends its next request as soon as it has its answer."""
    bytes_ = [_request(job.port, pad, cookie) for pad, cookie in job.verzoeken]
    rij = cycle(islice(cycle(bytes_), job.vanaf % len(bytes_), job.vanaf % len(bytes_) + len(bytes_)))
    tijden: list[float] = []
    with selectors.DefaultSelector() as selector:
        verbindingen = [_Connection(job.port) for _ in range(job.verbindingen)]
        begin = time.perf_counter()
        for verbinding in verbindingen:
            selector.register(verbinding.socket, selectors.EVENT_READ, verbinding)
            verbinding.ask(next(rij))
        try:
            _loop(selector, rij, tijden, einde=begin + job.seconden, hoogstens=job.hoogstens)
            duur = time.perf_counter() - begin
        finally:
            for verbinding in verbindingen:
                verbinding.socket.close()
    return Result(aantal=len(tijden), seconden=duur, tijden=sorted(tijden))


def _loop(
    selector: selectors.BaseSelector,
    rij: "cycle[bytes]",
    tijden: list[float],
    *,
    einde: float,
    hoogstens: int,
) -> None:
    """Until the time is over or enough was asked, and every request that is under way has its answer."""
    onderweg = len(selector.get_map())
    while onderweg:
        klaar = selector.select(_SILENCE)
        if not klaar:
            raise RuntimeError(f"geen antwoord binnen {_SILENCE} seconden")
        for sleutel, _ in klaar:
            tijd = sleutel.data.receive()
            if tijd is None:
                continue
            tijden.append(tijd)
            if time.perf_counter() < einde and len(tijden) + onderweg <= hoogstens:
                sleutel.data.ask(next(rij))
            else:
                onderweg -= 1


def _request(port: int, pad: str, cookie: str) -> bytes:
    regels = (
        f"GET {pad} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        f"Cookie: {cookie}",
        "Accept: text/html",
        "Accept-Encoding: gzip",
    )
    return ("\r\n".join(regels) + "\r\n\r\n").encode()


def _main() -> None:
    for regel in sys.stdin:
        job = Job(**json.loads(regel))
        print(json.dumps(asdict(run_job(job))), flush=True)


if __name__ == "__main__":
    _main()
