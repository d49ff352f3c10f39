"""What nobody caught, on stderr as the log would write it: where and what kind, never the text (config.logregels).

Python itself prints that text: of a command or a worker that stops, of a thread, of what is thrown away. It works
before the settings are read, which is where a wrong value is parsed.
"""

import logging
import sys
import threading
from types import TracebackType

from django.core.exceptions import ImproperlyConfigured

from eloket.config.logregels import ZonderInhoud

_OPMAAK = ZonderInhoud("{asctime} {levelname} {name} {message}", style="{")


def install() -> None:
    """For this process, its threads, and what fails where nobody can catch it. Ctrl-C stays as Python has it."""
    sys.excepthook = _on_error
    threading.excepthook = _on_thread
    sys.unraisablehook = _on_unraisable


def write_error(fout: BaseException, waar: str) -> None:
    """A line with its traceback. Of ImproperlyConfigured the text too: it names a setting and what to mend, and those
    who write it leave out the value."""
    bericht = f"gestopt door een fout in {waar}"
    if isinstance(fout, ImproperlyConfigured):
        bericht = f"E-loket start niet: {fout}"
    regel = logging.LogRecord(
        "eloket", logging.ERROR, "", 0, bericht, None, (type(fout), fout, fout.__traceback__)
    )
    if sys.stderr is not None:
        sys.stderr.write(f"{_OPMAAK.format(regel)}\n")
        sys.stderr.flush()


def _on_error(soort: type[BaseException], fout: BaseException, spoor: TracebackType | None) -> None:
    if issubclass(soort, KeyboardInterrupt):
        sys.__excepthook__(soort, fout, spoor)
    else:
        write_error(fout, "het programma")


def _on_thread(wat: threading.ExceptHookArgs) -> None:
    if wat.exc_value is not None and not issubclass(wat.exc_type, SystemExit):
        write_error(wat.exc_value, "een draad")


def _on_unraisable(wat: "sys.UnraisableHookArgs") -> None:
    if wat.exc_value is not None:
        write_error(wat.exc_value, "het opruimen")
