"""The WSGI application that granian serves."""

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.wsgi import get_wsgi_application

from eloket.config import excepthook

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eloket.config.settings")
excepthook.install()
try:
    _django = get_wsgi_application()
except Exception as fout:  # noqa: BLE001 - the web server would print its text
    excepthook.write_error(fout, "het begin")
    sys.exit(1)

from eloket.beschikbaarheid.levensteken import begin_web  # noqa: E402 - settings and models come first
from eloket.config.verzoekgrens import find_doubt, refuse  # noqa: E402


def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Answer a request; from its first one on this process gives a sign of life each minute. One of which it is not
    sure where it ends reaches nothing."""
    begin_web()
    if bezwaar := find_doubt(environ):
        return refuse(start_response, bezwaar)
    return _django(environ, start_response)
