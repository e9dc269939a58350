"""Count the measures up to now, as the worker does every twenty seconds; all of them anew where that is wanted."""

from django.core.management.base import BaseCommand

from curation import measures
from curation.models import MeasureFact


class Command(BaseCommand):
    """``count_measures [--anew]``."""

    help = "Count what the log holds since it was counted last; --anew forgets all that was counted first."

    def add_arguments(self, parser):
        parser.add_argument("--anew", action="store_true", help="count everything again, from the first row of the log")

    def handle(self, *, anew, **options):
        if anew:
            measures.count_anew()
        read = measures.count_pending()
        self.stdout.write(f"{read} rows of the log read, {MeasureFact.objects.count()} facts counted")
