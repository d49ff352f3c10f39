"""`eloket controleer-bewijs`: was anything changed in what is kept as proof?"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from eloket.audit import bewaking
from eloket.audit.bevindingen import Bevinding, Soort, Uitslag
from eloket.audit.controle import controleer
from eloket.audit.kop import Kop
from eloket.audit.verzegeld import ketens


class Command(BaseCommand):
    help = (
        "Loop de ketens van zegels na: is er na het vastleggen iets veranderd, weggehaald of ertussen gezet?"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--keten", choices=sorted(ketens()), help="alleen deze keten; standaard: alle")
        parser.add_argument(
            "--vanaf-kop",
            action="append",
            default=[],
            metavar="KOP",
            help="een kop die u eerder buiten de database hebt genoteerd (KETEN:NUMMER:HASH); mag vaker voorkomen",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        koppen = _koppen(options["vanaf_kop"], options["keten"] or "")
        fouten = 0
        for keten, model in ketens().items():
            if options["keten"] in (None, keten):
                uitslag = controleer(model, [kop for kop in koppen if kop.keten == keten])
                self._write(uitslag)
                fouten += uitslag.aantal_bevindingen
        for wachter in bewaking.list_onbewaakt(connection):
            fouten += 1
            self.stdout.write(f"FOUT  {Bevinding(Soort.BEWAKING_WEG, bijzonderheid=wachter).tekst}.")
        if fouten:
            # A non-zero exit code, so that a nightly run is noticed.
            raise CommandError(
                f"Het bewijs klopt NIET: {fouten} keer. Kijk in docs/operations.md wat u nu kunt doen."
            )
        self.stdout.write("Het bewijs klopt: er is niets veranderd, weggehaald of ertussen gezet.")

    def _write(self, uitslag: Uitslag) -> None:
        self.stdout.write(
            f"Keten {uitslag.keten}: {uitslag.zegels} zegels, {uitslag.regels} regels;"
            f" nog niet verzegeld: {uitslag.onverzegeld}."
        )
        if uitslag.opgeruimd_tot:
            self.stdout.write(f"      Opgeruimd tot en met zegel {uitslag.opgeruimd_tot}.")
        if uitslag.gewist:
            self.stdout.write(f"      Van {uitslag.gewist} regels is de tekst gewist: de zaak is vernietigd.")
        for kop in uitslag.te_oude_koppen:
            self.stdout.write(f"      Kop {kop.volgnummer} is opgeruimd: noteer een nieuwere.")
        for bevinding in uitslag.bevindingen:
            self.stdout.write(f"FOUT  {bevinding.tekst}.")
        if meer := uitslag.aantal_bevindingen - len(uitslag.bevindingen):
            self.stdout.write(f"FOUT  en nog {meer} keer.")
        if uitslag.kop is not None:
            self.stdout.write(f"      Kop: {uitslag.kop}")


def _koppen(teksten: list[str], keten: str) -> list[Kop]:
    """Raises CommandError for one that cannot be read, or that is of another chain than the one that is checked."""
    koppen = []
    for tekst in teksten:
        try:
            kop = Kop.parse(tekst, keten=keten)
        except ValueError as error:
            raise CommandError(
                "--vanaf-kop: geef KETEN:NUMMER:HASH, of met --keten NUMMER:HASH, zoals deze opdracht het schrijft."
            ) from error
        if kop.keten not in ketens() or (keten and kop.keten != keten):
            raise CommandError("--vanaf-kop: deze kop is niet van een keten die wordt nagekeken.")
        koppen.append(kop)
    return koppen
