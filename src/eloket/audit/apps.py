from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "eloket.audit"
    label = "audit"

    def ready(self) -> None:
        from eloket.audit import bewaking  # noqa: PLC0415 - its models are loaded by now

        post_migrate.connect(bewaking.plaats, sender=self, dispatch_uid="audit.bewaking")
