"""The running product, with its connection, its disk or its database taken away. It says so, and loses nothing."""

import resource
import shutil
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.e2e.bezoeker import Bezoeker, hidden_fields, text_of
from tests.e2e.product import EIGEN_SERVER, Product, copy_demo, prepared_demo, shared_folder
from tests.faults.installatie import wait_until

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.timeout(180), EIGEN_SERVER]
LAMP = "kapotte straatverlichting Lindelaan"


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
    """Logged in, and the path of one of his zaken."""
    bezoeker = Bezoeker(product.url).log_in("digid", "jeroen")
    return bezoeker, bezoeker.find("/mijn/zaken/", LAMP)


def stored_files(product: Product) -> set[str]:
    return {
        str(pad.relative_to(product.data_dir))
        for pad in (product.data_dir / "files").rglob("*")
        if pad.is_file()
    }


def count_documenten(product: Product) -> int:
    return int(str(product.sql("SELECT count(*) FROM documenten_document")[0][0]))


def pdf(omvang: int, naam: str) -> bytes:
    return b"%PDF-1.7\n% " + naam.encode() + b"\n" + b"x" * omvang + b"\n%%EOF\n"


def assert_files_and_rows_agree(product: Product) -> None:
    uitkomst = product.command("controleer-documenten", "--volledig", "--ruim-op")
    assert uitkomst.returncode == 0, uitkomst.stdout + uitkomst.stderr


def test_an_upload_that_is_cut_off_halfway_leaves_nothing(product: Product):
    bezoeker, zaak = jeroen(product)
    velden = bezoeker.form(zaak, f"{zaak}documenten/")
    inhoud = pdf(6_000_000, "halverwege")
    voor, aantal = stored_files(product), count_documenten(product)
    for deel in (0.02, 0.5, 0.999):
        _send_part_of(product, bezoeker, f"{zaak}documenten/", velden, inhoud=inhoud, deel=deel)
        wait_until(lambda: stored_files(product) == voor)
    assert count_documenten(product) == aantal
    assert_files_and_rows_agree(product)
    # Choosing the file again just works, and the server is none the worse for it.
    klaar = bezoeker.post(
        f"{zaak}documenten/", velden, {"bestanden": ("halverwege.pdf", inhoud, "application/pdf")}
    )
    assert "is toegevoegd" in text_of(klaar)
    assert count_documenten(product) == aantal + 1
    assert_files_and_rows_agree(product)
    assert product.fouten == []


def _send_part_of(
    product: Product, bezoeker: Bezoeker, pad: str, velden: dict[str, str], *, inhoud: bytes, deel: float
) -> None:
    """A browser whose connection breaks after this part of the body."""
    grens = "----halverwege"
    body = b"".join(
        f'--{grens}\r\nContent-Disposition: form-data; name="{naam}"\r\n\r\n{waarde}\r\n'.encode()
        for naam, waarde in velden.items()
    )
    body += (
        f'--{grens}\r\nContent-Disposition: form-data; name="bestanden"; filename="halverwege.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    ).encode()
    body += inhoud + f"\r\n--{grens}--\r\n".encode()
    koekjes = "; ".join(f"{koek.name}={koek.value}" for koek in bezoeker.http.cookies)
    kop = (
        f"POST {pad} HTTP/1.1\r\nHost: 127.0.0.1:{product.port}\r\nCookie: {koekjes}\r\n"
        f"Content-Type: multipart/form-data; boundary={grens}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", product.port), timeout=10) as verbinding:
        verbinding.sendall(kop.encode() + body[: int(len(body) * deel)])
        time.sleep(0.3)


def test_a_database_that_is_busy_keeps_what_was_typed(product: Product):
    bezoeker, zaak = jeroen(product)
    velden = bezoeker.form(zaak, f"{zaak}berichten/") | {"bericht": "Brandt de lamp al weer?"}
    with closing(sqlite3.connect(product.data_dir / "eloket.sqlite3", isolation_level=None)) as bezet:
        bezet.execute("BEGIN IMMEDIATE")
        antwoord = bezoeker.post(f"{zaak}berichten/", velden)
        assert antwoord.status_code == 503
        assert "niet verstuurd" in text_of(antwoord)
        assert "Brandt de lamp al weer?" in antwoord.text
        assert bezoeker.get("/mijn/zaken/").status_code == 200, "lezen kan gewoon"
        bezet.execute("ROLLBACK")
    opnieuw = hidden_fields(antwoord.text) | {"bericht": velden["bericht"]}
    assert opnieuw["sleutel"] == velden["sleutel"], "twee keer versturen blijft één bericht"
    assert bezoeker.post(f"{zaak}berichten/", opnieuw).status_code == 200
    assert bezoeker.get(zaak).text.count("Brandt de lamp al weer?") == 1


