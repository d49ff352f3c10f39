"""In demo nothing leaves the machine: every mail becomes a file, which /demo/mail/ shows."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

from eloket.kernel.klok import nu


class EmlBackend(BaseEmailBackend):
    """Writes each mail as one .eml in EMAIL_FILE_PATH. The names sort by time; a half file is never seen."""

    def __init__(self, fail_silently: bool = False, **_options: Any) -> None:
        super().__init__(fail_silently=fail_silently)
        self._map = Path(settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """The number of mails written. Raises OSError when the disk refuses."""
        self._map.mkdir(parents=True, exist_ok=True, mode=0o700)
        for mail in email_messages:
            self._write(mail.message().as_bytes())
        return len(email_messages)

    def _write(self, inhoud: bytes) -> None:
        naam = f"{nu():%Y%m%dT%H%M%S%f}-{uuid4().hex[:12]}.eml"
        tijdelijk = self._map / f".{naam}.tmp"
        try:
            with tijdelijk.open("xb") as bestand:
                bestand.write(inhoud)
                bestand.flush()
                os.fsync(bestand.fileno())
            tijdelijk.replace(self._map / naam)
        finally:
            tijdelijk.unlink(missing_ok=True)
