"""Fill the demo newsroom, print its sign-ins, or remove it: arguments, a progress bar, and numbers at the end."""

from django.conf import settings
from django.core.management import BaseCommand
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from medigy import demo
from medigy.environment import is_loopback


class Command(BaseCommand):
    """``demo [--remove | --sign-ins]``."""

    help = "Fill the demo newsroom: invented people, catalogue, pictures and articles in every state."
    stealth_options = ("says_sign_ins",)  # whoever calls it may say them later

    def add_arguments(self, parser):
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--remove", action="store_true", help="remove exactly what it made")
        how.add_argument("--sign-ins", action="store_true", help="print who can sign in, and change nothing")

    def handle(self, *, remove, sign_ins, says_sign_ins=True, **options):
        if sign_ins:
            self.say_sign_ins()
        elif remove:
            self.remove()
        elif demo.present():
            self.stdout.write("The demo newsroom is there already; nothing was changed.")
            self.say_sign_ins()
        else:
            self.fill()
            if says_sign_ins:
                self.say_sign_ins()

    def fill(self):
        with self.progress() as progress:
            bars = {}

            def tell(what, done, of):
                if what not in bars:
                    bars[what] = progress.add_task(what, total=of)
                progress.update(bars[what], completed=done)

            filled = demo.fill(tell)
        self.stdout.write(
            f"Demo newsroom: {filled.briefs} briefs ({filled.live} live), {filled.topics} topics, "
            f"{filled.offerings} offerings, {filled.pictures} pictures in {filled.seconds:.0f} s."
        )

    def progress(self):
        columns = (TextColumn("{task.description:>8}"), BarColumn(), MofNCompleteColumn())
        console = Console(file=self.stdout)
        return Progress(*columns, console=console, transient=True, disable=not self.stdout.isatty())

    def remove(self):
        if not demo.present():
            self.stdout.write("There is no demo newsroom here; nothing was changed.")
            return
        self.stdout.write(demo.remove().words())

    def say_sign_ins(self):
        """Print names and passwords; where others can reach the site, say what that means."""
        known = demo.sign_ins()
        for one in known:
            self.stdout.write(f"    {one.username:<12} {one.password:<24} {one.role}")
        if known and not is_loopback(settings.SITE_URL):
            self.stderr.write(
                f"Whoever learns these can sign in at {settings.SITE_URL}; `check --deploy` fails until "
                "`manage.py demo --remove`."
            )
