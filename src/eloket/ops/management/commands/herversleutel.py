"""`eloket herversleutel`: bring what is stored under the newest secret, and say what is left."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from eloket.documenten import herversleutelen
from eloket.documenten.herversleutelen import Ronde

_MELD_ELKE = 1_000


class Command(BaseCommand):
    help = (
        "Versleutel alles wat er nog niet onder staat met het nieuwste geheim. Mag naast het loket draaien, en na "
        "afbreken opnieuw. De uitslag noemt nooit een naam of titel."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--proef", action="store_true", help="zeg alleen hoeveel er over is; verander niets"
        )

    def handle(self, *_args: Any, proef: bool, **_options: Any) -> None:
        if self._files(proef=proef):
            # A non-zero exit code, so that nobody takes a secret out too early.
            raise CommandError("Er is nog over. Kijk in docs/operations.md bij Secrets.")
        self.stdout.write("Alles staat onder het nieuwste geheim.")

    def _files(self, *, proef: bool) -> int:
        """How many files are left."""
        if not proef:
            ronde = herversleutelen.rewrite_files(self._meld)
            self.stdout.write(f"Bestanden: {ronde.gedaan} herversleuteld, {ronde.mislukt} mislukt.")
        over = herversleutelen.count_over()
        self.stdout.write(f"Bestanden: {over.pop('', 0)} over die niet versleuteld zijn.")
        for naam, aantal in over.items():
            self.stdout.write(f"Bestanden: {aantal} over onder het geheim {naam}.")
        return sum(herversleutelen.count_over().values())

    def _meld(self, ronde: Ronde) -> bool:
        if ronde.gedaan and ronde.gedaan % _MELD_ELKE == 0:
            self.stdout.write(f"Bestanden: {ronde.gedaan} herversleuteld ...")
        return True
