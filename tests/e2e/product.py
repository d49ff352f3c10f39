"""The real product in processes of its own, as `make run` starts it: for tests that look at it from outside."""

import fcntl
import hashlib
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path

import pytest

START_SECONDS = 240  # with demo data on a busy machine; it is waited for, not slept
STOP_SECONDS = 20
COOKIE = "eloket_sessie"
# What a log may not hold after a run: a traceback, or an error that nobody provoked.
_FOUT = re.compile(r"Traceback \(most recent call last\)|^\s+File \"|\b(?:ERROR|CRITICAL)\b", re.MULTILINE)

# These tests choose the database of their servers themselves: the round on PostgreSQL need not repeat them.
EIGEN_SERVER = pytest.mark.skipif(
    os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="draait al in de ronde op SQLite"
)


def free_port() -> int:
    """A port on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Product:
    """`eloket start` on a data folder. `omgeving` adds to its environment. Ends its own processes only."""

    def __init__(self, data_dir: Path, *, port: int = 0, omgeving: Mapping[str, str] | None = None) -> None:
        self.data_dir = data_dir
        self.port = port or free_port()
        self.log_pad = data_dir.parent / f"{data_dir.name}-{self.port}.log"
        self._omgeving = dict(omgeving or {})
        self._proces: subprocess.Popen[bytes] | None = None
        self._begin = 0  # where the log of this start begins

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return self.log_pad.read_text(encoding="utf-8", errors="replace") if self.log_pad.exists() else ""

    @property
    def fouten(self) -> list[str]:
        """Lines of the log that no run without faults may have."""
        return [regel for regel in self.log.splitlines() if _FOUT.search(regel)]

    @property
    def env(self) -> dict[str, str]:
        """The environment of the product: nothing of E-loket or a database leaks in from this test run."""
        schoon = {
            naam: waarde
            for naam, waarde in os.environ.items()
            if not naam.startswith(("ELOKET_", "DJANGO_", "COV_", "PYTEST_")) and naam != "DATABASE_URL"
        }
        return schoon | {"ELOKET_OMGEVING": "demo", "ELOKET_LIMIETEN": "nee"} | self._omgeving

    def wait_for_log(self, regel: str, seconden: float = 30) -> None:
        """Wait until its log says this. What happens and the line about it are two moments."""
        einde = time.monotonic() + seconden
        while regel not in self.log:
            assert time.monotonic() < einde, f"{regel!r} staat niet in het log:\n{self.log}"
            time.sleep(0.05)

    def start(self) -> "Product":
        """Start it and wait until it says that it is ready. Raises AssertionError with its log when it does not."""
        self.launch()
        einde = time.monotonic() + START_SECONDS
        while "Klaar: http" not in self.log[self._begin :]:
            assert self._proces is not None
            assert self._proces.poll() is None, f"E-loket startte niet:\n{self.log}"
            assert time.monotonic() < einde, (
                f"E-loket was na {START_SECONDS} seconden niet klaar:\n{self.log}"
            )
            time.sleep(0.05)
        return self

    def launch(self) -> "subprocess.Popen[bytes]":
        """Start it and wait for nothing. It leads a process group of its own, as a command in a terminal does."""
        opdracht = [sys.executable, "-m", "eloket", "start", "--port", str(self.port)]
        self._begin = len(self.log)
        with self.log_pad.open("ab") as log:
            self._proces = subprocess.Popen(
                [*opdracht, "--data-dir", str(self.data_dir)],
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                process_group=0,
            )
        return self._proces

    def press_ctrl_c(self) -> int:
        """As a person at the terminal: the whole group gets SIGINT. Returns the exit code."""
        assert self._proces is not None
        os.killpg(self._proces.pid, signal.SIGINT)
        return self._proces.wait(timeout=STOP_SECONDS)

    def signal_group(self, *signalen: signal.Signals) -> int:
        """The whole group gets each of these, right after each other, as make passes them on. Returns the exit code."""
        assert self._proces is not None
        for een in signalen:
            with suppress(ProcessLookupError):
                os.killpg(self._proces.pid, een)
            time.sleep(0.02)
        return self._proces.wait(timeout=STOP_SECONDS)

    def stop(self) -> None:
        """Ask it to end; what does not end in time is killed, and is an error."""
        proces = self._proces
        if proces is not None and proces.poll() is None:
            proces.terminate()
            try:
                proces.wait(timeout=STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._kill()
                raise
        achter = self._kill()
        assert not achter, f"deze processen bleven achter: {achter}\n{self.log}"

    def _kill(self) -> list[int]:
        """End what is left of it, after giving it a moment; returns which processes that took."""
        einde = time.monotonic() + 5
        while (over := self.group()) and time.monotonic() < einde:
            time.sleep(0.05)
        for pid in over:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if self._proces is not None:
            self._proces.wait()
            self._proces = None
        return over

    def group(self) -> list[int]:
        """The ids of its processes that still run, also of one that lost its parent: they share its data folder."""
        merk = f"ELOKET_DATA_DIR={self.data_dir.resolve()}".encode()
        starter = self._proces.pid if self._proces and self._proces.poll() is None else 0
        return [pid for pid in _running() if pid == starter or merk in _environment(pid)]

    def command(self, *opdracht: str) -> "subprocess.CompletedProcess[str]":
        """Run `eloket ...` on the same data folder, beside it."""
        return subprocess.run(
            [sys.executable, "-m", "eloket", *opdracht],
            env=self.env | {"ELOKET_DATA_DIR": str(self.data_dir), "ELOKET_BASE_URL": self.url},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def publish(self, map_: Path) -> None:
        """Publish the forms in this folder, as `eloket prepare` does with those of the product."""
        self._run(
            "import pathlib, django; django.setup(); from eloket.loket.versies import load_meegeleverd; "
            f"load_meegeleverd(pathlib.Path({str(map_)!r}))"
        )

    def return_mail(self) -> None:
        """One resident of the demo had a mail that came back (tests.e2e.terug)."""
        self._run("from tests.e2e.terug import return_mail; return_mail()")

    def _run(self, opdracht: str) -> None:
        """This Python, in a process of its own, on the same data folder."""
        omgeving = {
            "ELOKET_DATA_DIR": str(self.data_dir),
            "DJANGO_SETTINGS_MODULE": "eloket.config.settings",
        }
        subprocess.run([sys.executable, "-c", opdracht], env=self.env | omgeving, timeout=120, check=True)

    def sql(self, opdracht: str, *waarden: object) -> list[tuple[object, ...]]:
        """Read or change its database from outside."""
        with closing(sqlite3.connect(self.data_dir / "eloket.sqlite3", timeout=10)) as db, db:
            return db.execute(opdracht, waarden).fetchall()

    def end_session(self, cookie: str) -> None:
        """As if the person behind this session cookie had done nothing for 15 minutes."""
        sleutel = hashlib.sha256(cookie.encode()).hexdigest()
        self.sql(
            "UPDATE identity_sessie SET begin = ?, verloopt = ? WHERE sleutel = ?",
            "2026-01-01 10:00:00", "2026-01-01 10:15:00", sleutel,
        )  # fmt: skip
        assert self.sql("SELECT 1 FROM identity_sessie WHERE sleutel = ?", sleutel), "geen sessie"

    def forget_confirmations(self) -> None:
        """As if it were tomorrow: an address may be confirmed only so many times a day."""
        self.sql("UPDATE profile_profiel SET bevestigingen = 0")


def _running() -> list[int]:
    """Every process but those that ended and of which nobody fetched the exit code yet."""
    return [
        int(map_.name)
        for map_ in Path("/proc").iterdir()
        if map_.name.isdigit() and not _is_zombie(map_ / "stat")
    ]


def _is_zombie(stat: Path) -> bool:
    try:
        return stat.read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def _environment(pid: int) -> list[bytes]:
    """Its variables; empty for a process of somebody else."""
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return []


def shared_folder(eigen: Path) -> Path:
    """The folder of the whole run, given pytest's base folder: under xdist every process has one below it."""
    return eigen.parent if os.environ.get("PYTEST_XDIST_WORKER") else eigen


def prepared_demo(folder: Path) -> Path:
    """A data folder with the demo loaded, made once for all test processes of this run. Copy it, never use it."""
    klaar = folder / "demo"
    with (folder / "demo.slot").open("w") as slot:
        fcntl.flock(slot, fcntl.LOCK_EX)
        if not klaar.exists():
            bezig = folder / "demo.bezig"
            shutil.rmtree(bezig, ignore_errors=True)
            bezig.mkdir(mode=0o700)
            uitkomst = Product(bezig).command("prepare")
            assert uitkomst.returncode == 0, uitkomst.stdout + uitkomst.stderr
            bezig.rename(klaar)
    return klaar


def copy_demo(demo: Path, doel: Path) -> Path:
    """A copy to run on."""
    shutil.copytree(demo, doel)
    return doel
