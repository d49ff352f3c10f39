from django.apps import AppConfig


class MachtigingenConfig(AppConfig):
    name = "eloket.machtigingen"
    label = "machtigingen"
