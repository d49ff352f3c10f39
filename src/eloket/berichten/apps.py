from django.apps import AppConfig


class BerichtenConfig(AppConfig):
    name = "eloket.berichten"
    label = "berichten"
