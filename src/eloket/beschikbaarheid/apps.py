from django.apps import AppConfig


class BeschikbaarheidConfig(AppConfig):
    name = "eloket.beschikbaarheid"
    label = "beschikbaarheid"
