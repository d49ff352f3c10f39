"""A mail server that takes everything and keeps nothing: `python -m bench.sink`, a process of its own.

It writes its port on 127.0.0.1 to standard output, and ends with standard input.
"""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from bench.databases import ROOT


class _Neemt:
    async def handle_DATA(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802
        return "250 aangenomen"


@contextmanager
def sink() -> Iterator[int]:
    """The port of one, gone at the end."""
    proces = subprocess.Popen(
        [sys.executable, "-m", "bench.sink"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert proces.stdout
        yield int(proces.stdout.readline())
    finally:
        proces.terminate()
        proces.wait(timeout=15)


def _main() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])  # aiosmtpd wants to know beforehand
    controller = Controller(_Neemt(), hostname="127.0.0.1", port=port)
    controller.start()
    print(port, flush=True)
    sys.stdin.read()
    controller.stop(no_assert=True)


if __name__ == "__main__":
    _main()
