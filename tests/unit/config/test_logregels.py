import logging
import sys

import pytest
from django.core.exceptions import RequestDataTooBig

from eloket.config.logregels import GeweigerdInEenRegel, ZonderInhoud


def test_a_traceback_shows_where_and_what_kind_but_never_what_was_typed():
    def breekt(waarde: str) -> None:
        try:
            int(waarde)
        except ValueError as error:
            raise KeyError(f"rij {waarde} bestaat al") from error

    tekst = ""
    getypt = " ".join(("9999" + "90019", "van", "Drou" + "wen"))  # so that no source line holds it
    try:
        breekt(getypt)
    except KeyError:
        tekst = ZonderInhoud("{message}", style="{").format(
            logging.LogRecord("x", logging.ERROR, "x", 1, "Internal Server Error", (), sys.exc_info())
        )
    assert "builtins.KeyError" in tekst
    assert "builtins.ValueError" in tekst
    assert "in breekt" in tekst
    assert "999990019" not in tekst
    assert "Drouwen" not in tekst


def test_what_any_visitor_can_cause_is_a_warning_of_one_line():
    fout = RequestDataTooBig("te groot")
    regel = logging.LogRecord(
        "django.security.RequestDataTooBig", logging.ERROR, "x", 1, "te groot", (), (type(fout), fout, None)
    )
    assert GeweigerdInEenRegel().filter(regel)
    opmaak = ZonderInhoud("{levelname} {name} {message}", style="{")
    assert opmaak.format(regel) == "WARNING django.security.RequestDataTooBig te groot"


def test_every_other_error_keeps_its_level_and_the_log_uses_the_filter():
    regel = logging.LogRecord("django.request", logging.ERROR, "x", 1, "fout", (), None)
    assert GeweigerdInEenRegel().filter(regel)
    assert regel.levelname == "ERROR"
    handlers = logging.getLogger().handlers
    assert any(isinstance(een, GeweigerdInEenRegel) for handler in handlers for een in handler.filters)


@pytest.mark.parametrize("pad", ["/bevestigen/", "/afmelden/"])
def test_the_secret_of_a_link_from_a_mail_is_left_out(pad):
    """Django names the path of what fails or is refused."""
    regel = logging.makeLogRecord({"msg": "Internal Server Error: %s", "args": (f"{pad}a1b2.c3d4/?x=1",)})
    assert ZonderInhoud("{message}", style="{").format(regel) == f"Internal Server Error: {pad}.../?x=1"
