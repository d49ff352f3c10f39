"""`eloket import-inrichting BESTAND.zip`: take over the configuration of another environment."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from eloket.zaken.inrichting import InrichtingOngeldig, Stand, bekijk, importeer
from eloket.zaken.inrichtingsbestanden import parse_zip


class Command(BaseCommand):
    help = "Lees een export van de inrichting in: alles of niets. Er wordt nooit iets verwijderd."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bestand", type=Path)
        parser.add_argument("--proef", action="store_true", help="laat zien wat er verandert, en doe niets")

    def handle(self, *_args: Any, **options: Any) -> None:
        pad: Path = options["bestand"]
        try:
            inrichting = parse_zip(pad.read_bytes())
            plan = bekijk(None, inrichting) if options["proef"] else importeer(None, inrichting, merk=None)
        except OSError as error:
            raise CommandError(f"{pad}: dit bestand kunnen wij niet lezen.") from error
        except InrichtingOngeldig as error:
            raise CommandError(f"{error.tekst}\nEr is niets veranderd.") from error
        for stand in (Stand.NIEUW, Stand.GEWIJZIGD):
            for een in plan.met(stand):
                self.stdout.write(f"{stand.value.capitalize()}: {een.soort.lower()} {een.titel}")
                for verschil in een.verschillen:
                    self.stdout.write(f"  {verschil.veld}: {verschil.oud!r} wordt {verschil.nieuw!r}")
        self.stdout.write(f"Ongewijzigd: {len(plan.met(Stand.ONGEWIJZIGD))}")
        if options["proef"]:
            self.stdout.write("Dit was een proef: er is niets veranderd.")
