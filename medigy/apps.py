"""The project as an app: its commands, its checks, its one-time link."""

from django.apps import AppConfig


class MedigyConfig(AppConfig):
    name = "medigy"

    def ready(self):
        from . import checks  # noqa: F401, PLC0415 -- checks register themselves once the models are there
