from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "eloket.notifications"
    label = "notifications"
