from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "eloket.config"
    label = "config"

    def ready(self) -> None:
        from eloket.config import wiring  # noqa: PLC0415 - models exist only from here on

        wiring.connect()
