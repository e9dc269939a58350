"""The newsroom: articles, their review, and what readers see of them."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CurationConfig(AppConfig):
    """Articles, versions, editions, sources."""

    name = "curation"
    verbose_name = "Newsroom"

    def ready(self):
        """After every migrate: the database's own guards, the roles, and the section that everything is filed in."""
        from .models import Section, roles  # noqa: PLC0415 -- models are loaded only now
        from .publishing import guards  # noqa: PLC0415 -- the same

        post_migrate.connect(guards.after_migrate, sender=self, dispatch_uid="curation.guards")
        post_migrate.connect(roles.after_migrate, sender=self, dispatch_uid="curation.roles")
        post_migrate.connect(lambda **kwargs: Section.news(), sender=self, weak=False, dispatch_uid="curation.sections")
