"""`eloket check-production`: is this set-up safe enough for real people?"""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from eloket.ops.productie.alles import check_all
from eloket.ops.productie.types import Regel, Uitkomst


class Command(BaseCommand):
    help = "Kijk na of deze omgeving veilig genoeg is voor echte inwoners, naast de DigiD-norm en de BIO."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--zonder-netwerk",
            action="store_true",
            help="vraag niets aan inlogdiensten, mailserver en virusscanner",
        )
        parser.add_argument("--json", action="store_true", help="schrijf de regels als JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        regels = []
        for regel in check_all(netwerk=not options["zonder_netwerk"]):
            regels.append(regel)
            if not options["json"]:
                self._write(regel)
        if options["json"]:
            self.stdout.write(json.dumps([asdict(regel) for regel in regels], ensure_ascii=False, indent=2))
        aantal = {uitkomst: sum(r.uitkomst is uitkomst for r in regels) for uitkomst in Uitkomst}
        if aantal[Uitkomst.FOUT]:
            # A non-zero exit code, so that a roll-out stops here.
            raise CommandError(
                f"Deze omgeving is NIET veilig genoeg: {aantal[Uitkomst.FOUT]} keer FOUT, "
                f"{aantal[Uitkomst.LET_OP]} keer LET OP."
            )
        if not options["json"]:
            self.stdout.write(f"Geen fouten gevonden; {aantal[Uitkomst.LET_OP]} keer LET OP.")
            if options["zonder_netwerk"]:
                self.stdout.write(
                    "Inlogdiensten, mailserver en virusscanner zijn niet gevraagd (--zonder-netwerk)."
                )

    def _write(self, regel: Regel) -> None:
        self.stdout.write(f"{regel.uitkomst.value:<7} {regel.norm}  {regel.tekst}")
        if regel.herstel:
            self.stdout.write(f"        {regel.herstel}")
