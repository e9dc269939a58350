"""The process's memory of the working copies, brought up to date whenever it is asked."""

import threading
from collections.abc import Callable, Iterable, Iterator

from django.db.models import Q
from django.db.models.functions import Substr

from curation.models import Article, ArticleTopic, LogEntry, State
from curation.text import prose
from offerings.models import Synonym, Topic

from .neighbours import Filed, Neighbours
from .similar_titles import Titles
from .topic_names import Names, Text

MOST_ARTICLES = 20_000  # the newest; older ones teach little about what is filed today
BEGINNING = 800  # characters of a body that are read of each
SLICE = 2_000


class Memory:
    """One thing built from articles: ``build()`` makes it, and it has ``replace(row)``, ``forget(pk)``, ``is_worn``.

    ``rows(ids)`` reads the articles that changed. What changed is told by the newest rows of three tables, found by
    their indexes, so that asking never reads all articles. Where more than a tenth changed, all is built anew.
    """

    def __init__(self, build: Callable, rows: Callable[[Iterable[int]], Iterator]):
        self._build, self._rows = build, rows
        self._lock, self._thing, self._marks = threading.Lock(), None, None

    def __call__(self):
        """Return the thing, as of now. Five queries where nothing happened since; waits for another thread's turn."""
        with self._lock:
            marks = _marks()
            if self._thing is None or not _goes_on_from(self._marks, marks):
                self._thing = self._build()
            elif marks != self._marks:
                self._catch_up()
            self._marks = marks
            return self._thing

    def forget(self) -> None:
        """Remember nothing, as a new process does."""
        self._thing = self._marks = None

    def _catch_up(self):
        changed = _changed_since(self._marks)
        if len(changed) * 10 > len(self._thing) or self._thing.is_worn:
            self._thing = self._build()
            return
        for pk in changed:
            self._thing.forget(pk)
        for row in self._rows(changed):
            self._thing.replace(row)


def _marks():
    """Return the newest article, filing and log row; also the log's latest hour, as a session's row is rewritten."""
    return (
        Article.objects.order_by("-pk").values_list("pk", "created_at").first(),
        ArticleTopic.objects.order_by("-pk").values_list("pk", flat=True).first() or 0,
        LogEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0,
        LogEntry.objects.order_by("-at").values_list("at", flat=True).first(),
    )


def _goes_on_from(before, now):
    """Return whether the newest rows of then are still there: what was restored or rolled back is another newsroom."""
    if before[0] is None or now[1] < before[1] or now[2] < before[2]:
        return False
    pk, created_at = before[0]
    # Compared here and not by the database: an instant may be written in two ways, and is the same.
    return Article.objects.filter(pk=pk).values_list("created_at", flat=True).first() == created_at


def _changed_since(marks) -> set[int]:
    (article, _), filing, logged, at = marks
    changed = set(Article.objects.filter(pk__gt=article).values_list("pk", flat=True))
    changed.update(ArticleTopic.objects.filter(pk__gt=filing).values_list("content_object", flat=True))
    later = Q(pk__gt=logged) | Q(at__gt=at) if at else Q()
    changed.update(LogEntry.objects.filter(later).order_by().values_list("article", flat=True))
    return changed


def _filed(ids: Iterable[int] | None = None) -> Iterator[Filed]:
    """Yield the newest articles that nobody declined, or those of these ids, newest first, two thousand at a time."""
    articles = Article.objects.exclude(state=State.DECLINED)
    if ids is not None:
        articles = articles.filter(pk__in=ids)
    read = articles.annotate(beginning=Substr("body", 1, BEGINNING)).order_by("-pk")
    read = read.values_list("pk", "title", "standfirst", "beginning")
    last, left = None, MOST_ARTICLES
    while left > 0:
        rows = list((read.filter(pk__lt=last) if last else read)[: min(SLICE, left)])
        topics = _topics_of([row[0] for row in rows])
        for pk, title, standfirst, beginning in rows:
            yield Filed(pk, Text(title, standfirst, prose.text(beginning)), tuple(topics.get(pk, ())))
        if len(rows) < min(SLICE, left):
            return
        last, left = rows[-1][0], left - len(rows)


def _topics_of(pks):
    topics: dict[int, list[int]] = {}
    filings = ArticleTopic.objects.filter(
        content_object__gte=min(pks, default=0), content_object__lte=max(pks, default=0)
    )
    for article, topic in filings.order_by("position").values_list("content_object", "tag"):
        topics.setdefault(article, []).append(topic)
    return topics


def _build_neighbours():
    synonyms = Synonym.objects.order_by().values_list("topic_id", "spelling")
    names = Names.of_topics(Topic.objects.standing().order_by().values_list("pk", "label", "name"), synonyms)
    return Neighbours(_filed(), names)


def _titled(ids: Iterable[int] | None = None) -> Iterator[tuple[int, str]]:
    articles = Article.objects.order_by("pk").exclude(title="")
    if ids is not None:
        articles = articles.filter(pk__in=ids)
    return articles.values_list("pk", "title").iterator(chunk_size=SLICE)


#: The newest 20,000 articles, in any state but declined.
neighbours = Memory(_build_neighbours, _filed)
#: The titles of all articles.
titles = Memory(lambda: Titles(_titled()), _titled)


def forget() -> None:
    """Remember nothing: what tests begin with."""
    neighbours.forget()
    titles.forget()
