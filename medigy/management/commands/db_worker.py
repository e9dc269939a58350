"""The task worker, as its package has it, heard of every ten seconds, and not ended by a database that is locked."""

from functools import partial

from django_tasks_db.management.commands import db_worker

from curation import measures
from curation.harvest import heartbeat
from curation.notices import rounds
from curation.vocabulary import moving
from medigy.serving import endurance


class Command(db_worker.Command):
    """``db_worker``; the desk reads pages by itself while none is there."""

    requires_system_checks = []  # `make check` runs them; here a locked database would fail them, and end the worker

    def configure_logging(self, verbosity):
        """Leave the levels to the settings: the package's own would say every task."""

    def handle(self, *, worker_id, **options):
        """Work until asked to end; what this worker or a dead one left running is begun again."""
        with heartbeat.beating(), endurance.looked_after(worker_id), rounds.going(measures.keep_up, moving.resume):
            endurance.enduring(partial(self._work, worker_id, options))

    def _work(self, worker_id, options):
        endurance.release(worker_id)
        super().handle(worker_id=worker_id, **options)
