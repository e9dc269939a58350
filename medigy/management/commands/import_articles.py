"""The newsroom's import, which offers to clear the demo away first."""

import sys

from curation.management.commands import import_articles
from medigy import demo


class Command(import_articles.Command):
    """``import_articles … [--remove-demo | --keep-demo]``: asks on a terminal; elsewhere the demo stays."""

    def add_arguments(self, parser):
        super().add_arguments(parser)
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--remove-demo", action="store_true", help="remove the demo newsroom first")
        what.add_argument("--keep-demo", action="store_true", help="leave the demo newsroom, and do not ask")

    def handle(self, *, remove_demo, keep_demo, dry_run, **options):
        if not (keep_demo or dry_run) and demo.present() and (remove_demo or self._agreed()):
            self.stdout.write(demo.remove().words())
        super().handle(dry_run=dry_run, **options)

    def _agreed(self):
        """Ask somebody at a terminal; nobody answers for a script."""
        if not (sys.stdin.isatty() and self.stdout.isatty()):
            return False
        return input("The demo newsroom is still here. Remove it first? [y/N] ").strip().lower() in {"y", "yes"}
