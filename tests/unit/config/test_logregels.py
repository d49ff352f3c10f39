import logging
import sys

from eloket.config.logregels import ZonderInhoud


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
