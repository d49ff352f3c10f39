"""A real clamd for tests: on a free loopback port, with one signature of our own, so nothing is downloaded."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

# The test string that every scanner knows (eicar.org), put together here so that no file in the repository holds it.
EICAR = b"X5O!P%@AP[4" + b"\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
_SECONDEN = 30


def clamd_of_this_machine() -> str:
    """The program; skips where there is none, except on CI, where that is an error."""
    gevonden = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")
    if gevonden:
        return gevonden
    if os.environ.get("CI") == "true":
        pytest.fail("er is geen clamd (Debian: apt install clamav-daemon)")
    pytest.skip("er is geen clamd (Debian: apt install clamav-daemon)")


@contextmanager
def running_clamd(folder: Path, *, grootste: str = "60M") -> Iterator[str]:
    """The url of a clamd that finds EICAR; stopped at the end. `grootste` is its StreamMaxLength."""
    programma = clamd_of_this_machine()
    database = folder / "database"
    database.mkdir(parents=True)
    (database / "eloket.ndb").write_text(f"Eloket.Test:0:*:{EICAR.hex()}\n")
    with socket.socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        poort = vrij.getsockname()[1]
    (folder / "clamd.conf").write_text(
        f"TCPSocket {poort}\nTCPAddr 127.0.0.1\nDatabaseDirectory {database}\nForeground yes\n"
        f"StreamMaxLength {grootste}\nTemporaryDirectory {folder}\nOfficialDatabaseOnly no\n"
    )
    proces = subprocess.Popen(
        [programma, "--config-file", str(folder / "clamd.conf")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(proces, poort)
        yield f"tcp://127.0.0.1:{poort}"
    finally:
        proces.terminate()
        proces.wait(_SECONDEN)


def _wait(proces: "subprocess.Popen[bytes]", poort: int) -> None:
    einde = time.monotonic() + _SECONDEN
    while time.monotonic() < einde:
        if proces.poll() is not None:
            raise AssertionError("clamd stopt meteen")
        try:
            with socket.create_connection(("127.0.0.1", poort), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("clamd komt niet op")


def _run(opdracht: list[str]) -> int:
    """For scripts/with-clamd: the command's exit code. Ctrl-C ends the command, and then clamd."""
    with tempfile.TemporaryDirectory(prefix="eloket-clamd-") as folder, running_clamd(Path(folder)) as url:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        proces = subprocess.Popen(opdracht, env={**os.environ, "ELOKET_CLAMD_URL": url})
        try:
            return proces.wait()
        except (KeyboardInterrupt, SystemExit):
            proces.terminate()
            return proces.wait()


if __name__ == "__main__":
    sys.exit(_run(sys.argv[1:]))
