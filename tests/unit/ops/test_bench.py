"""The harness that measures speed works from beginning to end; never whether anything is fast."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.files import Pdf
from bench.outbox import Outbox
from bench.report import Oordeel, at_least, at_most, report_outbox
from bench.speed import Ratio
from eloket.documenten import formaten
from eloket.documenten.inspectie import herken

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.slow
@pytest.mark.timeout(900)  # two minutes on a machine that does nothing else
def test_it_measures_everything_and_prints_every_goal(tmp_path):
    opdracht = [sys.executable, "-m", "bench", "--zaken", "300", "600", "--rondes", "1", "--seconden", "0.1"]
    opdracht += ["--lezers", "40", "--bestand", "1000000", "--map", str(tmp_path)]
    opdracht += ["--wachtend", "300"]
    env = {naam: waarde for naam, waarde in os.environ.items() if naam != "DATABASE_URL"}
    klaar = subprocess.run(opdracht, cwd=ROOT, env=env, check=False, capture_output=True, text=True)
    assert klaar.returncode == 0, klaar.stderr
    for regel in (
        "300 zaken",
        "Mijn Zaken: tijd, groot / klein (1 thread)",
        "een zaak: deel van leeg (16 threads)",
        "een zaak: queries, groot en klein",
        "stap van een formulier: CPU in keren Mijn Zaken (1 thread)",
        "geheugen: 3 keer een bestand versturen",
        "eerste pagina (de voordeur)",
        "werkvoorraad: mijn werk",
        "filter: wacht op aanvrager: tijd, groot / klein (1 thread)",
        "zoeken op naam: queries, groot en klein",
        "een zaak in de werkplek: berichten",
        "werkplek: Berichten",
        "10 mensen versturen tegelijk elk 10 van 1 MB",
        "100 van 100",
        "Bestanden en rijen kloppen met elkaar.",
        "outbox: deel van een kale SMTP-lus",
        "deel van een kale SMTP-lus in CPU 0.",
        "outbox vol: een bericht versturen, vol / leeg",
        "outbox leeg: kijken of er iets is",
    ):
        assert regel in klaar.stdout


def test_a_goal_is_only_missed_when_the_best_round_misses_it_too():
    ratio = Ratio(mediaan=1.4, laagste=1.2, hoogste=1.6)
    assert at_most("tijd", ratio, 1.5).oordeel is Oordeel.GEHAALD
    assert at_most("tijd", ratio, 1.3).oordeel is Oordeel.RUIS
    assert at_most("tijd", ratio, 1.1).oordeel is Oordeel.GEMIST
    assert at_least("deel", ratio, 1.3).oordeel is Oordeel.GEHAALD
    assert at_least("deel", ratio, 1.5).oordeel is Oordeel.RUIS
    assert at_least("deel", ratio, 1.7).oordeel is Oordeel.GEMIST


def test_the_share_of_the_outbox_is_told_from_its_goal_and_stands_beside_that_in_cpu(capsys):
    deel, cpu, gelijk = Ratio(0.0164, 0.0151, 0.0236), Ratio(0.0312, 0.03, 0.0349), Ratio(1, 1, 1)
    outbox = Outbox(300, deel, cpu, 41, 2_237, 8.3, {}, {}, 1, 2, gelijk)
    doel = report_outbox(outbox)[0]
    assert (doel.gemeten, doel.doel, doel.oordeel) == ("0.016 (0.015-0.024)", ">= 0.020", Oordeel.RUIS)
    assert (
        "Per e-mail 8.3 ms CPU; deel van een kale SMTP-lus in CPU 0.031 (0.030-0.035)."
        in capsys.readouterr().out
    )


def test_the_files_that_it_sends_are_pdfs_of_the_size_asked_for_and_never_the_same(tmp_path):
    een, ander = Pdf(50_000), Pdf(50_000)
    inhoud = b"".join(een.chunks())
    assert len(inhoud) == 50_000
    assert een.sha256 != ander.sha256
    begin = int(inhoud.rpartition(b"startxref\n")[2].split()[0])
    assert inhoud[begin:].startswith(b"xref\n")
    (pad := tmp_path / "groot").write_bytes(inhoud)
    assert herken(pad, len(inhoud)) == formaten.PDF
