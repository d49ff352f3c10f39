"""The databases to measure on, filled by the product's own commands and kept for the next run."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results"
_KLAAR = "klaar.json"


@dataclass(frozen=True, slots=True)
class Database:
    """A filled database. `seconden` is how long `eloket seed` took for `zaken`, `bytes` what the database takes up."""

    zaken: int
    map: Path
    url: str  # "" is SQLite, in `map`
    seconden: float
    bytes: int

    @property
    def env(self) -> dict[str, str]:
        """The environment for every process that works on it."""
        return _env(self.map, self.url)


def _env(map_: Path, url: str) -> dict[str, str]:
    """Nothing of the caller's own E-loket counts, only this database."""
    schoon = {
        naam: waarde
        for naam, waarde in os.environ.items()
        if not naam.startswith("ELOKET_") and naam != "DATABASE_URL"
    }
    eigen = {
        "ELOKET_OMGEVING": "demo",
        "ELOKET_LIMIETEN": "nee",  # everybody comes from one address
        "ELOKET_DATA_DIR": str(map_),
        "ELOKET_DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
        "PYTHONUNBUFFERED": "1",
    }
    return schoon | eigen


def get_sqlite(zaken: int, cache: Path) -> Database:
    """The SQLite database with this many zaken; made when there is none that today's code would make."""
    map_ = cache / f"sqlite-{zaken}-{_fingerprint()}"
    bewijs = map_ / _KLAAR
    if bewijs.exists():
        print(f"Database met {zaken:,} zaken: die van de vorige keer ({map_.name}).")
        return Database(map=map_, url="", **json.loads(bewijs.read_text()))
    for oud in cache.glob(f"sqlite-{zaken}-*"):
        shutil.rmtree(oud)
    map_.mkdir(parents=True)
    seconden = _fill(zaken, map_, "")
    omvang = sum(pad.stat().st_size for pad in map_.glob("eloket.sqlite3*"))
    database = Database(zaken, map_, "", seconden, omvang)
    bewijs.write_text(json.dumps({k: v for k, v in asdict(database).items() if k not in {"map", "url"}}))
    return database


@contextmanager
def made_on_postgres(zaken: int, cache: Path, server: str) -> Iterator[Database]:
    """A new database on this server (a URL of a database on it), dropped at the end.

    Its name is ours: `eloket_bench_` and the number. One that was left behind is dropped first.
    """
    naam = f"eloket_bench_{zaken}"
    basis, _, vraag = server.partition("?")
    url = f"{basis.rsplit('/', 1)[0]}/{quote(naam)}" + (f"?{vraag}" if vraag else "")
    map_ = cache / f"postgres-{zaken}"
    shutil.rmtree(map_, ignore_errors=True)
    map_.mkdir(parents=True)
    _execute(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", naam)
    _execute(server, "CREATE DATABASE {}", naam)
    try:
        seconden = _fill(zaken, map_, url)
        with psycopg.connect(url, autocommit=True) as verbinding:
            verbinding.execute("VACUUM (ANALYZE)")  # what autovacuum would do within minutes
            rij = verbinding.execute("SELECT pg_database_size(current_database())").fetchone()
        assert rij is not None
        yield Database(zaken, map_, url, seconden, int(rij[0]))
    finally:
        _execute(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", naam)
        shutil.rmtree(map_, ignore_errors=True)


def _execute(server: str, opdracht: str, naam: str) -> None:
    with psycopg.connect(server, autocommit=True) as verbinding:
        verbinding.execute(sql.SQL(opdracht).format(sql.Identifier(naam)))


def _fill(zaken: int, map_: Path, url: str) -> float:
    """What somebody would type: prepare (which brings the civil servants of the demo), then seed. In seconds."""
    env = _env(map_, url)
    print(f"Database met {zaken:,} zaken maken ...", flush=True)
    _eloket("prepare", env=env)
    begin = time.monotonic()
    _eloket("seed", "--zaken", str(zaken), env=env)
    return time.monotonic() - begin


def _eloket(*opdracht: str, env: dict[str, str]) -> None:
    subprocess.run(
        [sys.executable, "-m", "eloket", *opdracht], env=env, check=True, stdout=subprocess.DEVNULL
    )


def _fingerprint() -> str:
    """Of the code that decides what is in the database: migrations, demo data and the seed itself."""
    bron = ROOT / "src" / "eloket"
    paden = [
        *bron.glob("**/migrations/*.py"),
        *(bron / "sources/register/seed").glob("*.py"),
        *(bron / "sources/register/zaaktypen").glob("*.yaml"),
    ]
    som = hashlib.sha256()
    for pad in sorted(paden):
        som.update(pad.read_bytes())
    return som.hexdigest()[:10]
