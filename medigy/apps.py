"""The project as an app: its commands, its checks, its one-time link."""

import gc

from django.apps import AppConfig, apps

#: The desk's names for other people's apps.
ROOMS = {"auth": "Accounts and roles", "django_tasks_database": "Background work"}


class MedigyConfig(AppConfig):
    name = "medigy"

    def ready(self):
        gc.enable()  # ``manage.py`` has put it off
        from .http import whence  # noqa: PLC0415 -- it needs the models as well
        from .serving import checks  # noqa: F401, PLC0415 -- checks register themselves once the models are there

        whence.listen()
        for label, words in ROOMS.items():
            apps.get_app_config(label).verbose_name = words
