"""`eloket seed`: a register as large as that of a city, to measure with."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from eloket.sources.register.seed.laden import load_seed


class Command(BaseCommand):
    help = "Voeg heel veel verzonnen zaken toe, om snelheid en schaal te meten. Nooit in productie."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--zaken", type=int, required=True, help="hoeveel zaken erbij komen")
        parser.add_argument(
            "--personen", type=int, help="van hoeveel inwoners (standaard: een vijfde van de zaken)"
        )
        parser.add_argument("--seed", type=int, default=1, help="dezelfde seed geeft dezelfde zaken")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.ELOKET.is_demo:
            raise CommandError("Verzonnen zaken horen niet in productie.")
        zaken: int = options["zaken"]
        personen: int = options["personen"] or max(1, zaken // 5)
        if zaken < 1 or not 1 <= personen <= 900_000:
            raise CommandError("Geef minstens 1 zaak, en 1 tot 900.000 personen.")
        with tqdm(total=zaken, unit="zaak", unit_scale=True) as balk:
            load_seed(zaken=zaken, personen=personen, seed=options["seed"], voortgang=balk.update)
