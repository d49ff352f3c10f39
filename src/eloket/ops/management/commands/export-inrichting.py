"""`eloket export-inrichting BESTAND.zip`: the whole configuration, to carry it to another environment."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from eloket.zaken.inrichtingsbestanden import export_zip


class Command(BaseCommand):
    help = "Schrijf zaaktypen, afdelingen, sjablonen, teksten en medewerkers als één zip-bestand."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bestand", type=Path, help="bijvoorbeeld inrichting.zip")

    def handle(self, *_args: Any, **options: Any) -> None:
        pad: Path = options["bestand"]
        pad.write_bytes(export_zip(None))
        pad.chmod(0o600)  # names of civil servants stand in it
        self.stdout.write(f"Geschreven: {pad}")
