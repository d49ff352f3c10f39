from django.apps import AppConfig


class InzageConfig(AppConfig):
    name = "eloket.inzage"
    label = "inzage"
