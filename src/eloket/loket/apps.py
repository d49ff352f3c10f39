from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured


class LoketConfig(AppConfig):
    name = "eloket.loket"
    label = "loket"

    def ready(self) -> None:
        """Read the products. Raises ImproperlyConfigured: a wrong file stops the start, not the first visitor."""
        from eloket.loket.errors import ProductenOngeldig  # noqa: PLC0415 - errors of other rooms need loaded apps
        from eloket.loket.queries import list_producten  # noqa: PLC0415

        try:
            list_producten()
        except ProductenOngeldig as error:
            raise ImproperlyConfigured(error.tekst) from error
