"""Log lines without what people typed: a traceback shows where it went wrong, never the text of the exception.

The text of an exception may hold values (PostgreSQL names the offending row; a parser quotes its input), and a log is
read by many. DigiD norm: no personal data in error messages and logs.
"""

import logging
import re
import traceback
from types import TracebackType

# The path of a link from a mail holds its token, and Django logs the path of what it refuses.
_TOKEN = re.compile(r"(/(?:bevestigen|afmelden)/)[^/\s]+")


class ZonderInhoud(logging.Formatter):
    """Formats exceptions as their frames and class names only, causes included; tokens in a path are left out."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name that logging calls
        return _TOKEN.sub(r"\1...", super().formatMessage(record))

    def formatException(  # noqa: N802 - the name that logging calls
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        fout = ei[1]
        regels: list[str] = []
        while fout is not None and len(regels) < 500:
            regels += [regel.rstrip() for regel in traceback.format_tb(fout.__traceback__)]
            regels.append(f"{type(fout).__module__}.{type(fout).__qualname__}")
            fout = fout.__cause__ or (None if fout.__suppress_context__ else fout.__context__)
        return "\n".join(regels)


class GeweigerdInEenRegel(logging.Filter):
    """What Django refuses as suspicious (too large, a strange Host) is no error of ours, and any visitor can cause it:
    a warning of one line, without the traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security."):
            record.levelno, record.levelname = logging.WARNING, "WARNING"
            record.exc_info = record.exc_text = None
        return True
