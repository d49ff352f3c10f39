from django.apps import AppConfig


class ZakenConfig(AppConfig):
    name = "eloket.zaken"
    label = "zaken"
