"""`eloket demo`: a whole municipality to look around in."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from eloket.ops.demo.laden import is_leeg, load_demo
from eloket.ops.demo.personas import andere_inwoners


class Command(BaseCommand):
    help = "Laad demogegevens in een lege database. Staan er al gegevens in, dan verandert er niets."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.ELOKET.is_demo:
            raise CommandError(
                "Demogegevens horen niet in productie. Zet ELOKET_OMGEVING=demo om de demo te gebruiken."
            )
        if not is_leeg():
            self.stdout.write("Er staan al gegevens in de database; die blijven zoals ze zijn.")
            return
        begin = time.monotonic()
        self.stdout.write("Demogegevens laden ...")
        aantal = load_demo(andere_inwoners(), self.stdout.write)
        self.stdout.write(f"{aantal} zaken geladen in {time.monotonic() - begin:.1f} seconden.")
