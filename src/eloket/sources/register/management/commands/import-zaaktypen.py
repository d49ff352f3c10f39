"""`eloket import-zaaktypen MAP`: bring the zaaktypen of the register up to date with a folder of files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from eloket.sources.register.zaaktypen import MEEGELEVERD, ZaakTypenOngeldig, import_zaaktypen


class Command(BaseCommand):
    help = "Lees zaaktypen uit een map met YAML-bestanden. Lopende zaken houden hun eigen versie."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "map",
            type=Path,
            nargs="?",
            default=MEEGELEVERD,
            help="standaard: de zaaktypen die bij E-loket horen",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            verslag = import_zaaktypen(options["map"])
        except ZaakTypenOngeldig as error:
            raise CommandError(f"{error.tekst}\nEr is niets veranderd.") from error
        for titel, namen in (
            ("Nieuwe afdelingen", verslag.afdelingen),
            ("Nieuw", verslag.nieuw),
            ("Nieuwe versie", verslag.gewijzigd),
            ("Ongewijzigd", verslag.ongewijzigd),
        ):
            if namen:
                self.stdout.write(f"{titel}: {', '.join(namen)}")
