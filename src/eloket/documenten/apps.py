from contextlib import suppress

from django.apps import AppConfig

from eloket.documenten.upload import tijdelijke_map


class DocumentenConfig(AppConfig):
    name = "eloket.documenten"
    label = "documenten"

    def ready(self) -> None:
        with suppress(OSError):  # Django's own check (files.E001) then says which directory is missing
            tijdelijke_map()
