"""CPU per uncached readers' page, beside a bare plain-Django page with as many cards, interleaved in one process.

    python -m benchmarks.page_cost [--sizes 1000,100000] [--rounds 100] [--keep FOLDER]

The floor is one view, ``values()`` from one indexed table, one template without inheritance or includes, and no
middleware; its source is printed first. Medigy's side runs the full production middleware with every cache cleared
before each request. Both read the same database, which is made by importing a generated corpus. Prints medians in
milliseconds of CPU, their ratio to the floor, the queries of each page, and what a page costs at the largest size over
the smallest. ``--keep`` leaves the databases in a folder and takes them from there the next time.
"""

import argparse
import inspect
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from . import import_rate

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = """<!doctype html><html lang="en"><head><title>{{ a.title }}</title></head><body><h1>{{ a.title }}</h1>
<p>{{ a.standfirst }}</p><p><time datetime="{{ a.first_published_at|date:'c' }}">
{{ a.first_published_at|date:'j F Y' }}</time> {{ a.minutes }} min</p>
<img src="/cover/{{ a.cover }}" alt=""><div>{{ a.body|safe }}</div><p>{{ a.source_brand }}</p>
</body></html>"""
LIST = """<!doctype html><html lang="en"><head><title>News</title></head><body><h1>News</h1>
{% for c in cards %}<article><img src="/cover/{{ c.cover }}" alt="">
<h2><a href="/news/{{ c.slug }}/">{{ c.title }}</a></h2><p>{{ c.summary }}</p>
<p>{{ c.source_brand }} <time datetime="{{ c.first_published_at|date:'c' }}">
{{ c.first_published_at|date:'j F Y' }}</time> {{ c.minutes }} min</p></article>{% endfor %}</body></html>"""


def floors():
    """Return the two bare views, by the page they stand beside."""
    from django.http import HttpResponse  # noqa: PLC0415 -- settings are chosen by then
    from django.template import engines  # noqa: PLC0415 -- settings first

    from curation.models import Edition  # noqa: PLC0415 -- settings first

    list_template, article_template = (engines["django"].from_string(source) for source in (LIST, ARTICLE))

    def bare_list(request):
        columns = ("cover", "slug", "title", "summary", "source_brand", "first_published_at", "minutes")
        cards = Edition.objects.order_by("-first_published_at", "-id").values(*columns)[:20]
        return HttpResponse(list_template.render({"cards": cards}))

    def bare_article(request, slug):
        columns = ("title", "standfirst", "first_published_at", "minutes", "cover", "body", "source_brand")
        return HttpResponse(article_template.render({"a": Edition.objects.filter(slug=slug).values(*columns)[0]}))

    return bare_list, bare_article


def pages() -> dict[str, str]:
    """Return the pages that are measured: an article in the middle, the news, a month long ago, the biggest topic."""
    from curation.models import Edition, Tally  # noqa: PLC0415 -- settings are chosen by then
    from offerings.models import Topic  # noqa: PLC0415 -- settings first

    middle = Edition.objects.count() // 2
    biggest = Tally.objects.filter(kind="topic", month="").order_by("-count").first()
    months = Tally.objects.filter(kind="all").exclude(month="").order_by("-month").values_list("month", flat=True)
    return {
        "article": f"/news/{Edition.objects.newest_first().values_list('slug', flat=True)[middle]}/",
        "list": "/news/",
        "old month": f"/news/{months[min(60, len(months) - 1)].replace('-', '/')}/",
        "big topic": Topic.objects.get(pk=biggest.key).get_absolute_url(),
        "home": "/",
    }


