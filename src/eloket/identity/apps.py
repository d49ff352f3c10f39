from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "eloket.identity"
    label = "identity"
