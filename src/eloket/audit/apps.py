from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "eloket.audit"
    label = "audit"
