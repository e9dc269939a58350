"""Serve the site from one terminal: web server and task worker."""

from io import StringIO

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from medigy import environment
from medigy.serving import checks, ready, serve, welcome

_KEPT = (
    "DEMO=0 fills no demo newsroom and removes none: the one from an earlier start is still here, and so is what was "
    "written in it.\nTo begin empty: .venv/bin/python manage.py demo --remove"
)


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
            closing = self.set_up(where, demo=not no_demo) if set_up else ""
            status = serve.Site(where, self.say, closing).run()
        except serve.ServeError as refused:
            raise CommandError(refused) from None
        if status:
            raise SystemExit(status)

    def set_up(self, where, *, demo):
        """Bring tables, static files and, in a newsroom nobody has touched, the demo up to date; return what is to be
        said of it once the address answers.
        """
        ready.migrate(self.say)
        ready.collect(self.say)
        if demo and ready.is_empty():
            self.say("Filling the demo newsroom …")
            call_command("demo", stdout=self.stdout, says_sign_ins=False)
        return "\n".join(self.closing_words(where, demo=demo))

    def closing_words(self, where, *, demo):
        """Yield who can sign in and how; that ``DEMO=0`` removes nothing, where there is something to remove."""
        has_demo = checks.demo_people().exists()
        if has_demo and not demo:
            yield _KEPT
        if has_demo:
            said = StringIO()
            call_command("demo", sign_ins=True, stdout=said)
            yield f"Sign in to the desk with a name and its password:\n{said.getvalue().rstrip()}"
        if welcome.needs_first_administrator():
            yield "Nobody can sign in yet. The first administrator begins here, once, within a day:"
            yield f"\n    {self.first_link(where)}\n"

    def first_link(self, where):
        """Return the link, or where a log would keep it, the command that prints it."""
        if self.stdout.isatty() or environment.is_loopback(settings.SITE_URL):
            return f"{where.url}{welcome.link_for(welcome.first_administrator())}"
        return ".venv/bin/python manage.py welcome  (prints the link)"

    def say(self, words):
        self.stdout.write(words)
        self.stdout.flush()
