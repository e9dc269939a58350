"""The task worker, as its package has it, and heard of every ten seconds."""

from django_tasks_db.management.commands import db_worker

from curation.harvest import heartbeat


class Command(db_worker.Command):
    """``db_worker``; the desk reads pages by itself while none is there."""

    def configure_logging(self, verbosity):
        """Leave the levels to the settings: the package's own would say every task."""

    def handle(self, **options):
        with heartbeat.beating():
            super().handle(**options)
