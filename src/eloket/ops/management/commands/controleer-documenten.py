"""`eloket controleer-documenten`: do files and rows still agree?"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from eloket.documenten import controle, service
from eloket.kernel.klok import nu


class Command(BaseCommand):
    help = "Vergelijk de opgeslagen bestanden met de database. De uitslag noemt nooit een naam of titel."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--volledig",
            action="store_true",
            help="lees ook elk bestand opnieuw en vergelijk de inhoud (duurt lang)",
        )
        parser.add_argument(
            "--ruim-op", action="store_true", help="verwijder eerst wat een uur lang nergens bij hoort"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["ruim_op"]:
            weg = service.ruim_op(nu())
            self.stdout.write(
                f"Opgeruimd: {weg.bestanden} bestanden en {weg.tijdelijk} tijdelijke bestanden."
            )
        bevindingen = controle.controleer(volledig=options["volledig"])
        self.stdout.write(controle.schrijf(bevindingen))
        if not bevindingen.is_goed:
            # A non-zero exit code, so that a nightly run is noticed.
            raise CommandError("Kijk in docs/operations.md wat u nu kunt doen.")
