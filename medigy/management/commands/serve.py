"""Serve the site from one terminal: web server and task worker."""

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from medigy.serving import checks, ready, serve, welcome


class Command(BaseCommand):
    help = "Serve the site: gunicorn and the task worker, both ended by Ctrl-C."
    requires_system_checks = []  # `make check` runs them; here they would only delay each start

    def add_arguments(self, parser):
        parser.add_argument("--set-up", action="store_true", help="first bring tables and static files up to date")
        parser.add_argument("--no-demo", action="store_true", help="with --set-up: leave an empty newsroom empty")

    def handle(self, *, set_up, no_demo, **options):
        try:
            where = serve.place(settings.SITE_URL, settings.BIND)
            serve.check_free(where)
            if set_up:
                self.set_up(where, demo=not no_demo)
            status = serve.Site(where, self.say).run()
        except serve.CannotServe as refused:
            raise CommandError(refused) from None
        if status:
            raise SystemExit(status)

    def set_up(self, where, *, demo):
        ready.migrate(self.say)
        ready.collect(self.say)
        if demo and ready.is_empty():
            self.say("Filling the demo newsroom …")
            call_command("demo", stdout=self.stdout)  # it ends with its sign-ins
        elif checks.demo_people().exists():
            call_command("demo", sign_ins=True, stdout=self.stdout)
        if welcome.needs_first_administrator():
            self.say("Nobody can sign in yet. The first administrator begins here, once, within a day:\n")
            self.say(f"    {where.url}{welcome.link_for(welcome.first_administrator())}\n")

    def say(self, words):
        self.stdout.write(words)
        self.stdout.flush()
