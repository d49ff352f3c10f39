"""`eloket start`: the whole product on one machine, in the foreground, until Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

THREADS = 16  # measured: with fewer, eight slow clients stop a server that faces them itself
START_SECONDS = 60
STOP_SECONDS = 10
_EINDE = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Command(BaseCommand):
    help = "Start E-loket: webserver en worker. Stoppen met Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="poort op 127.0.0.1")
        parser.add_argument(
            "--data-dir", type=Path, default=Path("data"), help="map voor database, bestanden en mail"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        port: int = options["port"]
        _check_port(port)
        env = _environment(port, options["data_dir"].resolve())
        if subprocess.run([sys.executable, "-m", "eloket", "prepare"], env=env, check=False).returncode:
            raise CommandError("E-loket kan niet starten. Hierboven staat waarom.")
        for reden in _EINDE:
            signal.signal(reden, _stop)
        processen: list[subprocess.Popen[bytes]] = []
        try:
            for opdracht in _opdrachten(port):
                processen.append(_launch(opdracht, env))  # noqa: PERF401 - each is known as soon as it runs
            _wait_until_ready(port, processen)
            self.stdout.write(_welkom(port))
            self.stdout.flush()
            _wait_until_one_ends(processen)
        except KeyboardInterrupt:
            self.stdout.write("\nE-loket stopt ...")
        finally:
            _end(processen)


def _launch(opdracht: list[str], env: dict[str, str]) -> "subprocess.Popen[bytes]":
    """In a session of its own: Ctrl-C reaches this process only, which then ends the others in order."""
    return subprocess.Popen(opdracht, env=env, start_new_session=True)  # noqa: S603


def _stop(_signal: int, _frame: FrameType | None) -> None:
    _ignore_signals()
    raise KeyboardInterrupt


def _ignore_signals() -> None:
    """From here on nothing interrupts: make passes on a signal that we had already, and its children would stay."""
    for reden in _EINDE:
        signal.signal(reden, signal.SIG_IGN)


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(
                f"Poort {port} is al in gebruik. Kies een andere, bijvoorbeeld: make run PORT={port + 1}"
            ) from error


def _environment(port: int, data_dir: Path) -> dict[str, str]:
    env = {**os.environ, "ELOKET_DATA_DIR": str(data_dir), "PYTHONUNBUFFERED": "1"}
    if settings.ELOKET.is_demo:
        env["ELOKET_BASE_URL"] = f"http://127.0.0.1:{port}"
    return env


def _opdrachten(port: int) -> list[list[str]]:
    # Level error: at warning it remarks on the number of threads, which is what we measured to need.
    web = f"granian --interface wsgi --host 127.0.0.1 --port {port} --workers 1 --blocking-threads {THREADS}"
    web += " --http 1 --no-ws --respawn-failed-workers --log-level error eloket.config.wsgi:application"
    return [
        [sys.executable, "-m", *web.split()],
        [sys.executable, "-m", "eloket", "worker"],
    ]


def _wait_until_ready(port: int, processen: list["subprocess.Popen[bytes]"]) -> None:
    einde = time.monotonic() + START_SECONDS
    while time.monotonic() < einde:
        _check_running(processen)
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/gezondheid/klaar/", timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise CommandError(f"E-loket antwoordt na {START_SECONDS} seconden nog niet.")


def _wait_until_one_ends(processen: list["subprocess.Popen[bytes]"]) -> None:
    while True:
        _check_running(processen)
        time.sleep(0.5)


def _check_running(processen: list["subprocess.Popen[bytes]"]) -> None:
    for proces in processen:
        if proces.poll() is not None:
            raise CommandError("Een onderdeel van E-loket is gestopt. Hierboven staat waarom.")


def _end(processen: list["subprocess.Popen[bytes]"]) -> None:
    _ignore_signals()
    for proces in processen:
        if proces.poll() is None:
            proces.terminate()
    for proces in processen:
        with suppress(subprocess.TimeoutExpired):
            proces.wait(timeout=STOP_SECONDS)
        with suppress(ProcessLookupError):
            os.killpg(proces.pid, signal.SIGKILL)  # what did not end in time, its own processes included
        proces.wait()


def _welkom(port: int) -> str:
    regel = f"Klaar: http://127.0.0.1:{port}"
    if settings.ELOKET.is_demo:
        regel += (
            "  Log in als Jeroen van Drouwen, Fatima el Idrissi of Sanne de Wit (DigiD),"
            f" Bakkerij De Korenaar B.V. (eHerkenning), of als medewerker op http://127.0.0.1:{port}/werkplek/"
        )
    return regel
