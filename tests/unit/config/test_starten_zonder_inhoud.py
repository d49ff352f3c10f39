"""A start that fails, and whatever stops a process, says where and what kind: never a value. In real processes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ELOKET = [sys.executable, "-m", "eloket"]
DEEL, REST = "Zm9v" + "YmFy", "S3" + "cr3t"  # so that no line of source holds them
GOED = {
    "ELOKET_OMGEVING": "demo",
    "ELOKET_SMTP_URL": "",
}


def run(opdracht: list[str], map_: Path, **omgeving: str) -> tuple[int, str]:
    kaal = {naam: waarde for naam, waarde in os.environ.items() if not naam.startswith("ELOKET_")}
    kaal.pop("DATABASE_URL", None)
    kaal.pop("DJANGO_SETTINGS_MODULE", None)
    klaar = subprocess.run(
        opdracht,
        env={**kaal, **GOED, "ELOKET_DATA_DIR": str(map_ / "data"), **omgeving},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return klaar.returncode, klaar.stdout + klaar.stderr


@pytest.mark.parametrize(
    ("naam", "waarde"),
    [
        ("SMTP_URL", f"smtp://eloket:{DEEL}/{REST}@mail:587"),
        ("SMTP_URL", f"smtp://eloket:1234#{REST}@mail:587"),
        ("DATABASE_URL", f"postgres://eloket:{DEEL}/{REST}@db/eloket"),
        ("DATABASE_URL", f"postgres://eloket:{DEEL}?{REST}@db/eloket"),
        ("RETOUR_IMAP_URL", f"imaps://eloket:{DEEL}/{REST}@mail/INBOX"),
    ],
)
def test_a_password_that_was_not_encoded_stops_the_start_and_is_not_shown(
    naam: str, waarde: str, tmp_path: Path
):
    code, uit = run([*ELOKET, "check"], tmp_path, **{f"ELOKET_{naam}": waarde})
    assert code != 0
    assert f"ELOKET_{naam}: geef" in uit
    assert "/ als %2F, # als %23, ? als %3F en @ als %40" in uit
    assert "Traceback" not in uit
    assert DEEL not in uit
    assert REST not in uit


def test_an_error_that_no_command_catches_shows_where_and_never_its_text(tmp_path: Path):
    url = f"postgres://{DEEL}:{REST}@127.0.0.1:1/eloket"
    code, uit = run([*ELOKET, "controleer-bewijs"], tmp_path, ELOKET_DATABASE_URL=url)
    assert code != 0
    assert "ERROR eloket gestopt door een fout in het programma" in uit
    assert "django.db.utils.OperationalError" in uit
    assert "controle.py" in uit
    assert "refused" not in uit
    assert DEEL not in uit
    assert REST not in uit


def test_a_web_server_that_cannot_start_does_not_show_it_either(tmp_path: Path):
    (tmp_path / "data").write_text("")
    code, uit = run(
        [sys.executable, "-c", "import eloket.config.wsgi"],
        tmp_path,
        ELOKET_DATA_DIR=str(tmp_path / "data" / DEEL),
    )
    assert code == 1
    assert "gestopt door een fout in het begin" in uit
    assert "builtins.NotADirectoryError" in uit
    assert DEEL not in uit


@pytest.mark.parametrize(
    "regel",
    [
        "threading.Thread(target=int, args=[waarde]).start()",
        "int(waarde)",
        "type('X', (), {'__del__': lambda self: int(waarde)})()",
    ],
)
def test_a_thread_the_program_and_what_is_thrown_away_alike(regel: str, tmp_path: Path):
    begin = "import os, threading; from eloket.config import excepthook; excepthook.install();"
    _, uit = run(
        [sys.executable, "-c", f"{begin} waarde = os.environ['WAARDE']; {regel}"], tmp_path, WAARDE=DEEL
    )
    assert "gestopt door een fout in" in uit
    assert "builtins.ValueError" in uit
    assert DEEL not in uit


def test_what_is_wrong_with_a_setting_is_still_told(tmp_path: Path):
    code, uit = run(
        [*ELOKET, "check"], tmp_path, ELOKET_OMGEVING="test", ELOKET_MIDDELEN_BESTAND="/weg/is.yaml"
    )
    assert code != 0
    assert "E-loket start niet: ELOKET_MIDDELEN_BESTAND" in uit
