"""Report articles that tell one story twice: after an import, when nobody was there to be asked."""

import time
from contextlib import contextmanager

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from curation.models import Article
from curation.suggestions.pairs import pairs

PATIENCE = 2  # seconds after which one wants to see that something happens


class Command(BaseCommand):
    """``similar_articles [--least N] [--after ID]``; changes nothing."""

    help = "List pairs of articles with nearly the same title or text, or with the same body under two titles."

    def add_arguments(self, parser):
        parser.add_argument(
            "--least",
            type=float,
            metavar="N",
            help="how alike they must be, 1 to 100; without it 85 for titles and 90 for texts",
        )
        parser.add_argument(
            "--after", type=int, default=0, metavar="ID", help="only pairs whose newer article has a higher id"
        )

    def handle(self, *, least, after, **options):
        if least is not None and not 1 <= least <= 100:
            raise CommandError("--least takes a number from 1 to 100.")
        begun = time.monotonic()
        with self._progress() as tell:
            found = pairs(least, tell, after=after)
        titles = dict(
            Article.objects.filter(pk__in={pk for pair in found for pk in (pair.one, pair.other)}).values_list(
                "pk", "title"
            )
        )
        for pair in found:
            one, other = (f"{pk} “{titles.get(pk, '')}”" for pk in (pair.one, pair.other))
            self.stdout.write(f"{pair.score:5.1f}  {_BY[pair.by]:17}  {one}  =  {other}")
        seconds = time.monotonic() - begun
        self.stdout.write(f"{len(found):,} pairs among {Article.objects.count():,} articles in {seconds:.1f} s")

    @contextmanager
    def _progress(self):
        """Say what is being done, on a terminal, once it has taken two seconds."""
        console, tasks, begun = Console(file=self.stderr), {}, time.monotonic()
        columns = (SpinnerColumn(), TextColumn("{task.description} {task.completed:,.0f}"), TimeElapsedColumn())
        progress = Progress(*columns, console=console, transient=True, disable=not self.stderr.isatty())

        def tell(doing, count):
            if time.monotonic() - begun > PATIENCE:
                progress.start()
                if doing not in tasks:
                    tasks[doing] = progress.add_task(doing, total=None)
                progress.advance(tasks[doing], count)

        try:
            yield tell
        finally:
            progress.stop()


_BY = {"title": "title", "text": "text", "body": "same body"}
