"""Costs of suggestions in a newsroom of made-up articles: to remember it, and for each question at the desk.

python -m benchmarks.suggestion_speed [--sizes 20000,100000] [--rounds 30] [--keep FOLDER]

Each size has a process of its own, and the raw rows of ``benchmarks.desk_cost`` with 300 offerings beside them. Prints
the seconds of CPU that building takes and the MB it allocates, then for each question the median and the worst
milliseconds of CPU over ``--rounds`` drafts, with their queries. All sentences are put together from 110 words, so a
word leads to far more articles than people's words do: titles and texts in use cost less. ``--keep`` leaves the
databases in a folder and takes them from there the next time.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

from . import corpus, desk_cost

say = print


def make_offerings() -> None:
    """Make the corpus' offerings, each filed under its topics."""
    from offerings.models import Offering, Topic  # noqa: PLC0415 -- settings are chosen by then

    topics = {topic.name: topic for topic in Topic.objects.all()}
    for number, name, filed in corpus.cast().offerings:
        offering = Offering.objects.create(name=name, external_id=number)
        offering.topics.set(list(dict.fromkeys(topics[one] for one in filed)))


def build() -> None:
    """Build what a process remembers and print what each part costs; built again for the MB, whose counting slows."""
    from curation.suggestions import memory  # noqa: PLC0415 -- settings first

    for name, remember in (("texts and topics", memory.neighbours), ("titles", memory.titles)):
        began = time.process_time()
        count = len(remember())
        spent = time.process_time() - began
        remember.forget()
        tracemalloc.start()
        remember()
        kept, most = (size / 1e6 for size in tracemalloc.get_traced_memory())
        tracemalloc.stop()
        say(f"  build {name:18}{count:8,} articles{spent:8.2f} s{kept:8.1f} MB kept,{most:8.1f} MB meanwhile")


def questions() -> dict:
    """Return each question as a function of an article."""
    from curation import suggestions  # noqa: PLC0415 -- settings first

    return {
        "topics": suggestions.topics,
        "offerings": suggestions.offerings,
        "similar": lambda article: suggestions.similar(article, related=True),
        "similar_to_title": lambda article: suggestions.similar_to_title(article.title),
        "similar_to_titles, 20": lambda article: suggestions.similar_to_titles([article.title] * 20, most=3),
    }


def measure(size: int, rounds: int) -> None:
    """Measure in this process, whose settings name the database."""
    from django.db import connection  # noqa: PLC0415 -- settings first
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 -- settings first

    from curation.models import Article  # noqa: PLC0415 -- settings first

    say(f"\n{size:,} articles")
    build()
    drafts = list(Article.objects.filter(state="draft").order_by("-pk")[:rounds])
    for name, ask in questions().items():
        ask(drafts[0])
        with CaptureQueriesContext(connection) as captured:
            ask(drafts[0])
        spent = [desk_cost.timed(ask, article) for article in drafts]
        figures = f"{statistics.median(spent):8.1f} ms at the median{max(spent):8.1f} ms at worst"
        say(f"  {name:24}{figures}{len(captured):4} queries")


def prepared(size: int, folder: Path) -> None:
    """Choose the settings, and make the newsroom where it is not there yet."""
    if desk_cost.prepare(folder / str(size)):
        desk_cost.Newsroom(size).make()
        make_offerings()


def main() -> int:
    """Run each size in a process of its own; the worst exit status is ours."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="20000,100000")
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        prepared(given.measure, given.keep)
        measure(given.measure, given.rounds)
        return 0
    worst = 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = (given.keep or Path(scratch)).resolve()
        for size in given.sizes.split(","):
            command = [sys.executable, "-m", "benchmarks.suggestion_speed", "--measure", size]
            command += ["--rounds", str(given.rounds), "--keep", str(folder)]
            worst = max(worst, subprocess.run(command, check=False).returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())
