"""Import documents of both formats: arguments, a progress bar on a terminal, and the final table."""

import signal
import sys
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, InterfaceError
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from curation.importer.documents.meta_values import LOSS
from curation.importer.report import KEY, Report
from curation.importer.run import encode, run
from curation.importer.slices import Wishes
from curation.models import Article


class Command(BaseCommand):
    """``import_articles PATH… [--media DIR] [--dry-run] [--publish | --draft] [--workers N] [--similar]``."""

    help = "Import articles from Markdown files with YAML front matter. Safe to run twice, and after a crash."
    requires_system_checks = []  # `make check` runs them; here they would load the map of the site, and the desk

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", metavar="PATH", help="a document, or a folder of them")
        parser.add_argument("--media", action="append", default=[], metavar="DIR", help="where pictures are looked for")
        parser.add_argument("--dry-run", action="store_true", help="read and check everything, and keep nothing")
        parser.add_argument(
            "--workers", type=int, default=1, metavar="N", help="use N processes: this one writes, the others read"
        )
        parser.add_argument(
            "--similar", action="store_true", help="list at the end which of the new articles are told already"
        )
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--publish", action="store_true", help="what edited files say goes live at once")
        how.add_argument("--draft", action="store_true", help="make nothing live")

    def handle(self, *, paths, media, workers, dry_run, similar, publish, draft, verbosity, **options):
        for folder in media:
            if not Path(folder).is_dir():
                raise CommandError(f"--media {folder}: there is no such folder.")
        if workers < 1:
            raise CommandError("--workers takes a number from 1 up.")
        self.verbosity, self.stopping, self.unwritten = verbosity, False, None
        self.console = Console(file=self.stdout, width=None if self.stdout.isatty() else 110)
        before = signal.signal(signal.SIGINT, self._stop)
        try:
            report = self._run(paths, media, workers, Wishes(publish, draft, dry_run))
        finally:
            signal.signal(signal.SIGINT, before)
        self._print(report, dry_run)
        if self.unwritten:
            raise CommandError(
                f"The pictures that still wait could not be written: {self.unwritten.strerror}. "
                "What is in the table is kept, nothing is half-written; mend that and run the same command again."
            )
        if report.interrupted:
            self.stderr.write("Interrupted: what is in the table is kept; run the same command again to go on.")
            sys.exit(130)
        if report.counts["created"] and not dry_run:
            self._name_similar(similar)
        if report.counts["failed"]:
            sys.exit(1)

    def _stop(self, signum, frame):
        """Let the slice at hand end at the first Ctrl-C; a second one ends at once."""
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self.stopping = True

    def _run(self, paths, media, workers, wishes):
        try:
            self.newest = Article.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            with self._progress() as progress:
                documents = progress.add_task("Documents", total=None)
                report = run(
                    paths,
                    media=media,
                    workers=workers,
                    wishes=wishes,
                    tell=lambda outcome: self._tell(outcome, progress, documents),
                    stopped=lambda: self.stopping,
                )
                if not wishes.dry_run and not report.interrupted:
                    self._encode(report, progress)
                    report.interrupted = self.stopping
        except (DatabaseError, InterfaceError) as fault:
            raise CommandError(
                f"The database stopped the import: {fault}. What was counted so far is kept, nothing is half-written; "
                "mend that and run the same command again."
            ) from fault
        return report

    def _encode(self, report, progress):
        """Encode the pictures that wait; a disk that takes no more of them ends that, and loses no document."""
        pictures = progress.add_task("Pictures", total=None)
        try:
            encode(report, lambda picture: progress.advance(pictures), lambda: self.stopping)
        except OSError as fault:
            self.unwritten = fault

    def _progress(self):
        columns = (SpinnerColumn(), TextColumn("{task.description} {task.completed:,.0f}"), TimeElapsedColumn())
        return Progress(*columns, console=self.console, transient=True, disable=not self.stdout.isatty())

    def _tell(self, outcome, progress, task):
        for failed in [*outcome.failed, *outcome.conflicts]:
            self.stderr.write(str(failed))
        if self.verbosity > 1:
            for warned in [*outcome.warnings, *outcome.passed]:
                self.stdout.write(f"warning: {warned}")
        progress.advance(task, sum(outcome.counts[name] for name in ("created", "updated", "unchanged")))

    def _name_similar(self, similar):
        """List what is told already of what came with this import, or only say how: it reads all articles."""
        if similar:
            call_command("similar_articles", after=self.newest, stdout=self.stdout, stderr=self.stderr)
        else:
            self.stdout.write(f"`manage.py similar_articles --after {self.newest}` lists what of this is told already.")

    # The final table -------------------------------------------------------------------------------------------------

    def _print(self, report: Report, dry_run):
        table = Table(title="Nothing was kept: this was a dry run" if dry_run else None, box=None, pad_edge=False)
        table.add_column("Documents")
        table.add_column("", justify="right")
        table.add_column("")
        for name in ("created", "updated", "published", "unchanged", "conflicts", "warnings", "failed"):
            table.add_row(name, f"{report.counts[name]:,}", "")
        for name in ("catalogue", "passed over"):
            if report.counts[name]:
                table.add_row(name, f"{report.counts[name]:,}", "")
        table.add_row("per second", f"{report.per_second:,.0f}", f"{report.documents:,} in {report.seconds:.1f} s")
        self._add_new(table, report)
        self._add_pictures(table, report)
        self._add_passed(table, report)
        self._add_warnings(table, report)
        self.console.print(table, soft_wrap=True)

    def _add_new(self, table, report):
        for kind in ("taxonomies", "topics", "institutions", "offerings", "authors"):
            if report.new.get(kind):
                table.add_row(f"new {kind}", f"{len(report.new[kind]):,}", _some(sorted(report.new[kind])))

    def _add_pictures(self, table, report):
        done = report.pictures.total()
        if report.counts["pictures filled"]:
            table.add_row("pictures found later", f"{report.counts['pictures filled']:,}", "")
        if done:
            rate = done / report.picture_seconds
            table.add_row("pictures ready", f"{report.pictures['ready']:,}", f"{rate:.1f} per second")
            table.add_row("pictures failed", f"{report.pictures['failed']:,}", "")

    def _add_passed(self, table, report):
        """Add rows for what was left out on purpose, by kind, with the names of some."""
        for kind, count in report.passed.most_common():
            table.add_row(f"passed: {kind}", f"{count:,}", _some(_names(report.examples[kind]), count))

    def _add_warnings(self, table, report):
        """Add rows for what a curator should know, and what readers will not get, by kind, with some examples."""
        for code, count in report.warned.most_common():
            is_loss, examples = code.startswith(LOSS), report.examples[code]
            if code == KEY:
                names = [f"{name} ×{times:,}" for name, times in report.keys.most_common()]
                table.add_row(f"{code} (kept, shown nowhere)", f"{count:,}", _some(names, len(report.keys)))
            elif is_loss:
                words = [f"{Path(warned.shown).name}: {warned.words}" for warned in examples]
                table.add_row(code, f"{count:,}", _some(words, max(len(words), report.documents_with[code])))
            else:
                table.add_row(f"warning: {code}", f"{count:,}", _some(_names(examples), count))


def _names(examples):
    return [Path(example.shown).name for example in examples]


def _some(things, count=None):
    """Return the first three of many, each on its line."""
    shown = [thing if len(thing) <= 70 else thing[:69] + "…" for thing in things[:3]]
    more = (count or len(things)) - len(shown)
    return "\n".join(shown) + (f"\n… and {more:,} more" if more else "")