def measure(rounds: int) -> None:
    """Measure in this process, whose settings name the database; print one line of JSON."""
    import django  # noqa: PLC0415 -- the parent does not need it

    django.setup()
    from django.core.cache import cache  # noqa: PLC0415 -- settings first
    from django.core.handlers.base import BaseHandler  # noqa: PLC0415 -- settings first
    from django.db import connection  # noqa: PLC0415 -- settings first
    from django.test import RequestFactory  # noqa: PLC0415 -- settings first
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 -- settings first

    handler, factory = BaseHandler(), RequestFactory(headers={"host": "127.0.0.1"})
    handler.load_middleware()
    bare_list, bare_article = floors()
    asked, queries = pages(), {}
    slug = asked["article"].split("/")[2]
    runs = {name: lambda path=path: handler.get_response(factory.get(path)) for name, path in asked.items()}
    runs |= {"floor list": lambda: bare_list(factory.get("/")), "floor": lambda: bare_article(factory.get("/"), slug)}
    for name, run in runs.items():
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            if run().status_code != 200:
                raise SystemExit(f"{name} did not answer 200: {asked.get(name)}")
        queries[name] = len(captured)
    times = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            cache.clear()
            began = time.process_time()
            run()
            times[name].append(time.process_time() - began)
    print(json.dumps({name: [statistics.median(some) * 1000, queries[name]] for name, some in times.items()}))  # noqa: T201 -- a report


def prepared(size: int, folder: Path) -> dict[str, str]:
    """Return the environment of a newsroom of ``size`` imported documents, made where it is not there yet."""
    home = folder / str(size)
    environment = import_rate.environment(home) | {
        "STATIC_ROOT": str(folder / "static"),
        "DEBUG": "false",
        "LOG_LEVEL": "ERROR",
    }
    if not (home / "medigy.sqlite3").exists():
        home.mkdir(parents=True)
        manage = [sys.executable, str(ROOT / "manage.py")]
        corpus = [sys.executable, "-m", "benchmarks.corpus", str(size), str(home / "corpus")]
        quiet = {"check": True, "cwd": ROOT, "env": environment, "stdout": subprocess.DEVNULL}
        subprocess.run([*manage, "collectstatic", "--noinput", "-v0"], **quiet)
        subprocess.run([*manage, "migrate", "-v0"], **quiet)
        subprocess.run(corpus, **quiet)
        subprocess.run([*manage, "import_articles", str(home / "corpus"), "--workers", "2"], **quiet)
        shutil.rmtree(home / "corpus")
    return environment


def report(results: dict[int, dict]) -> None:
    """Print a table for each size, and the costs of the largest over those of the smallest."""
    say = print
    for size, figures in results.items():
        say(f"\n{size:,} articles: ms of CPU, times the floor, queries")
        for name, (milliseconds, queries) in figures.items():
            floor = figures["floor" if name in ("article", "floor") else "floor list"][0]
            say(f"  {name:12}{milliseconds:8.2f} ms  × {milliseconds / floor:4.2f}  {queries} queries")
    smallest, largest = min(results), max(results)
    if smallest != largest:
        say(f"\n{largest:,} over {smallest:,} articles (and less what the floor itself grew)")
        for name, (milliseconds, _) in results[largest].items():
            before = results[smallest][name][0]
            floor = "floor" if name in ("article", "floor") else "floor list"
            drift = results[largest][floor][0] / results[smallest][floor][0]
            say(f"  {name:12}× {milliseconds / before:4.2f}  (× {milliseconds / before / drift:4.2f})")


def main():
    """Run the benchmark, or, with ``--measure``, one process of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="1000,100000")
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        return measure(options.rounds)
    print("The floor:\n", inspect.getsource(floors), LIST, ARTICLE, sep="\n")  # noqa: T201 -- a report
    with tempfile.TemporaryDirectory() as scratch:
        folder, results = (options.keep or Path(scratch)).resolve(), {}
        for size in (int(size) for size in options.sizes.split(",")):
            command = [sys.executable, "-m", "benchmarks.page_cost", "--measure", "--rounds", str(options.rounds)]
            ran = subprocess.run(
                command, check=True, cwd=ROOT, env=prepared(size, folder), capture_output=True, text=True
            )
            results[size] = json.loads(ran.stdout.splitlines()[-1])
        return report(results)


if __name__ == "__main__":
    sys.exit(main())
