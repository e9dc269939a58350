"""Clean and key every link anew after a rule for links changed: what would change and clash first, then on demand."""

from django.core.management.base import BaseCommand

from curation.editing import sources


class Command(BaseCommand):
    """``reclean_links [--write]``."""

    help = "Show what today's rules make of the links we have, clashes first; --write keeps it. Safe to run twice."

    def add_arguments(self, parser):
        parser.add_argument("--write", action="store_true", help="write what changes; clashing links stay as they are")

    def handle(self, *, write, **options):
        found = sources.reclean()
        for holder, other in found.clashes:
            self.stdout.write(f"clash: link {other.pk} {other.cleaned}\n       is link {holder.pk} {holder.cleaned}")
        for link, now in found.changed:
            self.stdout.write(f"link {link.pk}: {link.cleaned} → {now['cleaned']} (key {now['key']})")
        written = sources.write(found) if write else 0
        self.stdout.write(f"{len(found.changed)} to change, {len(found.clashes)} clashes, {written} written")
