"""`eloket prepare`: everything between a new version and its first request."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from eloket.loket import versies
from eloket.zaken.sjablonen import load_meegeleverd


class Command(BaseCommand):
    help = "Maak klaar om te starten: mappen, database, stijlblad; in demo ook de demogegevens."

    def handle(self, *_args: Any, **_options: Any) -> None:
        for map_ in (settings.ELOKET.data_dir, settings.FILE_UPLOAD_TEMP_DIR, settings.EMAIL_FILE_PATH):
            map_.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.stdout.write("Database bijwerken ...")
        call_command("migrate", verbosity=0)
        self.stdout.write("Stijlblad en letter klaarzetten ...")
        call_command("collectstatic", verbosity=0, interactive=False)
        load_meegeleverd()
        versies.load_meegeleverd()
        if settings.ELOKET.is_demo:
            call_command("demo")
