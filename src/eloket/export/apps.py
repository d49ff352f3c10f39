from django.apps import AppConfig


class ExportConfig(AppConfig):
    name = "eloket.export"
    label = "export"
