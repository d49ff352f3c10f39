from django.apps import AppConfig


class OpsConfig(AppConfig):
    name = "eloket.ops"
    label = "ops"
