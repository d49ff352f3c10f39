from django.apps import AppConfig


class ProfileConfig(AppConfig):
    name = "eloket.profile"
    label = "profile"
