from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "eloket.sources.register"
    label = "register"