def test_a_disk_that_refuses_is_said_and_the_rest_goes_on(product: Product):
    """What any user can do: no file of these processes may grow over 8 MB. The log of the database needs half of it."""
    bezoeker, zaak = jeroen(product)
    velden = bezoeker.form(zaak, f"{zaak}documenten/")
    voor, aantal = stored_files(product), count_documenten(product)
    groot = {"bestanden": ("groot.pdf", pdf(12_000_000, "groot"), "application/pdf")}
    limit_files(product, 8_000_000)
    geweigerd = bezoeker.post(f"{zaak}documenten/", velden, groot)
    assert "‘groot.pdf’ is niet goed bij ons aangekomen. Dat ligt niet aan uw bestand." in text_of(geweigerd)
    assert stored_files(product) == voor
    assert count_documenten(product) == aantal
    klein = {"bestanden": ("klein.pdf", pdf(1000, "klein"), "application/pdf")}
    assert "is toegevoegd" in text_of(bezoeker.post(f"{zaak}documenten/", velden, klein))
    limit_files(product, resource.RLIM_INFINITY)
    assert "is toegevoegd" in text_of(bezoeker.post(f"{zaak}documenten/", velden, groot))
    assert_files_and_rows_agree(product)


def limit_files(product: Product, bytes_: int) -> None:
    for pid in product.group():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (bytes_, resource.RLIM_INFINITY))


@pytest.fixture
def kleine_schijf(demo: Path, tmp_path: Path) -> Iterator[Path]:
    """A disk of 40 MB of its own with the demo on it. Only root can make one."""
    schijf = tmp_path / "schijf"
    schijf.mkdir()
    gelukt = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(schijf)], capture_output=True, check=False
    )
    if gelukt.returncode:
        pytest.skip("alleen root kan een kleine schijf maken; de proef met prlimit draait wel")
    try:
        yield copy_demo(demo, schijf / "data")
    finally:
        subprocess.run(["umount", "--lazy", str(schijf)], check=True)


def fill(schijf: Path, *, laat_over: int) -> Path:
    """Leave this many bytes free."""
    vulling = schijf / "vulling"
    with vulling.open("wb") as bestand:
        bestand.write(b"\0" * (shutil.disk_usage(schijf).free - laat_over))
    return vulling


def test_a_full_disk_is_said_and_loses_nothing(kleine_schijf: Path):
    product = Product(kleine_schijf)
    try:
        product.start()
        bezoeker, zaak = jeroen(product)
        velden = bezoeker.form(zaak, f"{zaak}documenten/")
        aantal = count_documenten(product)
        vulling = fill(kleine_schijf.parent, laat_over=2_000_000)
        groot = {"bestanden": ("groot.pdf", pdf(6_000_000, "groot"), "application/pdf")}
        geweigerd = bezoeker.post(f"{zaak}documenten/", velden, groot)
        assert "‘groot.pdf’ is niet goed bij ons aangekomen. Dat ligt niet aan uw bestand." in text_of(
            geweigerd
        )
        assert count_documenten(product) == aantal

        # Not a byte left: writing is refused in plain words, and what was typed stays on the screen.
        bericht = bezoeker.form(zaak, f"{zaak}berichten/") | {
            "bericht": "Ik typ dit op een volle schijf. " * 50
        }
        helemaal = kleine_schijf.parent / "rest"
        helemaal.write_bytes(b"\0" * shutil.disk_usage(kleine_schijf.parent).free)
        antwoord = bezoeker.post(f"{zaak}berichten/", bericht)
        assert antwoord.status_code == 503
        assert "Ik typ dit op een volle schijf." in antwoord.text
        assert bezoeker.get("/mijn/zaken/").status_code == 200
        assert Bezoeker(product.url).get("/loket/").status_code == 200

        helemaal.unlink()
        vulling.unlink()
        assert "is toegevoegd" in text_of(bezoeker.post(f"{zaak}documenten/", velden, groot))
        assert bezoeker.post(f"{zaak}berichten/", bericht).status_code == 200
        assert bezoeker.get(zaak).text.count("Ik typ dit op een volle schijf.") >= 1
        assert_files_and_rows_agree(product)
    finally:
        product.stop()
