"""The newsroom: articles, their review, and what readers see of them."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CurationConfig(AppConfig):
    """Articles, versions, editions, sources."""

    name = "curation"
    verbose_name = "Newsroom"

    def ready(self):
        """Guard the last administrator; after every migrate lay down the guards, the roles and the first section."""
        from .models import Section, roles  # noqa: PLC0415 -- models are loaded only now
        from .models.roles import keepers  # noqa: PLC0415 -- the same
        from .publishing import guards  # noqa: PLC0415 -- the same

        keepers.listen()
        post_migrate.connect(guards.after_migrate, sender=self, dispatch_uid="curation.guards")
        post_migrate.connect(roles.after_migrate, sender=self, dispatch_uid="curation.roles")
        post_migrate.connect(lambda **kwargs: Section.news(), sender=self, weak=False, dispatch_uid="curation.sections")
