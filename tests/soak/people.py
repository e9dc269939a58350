"""Two people at work in a process of their own: articles begun, reviewed, published, corrected and withdrawn."""

import json
import time

from curation import workflow
from curation.models import Article, Edition
from tests.factories import PASSWORD, make_person, words


def day(articles: int, log: str) -> int:
    """A curator writes ``articles`` articles and corrects as many imported ones, a manager decides; gives the steps.

    Every second article is withdrawn again. What readers must see for ever after is told in ``log``, a line of JSON for
    each article: ``[slug, status, title]``.
    """
    writer, manager = make_person("Curator"), make_person("Manager")
    steps = 0
    with open(log, "a", buffering=1, encoding="utf-8") as file:
        for number in range(articles):
            own = workflow.begin(by=writer, **words(title=f"What the night shift learned {number}"))
            steps += 1 + _publish(own, writer, manager)
            if number % 2:
                _step("withdraw", own, manager, reason="The source took it back.")
                steps += 1
            file.write(_line(own, 410 if number % 2 else 200))
            corrected = _imported(number)
            # The pipeline's standfirsts were cut by a machine: who corrects such an article writes its own.
            told = {"title": f"Corrected: {corrected.title}"[:200], "standfirst": f"What was wrong is right, {number}."}
            _step("edit", corrected, writer, changes=told)
            steps += 1 + _publish(corrected, writer, manager)
            file.write(_line(corrected, 200))
            time.sleep(0.02)  # people look up now and then
    return steps


def _imported(number):
    """One of the documents' articles, another for each number."""
    return Article.objects.filter(document__isnull=False).order_by("pk")[number]


def _publish(article, writer, manager):
    _step("submit", article, writer)
    _step("approve", article, manager, version=article.versions.order_by("-number")[0].pk)
    _step("publish", article, manager)
    return 3


def _step(name, article, by, **details):
    edit = Article.objects.values_list("edit", flat=True).get(pk=article.pk)
    workflow.take(name, article, by=by, edit=edit, **details)
    article.refresh_from_db()


def _line(article, status):
    title = Edition.objects.filter(article=article).order_by("-number").values_list("title", flat=True)[0]
    return json.dumps([article.slug, status, title]) + "\n"


def live() -> list[str]:
    """The addresses of all live articles."""
    return [f"/news/{slug}/" for slug in Edition.objects.live().newest_first().values_list("slug", flat=True)]


def account() -> tuple[str, str]:
    """A manager who may sign in: name and password."""
    person = make_person("Manager", username="night-shift")
    return person.username, PASSWORD
