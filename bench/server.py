"""The real web server, started as `eloket start` starts it, and what the kernel knows of its processes."""

import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.databases import ROOT, Database
from eloket.ops.management.commands import start

_START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Server:
    """A running web server. `pid` is the process that answers requests."""

    database: Database
    threads: int
    port: int
    pid: int

    def cpu_seconds(self) -> float:
        """CPU time that the answering process used so far, all its threads, in nanoseconds precise."""
        # The clock that clock_getcpuclockid(3) names for a process; Python has no call for it.
        return time.clock_gettime((~self.pid << 3) | 2)

    def memory(self) -> tuple[float, float]:
        """(now, highest since `forget_peak`) in MB of 1,000,000 bytes of resident memory."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return _kilobytes(status, "VmRSS") / 1000, _kilobytes(status, "VmHWM") / 1000

    def forget_peak(self) -> None:
        """Let the highest memory be counted from now on (proc(5): clear_refs, 5)."""
        Path(f"/proc/{self.pid}/clear_refs").write_text("5")


def _kilobytes(status: str, naam: str) -> float:
    gevonden = re.search(rf"^{naam}:\s+(\d+) kB", status, re.MULTILINE)
    assert gevonden, naam
    return int(gevonden[1]) * 1.024


@contextmanager
def running(database: Database, *, threads: int) -> Iterator[Server]:
    """A web server on this database, on a free port of 127.0.0.1, gone at the end."""
    port = _free_port()
    opdracht = list(start._opdrachten(port)[0])  # noqa: SLF001 - measure what is really started, not a copy of it
    opdracht[opdracht.index("--blocking-threads") + 1] = str(threads)
    env = database.env | {"ELOKET_BASE_URL": f"http://127.0.0.1:{port}"}
    proces = subprocess.Popen(opdracht, env=env, cwd=ROOT)
    try:
        _wait_until_ready(proces, port)
        yield Server(database, threads, port, _worker_of(proces.pid))
    finally:
        proces.terminate()
        try:
            proces.wait(timeout=15)
        except subprocess.TimeoutExpired:
            proces.kill()
            proces.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(proces: "subprocess.Popen[bytes]", port: int) -> None:
    einde = time.monotonic() + _START_SECONDS
    while time.monotonic() < einde:
        if proces.poll() is not None:
            raise RuntimeError(f"de webserver stopte met code {proces.returncode}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/gezondheid/klaar/", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(f"de webserver antwoordt na {_START_SECONDS} seconden nog niet")


def _worker_of(pid: int) -> int:
    """Granian's main process only watches; the largest of its children answers."""
    kinderen = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    if not kinderen:
        raise RuntimeError("de webserver heeft geen werkproces")
    return max(map(int, kinderen), key=lambda kind: int(Path(f"/proc/{kind}/statm").read_text().split()[1]))
