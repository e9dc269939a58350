"""Print a one-time link: for the first administrator, or for a colleague who lost the password."""

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from curation.workflow import entry
from medigy.serving import welcome


class Command(BaseCommand):
    help = "Print a link that lets one person choose a name and a password, once, within a day."

    def add_arguments(self, parser):
        parser.add_argument("username", nargs="?", help="whose link; without it, the first administrator's")

    def handle(self, *, username, **options):
        self.stdout.write(settings.SITE_URL + welcome.link_for(self.person(username)))

    def person(self, username):
        if username is None and not welcome.needs_first_administrator():
            raise CommandError("An administrator can sign in already. Name the person the link is for.")
        if username is None:
            return welcome.first_administrator()
        person = entry.colleagues().filter(username=username).first()
        if person is None:
            raise CommandError(f"No open account with a role is called {username}.")
        return person
