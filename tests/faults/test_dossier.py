"""The dossier of the running product: large, and with its files, its server or its reader taken away halfway."""

import hashlib
import io
import json
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import requests

from tests.e2e.bezoeker import Bezoeker
from tests.e2e.product import EIGEN_SERVER, Product, copy_demo, prepared_demo, shared_folder
from tests.faults.installatie import wait_until

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.timeout(180), EIGEN_SERVER]
LAMP = "kapotte straatverlichting Lindelaan"
AANTAL, OMVANG = 100, 10 * 1024**2
# In the product's own process: rows as an upload makes them. A hundred real uploads would take minutes.
_VUL = """
import json, sys, django
django.setup()
from eloket.documenten.models import Bestand, Document
from eloket.kernel.klok import nu
ref, delen = sys.argv[1], json.load(sys.stdin)
for nummer, (sha256, omvang) in enumerate(delen):
    bestand = Bestand.objects.create(sha256=sha256, omvang=omvang, aangeraakt=nu())
    Document.objects.create(
        zaak_ref=ref, bestand=bestand, titel=f"Groot {nummer}", bestandsnaam=f"groot-{nummer}.pdf", formaat="pdf",
        herkomst="gemeente", auteur_key="k", auteur_naam="n", ontvangen_op=nu(), beoordeling="geaccepteerd",
    )
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    return prepared_demo(shared_folder(tmp_path_factory.getbasetemp()))


@pytest.fixture
def product(demo: Path, tmp_path: Path) -> Iterator[Product]:
    product = Product(copy_demo(demo, tmp_path / "data"))
    try:
        yield product.start()
    finally:
        product.stop()


def jeroen(product: Product) -> tuple[Bezoeker, str]:
    """Logged in, and the path of the dossier of one of his zaken."""
    bezoeker = Bezoeker(product.url).log_in("digid", "jeroen")
    return bezoeker, f"{bezoeker.find('/mijn/zaken/', LAMP)}dossier/"


def fill(product: Product, pad: str, aantal: int = AANTAL) -> list[Path]:
    """This many documents of 10 MB in the zaak; where their content stands. They take no room: all zeros but a line."""
    delen, paden = [], []
    for nummer in range(aantal):
        kop = f"%PDF-1.7 {nummer}\n".encode()
        sha256 = hashlib.sha256(kop + bytes(OMVANG - len(kop))).hexdigest()
        blad = product.data_dir / "files" / sha256[:2] / sha256[2:4] / sha256
        blad.parent.mkdir(parents=True, exist_ok=True)
        with blad.open("wb") as bestand:
            bestand.write(kop)
            bestand.truncate(OMVANG)
        delen.append((sha256, OMVANG))
        paden.append(blad)
    omgeving = {"ELOKET_DATA_DIR": str(product.data_dir), "DJANGO_SETTINGS_MODULE": "eloket.config.settings"}
    subprocess.run(
        [sys.executable, "-c", _VUL, pad.split("/")[3]],
        env=product.env | omgeving,
        input=json.dumps(delen).encode(),
        timeout=120,
        check=True,
    )
    return paden


def begin(product: Product, bezoeker: Bezoeker, pad: str) -> requests.Response:
    """A download of which the first bytes are there."""
    antwoord = bezoeker.http.get(f"{product.url}{pad}", stream=True, timeout=30)
    assert antwoord.status_code == 200
    return antwoord


def total(product: Product, bestand: str, teller: str) -> int:
    """The sum of this counter in /proc over its processes; one that ends meanwhile counts for nothing."""
    som = 0
    for pid in product.group():
        with suppress(FileNotFoundError, ProcessLookupError):
            woorden = Path(f"/proc/{pid}/{bestand}").read_text(encoding="utf-8").split()
            som += int(woorden[woorden.index(teller) + 1]) if teller in woorden else 0
    return som


def memory(product: Product) -> int:
    """What its processes hold now, in bytes."""
    return total(product, "status", "VmRSS:") * 1024


def read_bytes(product: Product) -> int:
    """What its processes have read so far, of files and connections."""
    return total(product, "io", "rchar:")


def open_files(product: Product) -> int:
    """How many files of the storage its processes have open."""
    open_ = []
    for pid in product.group():
        with suppress(FileNotFoundError, ProcessLookupError):
            for plek in Path(f"/proc/{pid}/fd").iterdir():
                with suppress(FileNotFoundError):
                    open_.append(str(plek.readlink()))
    return sum(str(product.data_dir / "files") in een for een in open_)


def test_a_gigabyte_begins_at_once_and_takes_no_memory_and_no_disk(product: Product):
    bezoeker, pad = jeroen(product)
    klein = b"".join(
        begin(product, bezoeker, pad).iter_content(65536)
    )  # also: compiles the templates of the pdf files
    assert zipfile.ZipFile(io.BytesIO(klein)).testzip() is None
    fill(product, pad)
    voor, schijf, gelezen = memory(product), disk(product), read_bytes(product)
    antwoord = begin(product, bezoeker, pad)
    stroom, geteld, hoogste = antwoord.iter_content(1024**2), 0, 0
    geteld += len(next(stroom))
    assert read_bytes(product) - gelezen < AANTAL * OMVANG / 10, "it begins before it has read what it sends"
    for nummer, deel in enumerate(stroom):
        geteld += len(deel)
        if nummer % 50 == 0:
            hoogste = max(hoogste, memory(product))
            assert disk(product) - schijf < 10 * 1024**2
    assert geteld == int(antwoord.headers["Content-Length"]) > AANTAL * OMVANG
    assert hoogste - voor < 60 * 1024**2
    assert product.fouten == []


def disk(product: Product) -> int:
    """What the data folder takes on the disk."""
    return sum(pad.stat().st_blocks * 512 for pad in product.data_dir.rglob("*") if pad.is_file())


def test_a_reader_who_is_slow_does_not_make_the_server_hold_the_rest(product: Product):
    bezoeker, pad = jeroen(product)
    b"".join(begin(product, bezoeker, pad).iter_content(65536))
    fill(product, pad)
    voor = memory(product)
    antwoord = begin(product, bezoeker, pad)
    next(antwoord.iter_content(65536))
    time.sleep(4)
    assert memory(product) - voor < 60 * 1024**2
    antwoord.close()


def test_a_reader_who_hangs_up_stops_the_work(product: Product):
    bezoeker, pad = jeroen(product)
    fill(product, pad, 20)
    antwoord = begin(product, bezoeker, pad)
    next(antwoord.iter_content(1024**2))
    wait_until(lambda: open_files(product) == 1)
    antwoord.close()
    wait_until(lambda: open_files(product) == 0)
    product.wait_for_log("verbinding is verbroken")
    assert product.fouten == []


def test_a_document_that_disappears_halfway_breaks_the_connection_off(product: Product):
    bezoeker, pad = jeroen(product)
    paden = fill(product, pad, 20)
    antwoord = begin(product, bezoeker, pad)
    stroom = antwoord.iter_content(1024**2)
    gekregen = [next(stroom)]
    for blad in paden[-3:]:
        blad.unlink()
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        gekregen.extend(stroom)
    _assert_broken(antwoord, b"".join(gekregen))
    product.wait_for_log("fout dossier-onvolledig")
    assert "groot-" not in product.log, "no name of a file in the log"
    # From now on it is known beforehand, and a page says so.
    assert "niet compleet maken" in bezoeker.get(pad).text


def test_a_server_that_is_killed_leaves_no_dossier_that_looks_whole(product: Product):
    bezoeker, pad = jeroen(product)
    fill(product, pad, 20)
    antwoord = begin(product, bezoeker, pad)
    stroom = antwoord.iter_content(1024**2)
    gekregen = [next(stroom)]
    product._kill()
    with pytest.raises((requests.exceptions.ChunkedEncodingError, requests.exceptions.ConnectionError)):
        gekregen.extend(stroom)
    _assert_broken(antwoord, b"".join(gekregen))


def _assert_broken(antwoord: requests.Response, gekregen: bytes) -> None:
    assert len(gekregen) < int(antwoord.headers["Content-Length"])
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(gekregen))
