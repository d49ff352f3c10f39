"""Who does the steps of docs/operations.md, First installation, and no others, has a set-up without FOUT.

The commands are read from that page and run in a process of their own, on an empty folder, with the settings of
production. Only what asks others over the network is left out, and the worker does one round.
"""

import json
import os
import re
import secrets
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[3]
KORTER = {"worker": ["--eenmaal"], "check-production": ["--zonder-netwerk"]}
_ALLES = """
import sys, json
from django.core.management import ManagementUtility
for opdracht in json.loads(sys.argv[1]):
    print("::", *opdracht, flush=True)
    ManagementUtility(["eloket", *opdracht]).execute()
"""


def documented() -> Iterator[list[str]]:
    """Every command of that section, in its order."""
    pagina = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    deel = re.search(r"^## First installation\n(.*?)^## ", pagina, re.DOTALL | re.MULTILINE)
    assert deel
    for regel in deel[1].splitlines():
        if regel.startswith("        eloket "):
            yield shlex.split(regel)[1:]


def secret(map_: Path, naam: str) -> str:
    bestand = map_ / naam
    bestand.write_text(secrets.token_urlsafe(48), encoding="utf-8")
    bestand.chmod(0o600)
    return str(bestand)


def production(map_: Path) -> dict[str, str]:
    """The settings that the README asks for, and local accounts."""
    eigen = {
        naam: waarde for naam, waarde in os.environ.items() if not naam.startswith(("ELOKET_", "DATABASE_"))
    }
    return eigen | {
        "DJANGO_SETTINGS_MODULE": "eloket.config.settings",
        "ELOKET_BASE_URL": "https://mijn.gemeente-proef.nl",
        "ELOKET_HOSTS": "mijn.gemeente-proef.nl",
        "ELOKET_DATA_DIR": str(map_ / "data"),
        "ELOKET_SECRETS_FILE": secret(map_, "geheim"),
        "ELOKET_HASH_SECRET_FILE": secret(map_, "hash"),
        "ELOKET_BEHIND_PROXY": "ja",
        "ELOKET_CONTROLE_URL": "uit",
        "ELOKET_SMTP_URL": "smtp://naam:een-lang-wachtwoord@mail.gemeente-proef.nl:587?tls=1",
        "ELOKET_ZONDER_SCANNER": "ja",
        "ELOKET_DIGID_ISSUER": "https://broker.gemeente-proef.nl/digid",
        "ELOKET_DIGID_CLIENT_ID": "eloket",
        "ELOKET_DIGID_CLIENT_SECRET_FILE": secret(map_, "digid"),
        "ELOKET_LOKALE_ACCOUNTS": "ja",
        "ELOKET_GEMEENTE": "Gemeente Proef",
        "ELOKET_TELEFOON": "14 012",
        "ELOKET_MAIL_FROM": "Gemeente Proef <noreply@gemeente-proef.nl>",
    }


def run(map_: Path, opdrachten: list[list[str]]) -> subprocess.CompletedProcess[str]:
    vol = [[*opdracht, *KORTER.get(opdracht[0], [])] for opdracht in opdrachten]
    return subprocess.run(
        [sys.executable, "-c", f"import os; os.umask(0o077)\n{_ALLES}", json.dumps(vol)],
        env=production(map_),
        cwd=map_,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_the_steps_lead_from_an_empty_folder_to_a_check_without_a_fault(tmp_path: Path):
    stappen = list(documented())
    assert [stap[0] for stap in stappen] == [
        "prepare", "import-zaaktypen", "medewerker", "uitnodigen", "medewerker", "medewerker", "worker",
        "check-production",
    ]  # fmt: skip
    klaar = run(tmp_path, stappen)
    assert klaar.returncode == 0, klaar.stderr[-3000:] + klaar.stdout[-3000:]
    assert not [regel for regel in klaar.stdout.splitlines() if regel.startswith("FOUT")]
    assert "https://mijn.gemeente-proef.nl/werkplek/uitnodiging/" in klaar.stdout
    assert "Het recht Inzien hebben er 2" in klaar.stdout
    assert "Rechten: inzien.\nAfdelingen: geen." in klaar.stdout
    assert "BEZWAAR" in klaar.stdout


def test_without_the_step_about_who_guards_the_check_says_which_step_that_is(tmp_path: Path):
    zonder = [stap for stap in documented() if stap[-1] != "inzien"]
    klaar = run(tmp_path, zonder)
    assert klaar.returncode == 1
    fouten = [regel for regel in klaar.stdout.splitlines() if regel.startswith("FOUT")]
    assert len(fouten) == 1
    assert "Niemand heeft het recht Inzien" in fouten[0]
    assert "in de werkplek bij Beheer, Medewerkers" in klaar.stdout
    assert "eloket medewerker SUBJECT NAAM --recht inzien" in klaar.stdout
