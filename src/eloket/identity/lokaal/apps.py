from django.apps import AppConfig


class LokaalConfig(AppConfig):
    name = "eloket.identity.lokaal"
    label = "lokaal"
