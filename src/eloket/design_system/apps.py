from django.apps import AppConfig


class DesignSystemConfig(AppConfig):
    name = "eloket.design_system"
    label = "design_system"
