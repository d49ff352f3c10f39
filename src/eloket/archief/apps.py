from django.apps import AppConfig


class ArchiefConfig(AppConfig):
    name = "eloket.archief"
    label = "archief"
